import Contracts

/// An invoice line detail of a draft, with what confirming it needs to know.
struct DraftLine: Hashable, Sendable {
    var detail: InvoiceLineDetail
    /// Of the invoice line, or else the contract line.
    var billingMethod: BillingMethod?
    /// The unbilled sale that it bills.
    var unbilled: Actual?
    /// The milestone that it bills.
    var milestone: Milestone?
}
