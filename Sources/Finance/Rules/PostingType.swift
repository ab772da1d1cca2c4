public import Database

/// What a ledger entry stands for, and so which main account it goes to
/// (`domain.md` §4.9, §6.12).
///
/// The raw value is how set-up and the ledger name it.
public enum PostingType: String, DatabaseLabel, Encodable {
    /// What the company spent: ProjAccountType 2.
    case cost
    /// The other side of the cost of time: ProjAccountType 5.
    case payrollAllocation = "payroll-allocation"
    /// The other side of the cost of an expense.
    case expenseOffset = "expense-offset"
    /// The other side of the cost of material: *Cost-item*.
    case itemOffset = "item-offset"
    /// Work done and not invoiced: ProjAccountType 8.
    case wipSalesValue = "wip-sales-value"
    /// The revenue of work done and not invoiced: ProjAccountType 7.
    case accruedRevenueSalesValue = "accrued-revenue-sales-value"
    /// Revenue of time and material: ProjAccountType 6.
    case invoicedRevenue = "invoiced-revenue"
    /// Revenue of fixed price, to profit and loss: ProjAccountType 1.
    case invoicedRevenueOnAccount = "invoiced-revenue-on-account"
    /// Fixed price and retainers, to the balance: ProjAccountType 18.
    case wipInvoicedOnAccount = "wip-invoiced-on-account"
    /// What the customer owes.
    case customerBalance = "customer-balance"
    /// LedgerPostingType 4.
    case salesTax = "sales-tax"
    /// What balances the correction of an accrual whose two sides are not off by the same amount (§6.14).
    case accruedRevenueCorrection = "accrued-revenue-correction"
    /// What rounding leaves over in the accounting currency: LedgerPostingType 11 (§9.7).
    case pennyDifference = "penny-difference"

    /// What a retainer that is deducted stands for on account, more or less than at the rate of the invoice that deducts
    /// it (§9.11); set-up may leave it to the penny difference.
    case exchangeDifference = "exchange-difference"

    /// The name that an accountant knows.
    public var label: String {
        switch self {
        case .cost: "Cost"
        case .payrollAllocation: "Payroll allocation"
        case .expenseOffset: "Expense offset"
        case .itemOffset: "Item offset"
        case .wipSalesValue: "WIP sales value"
        case .accruedRevenueSalesValue: "Accrued revenue sales value"
        case .invoicedRevenue: "Invoiced revenue"
        case .invoicedRevenueOnAccount: "Invoiced revenue on-account"
        case .wipInvoicedOnAccount: "WIP invoiced on-account"
        case .customerBalance: "Customer balance"
        case .salesTax: "Sales tax"
        case .accruedRevenueCorrection: "Accrued revenue correction"
        case .pennyDifference: "Penny difference"
        case .exchangeDifference: "Exchange rate gain or loss"
        }
    }
}
