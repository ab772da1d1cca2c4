import Bus
import Contracts
import Database
import Service

/// A request to post, in the hands of one worker.
struct ClaimedRequest: Record, Hashable {
    var commandId: GUID
    var company: Company
    var kind: PostingKind
    var number: String
    var invoiceDate: CalendarDate?
    /// Raised by every claim: a worker whose claim is no longer the newest cannot commit.
    var epoch: Int
    /// How often it was claimed and not given back, with this time.
    var attempts: Int

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ClaimedRequest(
            commandId: try column("command_id", row?.commandId),
            company: try column("data_area_id", row?.company),
            kind: try column("kind", row?.kind),
            number: try column("number", row?.number),
            invoiceDate: try column("invoice_date", row?.invoiceDate),
            epoch: try column("epoch", row?.epoch),
            attempts: try column("attempts", row?.attempts, as: Int32.self))
    }

    /// After so many workers that ended at it without a word, nobody tries again unasked.
    static let mostAttempts = 10

    /// By what its lines in a log are found.
    var logged: Logger.Metadata { ["company": "\(company)", kind.rawValue: "\(number)"] }

    /// `journal USPM-000043`.
    var subject: String { "\(kind.rawValue) \(number)" }
}

/// What a posting made.
struct PostedDocument: Hashable {
    /// How many lines were posted.
    var lines: Int
    /// What else is to be said: that it was posted before, on another date, or without some lines.
    var note: String?

    static func postedBefore(_ request: ClaimedRequest, lines: Int) -> PostedDocument {
        PostedDocument(lines: lines, note: "\(request.subject) was already posted")
    }

    /// So many lines are read, computed and written at once.
    static let chunk = 5_000
}

/// Another worker has claimed the request: this one took too long, or was frozen.
struct PostingLeaseLost: Error {}
