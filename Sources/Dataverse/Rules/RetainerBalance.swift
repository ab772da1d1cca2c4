import Contracts

/// What is left of a retainer (`domain.md` §6.7): balance = amount − used − applied.
struct RetainerBalance: Hashable, Sendable {
    var amount: Money
    /// What confirmed invoices have deducted or refunded.
    var used = Money.zero
    /// What drafts deduct or refund.
    var applied = Money.zero
    /// Whether the invoice that bills it is confirmed.
    var isInvoiced = false

    var balance: Money { amount - used - applied }

    /// What later invoices can have of it in all: nothing before it is invoiced.
    var available: Money { isInvoiced ? amount - used : .zero }

    /// What another draft can have of it.
    var open: Money { isInvoiced ? balance : .zero }
}

// What drafts and confirmations do to it. The amounts are positive, and the rules of application have been asked.
extension RetainerBalance {
    /// Its invoice is confirmed.
    mutating func invoice() { isInvoiced = true }

    /// A draft deducts an amount, or no longer does when it is negative.
    mutating func apply(_ amount: Money) { applied += amount }

    /// The draft that deducts an amount is confirmed.
    mutating func use(_ amount: Money) {
        applied += -amount
        used += amount
    }
}
