import Contracts

/// How retainers are applied to an invoice (`domain.md` §6.7, §9.11): by themselves, to every later invoice of the
/// contract, oldest first, and up to the chargeable amount without tax.
///
/// | rule | here |
/// |---|---|
/// | not usable until invoiced | ``RetainerBalance/open`` is nothing before |
/// | applied to every later invoice, oldest first | ``parts(of:upTo:)`` |
/// | only to chargeable transactions (4319341), without tax (5054918) | ``chargeableAmount(of:retainers:)`` |
/// | may be lowered, never above what is available | ``problem(changing:to:of:room:)`` |
/// | refund never above what is available, on an invoice without chargeable lines too | ``problem(refunding:of:)`` |
enum RetainerApplications {
    /// A part of a retainer.
    struct Part: Hashable, Sendable {
        var retainerId: GUID
        var amount: Money
    }

    /// What each retainer gives to a new invoice.
    ///
    /// - parameters:
    ///   - retainers: those of the invoice's contract, customer and currency, oldest first.
    ///   - chargeable: see ``chargeableAmount(of:retainers:)``; less what is applied to it already.
    static func parts(of retainers: [(retainerId: GUID, balance: RetainerBalance)], upTo chargeable: Money) -> [Part] {
        var room = chargeable
        var parts: [Part] = []
        for retainer in retainers where room > .zero {
            let amount = min(retainer.balance.open, room)
            guard amount > .zero else { continue }
            parts.append(Part(retainerId: retainer.retainerId, amount: amount))
            room += -amount
        }
        return parts
    }

    /// What retainers can be applied to: the chargeable lines without tax, corrections with them, but no retainers that
    /// the invoice bills or deducts; nothing where that is negative (4655493).
    ///
    /// - parameters:
    ///   - lineAmount: what the invoice's chargeable lines come to without tax, retainers among them.
    ///   - retainers: what the retainers that it bills come to, less those that it deducts or refunds.
    static func chargeableAmount(of lineAmount: Money, retainers: Money) -> Money {
        max(.zero, lineAmount - retainers)
    }

    /// Why what a draft deducts of a retainer cannot be changed; nil when it can.
    ///
    /// - parameters:
    ///   - old: what the draft deducts of it so far.
    ///   - room: the chargeable amount, less what other retainers of the draft deduct; nil for a refund.
    static func problem(
        changing old: Money, to new: Money, of balance: RetainerBalance, room: Money?
    ) -> String? {
        guard new >= .zero else { return "\(new) is negative; it is an amount to deduct, 0 for nothing" }
        guard new > old else { return nil }
        let available = balance.open + old
        guard new <= available else {
            return balance.isInvoiced
                ? "\(new) is more than the \(available) that is available of it"
                : "it is not invoiced yet, and nothing of it is available; confirm its invoice first"
        }
        if let room, new > room {
            return "\(new) is more than the \(room) of chargeable amount without tax that there is to deduct it from"
        }
        return nil
    }

    /// Why an amount cannot be refunded; nil when it can.
    static func problem(refunding amount: Money, of balance: RetainerBalance) -> String? {
        guard balance.isInvoiced else {
            return "it is not invoiced yet, and there is nothing to refund; confirm its invoice first"
        }
        guard amount > .zero else {
            return balance.open > .zero ? "\(amount) is nothing to refund" : "nothing is left of it to refund"
        }
        return problem(changing: .zero, to: amount, of: balance, room: nil)
    }

    /// Why an invoice cannot be confirmed with what it deducts; nil when it can: its lines may have been lowered since.
    ///
    /// - parameter chargeable: see ``chargeableAmount(of:retainers:)``.
    static func problem(deducting amount: Money, from chargeable: Money) -> String? {
        guard amount > chargeable else { return nil }
        return
            "it deducts retainers of \(amount), and its chargeable lines come to \(chargeable) without tax; lower what "
            + "it deducts with ledgerbus dataverse retainers apply"
    }
}
