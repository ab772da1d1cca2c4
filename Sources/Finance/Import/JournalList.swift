import Bus
public import Contracts
public import Database

/// An integration journal, as a list shows it.
public struct JournalSummary: Hashable, Sendable, Encodable {
    public let company: String
    public let number: String
    public let journalDescription: String
    /// The first day of its period; nil when all go into one.
    public let periodStart: CalendarDate?
    public let lineCount: Int
    /// Cost and sales amounts together, by currency.
    public let amounts: [String: Money]
    public let status: String
    /// Why posting refused it.
    public let error: String?

    /// Journals in the order of company and number.
    ///
    /// - parameter company: the only company; nil for all.
    /// - parameter status: the only status, `Draft`, `Processing`, `Posted` or `Error`; nil for all.
    public static func list(
        _ connection: Connection, company: String? = nil, status: String? = nil, limit: Int = 1_000
    ) throws -> [JournalSummary] {
        var summaries: [JournalSummary] = []
        for row in try connection.query(
            """
            WITH journals AS (
                SELECT * FROM integration_journals
                WHERE ($1::text IS NULL OR data_area_id = $1) AND ($2::text IS NULL OR status = $2)
                ORDER BY data_area_id, journal_number LIMIT $3
            )
            SELECT j.data_area_id, j.journal_number, j.description, j.period_start, j.line_count, j.status,
                j.posting_error, l.currency, l.amount
            FROM journals j LEFT JOIN LATERAL (
                SELECT currency, sum(amount)::numeric(38, 4) AS amount FROM integration_journal_lines l
                WHERE l.data_area_id = j.data_area_id AND l.journal_number = j.journal_number GROUP BY currency
            ) l ON true
            ORDER BY j.data_area_id, j.journal_number, l.currency
            """, company, status, limit)
        {
            var amounts: [String: Money] = [:]
            let number = try row.string(1)
            if let last = summaries.last, last.number == number, last.company == (try row.string(0)) {
                amounts = last.amounts
                summaries.removeLast()
            }
            if let currency = try row.optionalString(7) { amounts[currency] = try row.money(8) }
            summaries.append(
                JournalSummary(
                    company: try row.string(0), number: number, journalDescription: try row.string(2),
                    periodStart: try row.optionalDate(3), lineCount: try row.int(4), amounts: amounts,
                    status: try row.string(5), error: try row.optionalString(6)))
        }
        return summaries
    }
}

/// A line of an integration journal.
public struct JournalLineSummary: Hashable, Sendable, Encodable {
    public let lineNumber: Int
    public let actualId: GUID
    public let voucher: String
    public let transactionType: TransactionType
    public let transactionClass: TransactionClass
    public let projectNumber: String
    public let transactionDate: CalendarDate
    public let accountingDate: CalendarDate
    public let category: String
    public let lineProperty: String
    public let quantity: Quantity
    public let price: Money
    public let currency: String
    public let amount: Money
    /// Accounting currency per 100 units of the transaction currency.
    public let exchangeRate: ExchangeRate
    public let accountingAmount: Money
    /// Why posting refused it.
    public let error: String?

    /// The lines of a journal, in their order.
    public static func list(
        _ connection: Connection, company: String, journal: String
    ) throws -> [JournalLineSummary] {
        try connection.query(
            """
            SELECT line_number, actual_id, voucher, transaction_type, transaction_class, project_number,
                transaction_date, accounting_date, category_id, line_property_id, quantity, price, currency, amount,
                exchange_rate, accounting_amount, error
            FROM integration_journal_lines WHERE data_area_id = $1 AND journal_number = $2 ORDER BY line_number
            """, company, journal
        ).map { row in
            JournalLineSummary(
                lineNumber: try row.int(0), actualId: try row.guid(1), voucher: try row.string(2),
                transactionType: try row.choice(3), transactionClass: try row.choice(4),
                projectNumber: try row.string(5), transactionDate: try row.date(6), accountingDate: try row.date(7),
                category: try row.string(8), lineProperty: try row.string(9), quantity: try row.quantity(10),
                price: try row.money(11), currency: try row.string(12), amount: try row.money(13),
                exchangeRate: try row.exchangeRate(14), accountingAmount: try row.money(15),
                error: try row.optionalString(16))
        }
    }
}
