import Bus
public import Contracts
public import Database

/// An actual with what Finance gave back, as the operator sees it.
public struct ActualSummary: Hashable, Sendable, Encodable {
    public let actualId: GUID
    public let transactionType: TransactionType
    public let transactionClass: TransactionClass
    public let billingType: BillingType?
    public let billingStatus: BillingStatus?
    public let adjustmentStatus: AdjustmentStatus?
    public let skipSync: Bool
    public let documentDate: CalendarDate
    public let quantity: Quantity?
    public let amount: Money
    public let currency: CurrencyCode?
    public let description: String?
    public let accounting: Accounting?
    /// Why it is not published, in the domain's terms.
    public let waitingReason: String?

    /// The accounting detail of an actual.
    public struct Accounting: Hashable, Sendable, Encodable {
        public let voucher: String
        public let accountingDate: CalendarDate
        public let exchangeRate: ExchangeRate
        public let accountingCurrency: CurrencyCode
        public let accountingAmount: Money
        public let salesTaxAmount: Money
        /// The journal's or the proposal's number.
        public let sourceNumber: String
    }
}

/// The actuals of the database.
public struct ActualList {
    private let connection: Connection

    public init(connection: Connection) { self.connection = connection }

    /// The actuals of an invoice, and the unbilled sales that its lines bill.
    ///
    /// - throws: `DatabaseError`.
    public func actuals(invoice: String, limit: Int = 1_000) throws -> [ActualSummary] {
        try connection.records(
            ListedActual.self,
            """
            SELECT \(Actual.columnList(of: "a")), y.iso_code, \(WaitingReason.columnList(of: "w")),
                \(AccountingDetailRow.columnList(of: "d", prefix: "detail_"))
            FROM invoices i
            JOIN actuals a ON a.invoice_id = i.invoice_id
            LEFT JOIN accounting_details d ON d.actual_id = a.actual_id
            LEFT JOIN currencies y ON y.currency_id = a.currency_id
            LEFT JOIN actuals_waiting w ON w.id = a.actual_id
            WHERE i.invoice_number = $1 OR i.invoice_id::text = lower($1)
            ORDER BY a.document_date, a.transaction_type, a.actual_id LIMIT $2
            """, invoice, limit
        ).map(ActualSummary.init)
    }
}

/// A row of the list.
private struct ListedActual: Record {
    var actual: Actual
    var currency: CurrencyCode?
    var waitingReason: WaitingReason?
    var detail: AccountingDetailRow?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ListedActual(
            actual: try column.record("", row?.actual), currency: try column("iso_code", row?.currency),
            waitingReason: try column.optionalRecord("", presentIf: "waiting_for", row?.waitingReason),
            detail: try column.optionalRecord("detail_", presentIf: "actual_id", row?.detail))
    }
}

extension ActualSummary {
    fileprivate init(_ row: ListedActual) {
        let (actual, facts) = (row.actual, row.actual.facts)
        self.init(
            actualId: actual.actualId, transactionType: actual.transactionType,
            transactionClass: facts.transactionClass, billingType: facts.billingType,
            billingStatus: actual.billingStatus, adjustmentStatus: actual.adjustmentStatus,
            skipSync: actual.skipSync, documentDate: facts.documentDate, quantity: facts.quantity,
            amount: facts.amount, currency: row.currency, description: facts.description,
            accounting: row.detail.map { Accounting($0.detail) },
            waitingReason: row.waitingReason?.sentence)
    }
}

extension ActualSummary.Accounting {
    fileprivate init(_ detail: AccountingDetail) {
        self.init(
            voucher: detail.voucher, accountingDate: detail.accountingDate, exchangeRate: detail.exchangeRate,
            accountingCurrency: detail.accountingCurrency, accountingAmount: detail.accountingAmount,
            salesTaxAmount: detail.salesTaxAmount, sourceNumber: detail.sourceNumber)
    }
}
