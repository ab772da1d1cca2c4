import Bus
import Contracts
import Database

/// The number of a draft that is made here.
struct DraftNumber: Hashable, Sendable {
    let number: Int
    /// The invoice's number: `PI-000042`.
    let text: String

    init(number: Int, prefix: String) {
        let digits = String(number)
        self.number = number
        text = prefix + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// A number as it was given out; nil when it is none of ours.
    init?(_ text: String, prefix: String) {
        guard text.hasPrefix(prefix), let number = Int(text.dropFirst(prefix.count)) else { return nil }
        self.init(number: number, prefix: prefix)
        guard self.text == text else { return nil }
    }
}

/// Drafts that are made here, in the tables `invoices`, `invoice_lines`, `invoice_line_details` and `draft_numbers`.
struct DraftStore {
    let connection: Connection

    /// The drafts of some contracts that are ours: those that what is ready can be added to.
    ///
    /// - throws: `DatabaseError`.
    func drafts(ofContracts contracts: [GUID]) throws -> [DraftHeader] {
        try connection.records(
            DraftHeader.self,
            """
            SELECT i.invoice_id, i.invoice_number, i.project_contract_id, coalesce(i.customer_id, k.customer_id)
                AS customer_id, i.currency_id, i.draft_number, i.row_version
            FROM invoices i JOIN project_contracts k ON k.project_contract_id = i.project_contract_id
            WHERE i.is_ours AND i.status = \(ProjectInvoiceStatus.draft.sql) AND i.project_contract_id = ANY ($1)
                AND coalesce(i.customer_id, k.customer_id) IS NOT NULL
            """, contracts)
    }

    /// Takes the numbers of new drafts; none that an invoice has, or had before this database was restored from a backup.
    ///
    /// - throws: `DatabaseError`.
    func takeNumbers(_ count: Int, prefix: String) throws -> [DraftNumber] {
        var numbers: [DraftNumber] = []
        while numbers.count < count {
            let wanted = count - numbers.count
            let first = try connection.value(
                Int.self, "UPDATE draft_numbers SET next_number = next_number + $1 RETURNING next_number - $1", wanted)
            let candidates = (first..<first + wanted).map { DraftNumber(number: $0, prefix: prefix) }
            let taken = Set(
                try connection.values(
                    String.self,
                    """
                    SELECT invoice_number FROM invoices WHERE invoice_number = ANY ($1)
                    UNION ALL SELECT invoice_number FROM lost_confirmations WHERE invoice_number = ANY ($1)
                    """, candidates.map(\.text)))
            numbers += candidates.filter { !taken.contains($0.text) }
        }
        return numbers
    }

    /// Writes new drafts, which are ours.
    ///
    /// - throws: `DatabaseError`.
    func insert(_ invoices: [Invoice], _ numbers: [DraftNumber]) throws {
        var rows = CopyRows()
        try rows.append(contentsOf: invoices)
        try connection.copy(rows, of: Invoice.self, into: Invoice.table)
        try connection.execute(
            """
            UPDATE invoices i SET is_ours = true, draft_number = n.number
            FROM unnest($1::uuid[], $2::bigint[]) AS n (invoice_id, number) WHERE i.invoice_id = n.invoice_id
            """, invoices.map(\.invoiceId), numbers.map(\.number))
    }

    /// Writes new invoice lines.
    ///
    /// - throws: `DatabaseError`.
    func insert(lines: CopyRows) throws { try connection.copy(lines, of: InvoiceLine.self, into: InvoiceLine.table) }

    /// Writes new line details.
    ///
    /// - throws: `DatabaseError`.
    func insert(lineDetails: CopyRows) throws {
        try connection.copy(lineDetails, of: InvoiceLineDetail.self, into: InvoiceLineDetail.table)
    }

    /// Takes line details off drafts, with their connections.
    ///
    /// - throws: `DatabaseError`.
    func delete(lineDetails ids: [GUID]) throws {
        try connection.execute("DELETE FROM invoice_line_details WHERE invoice_line_detail_id = ANY ($1)", ids)
        try connection.execute("DELETE FROM transaction_connections WHERE transaction1_id = ANY ($1)", ids)
    }

    /// Brings the amounts of drafts' headers up to what their line details come to: only chargeable ones count
    /// (`domain.md` §2.3), and a correction adds what its billed rows will: its reversal, and what remains.
    ///
    /// - parameter invoices: a query of their ids.
    /// - throws: `DatabaseError`.
    func sumLineDetails(ofInvoices invoices: String) throws { try sumLineDetails(invoices) }

