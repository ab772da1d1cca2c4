import Bus
import Contracts
import Database

/// A row of the project subledger, with the rates at which it was posted (`domain.md` §4.8).
struct ProjectTransaction: Record {
    var company: Company
    var actualId: GUID
    var journalNumber: String
    var voucher: String
    var transactionType: TransactionType
    var transactionClass: TransactionClass
    var projectNumber: String
    var contractNumber: String?
    var categoryId: String
    var linePropertyId: String
    var transactionDate: CalendarDate
    var accountingDate: CalendarDate
    var quantity: Quantity
    var currency: CurrencyCode
    var amount: Money
    var exchangeRate: ExchangeRate
    var accountingAmount: Money
    /// Nil when the company has no reporting currency, as the amount.
    var reportingRate: ExchangeRate?
    var reportingAmount: Money?
    /// What the amount has not deducted, and the invoice posts by itself; nil when it is net.
    var undeductedDiscount: Money?
    /// The actual that a fee is for.
    var sourceActualId: GUID?
    /// Whether the amount stands in WIP and accrued revenue until it is invoiced.
    var accrued: Bool
    /// The main accounts on which it does; nil when it does not.
    var wipAccount: String?
    var accruedRevenueAccount: String?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ProjectTransaction(
            company: try column("data_area_id", row?.company),
            actualId: try column("actual_id", row?.actualId),
            journalNumber: try column("journal_number", row?.journalNumber),
            voucher: try column("voucher", row?.voucher),
            transactionType: try column("transaction_type", row?.transactionType),
            transactionClass: try column("transaction_class", row?.transactionClass),
            projectNumber: try column("project_number", row?.projectNumber),
            contractNumber: try column("contract_number", row?.contractNumber),
            categoryId: try column("category_id", row?.categoryId),
            linePropertyId: try column("line_property_id", row?.linePropertyId),
            transactionDate: try column("transaction_date", row?.transactionDate),
            accountingDate: try column("accounting_date", row?.accountingDate),
            quantity: try column("quantity", row?.quantity),
            currency: try column("currency", row?.currency),
            amount: try column("amount", row?.amount),
            exchangeRate: try column("exchange_rate", row?.exchangeRate),
            accountingAmount: try column("accounting_amount", row?.accountingAmount),
            reportingRate: try column("reporting_exchange_rate", row?.reportingRate),
            reportingAmount: try column("reporting_amount", row?.reportingAmount),
            undeductedDiscount: try column("undeducted_discount", row?.undeductedDiscount),
            sourceActualId: try column("source_actual_id", row?.sourceActualId),
            accrued: try column("accrued", row?.accrued),
            wipAccount: try column("wip_account", row?.wipAccount),
            accruedRevenueAccount: try column("accrued_revenue_account", row?.accruedRevenueAccount))
    }
}

/// The project subledger: `project_transactions`.
struct ProjectTransactionStore {
    let connection: Connection

    func write(_ transactions: CopyRows) throws {
        try connection.copy(transactions, of: ProjectTransaction.self, into: "project_transactions")
    }
}
