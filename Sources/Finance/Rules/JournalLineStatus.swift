/// The status of a line of an integration journal (`domain.md` §6.11).
///
/// It is not stored: a line is posted with its journal, all of its lines or none, and one that posting refused says why.
/// *Unrecoverable* and *Invalid actuals* do not occur: a row that cannot become a line is blocked before it is one.
public enum JournalLineStatus: String, Sendable, CaseIterable, Encodable {
    /// To be posted.
    case draft = "Draft"
    case posted = "Posted"
    /// Posting refused it, and with it its journal.
    case error = "Error"

    /// - parameter isRefused: whether posting said why it refused the line.
    public init(in journal: JournalStatus, isRefused: Bool) {
        self =
            switch journal {
            case .posted: .posted
            case .draft, .error: isRefused ? .error : .draft
            }
    }
}
