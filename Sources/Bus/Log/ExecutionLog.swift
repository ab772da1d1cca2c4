import Contracts
public import Database

/// The table `execution_log`: what the periodic and posting jobs have to say to a person.
public struct ExecutionLog {
    private let connection: Connection

    public enum Level: String, DatabaseLabel, Encodable {
        case info, warning, error
    }

    /// What a job had to say.
    public struct Entry: Record, Hashable {
        public let loggedAt: Instant
        /// What was done: `posting`.
        public let activity: String
        /// The document that it is about, after its company.
        public let subject: String
        public let level: Level
        public let message: String

        public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Entry(
                loggedAt: try column("logged_at", row?.loggedAt),
                activity: try column("activity", row?.activity),
                subject: try column("subject", row?.subject),
                level: try column("level", row?.level),
                message: try column("message", row?.message))
        }
    }

    public init(connection: Connection) { self.connection = connection }

    /// - parameter subject: the document that it is about, after its company.
    /// - throws: `DatabaseError`.
    public func write(_ level: Level, activity: String, subject: String, _ message: String) throws {
        try connection.execute(
            "INSERT INTO execution_log (activity, subject, level, message) VALUES ($1, $2, $3, $4)", activity, subject,
            level, message)
    }

    /// What was said last, newest first.
    ///
    /// - parameter days: on which days; any when it is left out.
    /// - throws: `DatabaseError`.
    public func latest(_ limit: Int, _ days: DayRange = DayRange()) throws -> [Entry] {
        try connection.records(
            Entry.self,
            """
            SELECT \(Entry.columnList) FROM execution_log WHERE \(DayRange.contains("logged_at"))
            ORDER BY id DESC LIMIT $4
            """, days.from, days.to, days.zone.name, limit)
    }
}
