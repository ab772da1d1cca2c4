import Contracts

/// What is published of an actual in a database with a cut-over (`domain.md` §9.17). The first row that applies:
///
/// | actual | voucher | its invoice | |
/// |---|---|---|---|
/// | of any type, and something of ours stands on it | has one | | as posted before: an opening row |
/// | on an invoice that is not here yet | | | waits for the invoice |
/// | billed sale | | settled | settled |
/// | unbilled sale | | settled | settled |
/// | unbilled sale, still to be billed or billed on an invoice that is ours | has one | | as posted before: an opening row |
/// | of any other kind | has one | | settled |
/// | of any kind | has none | | as always |
///
/// So nothing that another system has posted is posted again, and Finance learns of it only what is needed to make invoices
/// and to take something back.
enum ActualAtCutover: Hashable, Sendable {
    case asAlways
    case opening(voucher: String)
    case settled
    case waiting(WaitingReason)

    init(_ actual: Actual, _ facts: CutoverFacts) {
        if facts.isStoodOn, let voucher = facts.voucher {
            self = .opening(voucher: voucher)
            return
        }
        if let invoiceId = actual.invoiceId, !facts.invoice.isHere {
            self = .waiting(WaitingReason(.invoiceHeader, invoiceId))
            return
        }
        let isSale = actual.transactionType == .billedSales || actual.transactionType == .unbilledSales
        if isSale, facts.invoice.isSettled {
            self = .settled
            return
        }
        guard let voucher = facts.voucher else {
            self = .asAlways
            return
        }
        self = Self.isOpen(actual) ? .opening(voucher: voucher) : .settled
    }

    /// Whether an unbilled sale can be billed, or was, by an invoice that is not settled.
    private static func isOpen(_ actual: Actual) -> Bool {
        guard actual.transactionType == .unbilledSales, actual.adjustmentStatus == nil else { return false }
        return actual.billingStatus != .canceled
    }
}

/// What the cut-over says of an actual.
struct CutoverFacts: Hashable, Sendable {
    enum Invoice: Hashable, Sendable {
        /// It is on none.
        case none
        case notHere
        /// It is ours to post.
        case ours
        case settled

        var isHere: Bool { self != .notHere }
        var isSettled: Bool { self == .settled }
    }

    /// What it had when it was captured first.
    var voucher: String?
    var isStoodOn = false
    var invoice = Invoice.none
}
