import Contracts

/// An invoice line detail of a draft, with what confirming it needs to know.
struct DraftLine: Hashable, Sendable {
    var detail: InvoiceLineDetail
    /// Of the invoice line, or else the contract line.
    var billingMethod: BillingMethod?
    /// The unbilled sale that it bills; nil for a milestone, a line that was typed on the invoice, and a correction.
    var unbilled: Actual?
    /// A second one that it is connected to.
    var otherUnbilled: GUID?
    /// What it corrects; nil unless it is a correction, and what it corrects is here.
    var corrected: CorrectedSale?
    /// What the line detail says, and what its invoice's header says.
    var belonging: Belonging
    var header: Belonging
    /// The milestone that it bills, or whose billing it takes back.
    var milestone: Milestone?
    /// The retainer that it bills, deducts or refunds.
    var retainer: RetainerPart?
    /// The decimal places of its currency.
    var currencyPrecision = Money.scale
}

/// A billed sale of an earlier invoice that a line detail corrects (`domain.md` §6.5).
struct CorrectedSale: Hashable, Sendable {
    var billed: Actual
    /// The unbilled sale that it billed; nil for milestones and lines of fixed price.
    var unbilled: Actual?
    /// A second billed sale that the line detail is connected to.
    var otherBilled: GUID?
    /// What has taken it back before.
    var reversalId: GUID?
}
