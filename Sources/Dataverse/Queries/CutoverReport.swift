import Bus
public import Contracts
public import Database

/// What the cut-over has decided so far, in numbers.
public struct CutoverReport: Hashable, Sendable, Encodable {
    /// Invoices of which the same was decided.
    public struct Invoices: Hashable, Sendable, Encodable, Record {
        public let decision: String
        public let currency: CurrencyCode?
        public let invoices: Int
        /// Without tax.
        public let amount: Money

        public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Invoices(
                decision: try column("decision", row?.decision), currency: try column("currency", row?.currency),
                invoices: try column("invoices", row?.invoices), amount: try column("amount", row?.amount))
        }
    }

    /// Actuals with Skip Sync = No of which the same was decided.
    public struct Actuals: Hashable, Sendable, Encodable, Record {
        /// `settled`, `opening`, `waiting` or `to be posted`.
        public let decision: String
        public let transactionType: TransactionType
        public let currency: CurrencyCode?
        public let actuals: Int
        public let amount: Money

        public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Actuals(
                decision: try column("decision", row?.decision),
                transactionType: try column("transaction_type", row?.transactionType),
                currency: try column("currency", row?.currency), actuals: try column("actuals", row?.actuals),
                amount: try column("amount", row?.amount))
        }
    }

    /// The first day that is ours to post.
    public let date: CalendarDate
    public let invoices: [Invoices]
    public let actuals: [Actuals]

    /// - throws: `DatabaseError`.
    init(date: CalendarDate, on connection: Connection) throws {
        self.date = date
        invoices = try connection.records(
            Invoices.self,
            """
            SELECT d.settlement AS decision, y.iso_code AS currency, count(*) AS invoices,
                sum(i.line_amount)::numeric(38, 4) AS amount
            FROM cutover_invoices d JOIN invoices i ON i.invoice_id = d.invoice_id
            LEFT JOIN currencies y ON y.currency_id = i.currency_id
            GROUP BY d.settlement, y.iso_code ORDER BY d.settlement, y.iso_code
            """)
        actuals = try connection.records(
            Actuals.self,
            """
            SELECT CASE WHEN s.actual_id IS NOT NULL THEN 'settled' WHEN w.id IS NOT NULL THEN 'waiting'
                    WHEN v.actual_id IS NOT NULL THEN 'opening' ELSE 'to be posted' END AS decision,
                a.transaction_type, y.iso_code AS currency, count(*) AS actuals, sum(a.amount)::numeric(38, 4) AS amount
            FROM actuals a
            LEFT JOIN settled_actuals s ON s.actual_id = a.actual_id
            LEFT JOIN opening_vouchers v ON v.actual_id = a.actual_id
            LEFT JOIN actuals_waiting w ON w.id = a.actual_id
            LEFT JOIN currencies y ON y.currency_id = a.currency_id
            WHERE NOT a.skip_sync
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """)
    }
}
