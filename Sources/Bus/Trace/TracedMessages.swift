public import Contracts
public import Database

/// What an outbox has of an invoice's or an actual's messages of one topic.
public struct TracedMessages: Record, Hashable, Sendable {
    /// Without the environment's prefix.
    public let topic: String
    public let count: Int
    /// How many of them the broker has not acknowledged.
    public let pending: Int
    /// When the transactions began that wrote the first and the last of them.
    public let first: Instant
    public let last: Instant
    /// The row of the last.
    public let outboxId: Int64
    public let eventId: GUID
    public let key: [UInt8]
    /// The invoice, where there is one.
    public let traceId: GUID

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        TracedMessages(
            topic: try column("topic", row?.topic), count: try column("count", row?.count),
            pending: try column("pending", row?.pending), first: try column("first_at", row?.first),
            last: try column("last_at", row?.last), outboxId: try column("id", row?.outboxId),
            eventId: try column("event_id", row?.eventId), key: try column("key", row?.key),
            traceId: try column("trace_id", row?.traceId))
    }

    /// Which messages are meant.
    public enum Subject: Hashable, Sendable {
        /// All of a trace, an invoice's.
        case trace(GUID)
        /// Those with a key, of some topics.
        case key(String, [TopicName])
        /// One event.
        case event(GUID)
    }

    /// How long an outbox is looked through at most: it has no index but by its ids.
    public static let patience = Duration.seconds(20)

    /// Topic by topic.
    ///
    /// - parameter since: nothing of them was written before; nil when nobody knows, and all of the outbox is looked through.
    /// - throws: `DatabaseError`; cancelled, when it takes longer than ``patience``.
    public static func find(
        _ subject: Subject, since: Instant?, on connection: Connection
    ) throws -> [TracedMessages] {
        try connection.transaction(retries: 0) {
            try connection.executeScript("SET LOCAL statement_timeout = \(patience.components.seconds * 1_000)")
            switch subject {
            case .trace(let id): return try find("o.trace_id = $1", since, id, nil, connection)
            case .key(let key, let topics):
                return try find("o.key = $1", since, Array(key.utf8), topics.map(\.rawValue), connection)
            case .event(let id): return try find("o.event_id = $1", since, id, nil, connection)
            }
        }
    }

    private static func find(
        _ condition: String, _ since: Instant?, _ value: any DatabaseValue, _ topics: [String]?,
        _ connection: Connection
    ) throws -> [TracedMessages] {
        try connection.records(
            TracedMessages.self,
            """
            SELECT g.topic, g.count, g.pending, g.first_at, g.last_at, o.id, o.event_id, o.key, o.trace_id
            FROM (
                SELECT o.topic, count(*) AS count, count(p.id) AS pending, min(o.created_at) AS first_at,
                    max(o.created_at) AS last_at, max(o.id) AS last_id
                FROM outbox o LEFT JOIN outbox_pending p ON p.id = o.id
                WHERE \(condition) AND o.headers IS NULL AND o.key IS NOT NULL
                    AND o.id >= $2 AND ($3::text[] IS NULL OR o.topic = ANY ($3))
                GROUP BY o.topic
            ) g JOIN outbox o ON o.id = g.last_id
            ORDER BY g.first_at, g.topic
            """, value, try since.map { try lowest(since: $0, connection) } ?? Int64.min, topics)
    }

    /// Rows of a time or later have no lower id, unless a transaction that began before took hours. Ids follow the time, but
    /// for that, so that nothing is looked through for it.
    private static func lowest(since time: Instant, _ connection: Connection) throws -> Int64 {
        let before = Instant(microsecondsSince2000: time.microsecondsSince2000 - 3_600_000_000)
        var low = try connection.optionalValue(Int64.self, "SELECT id FROM outbox ORDER BY id LIMIT 1") ?? 0
        var high = try connection.optionalValue(Int64.self, "SELECT id FROM outbox ORDER BY id DESC LIMIT 1") ?? 0
        while low < high {
            let middle = low + (high - low) / 2
            let isLate = try connection.optionalValue(
                Bool.self, "SELECT created_at >= $2 FROM outbox WHERE id >= $1 ORDER BY id LIMIT 1", middle, before)
            if isLate ?? true { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
