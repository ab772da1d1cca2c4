public import Database

/// What the periodic and posting jobs had to say last, for an operator.
public struct ExecutionLogList: Sendable, Encodable {
    public struct Entry: Sendable, Encodable {
        public let side: String
        public let loggedAt: String
        /// What was done.
        public let activity: String
        /// The document that it is about, after its company.
        public let subject: String
        /// Info, warning or error.
        public let level: String
        public let message: String
    }

    /// Newest first.
    public let entries: [Entry]

    /// - parameters:
    ///   - days: on which days; any when it is left out.
    ///   - limit: at most so many.
    /// - throws: `DatabaseError`.
    public init(_ side: Side, _ connection: Connection, _ days: DayRange = DayRange(), limit: Int) throws {
        entries = try ExecutionLog(connection: connection).latest(limit, days).map {
            Entry(
                side: side.rawValue, loggedAt: $0.loggedAt.text(), activity: $0.activity, subject: $0.subject,
                level: $0.level.rawValue, message: $0.message)
        }
    }
}
