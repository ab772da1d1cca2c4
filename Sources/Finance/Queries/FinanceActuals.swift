import Bus
public import Contracts
public import Database

/// An actual as Finance's side has it, for a comparison with Dataverse's (`domain.md` §7).
public struct FinanceActual: Hashable, Sendable {
    /// How far it has come.
    public enum Progress: Hashable, Sendable {
        /// Import from staging has not made a line of it, or has not yet looked at it.
        case staged
        case blocked(reason: String)
        /// In a journal that is not posted; with the reason when posting refused it.
        case inJournal(String, error: String?)
        /// In a proposal that is not posted.
        case inProposal(String, error: String?)
        /// It is posted: what was, or ought to have been, given back.
        case posted(AccountingDetail)

        /// Whether it is posted.
        public var isPosted: Bool { if case .posted = self { true } else { false } }
    }

    public let actualId: GUID
    public let company: Company
    public let transactionType: TransactionType
    public let currency: CurrencyCode
    /// As it came.
    public let amount: Money
    public let documentDate: CalendarDate
    public let invoiceId: GUID?
    /// Whether Dataverse took it back.
    public let isWithdrawn: Bool
    /// The voucher that another system gave before the cut-over.
    public let openingVoucher: String?
    public let progress: Progress
    /// What of its own rows contradicts each other, in words.
    public let contradictions: [String]
    /// Whether the message of what was posted is still in the outbox.
    public let isInOutbox: Bool
}

/// The actuals of Finance's side in the order of their ids, however many there are.
///
/// Lives in a transaction, one at a time on a connection.
public struct FinanceActuals {
    private let cursor: RecordCursor<ActualRow>
    private let companies: [Company: SetupStore.CompanyRow]

    /// - parameter ids: only these; all when nil.
    /// - throws: `DatabaseError`.
    public init(_ connection: Connection, ids: [GUID]? = nil) throws {
        let rows = try connection.records(
            SetupStore.CompanyRow.self, "SELECT \(SetupStore.CompanyRow.columnList) FROM companies")
        companies = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
        cursor = try RecordCursor(
            ActualRow.self, on: connection,
            """
            SELECT s.actual_id, s.data_area_id, s.transaction_type, s.currency, s.currency_precision, s.amount,
                s.document_date, s.invoice_id, s.withdrawn, s.opening_voucher, b.reason AS blocked_reason,
                o.id IS NOT NULL AS is_in_outbox,
                l.journal_number AS journal_journal_number, j.status AS journal_status, j.kind AS journal_kind,
                coalesce(l.error, j.posting_error) AS journal_error, l.voucher AS journal_voucher,
                l.accounting_date AS journal_accounting_date, l.amount AS journal_amount,
                l.undeducted_discount AS journal_undeducted_discount,
                l.exchange_rate AS journal_exchange_rate, l.accounting_amount AS journal_accounting_amount,
                t.voucher AS subledger_voucher, t.currency AS subledger_currency, t.amount AS subledger_amount,
                t.accounting_amount AS subledger_accounting_amount,
                pl.proposal_number AS proposal_proposal_number, p.status AS proposal_status,
                p.posting_error AS proposal_error, pl.amount AS proposal_amount, i.voucher AS proposal_voucher,
                i.invoice_date AS proposal_invoice_date, i.exchange_rate AS proposal_exchange_rate,
                il.accounting_amount AS proposal_accounting_amount, il.sales_tax_amount AS proposal_sales_tax_amount,
                k.chargeable AS proposal_chargeable, il.accrual_reversed AS proposal_accrual_reversed,
                CASE WHEN u.accrued THEN u.accounting_amount END AS proposal_accrued,
                pl.reversed_actual_id AS proposal_reversed_actual_id
            FROM actuals_staging s
            LEFT JOIN blocked_actuals b ON b.data_area_id = s.data_area_id AND b.actual_id = s.actual_id
            LEFT JOIN integration_journal_lines l ON l.data_area_id = s.data_area_id AND l.actual_id = s.actual_id
            LEFT JOIN integration_journals j
                ON j.data_area_id = l.data_area_id AND j.journal_number = l.journal_number
            LEFT JOIN project_transactions t ON t.data_area_id = s.data_area_id AND t.actual_id = s.actual_id
            LEFT JOIN invoice_proposal_lines pl ON pl.data_area_id = s.data_area_id AND pl.actual_id = s.actual_id
            LEFT JOIN invoice_proposals p
                ON p.data_area_id = pl.data_area_id AND p.proposal_number = pl.proposal_number
            LEFT JOIN project_invoices i
                ON i.data_area_id = pl.data_area_id AND i.proposal_number = pl.proposal_number
            LEFT JOIN project_invoice_lines il
                ON il.data_area_id = pl.data_area_id AND il.proposal_number = pl.proposal_number
                AND il.line_number = pl.line_number
            LEFT JOIN project_invoice_bookings k
                ON k.data_area_id = il.data_area_id AND k.proposal_number = il.proposal_number
                AND k.booking_number = il.booking_number
            LEFT JOIN project_transactions u
                ON u.data_area_id = il.data_area_id AND u.actual_id = il.unbilled_actual_id
            LEFT JOIN (\(OutboxStore.pendingIds(of: .accountingDetail))) o ON o.id = s.actual_id
            WHERE $1::uuid[] IS NULL OR s.actual_id = ANY ($1)
            ORDER BY s.actual_id
            """, ids)
    }

