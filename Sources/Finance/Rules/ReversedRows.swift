import Contracts

/// What the reversals of a chunk have to know of the rows that they take back (`domain.md` §9.5, §9.26).
struct ReversedRows {
    /// A row that is taken back.
    struct Original: Hashable, Sendable {
        var transaction: LinkedTransaction
        /// The rates of its journal line; nil when it has none yet.
        var rates: PostingRates?
        /// Whether that line has its discount deducted.
        var deductsDiscount = true
        /// What takes it back already.
        var other: ReversalRule.Other?
    }

    private var originals: [GUID: Original]

    /// - parameter originals: those that have come.
    init(_ originals: [Original]) {
        self.originals = Dictionary(uniqueKeysWithValues: originals.map { ($0.transaction.actualId, $0) })
    }

    /// Remembers a line that was just made, if a reversal needs it.
    mutating func learn(_ line: JournalLineDraft) {
        originals[line.actualId]?.rates = PostingRates(
            accounting: line.exchangeRate, reporting: line.reportingRate)
        originals[line.actualId]?.deductsDiscount = line.undeductedDiscount == nil
        guard let reversed = line.reversedActualId else { return }
        originals[reversed]?.other = ReversalRule.Other(actualId: line.actualId, place: .staged)
    }

    /// Whether the line that an actual takes back has its discount deducted; nil when it takes none back.
    func deductsDiscount(of actual: ActualCreated) -> Bool? {
        actual.reversedActualId.flatMap { originals[$0]?.deductsDiscount }
    }

    /// The rates at which an actual is booked that takes another one back: those of the other.
    ///
    /// - returns: nil when the actual takes none back.
    /// - throws: ``Blockage`` when it cannot be booked, or not yet.
    func rates(for actual: ActualCreated) throws(Blockage) -> PostingRates? {
        if ReversalRule.isOrphan(actual) { throw ReversalRule.orphan }
        guard let reversed = actual.reversedActualId else { return nil }
        guard let original = originals[reversed] else { throw ReversalRule.missing(reversed) }
        let other = original.other.flatMap { $0.actualId == actual.actualId ? nil : $0 }
        if let blockage = ReversalRule.blockage(
            of: LinkedTransaction(actual), original: original.transaction, other: other)
        {
            throw blockage
        }
        guard let rates = original.rates else {
            throw Blockage(
                .waitsForReversed,
                "the actual that it takes back, \(reversed), has no journal line yet, and it takes the same exchange rate; "
                    + "it goes on with that row")
        }
        return rates
    }
}
