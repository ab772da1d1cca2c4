import Bus
import Contracts
import Database

/// An actual as import from staging takes it: a row of `actuals_staging`.
struct StagedActual: Hashable, Sendable {
    var actualId: GUID
    var transactionType: TransactionType
    var transactionClass: TransactionClass
    var billingType: BillingType?
    var billingMethod: BillingMethod?
    var projectNumber: String
    var contractNumber: String?
    var customerAccount: String?
    var currency: String
    var quantity: Quantity
    var price: Money
    var amount: Money
    var documentDate: CalendarDate
    var accountingDate: CalendarDate
    var category: String?
    var resource: String?
    var description: String?
    var unbilledActualId: GUID?
    var reversedActualId: GUID?
}

extension StagedActual {
    /// The columns that ``init(_:)`` reads, of the table called `s`.
    static let columnList = [
        "actual_id", "transaction_type", "transaction_class", "billing_type", "billing_method", "project_number",
        "contract_number", "customer_account", "currency", "quantity", "price", "amount", "document_date",
        "accounting_date", "category", "resource", "description", "unbilled_actual_id", "reversed_actual_id",
    ].map { "s.\($0)" }.joined(separator: ", ")

    init(_ row: BinaryRow) throws {
        self.init(
            actualId: try row.guid(0), transactionType: try row.choice(1), transactionClass: try row.choice(2),
            billingType: try row.optionalChoice(3), billingMethod: try row.optionalChoice(4),
            projectNumber: try row.string(5), contractNumber: try row.optionalString(6),
            customerAccount: try row.optionalString(7), currency: try row.string(8), quantity: try row.quantity(9),
            price: try row.money(10), amount: try row.money(11), documentDate: try row.date(12),
            accountingDate: try row.date(13), category: try row.optionalString(14),
            resource: try row.optionalString(15),
            description: try row.optionalString(16), unbilledActualId: try row.optionalGUID(17),
            reversedActualId: try row.optionalGUID(18))
    }
}

extension String {
    /// The text as an SQL literal, for a `COPY`, which takes no parameters.
    var sqlLiteral: String { "'" + replacing("'", with: "''") + "'" }
}
