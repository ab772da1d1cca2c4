import Contracts

/// An invoice line detail of a draft, with what confirming it needs to know.
struct DraftLine: Hashable, Sendable {
    var detail: InvoiceLineDetail
    /// Of the invoice line, or else the contract line.
    var billingMethod: BillingMethod?
    /// The unbilled sale that it bills.
    var unbilled: Actual?
    /// A second one that it is connected to.
    var otherUnbilled: GUID?
    /// What the line detail says, and what its invoice's header says.
    var belonging: Belonging
    var header: Belonging
    /// The milestone that it bills.
    var milestone: Milestone?
}
