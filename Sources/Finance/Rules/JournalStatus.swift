/// The status of an integration journal, as it is stored (`domain.md` §6.11).
///
/// A journal that is being posted is still what it was before: *Processing* is the status of the posting request, which
/// alone says who posts it. ``JournalHeaderStatus`` has both in one.
public enum JournalStatus: String, Sendable, CaseIterable, Encodable {
    /// Import from staging makes it and fills it; a person may delete it.
    case draft = "Draft"
    /// Posting made it so, all of its lines; nothing follows.
    case posted = "Posted"
    /// Posting refused it, with the reason of each line. A person resets it to draft once the cause is gone, or deletes it.
    case error = "Error"

    /// Whether import from staging may add lines.
    public var takesLines: Bool { self == .draft }
    /// Whether an accountant may post it.
    public var isPostable: Bool { self == .draft }
    /// Whether its lines may still change.
    public var isRenewable: Bool { self != .posted }
    /// Whether a person may delete it, so that its actuals come back with the next import (§6.10.10).
    public var isDeletable: Bool { self != .posted }

    /// The statuses of which a property is true.
    static func all(_ property: (JournalStatus) -> Bool) -> [JournalStatus] { allCases.filter(property) }
}

/// The status of an integration journal, as a person sees it: the table of headers of `domain.md` §6.11.
///
/// | status | followed by |
/// |---|---|
/// | Draft | Processing, when a worker claims the request to post it |
/// | Processing | Posted, or Error: one or more lines in error; Draft, when its worker gives it back, or a stuck one is reset |
/// | Posted | nothing |
/// | Error | Draft, when a person resets it; it is not posted before |
///
/// Finance makes a journal of more than 100 lines a batch job. Here every posting is one, whatever its size: asking
/// publishes a request, and a posting-consumer carries it out, so that nothing distinguishes the hundred and first line.
public enum JournalHeaderStatus: String, Sendable, CaseIterable, Encodable {
    case draft = "Draft"
    case processing = "Processing"
    case posted = "Posted"
    case error = "Error"

    /// - parameter isBeingPosted: whether a worker has claimed a request to post it.
    public init(_ stored: JournalStatus, isBeingPosted: Bool) {
        self =
            switch stored {
            case .posted: .posted
            case .draft where isBeingPosted, .error where isBeingPosted: .processing
            case .draft: .draft
            case .error: .error
            }
    }

    /// The statuses that may follow this one.
    public var successors: Set<JournalHeaderStatus> {
        switch self {
        case .draft: [.processing]
        case .processing: [.posted, .error, .draft]
        case .posted: []
        case .error: [.draft]
        }
    }
}