    /// The next actuals; none at the end.
    ///
    /// - throws: `DatabaseError`.
    public func nextChunk() throws -> [FinanceActual] {
        try cursor.nextChunk().map { $0.actual(of: companies[$0.company]) }
    }

    /// The ids of an invoice's billed sales.
    ///
    /// - throws: `DatabaseError`.
    public static func ids(ofInvoice invoiceId: GUID, _ connection: Connection) throws -> [GUID] {
        try connection.values(
            GUID.self,
            """
            SELECT actual_id FROM actuals_staging
            WHERE invoice_id = $1 AND transaction_type = \(TransactionType.billedSales.sql)
            """, invoiceId)
    }

    /// The actuals of lines that are not staged, in the order of their ids.
    ///
    /// - throws: `DatabaseError`.
    public static func linesWithoutActual(_ connection: Connection, limit: Int) throws -> [LineWithoutActual] {
        try connection.records(
            LineWithoutActual.self,
            """
            SELECT * FROM (
                SELECT l.data_area_id, l.actual_id, 'journal ' || l.journal_number AS document
                FROM integration_journal_lines l
                WHERE NOT EXISTS (SELECT FROM actuals_staging s WHERE s.actual_id = l.actual_id)
                UNION ALL
                SELECT l.data_area_id, l.actual_id, 'proposal ' || l.proposal_number FROM invoice_proposal_lines l
                WHERE NOT EXISTS (SELECT FROM actuals_staging s WHERE s.actual_id = l.actual_id)
            ) lines ORDER BY actual_id LIMIT $1
            """, limit)
    }

    /// A line whose actual is not staged.
    public struct LineWithoutActual: Hashable, Sendable, Record {
        public let company: Company
        public let actualId: GUID
        /// The journal or proposal.
        public let document: String

        public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            LineWithoutActual(
                company: try column("data_area_id", row?.company), actualId: try column("actual_id", row?.actualId),
                document: try column("document", row?.document))
        }
    }
}

