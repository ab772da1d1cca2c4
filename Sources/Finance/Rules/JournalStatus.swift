/// The status of an integration journal (`domain.md` §6.11).
///
/// A journal that is being posted is still what it was before: *Processing* is the status of the posting request,
/// which alone says who posts it.
public enum JournalStatus: String, Sendable, CaseIterable, Encodable {
    /// Import from staging makes it and fills it; a person may delete it.
    case draft = "Draft"
    /// Posting made it so, all of its lines; nothing follows.
    case posted = "Posted"
    /// Posting refused it, with the reason of each line. It can be posted again once the cause is gone, or deleted.
    case error = "Error"

    /// The statuses that may follow this one.
    public var successors: Set<JournalStatus> {
        switch self {
        case .draft, .error: [.posted, .error]
        case .posted: []
        }
    }

    /// Whether import from staging may add lines.
    public var takesLines: Bool { self == .draft }
    /// Whether an accountant may post it.
    public var isPostable: Bool { successors.contains(.posted) }
    /// Whether a person may delete it, so that its actuals come back with the next import (§6.10.10).
    public var isDeletable: Bool { self != .posted }

    /// The statuses of which a property is true.
    static func all(_ property: (JournalStatus) -> Bool) -> [JournalStatus] { allCases.filter(property) }
}
