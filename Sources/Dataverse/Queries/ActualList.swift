import Bus
public import Contracts
public import Database

/// An actual with what Finance gave back, as the operator sees it.
public struct ActualSummary: Hashable, Sendable, Encodable {
    public let actualId: GUID
    public let transactionType: String
    public let transactionClass: String
    public let billingType: String?
    public let billingStatus: String?
    public let adjustmentStatus: String?
    public let skipSync: Bool
    public let documentDate: CalendarDate
    public let quantity: Quantity?
    public let amount: Money
    public let currency: String?
    public let description: String?
    public let accounting: Accounting?
    /// Why it is not published, in the domain's terms.
    public let waitingReason: String?

    /// The accounting detail of an actual.
    public struct Accounting: Hashable, Sendable, Encodable {
        public let voucher: String
        public let accountingDate: CalendarDate
        public let exchangeRate: ExchangeRate
        public let accountingCurrency: String
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
        try connection.query(
            """
            SELECT a.actual_id, a.transaction_type, a.transaction_class, a.billing_type, a.billing_status,
                a.adjustment_status, a.skip_sync, a.document_date, a.quantity, a.amount, y.iso_code, a.description,
                a.voucher, a.ledger_date, a.exchange_rate, a.accounting_currency, a.accounting_amount,
                a.sales_tax_amount, a.source_number, w.waiting_for, w.waiting_for_id::text
            FROM invoices i
            JOIN actuals_with_accounting a ON a.invoice_id = i.invoice_id
            LEFT JOIN currencies y ON y.currency_id = a.currency_id
            LEFT JOIN actuals_waiting w ON w.actual_id = a.actual_id
            WHERE i.invoice_number = $1 OR i.invoice_id::text = lower($1)
            ORDER BY a.document_date, a.transaction_type, a.actual_id LIMIT $2
            """, invoice, limit
        ).map(ActualSummary.init)
    }
}

extension ActualSummary {
    fileprivate init(_ row: BinaryRow) throws {
        let accounting: Accounting? =
            if let voucher = try row.optionalString(12) {
                Accounting(
                    voucher: voucher, accountingDate: try row.date(13), exchangeRate: try row.exchangeRate(14),
                    accountingCurrency: try row.string(15), accountingAmount: try row.money(16),
                    salesTaxAmount: try row.money(17), sourceNumber: try row.string(18))
            } else {
                nil
            }
        self.init(
            actualId: try row.guid(0), transactionType: try row.string(1), transactionClass: try row.string(2),
            billingType: try row.optionalString(3), billingStatus: try row.optionalString(4),
            adjustmentStatus: try row.optionalString(5), skipSync: try row.bool(6), documentDate: try row.date(7),
            quantity: try row[8, as: Quantity?.self], amount: try row.money(9), currency: try row.optionalString(10),
            description: try row.optionalString(11), accounting: accounting,
            waitingReason: try row.optionalString(19).map { Waiting.sentence($0, id: try row.optionalString(20)) })
    }
}
