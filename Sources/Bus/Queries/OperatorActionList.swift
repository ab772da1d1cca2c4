import Contracts
public import Database

/// What operators did on a side, for whoever asks later.
public struct OperatorActionList {
    /// One thing that an operator did.
    public struct Entry: Sendable, Encodable {
        public let side: String
        public let id: Int64
        public let actedAt: String
        public let actor: String
        /// As whom the database knows them.
        public let databaseRole: String
        public let action: String
        public let subject: String
        public let reason: String?
        /// What stood before and after, as JSON.
        public let before: String?
        public let after: String?
        /// The same for all that one run of a command did.
        public let run: String?
        public let commandLine: String?
        let instant: Instant

        private enum CodingKeys: CodingKey {
            case side, id, actedAt, actor, databaseRole, action, subject, reason, before, after, run, commandLine
        }
    }

    private let filter: OperatorActionStore.Filter

    /// - parameters:
    ///   - actor: the only one; nil for all.
    ///   - action: the only one, or how actions begin: `errors`; nil for all.
    ///   - subject: what the subject contains; nil for anything.
    public init(_ days: DayRange, actor: String? = nil, action: String? = nil, subject: String? = nil) {
        filter = OperatorActionStore.Filter(days: days, actor: actor, action: action, subject: subject)
    }

    /// Oldest first.
    ///
    /// - parameter limit: the newest, at most so many.
    /// - throws: `DatabaseError`.
    public func entries(_ side: Side, limit: Int, on connection: Connection) throws -> [Entry] {
        var entries: [Entry] = []
        try OperatorActionStore.forEach(filter, limit: limit, on: connection) { row in
            entries.append(
                Entry(
                    side: side.rawValue, id: row.id, actedAt: row.actedAt.text(), actor: row.actor,
                    databaseRole: row.databaseRole, action: row.action, subject: row.subject, reason: row.reason,
                    before: row.before, after: row.after, run: row.run?.description, commandLine: row.commandLine,
                    instant: row.actedAt))
        }
        return entries
    }

    /// Those of both sides, in the order in which they happened.
    public static func merged(_ entries: [Entry]) -> [Entry] {
        entries.enumerated().sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }.map(\.element)
    }
}
