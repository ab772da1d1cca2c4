public import Database

/// A step of the way of an invoice or an actual, in the order of the way.
public enum TraceStep: String, Hashable, Sendable, CaseIterable, Comparable, DatabaseLabel, Encodable {
    /// It came into Dataverse's database.
    case captured
    /// It waits there for something that has not come.
    case waiting
    case confirmed
    /// Dataverse's messages about it.
    case published
    /// What did not take effect of its messages.
    case setAside = "set aside"
    /// It came into Finance's database.
    case staged
    /// Import from staging could not take it.
    case blocked
    /// It has its lines.
    case imported
    /// Somebody asked for it to be posted.
    case asked
    /// The posting consumer has the request.
    case requested
    /// A worker has begun.
    case claimed
    case posted
    /// Finance's messages about it.
    case givenBack = "given back"
    case writtenBack = "written back"

    public static func < (left: TraceStep, right: TraceStep) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// What one table has of a step: one row, or many together.
public struct TracedRows: Record, Hashable, Sendable {
    public let step: TraceStep
    public let table: String
    public let count: Int
    /// When the first and the last of them were written; nil where the table keeps no time.
    public let first: Instant?
    public let last: Instant?
    /// How they stand, in a few words.
    public let state: String?

    public init(_ step: TraceStep, _ table: String, _ count: Int, first: Instant?, last: Instant?, state: String?) {
        self.step = step
        self.table = table
        self.count = count
        self.first = first
        self.last = last
        self.state = state
    }

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        TracedRows(
            try column("step", row?.step), try column("table_name", row?.table), try column("count", row?.count),
            first: try column("first_at", row?.first), last: try column("last_at", row?.last),
            state: try column("state", row?.state))
    }
}
