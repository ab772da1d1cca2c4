import Bus
import Contracts
import Database

/// A line of an integration journal, as posting reads it (`domain.md` §4.4).
struct JournalLine {
    /// What decides how a line is posted, whatever its amount.
    struct Key: Hashable {
        var transactionType: String
        var transactionClass: String
        var projectNumber: String
        var contractNumber: String?
        var categoryId: String
        var linePropertyId: String
        /// Whether the line that this one reverses was accrued; nil when it reverses none that is posted.
        var originalAccrued: Bool?
    }

    var key: Key
    var lineNumber: Int32
    var actualId: GUID
    var voucher: String
    var transactionDate: CalendarDate
    var accountingDate: CalendarDate
    var currency: String
    var quantity: Quantity
    var amount: Money
    var exchangeRate: ExchangeRate
    var accountingAmount: Money

    var contractNumber: String? { key.contractNumber }
    var isUnbilledSale: Bool { key.transactionType == TransactionType.unbilledSales.rawValue }

    /// Parameters: company, journal number, the line after which, how many.
    ///
    /// The original is found by a subquery, which always goes through the whole primary key: a join that was planned
    /// while the table was small would read the whole company once a line.
    static let query = """
        SELECT line.line_number, line.actual_id, line.voucher, line.transaction_type, line.transaction_class,
            line.project_number, line.contract_number, line.category_id, line.line_property_id,
            line.transaction_date, line.accounting_date, line.currency, line.quantity, line.amount,
            line.exchange_rate, line.accounting_amount,
            (SELECT original.accrued FROM project_transactions original
                WHERE original.data_area_id = line.data_area_id AND original.actual_id = line.reversed_actual_id)
        FROM integration_journal_lines line
        WHERE line.data_area_id = $1 AND line.journal_number = $2 AND line.line_number > $3
        ORDER BY line.line_number
        LIMIT $4
        """

    init(_ row: Row) throws {
        key = Key(
            transactionType: try row.string(3), transactionClass: try row.string(4),
            projectNumber: try row.string(5), contractNumber: try row.optionalString(6),
            categoryId: try row.string(7), linePropertyId: try row.string(8),
            originalAccrued: try row.optionalBool(16))
        lineNumber = try row.int32(0)
        actualId = try row.guid(1)
        voucher = try row.string(2)
        transactionDate = try row.date(9)
        accountingDate = try row.date(10)
        currency = try row.string(11)
        quantity = try row.quantity(12)
        amount = try row.money(13)
        exchangeRate = try row.exchangeRate(14)
        accountingAmount = try row.money(15)
    }
}
