import Contracts

/// How the rows that a journal's reversals reverse were posted (`domain.md` §9.26): a reversal takes back what stands,
/// from the accounts on which it stands, whatever set-up says by then.
struct ReversedPostings {
    /// What is known of a row that is reversed.
    enum Original: Hashable, Sendable {
        /// It is posted, to these accounts; nil when it has a voucher and no ledger entries.
        case posted(JournalAccounts?)
        /// Its line is in a journal that is not posted.
        case unposted(journal: String)
        /// Posting refused its line, which is in the same journal.
        case refused
    }

    private var wanted: Set<GUID>
    private var originals: [GUID: Original] = [:]

    /// - parameter reversed: what the lines reverse.
    init(of reversed: some Sequence<GUID>) { wanted = Set(reversed) }

    var isEmpty: Bool { wanted.isEmpty }
    var actuals: [GUID] { wanted.sorted() }

    mutating func learn(_ actualId: GUID, _ original: Original) {
        if wanted.contains(actualId) { originals[actualId] = original }
    }

    /// Where a line's amount is booked if its original says so; nil when it reverses none that has a line: then set-up
    /// says.
    ///
    /// - throws: ``LineRefusal`` when its original is not posted yet.
    func original(of reversed: GUID?) throws(LineRefusal) -> JournalAccounts?? {
        guard let reversed, let original = originals[reversed] else { return .none }
        switch original {
        case .posted(let accounts): return .some(accounts)
        case .unposted(let journal):
            throw LineRefusal(
                .waitsForReversed,
                "the row that it reverses, \(reversed), is in journal \(journal), which is not posted; post that first")
        case .refused:
            throw LineRefusal(
                .waitsForReversed,
                "the row that it reverses, \(reversed), could not be posted either; it is posted after that")
        }
    }
}
