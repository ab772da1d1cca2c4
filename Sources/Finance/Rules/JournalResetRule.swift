import Contracts
import Database

/// Whether a journal may be reset to draft (`domain.md` §6.11, §6.14).
///
/// | journal | reset |
/// |---|---|
/// | Draft, nobody asked for it | refused: there is nothing to reset |
/// | Draft, asked for, not claimed yet | by force: the request is ended |
/// | Processing, by a worker that is alive | refused, also by force |
/// | Processing, by a worker of which nothing is heard, not for long | by force; another worker takes it over otherwise |
/// | Processing, so for longer than the parameter's hours: stuck | yes: the request is ended |
/// | Posted | refused |
/// | Error | yes |
enum JournalResetRule {
    /// A request to post the journal that is still to be carried out.
    struct OpenRequest: Record, Hashable {
        var commandId: GUID
        var status: PostingRequestStatus
        var worker: String?
        /// Whether its worker is alive: its lease holds.
        var isHeld: Bool
        /// Since when it is being processed, in whole hours; nil when it is not.
        var hours: Int?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            OpenRequest(
                commandId: try column("command_id", row?.commandId),
                status: try column("status", row?.status),
                worker: try column("worker", row?.worker),
                isHeld: try column("is_held", row?.isHeld),
                hours: try column("hours", row?.hours))
        }
    }

    /// - parameter journal: its number, for the reason.
    /// - parameter stuckAfter: the hours after which a posting is stuck.
    /// - returns: why it may not be; nil when it may.
    static func refusal(
        of journal: String, _ status: JournalStatus, request: OpenRequest?, stuckAfter: Int, isForced: Bool
    ) -> JournalRefusal? {
        switch (status, request) {
        case (.posted, _):
            return JournalRefusal("journal \(journal) is posted: nothing of it can be reset")
        case (.draft, nil):
            return JournalRefusal("journal \(journal) is in draft, and nobody is posting it: there is nothing to reset")
        case (.error, nil): return nil
        case (.draft, let request?), (.error, let request?):
            guard !request.isHeld else {
                return JournalRefusal(
                    "journal \(journal) is being posted by \(request.worker ?? "a worker"), which is alive; wait for the "
                        + "outcome")
            }
            if isForced || (request.hours ?? 0) >= stuckAfter { return nil }
            return JournalRefusal(
                request.status == .draft
                    ? "journal \(journal) is about to be posted; wait for the outcome, or, when no posting-consumer is to "
                        + "post it, give --force"
                    : "journal \(journal) is Processing, and its worker \(request.worker ?? "") has not been heard of: "
                        + "another posting-consumer takes it over. It is stuck after \(stuckAfter) hours; when nothing is "
                        + "running, give --force")
        }
    }
}

/// Why a journal cannot be reset or deleted.
public struct JournalRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let reason: String
    init(_ reason: String) { self.reason = reason }
    public var description: String { reason }
}
