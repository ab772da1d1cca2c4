import Contracts

/// What a line detail of a confirmed invoice, whose billed sale is not just like it, leads to (`domain.md` §9.25).
///
/// The details that are billed as they are (T7) have their evidence in one billed sale; here are the others: edited ones
/// (T8, T9), corrections (T10, T11, F5), milestones (F4) and lines that were typed on the invoice.
struct LineDetailEvidence: Hashable, Sendable {
    /// Quantity and amount of some rows.
    struct Sum: Hashable, Sendable {
        var quantity = Quantity.zero
        var amount = Money.zero

        /// Whether it is no less than another, in the other's direction.
        func covers(_ other: Sum) -> Bool {
            Self.covers(quantity, other.quantity) && Self.covers(amount, other.amount)
        }

        private static func covers<Value: ExactDecimal>(_ own: Value, _ other: Value) -> Bool {
            other < .zero ? own <= other : other == .zero || own >= other
        }
    }

    var invoiceId: GUID
    var lineDetailId: GUID
    var isCorrection = false
    /// What the detail itself says.
    var detail = Sum()
    /// The unbilled sale that it bills, or the billed sale that it corrects; nil for milestones and typed lines.
    var basisId: GUID?
    /// The quantity of that; nil while it is not here.
    var basisQuantity: Quantity?
    /// A replacement of that which is not here.
    var missingReplacement: GUID?
    /// How many billed sales of the invoice come from its basis, directly or over its replacements.
    var billedSales = 0
    /// Those that take its basis back.
    var reversals = 0
    /// What those of the detail's billing type come to that take nothing back.
    var billed = Sum()
    /// What all of them come to.
    var all = Sum()
    /// Whether a billed sale that comes from nowhere else is just like it, or takes back what it may correct.
    var hasLike = false
    /// Whether a billed sale that comes from nowhere else has the quantity that is left of its basis.
    var hasRest = false

    /// What is missing; nil when it is covered.
    var gap: InvoiceGap? {
        if let missingReplacement {
            return InvoiceGap("actual \(missingReplacement), which replaces \(basis), is not here", missingReplacement)
        }
        guard billedSales > 0 || hasLike || isTakenOff else {
            return InvoiceGap("line detail \(lineDetailId) lacks its \(wanted)")
        }
        return (isCorrection ? gapOfCorrection : gapOfBilling).map { InvoiceGap($0) }
    }

    /// A line whose quantity became nothing is billed as a rest alone (`domain.md` §9.3).
    private var isTakenOff: Bool { !isCorrection && basisQuantity != nil && detail == Sum() }

    private var gapOfCorrection: String? {
        guard billedSales > 0 else { return nil }
        guard reversals > 0 else { return "line detail \(lineDetailId) lacks the reversal of \(basis)" }
        // Dataverse says what shall remain billed; others say what the correction adds.
        return billed.covers(detail) || all == detail ? nil : uncovered
    }

    private var gapOfBilling: String? {
        if billedSales > 0, !billed.covers(detail) { return uncovered }
        guard let basisQuantity else { return nil }
        let rest = basisQuantity - (billedSales > 0 ? all.quantity : detail.quantity)
        // What was taken off is billed as well, non-chargeable (T8).
        guard rest.units.signum() == basisQuantity.units.signum(), rest != .zero, !hasRest else { return nil }
        return "line detail \(lineDetailId) lacks the billed sale of the rest, \(rest), of \(basis)"
    }

    private var uncovered: String {
        "line detail \(lineDetailId) is \(detail.quantity) for \(detail.amount), and its billed sales of \(basis) come to "
            + "\(billed.quantity) for \(billed.amount)"
    }

    private var wanted: String { basisId == nil ? "billed sale" : "billed sale of \(basis)" }

    private var basis: String {
        guard let basisId else { return "the invoice" }
        return isCorrection ? "billed sale \(basisId)" : "unbilled sale \(basisId)"
    }
}

/// Something that an invoice lacks.
struct InvoiceGap: Hashable, Sendable {
    let sentence: String
    /// The row that is known to be missing and need not be on the invoice.
    let awaited: GUID?

    init(_ sentence: String, _ awaited: GUID? = nil) {
        self.sentence = sentence
        self.awaited = awaited
    }
}

/// What an invoice lacks, as far as its rows tell: the first thing, and how many there are.
struct InvoiceGaps: Hashable, Sendable {
    private(set) var first: InvoiceGap
    private(set) var count: Int

    init(_ first: InvoiceGap, count: Int = 1) {
        self.first = first
        self.count = count
    }

    mutating func add(_ other: InvoiceGaps) { count += other.count }

    /// Says it.
    var sentence: String { count > 1 ? "\(first.sentence) (and \(count - 1) more)" : first.sentence }

    var reason: WaitingReason { WaitingReason(.actuals, first.awaited, sentence) }
}
