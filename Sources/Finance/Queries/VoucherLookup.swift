import Bus
public import Contracts
public import Database

/// What has vouchers.
public enum VoucherKind: String, DatabaseLabel, Encodable {
    /// A line of an integration journal.
    case journal
    /// A customer's invoice.
    case proposal
    /// A journal that corrects accrued revenue (`domain.md` §6.14).
    case accruedRevenueJournal = "accrued-revenue-journal"
}

/// A voucher number, and the document that has it.
public struct VoucherSource: Record, Hashable, Encodable {
    public let company: Company
    public let voucher: String
    public let kind: VoucherKind
    /// The journal's or proposal's number.
    public let number: String
    public let isPosted: Bool
    public let accountingDate: CalendarDate
    /// Of a journal's line, as what follows; nil for others.
    public let lineNumber: Int?
    public let actualId: GUID?
    public let transactionType: TransactionType?
    public let projectNumber: String?
    /// Of an invoice.
    public let customerInvoiceNumber: String?
    public let customerAccount: String?

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        VoucherSource(
            company: try column("data_area_id", row?.company),
            voucher: try column("voucher", row?.voucher),
            kind: try column("kind", row?.kind),
            number: try column("number", row?.number),
            isPosted: try column("is_posted", row?.isPosted),
            accountingDate: try column("accounting_date", row?.accountingDate),
            lineNumber: try column("line_number", row?.lineNumber),
            actualId: try column("actual_id", row?.actualId),
            transactionType: try column("transaction_type", row?.transactionType),
            projectNumber: try column("project_number", row?.projectNumber),
            customerInvoiceNumber: try column("customer_invoice_number", row?.customerInvoiceNumber),
            customerAccount: try column("customer_account", row?.customerAccount))
    }
}

/// A voucher: what it is of, and its ledger entries.
public struct VoucherLookup {
    private let connection: Connection

    public init(_ connection: Connection) { self.connection = connection }

    /// The documents that have a voucher, in each company that has one.
    ///
    /// A journal's line is looked for among all lines, since posting does not keep an index for it.
    ///
    /// - throws: `DatabaseError`.
    public func sources(of voucher: String, company: Company? = nil) throws -> [VoucherSource] {
        try InvoiceStore(connection: connection).voucherSources(voucher, company: company)
    }

    /// The entries of a voucher in their order, in each company that has one, one by one.
    ///
    /// - throws: `DatabaseError`; what `body` throws.
    public func forEachEntry(
        of voucher: String, company: Company? = nil, _ body: (LedgerEntry) throws -> Void
    ) throws {
        try LedgerStore(connection: connection).forEachEntry(of: voucher, company: company, body)
    }

    /// Why no document has a number that was given out as a voucher; nil when it is no such number.
    ///
    /// - throws: `DatabaseError`.
    public func gap(of voucher: String, company: Company? = nil) throws -> String? {
        try NumberSequenceStore(connection: connection).gapReason(
            of: voucher, [.voucher, .accruedRevenueVoucher], company: company)
    }
}

extension InvoiceStore {
    func voucherSources(_ voucher: String, company: Company?) throws -> [VoucherSource] {
        try connection.records(
            VoucherSource.self,
            """
            SELECT data_area_id, voucher, \(VoucherKind.proposal.sql) AS kind, proposal_number AS number,
                true AS is_posted, invoice_date AS accounting_date, NULL::bigint AS line_number, NULL::uuid AS actual_id,
                NULL::text AS transaction_type, NULL::text AS project_number, customer_invoice_number, customer_account
            FROM project_invoices
            WHERE voucher = $1 AND ($2::text IS NULL OR data_area_id = $2)
                AND data_area_id IN (SELECT data_area_id FROM companies)
            UNION ALL
            SELECT data_area_id, line.voucher, \(VoucherKind.journal.sql), journal_number,
                journal.status = \(JournalStatus.posted.sql), line.accounting_date, line.line_number::bigint,
                line.actual_id, line.transaction_type, line.project_number, NULL, NULL
            FROM integration_journal_lines line JOIN integration_journals journal USING (data_area_id, journal_number)
            WHERE line.voucher = $1 AND ($2::text IS NULL OR data_area_id = $2)
            UNION ALL
            SELECT data_area_id, voucher, \(VoucherKind.accruedRevenueJournal.sql), journal_number, true, voucher_date, NULL,
                NULL, NULL, NULL, NULL, NULL
            FROM accrued_revenue_journals WHERE voucher = $1 AND ($2::text IS NULL OR data_area_id = $2)
            ORDER BY data_area_id
            """, voucher, company)
    }
}

extension LedgerStore {
    /// The entries of a voucher, by the key of each company that there is.
    func forEachEntry(
        of voucher: String, company: Company?, _ body: (LedgerEntry) throws -> Void
    ) throws {
        try connection.forEachRecord(
            LedgerEntry.self,
            """
            SELECT \(LedgerEntry.columnList(of: "entry")) FROM companies company
            JOIN ledger_entries entry ON entry.data_area_id = company.data_area_id AND entry.voucher = $1
            WHERE $2::text IS NULL OR company.data_area_id = $2
            ORDER BY entry.data_area_id, entry.entry_number
            """, voucher, company, record: body)
    }
}

extension NumberSequenceStore {
    /// The reason of the recorded gap that a number is in; nil when it is in none.
    func gapReason(of number: String, _ sequences: [NumberSequence], company: Company?) throws -> String? {
        for known in try progress(of: company) where sequences.contains(known.sequence) {
            guard let number = NumberFormat(prefix: known.prefix, digits: known.digits).number(number) else { continue }
            let reason = try connection.optionalValue(
                String.self,
                """
                SELECT reason FROM number_sequence_gaps
                WHERE data_area_id = $1 AND sequence = $2 AND $3 BETWEEN first AND last
                """, known.company, known.sequence, number)
            if let reason { return reason }
        }
        return nil
    }
}
