import Contracts

/// The exchange rates of the lines that a chunk's reversals reverse (`domain.md` §9.5).
struct ReversedRates {
    /// What is known of a row that is reversed.
    enum Original: Hashable, Sendable {
        /// It has a line.
        case rate(ExchangeRate)
        /// It is staged, and has no line yet.
        case staged
        /// It has not come.
        case unknown
    }

    private var originals: [GUID: Original] = [:]

    /// Whether an actual takes the rate of the row that it reverses. One in the accounting currency is at parity anyway.
    static func concern(_ actual: ActualCreated, accountingCurrency: CurrencyCode) -> Bool {
        actual.reversedActualId != nil && actual.currency != accountingCurrency
    }

    /// - parameter reversals: those that this rule concerns.
    init(of reversals: some Sequence<ActualCreated>) {
        for reversal in reversals {
            if let reversed = reversal.reversedActualId { originals[reversed] = .unknown }
        }
    }

    var isEmpty: Bool { originals.isEmpty }

    /// Those of which nothing is known in this chunk.
    var unknown: [GUID] { originals.filter { $0.value == .unknown }.map(\.key) }

    mutating func learn(_ actualId: GUID, _ original: Original) { originals[actualId] = original }

    /// Remembers the rate of a line of this chunk, if a reversal needs it.
    mutating func learn(_ draft: JournalLineDraft) {
        guard !originals.isEmpty, originals[draft.actualId] != nil else { return }
        originals[draft.actualId] = .rate(draft.exchangeRate)
    }

    /// The rate of the row that an actual reverses; nil when that has not come.
    ///
    /// - throws: ``Blockage`` when it has come, and has no line yet.
    func rate(for actual: ActualCreated) throws(Blockage) -> ExchangeRate? {
        guard let reversed = actual.reversedActualId, let original = originals[reversed] else { return nil }
        switch original {
        case .rate(let rate): return rate
        case .unknown: return nil
        case .staged:
            throw Blockage(
                .waitsForReversed,
                "the row that it reverses has no journal line yet, and it takes the same exchange rate; "
                    + "it goes on with that row")
        }
    }
}