private struct ActualRow: Record {
    var actualId: GUID
    var company: Company
    var transactionType: TransactionType
    var currency: CurrencyCode
    var currencyPrecision: Int
    var amount: Money
    var documentDate: CalendarDate
    var invoiceId: GUID?
    var isWithdrawn: Bool
    var openingVoucher: String?
    var blockedReason: String?
    var isInOutbox: Bool
    var line: JournalFacts?
    var subledger: SubledgerFacts?
    var billed: ProposalFacts?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ActualRow(
            actualId: try column("actual_id", row?.actualId), company: try column("data_area_id", row?.company),
            transactionType: try column("transaction_type", row?.transactionType),
            currency: try column("currency", row?.currency),
            currencyPrecision: try column("currency_precision", row?.currencyPrecision, as: Int16.self),
            amount: try column("amount", row?.amount), documentDate: try column("document_date", row?.documentDate),
            invoiceId: try column("invoice_id", row?.invoiceId),
            isWithdrawn: try column("withdrawn", row?.isWithdrawn),
            openingVoucher: try column("opening_voucher", row?.openingVoucher),
            blockedReason: try column("blocked_reason", row?.blockedReason),
            isInOutbox: try column("is_in_outbox", row?.isInOutbox),
            line: try column.optionalRecord("journal_", presentIf: "journal_number", row?.line),
            subledger: try column.optionalRecord("subledger_", presentIf: "voucher", row?.subledger),
            billed: try column.optionalRecord("proposal_", presentIf: "proposal_number", row?.billed))
    }

    func actual(of company: SetupStore.CompanyRow?) -> FinanceActual {
        var contradictions: [String] = []
        let progress: FinanceActual.Progress =
            if let line {
                line.progress(of: self, company, &contradictions)
            } else if let billed {
                billed.progress(of: self, company, &contradictions)
            } else if let blockedReason {
                .blocked(reason: blockedReason)
            } else {
                .staged
            }
        if let subledger { contradictions += subledger.contradictions(of: self) }
        return FinanceActual(
            actualId: actualId, company: self.company, transactionType: transactionType, currency: currency,
            amount: amount, documentDate: documentDate, invoiceId: invoiceId, isWithdrawn: isWithdrawn,
            openingVoucher: openingVoucher, progress: progress, contradictions: contradictions,
            isInOutbox: isInOutbox)
    }

    /// As it is booked (§9.28).
    func booked(_ company: SetupStore.CompanyRow?) -> Money {
        let precision =
            currency == company?.accountingCurrency
            ? min(currencyPrecision, company?.accountingCurrencyPrecision ?? currencyPrecision) : currencyPrecision
        return (try? amount.rounded(to: precision)) ?? amount
    }
}

/// The journal line of an actual.
private struct JournalFacts: Record {
    var number: String
    var status: JournalStatus
    var kind: JournalKind
    var error: String?
    var voucher: String
    var accountingDate: CalendarDate
    var amount: Money
    /// What the amount has not deducted: it came net.
    var undeductedDiscount: Money?
    var exchangeRate: ExchangeRate
    var accountingAmount: Money

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        JournalFacts(
            number: try column("journal_number", row?.number), status: try column("status", row?.status),
            kind: try column("kind", row?.kind), error: try column("error", row?.error),
            voucher: try column("voucher", row?.voucher),
            accountingDate: try column("accounting_date", row?.accountingDate),
            amount: try column("amount", row?.amount),
            undeductedDiscount: try column("undeducted_discount", row?.undeductedDiscount),
            exchangeRate: try column("exchange_rate", row?.exchangeRate),
            accountingAmount: try column("accounting_amount", row?.accountingAmount))
    }

    func progress(
        of row: ActualRow, _ company: SetupStore.CompanyRow?, _ contradictions: inout [String]
    ) -> FinanceActual.Progress {
        guard status == .posted else { return .inJournal(number, error: error) }
        if amount - (undeductedDiscount ?? .zero) != row.booked(company) {
            contradictions.append("its line in journal \(number) is \(amount), and it is staged with \(row.amount)")
        }
        if row.transactionType.makesProjectTransaction, row.subledger == nil {
            contradictions.append("journal \(number) is posted, and the project subledger lacks it")
        }
        if kind == .opening, row.openingVoucher != voucher {
            contradictions.append(
                "it is an opening row with voucher \(row.openingVoucher ?? "(none)"), and was posted with \(voucher)")
        }
        return .posted(
            AccountingDetail(
                actualId: row.actualId, company: row.company, voucher: voucher, accountingDate: accountingDate,
                exchangeRate: exchangeRate, accountingCurrency: company?.accountingCurrency ?? row.currency,
                accountingAmount: accountingAmount, salesTaxAmount: .zero, source: .journal, sourceNumber: number,
                postingVersion: PostingVersion.first))
    }
}

