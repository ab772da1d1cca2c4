import Contracts

/// How a journal's reversals and the rows that they reverse are booked (`domain.md` §9.26): a reversal takes back what
/// stands, from the accounts on which it stands, whatever set-up says by then.
///
/// Of the two, the one that is posted first is booked where set-up says, and the other on the same accounts.
struct ReversedPostings {
    /// What is known of a row that is reversed.
    enum Original: Hashable, Sendable {
        /// It is posted, to these accounts; nil when it has a voucher and no ledger entries.
        case posted(JournalAccounts?)
        /// Its line is in a journal that is not posted.
        case unposted(journal: String)
        /// Posting refused its line.
        case refused
    }

    private let wanted: Set<GUID>
    private var originals: [GUID: Original] = [:]

    /// - parameter reversed: what the lines reverse.
    init(of reversed: some Sequence<GUID>) { wanted = Set(reversed) }

    var isEmpty: Bool { wanted.isEmpty }
    var actuals: [GUID] { wanted.sorted() }
    /// The journals in which originals wait to be posted.
    var unposted: [String] {
        Set(originals.values.compactMap { if case .unposted(let journal) = $0 { journal } else { nil } }).sorted()
    }

    func isPosted(_ actualId: GUID) -> Bool {
        if case .posted = originals[actualId] { true } else { false }
    }

    mutating func learn(_ actualId: GUID, _ original: Original) {
        if wanted.contains(actualId) { originals[actualId] = original }
    }

    /// Where a line's amount is booked if its original is posted; nil when set-up says.
    ///
    /// - throws: ``LineRefusal`` when its original could not be posted.
    func original(of reversed: GUID?) throws(LineRefusal) -> JournalAccounts?? {
        guard let reversed, let original = originals[reversed] else { return .none }
        switch original {
        case .posted(let accounts): return .some(accounts)
        case .unposted: return .none
        case .refused:
            throw LineRefusal(
                .waitsForReversed,
                "the row that it reverses, \(reversed), could not be posted either; post this line after that")
        }
    }
}