    /// The same, of some drafts.
    ///
    /// - throws: `DatabaseError`.
    func sumLineDetails(of invoices: [GUID]) throws { try sumLineDetails("SELECT unnest($1::uuid[])", invoices) }

    private func sumLineDetails(_ invoices: String, _ parameters: (any DatabaseValue)?...) throws {
        try connection.execute(
            """
            UPDATE invoices i SET line_amount = s.amount, total_amount = s.amount + coalesce(i.tax, 0),
                row_version = i.row_version + 1
            FROM (
                SELECT q.invoice_id,
                    coalesce(sum(d.amount) FILTER (WHERE d.billing_type = \(BillingType.chargeable.sql)), 0)
                        - coalesce(sum(b.amount), 0) AS amount
                FROM (SELECT DISTINCT invoice_id FROM (\(invoices)) q (invoice_id)) q
                LEFT JOIN invoice_line_details d ON d.invoice_id = q.invoice_id
                LEFT JOIN LATERAL (\(Self.correctedSale)) b ON d.is_correction
                GROUP BY q.invoice_id
            ) s
            WHERE i.invoice_id = s.invoice_id AND (i.line_amount <> s.amount
                OR i.total_amount IS DISTINCT FROM s.amount + coalesce(i.tax, 0))
            """, parameters: parameters)
    }

    /// What a correction `d` takes back, where that was chargeable, as a query.
    private static let correctedSale = """
        SELECT a.amount FROM \(ConnectionStore.connections(from: "d.invoice_line_detail_id")) t
        JOIN actuals a ON a.actual_id = t.transaction2_id
        WHERE t.transaction1_role = \(ConnectionRole.replacing.sql)
            AND t.transaction1_type = \(ConnectedTable.invoiceLineDetail.sql)
            AND a.billing_type = \(BillingType.chargeable.sql)
        ORDER BY t.connection_id LIMIT 1
        """

    /// The drafts that a request changed.
    ///
    /// - parameter invoices: a query of their ids.
    /// - throws: `DatabaseError`.
    func drafted(_ invoices: String, areNew: Set<GUID>) throws -> [DraftedInvoice] {
        try drafted(invoices, nil, areNew)
    }

    /// The same, by their ids.
    ///
    /// - throws: `DatabaseError`.
    func drafted(_ invoices: [GUID], areNew: Set<GUID>) throws -> [DraftedInvoice] {
        try drafted("SELECT unnest($1::uuid[])", invoices, areNew)
    }

    private func drafted(_ invoices: String, _ ids: [GUID]?, _ new: Set<GUID>) throws -> [DraftedInvoice] {
        let query = """
            SELECT i.invoice_id, i.invoice_number, k.contract_number, a.account_number, y.iso_code, i.line_amount,
                (SELECT count(*) FROM invoice_line_details d WHERE d.invoice_id = i.invoice_id) AS line_details
            FROM (SELECT DISTINCT invoice_id FROM (\(invoices)) q (invoice_id)) q JOIN invoices i USING (invoice_id)
            LEFT JOIN project_contracts k ON k.project_contract_id = i.project_contract_id
            LEFT JOIN accounts a ON a.account_id = i.customer_id
            LEFT JOIN currencies y ON y.currency_id = i.currency_id
            ORDER BY i.invoice_number
            """
        let rows =
            try ids.map { try connection.records(DraftedInvoiceRow.self, query, $0) }
            ?? connection.records(DraftedInvoiceRow.self, query)
        return rows.map {
            DraftedInvoice(
                invoiceId: $0.invoiceId, invoiceNumber: $0.invoiceNumber, isNew: new.contains($0.invoiceId),
                contract: $0.contractNumber, customer: $0.accountNumber, currency: $0.currency,
                lineDetails: $0.lineDetails, lineAmount: $0.lineAmount)
        }
    }

    private struct DraftedInvoiceRow: Record {
        var invoiceId: GUID
        var invoiceNumber: String
        var contractNumber: String?
        var accountNumber: String?
        var currency: CurrencyCode?
        var lineDetails: Int
        var lineAmount: Money

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            DraftedInvoiceRow(
                invoiceId: try column("invoice_id", row?.invoiceId),
                invoiceNumber: try column("invoice_number", row?.invoiceNumber),
                contractNumber: try column("contract_number", row?.contractNumber),
                accountNumber: try column("account_number", row?.accountNumber),
                currency: try column("iso_code", row?.currency),
                lineDetails: try column("line_details", row?.lineDetails),
                lineAmount: try column("line_amount", row?.lineAmount))
        }
    }
}
