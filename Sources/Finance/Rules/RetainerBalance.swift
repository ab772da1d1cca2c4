import Contracts

/// The retainers of a contract, and what an invoice that deducts some does to them (`domain.md` §6.7, §9.11): what it deducts was invoiced
/// before, or is invoiced by itself.
struct RetainerBalance: Hashable, Sendable {
    /// What posted invoices have billed, less what they have deducted, in the transaction currency.
    var posted: Money
    /// What the invoice bills, less what it deducts.
    var own: Money

    var isCovered: Bool { posted + own >= .zero }

    /// What is missing, in a sentence without its end.
    var reason: String { "it deducts retainers that are not invoiced: \(-(posted + own)) more than there are" }
}
