import Bus
import Contracts
import Database

/// The exchange rates of the lines that a chunk's reversals reverse (`domain.md` §9.5).
struct ReversedRates {
    private enum Original {
        /// It has a line.
        case rate(ExchangeRate)
        /// It is staged, and has no line yet.
        case staged
        /// It has not come.
        case unknown
    }

    let company: String
    private var originals: [GUID: Original]

    init(company: String, reversed: [GUID]) {
        self.company = company
        originals = Dictionary(reversed.map { ($0, .unknown) }) { first, _ in first }
    }

    var isEmpty: Bool { originals.isEmpty }

    /// Remembers the rate of a line of this chunk, if a reversal needs it.
    mutating func learn(_ draft: JournalLineDraft) {
        guard !originals.isEmpty, originals[draft.actual.actualId] != nil else { return }
        originals[draft.actual.actualId] = .rate(draft.exchangeRate)
    }

    /// Looks for the others in the database.
    mutating func read(_ connection: Connection) throws {
        let missing = originals.compactMap { id, original in if case .unknown = original { id } else { nil } }
        guard !missing.isEmpty else { return }
        for row in try connection.query(
            """
            SELECT s.actual_id, l.exchange_rate FROM actuals_staging s
            LEFT JOIN integration_journal_lines l ON l.data_area_id = $1 AND l.actual_id = s.actual_id
            WHERE s.actual_id = ANY ($2) AND s.data_area_id = $1 AND s.transaction_type <> 'Billed Sales'
            """, company, missing)
        {
            originals[try row.guid(0)] = try row.optionalExchangeRate(1).map { .rate($0) } ?? .staged
        }
    }

    /// The rate of the row that an actual reverses; nil when that has not come.
    ///
    /// - throws: ``Blockage`` when it has come, and has no line yet.
    func rate(for actual: StagedActual) throws(Blockage) -> ExchangeRate? {
        guard let reversed = actual.reversedActualId, let original = originals[reversed] else { return nil }
        switch original {
        case .rate(let rate): return rate
        case .unknown: return nil
        case .staged:
            throw Blockage(
                code: "waits-for-reversed",
                reason: "the row that it reverses has no journal line yet, and it takes the same exchange rate; "
                    + "it goes on with that row", isBrief: true)
        }
    }
}
