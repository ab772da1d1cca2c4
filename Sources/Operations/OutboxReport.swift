import Bus
public import Database

/// What an outbox holds and what it still has to send.
public struct OutboxReport: Sendable, Encodable {
    public struct Topic: Sendable, Encodable {
        public let topic: String
        public let pending: Int64
    }

    /// Rows that are not acknowledged by the broker.
    public let pending: Int64
    /// Seconds since the oldest of them committed; nil when there is none.
    public let oldestPendingSeconds: Int64?
    /// Who relays now; nil when nobody does.
    public let relay: String?
    /// The cluster that the outbox was relayed to last.
    public let clusterID: String?
    public let topics: [Topic]

    /// - throws: `DatabaseError`.
    public init(_ connection: Connection) throws {
        let summary = try connection.query(
            """
            SELECT count(*), extract(epoch FROM now() - min(created_at))::bigint
            FROM outbox_pending JOIN outbox USING (id)
            """
        ).single()
        pending = try summary.int64(0)
        oldestPendingSeconds = try summary.optionalInt64(1)
        let lease = try connection.query(
            "SELECT CASE WHEN expires_at > now() THEN owner END, cluster_id FROM outbox_lease"
        ).single()
        relay = try lease.optionalString(0)
        clusterID = try lease.optionalString(1)
        topics = try connection.query(
            """
            SELECT topic, count(*) FROM outbox_pending JOIN outbox USING (id) GROUP BY topic ORDER BY topic
            """
        ).map { Topic(topic: try $0.string(0), pending: try $0.int64(1)) }
    }

    /// Makes everything that was ever published pending again, for a cluster that lost it or replaces it.
    ///
    /// - returns: how many rows will be sent.
    /// - throws: `DatabaseError`.
    public static func resend(_ connection: Connection) throws -> Int {
        try connection.transaction {
            try connection.execute("UPDATE outbox_lease SET cluster_id = NULL")
            return try OutboxLease.resendAll(on: connection)
        }
    }
}