/// What the project subledger has of an actual.
private struct SubledgerFacts: Record {
    var voucher: String
    var currency: CurrencyCode
    var amount: Money
    var accountingAmount: Money

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SubledgerFacts(
            voucher: try column("voucher", row?.voucher), currency: try column("currency", row?.currency),
            amount: try column("amount", row?.amount),
            accountingAmount: try column("accounting_amount", row?.accountingAmount))
    }

    func contradictions(of row: ActualRow) -> [String] {
        guard let line = row.line else { return ["the project subledger has it, and no journal"] }
        func differs(_ what: String, _ own: String, _ others: String) -> String? {
            own == others
                ? nil : "its \(what) is \(own) in the project subledger, and \(others) in journal \(line.number)"
        }
        return [
            differs("voucher", voucher, line.voucher), differs("currency", currency.rawValue, row.currency.rawValue),
            differs("amount", "\(amount)", "\(line.amount)"),
            differs("accounting amount", "\(accountingAmount)", "\(line.accountingAmount)"),
            line.status == .posted ? nil : "the project subledger has it, and journal \(line.number) is not posted",
        ].compactMap(\.self)
    }
}

/// The proposal line of a billed sale, and what its posting made.
private struct ProposalFacts: Record {
    var number: String
    var status: ProposalStatus
    var error: String?
    var amount: Money
    var voucher: String?
    var invoiceDate: CalendarDate?
    var exchangeRate: ExchangeRate?
    var accountingAmount: Money?
    var salesTaxAmount: Money?
    var isChargeable: Bool?
    var accrualReversed: Money?
    /// What stands in WIP and accrued revenue of the unbilled sale.
    var accrued: Money?
    var reversedActualId: GUID?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ProposalFacts(
            number: try column("proposal_number", row?.number), status: try column("status", row?.status),
            error: try column("error", row?.error), amount: try column("amount", row?.amount),
            voucher: try column("voucher", row?.voucher), invoiceDate: try column("invoice_date", row?.invoiceDate),
            exchangeRate: try column("exchange_rate", row?.exchangeRate),
            accountingAmount: try column("accounting_amount", row?.accountingAmount),
            salesTaxAmount: try column("sales_tax_amount", row?.salesTaxAmount),
            isChargeable: try column("chargeable", row?.isChargeable),
            accrualReversed: try column("accrual_reversed", row?.accrualReversed),
            accrued: try column("accrued", row?.accrued),
            reversedActualId: try column("reversed_actual_id", row?.reversedActualId))
    }

    func progress(
        of row: ActualRow, _ company: SetupStore.CompanyRow?, _ contradictions: inout [String]
    ) -> FinanceActual.Progress {
        guard status == .invoiced else { return .inProposal(number, error: error) }
        if amount != row.amount {
            contradictions.append("its line in proposal \(number) is \(amount), and it is staged with \(row.amount)")
        }
        guard let voucher, let invoiceDate, let exchangeRate else {
            contradictions.append("proposal \(number) is invoiced, and there is no customer invoice of it")
            return .inProposal(number, error: nil)
        }
        guard let accountingAmount, let salesTaxAmount, let isChargeable else {
            contradictions.append("proposal \(number) is invoiced, and the customer invoice lacks its line")
            return .inProposal(number, error: nil)
        }
        if reversedActualId == nil, (accrualReversed ?? .zero) != (accrued ?? .zero) {
            contradictions.append(
                "its invoice took \(accrualReversed ?? .zero) back of WIP and accrued revenue, where \(accrued ?? .zero) "
                    + "stood (domain.md §7, invariant 5)")
        }
        // What adds nothing to the invoice is converted by itself (§9.22).
        let converted = try? row.booked(company).converted(
            at: exchangeRate, precision: company?.accountingCurrencyPrecision ?? row.currencyPrecision)
        return .posted(
            AccountingDetail(
                actualId: row.actualId, company: row.company, voucher: voucher, accountingDate: invoiceDate,
                exchangeRate: exchangeRate, accountingCurrency: company?.accountingCurrency ?? row.currency,
                accountingAmount: isChargeable ? accountingAmount : converted ?? accountingAmount,
                salesTaxAmount: salesTaxAmount, source: .proposal, sourceNumber: number, invoiceId: row.invoiceId,
                postingVersion: PostingVersion.first))
    }
}
