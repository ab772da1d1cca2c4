public import Contracts
public import Database

/// The tables `outbox`, which is append-only, and `outbox_pending`: the rows of it that the broker has not acknowledged.
public enum OutboxStore {
    /// Whom a commit into the outbox tells.
    static let channel = "outbox"

    /// How large a row's message is, without what its event's headers add.
    static let rowBytes = """
        coalesce(octet_length(key), 0) + coalesce(octet_length(payload), 0)
        + CASE WHEN headers IS NULL THEN 0 ELSE outbox_header_bytes(headers) END
        """

    /// Adds a row to what is to be published.
    static func insert(_ event: OutboxEvent<[UInt8]>, on connection: Connection) throws {
        try connection.insert(event, into: "outbox")
    }

    /// Adds rows to what is to be published.
    static func copy(_ rows: CopyRows, on connection: Connection) throws {
        try connection.copy(rows, of: OutboxEvent<ByteView>.self, into: "outbox")
    }

    /// Pending rows with ids above `after`, and all that goes into their messages.
    ///
    /// Looks up each pending row, whatever the tables' statistics say: a join may read the outbox from its beginning.
    ///
    /// - parameter bytes: no row is begun beyond so many; one is always taken.
    /// - parameter epoch: of the lease.
    static func pending(
        after id: Int64, rows: Int64, bytes: Int64, epoch: Int64, on connection: Connection
    ) throws -> OutboxChunk {
        let found = try connection.recordRows(
            PendingEvent.self,
            """
            SELECT \(PendingEvent.columnList(of: "sent"))
            FROM (
                SELECT id FROM (
                    SELECT id, sum(bytes) OVER (ORDER BY id) - bytes AS before
                    FROM (SELECT id, bytes FROM outbox_pending WHERE id > $1 ORDER BY id LIMIT $2) next
                ) sized WHERE before < $3
            ) pending
            CROSS JOIN LATERAL (SELECT * FROM outbox WHERE outbox.id = pending.id OFFSET 0) sent
            ORDER BY pending.id
            """, id, rows, bytes)
        return try OutboxChunk(rows: found, epoch: epoch, beginsPass: id == 0)
    }

    /// The broker has acknowledged these rows, which were read under a lease of that epoch.
    ///
    /// They stay pending when the lease has been taken since, or everything is to be sent again: who acknowledged them may
    /// be a broker that no longer counts. The row of the lease is locked, so that neither happens meanwhile.
    ///
    /// Nobody waits for the disk: what a crash of the server brings back is sent again.
    ///
    /// - returns: how many are no longer pending.
    static func acknowledge(_ ids: [Int64], epoch: Int64, on connection: Connection) throws -> Int {
        try connection.executeScript("SET LOCAL synchronous_commit = off")
        return try connection.execute(
            """
            DELETE FROM outbox_pending WHERE id = ANY($1) AND (SELECT epoch FROM outbox_lease FOR SHARE) = $2
            """, ids, epoch)
    }

    /// Makes every row of the outbox pending again.
    ///
    /// - returns: how many were not pending.
    @discardableResult
    static func resendAll(on connection: Connection) throws -> Int {
        try connection.execute("INSERT INTO outbox_pending SELECT id, \(rowBytes) FROM outbox ON CONFLICT DO NOTHING")
    }

    /// Whether there is a pending row.
    ///
    /// - throws: `DatabaseError`.
    public static func hasPending(on connection: Connection) throws -> Bool {
        try connection.value(Bool.self, "SELECT EXISTS (SELECT FROM outbox_pending ORDER BY id LIMIT 1)")
    }

    /// A query of the ids that messages of a topic are about which the broker has not acknowledged, of a topic whose keys
    /// are ids.
    public static func pendingIds(of topic: TopicName) -> String {
        """
        SELECT DISTINCT convert_from(o.key, 'UTF8')::uuid AS id FROM outbox_pending p JOIN outbox o ON o.id = p.id
        WHERE o.topic = '\(topic.rawValue)'
        """
    }

    /// How many rows are pending.
    ///
    /// - throws: `DatabaseError`.
    public static func countPending(on connection: Connection) throws -> Int {
        try connection.value(Int.self, "SELECT count(*) FROM outbox_pending")
    }

    /// Makes the newest row of each of some keys pending again: the same message is sent again, which changes nothing where
    /// it took effect.
    ///
    /// - parameter ids: of a topic whose keys are ids.
    /// - returns: how many were not pending.
    /// - throws: `DatabaseError`.
    public static func resendNewest(_ topic: TopicName, about ids: [GUID], on connection: Connection) throws -> Int {
        guard !ids.isEmpty else { return 0 }
        let count = try connection.execute(
            """
            INSERT INTO outbox_pending
            SELECT o.id, \(rowBytes) FROM outbox o JOIN (
                SELECT max(id) AS id FROM outbox WHERE topic = $1 AND key = ANY ($2) GROUP BY key
            ) newest ON newest.id = o.id
            ON CONFLICT DO NOTHING
            """, topic.rawValue, ids.map { Array($0.description.utf8) })
        try connection.notify(channel)
        return count
    }

    /// How many messages of one trace, an invoice's, the broker has not acknowledged.
    ///
    /// - throws: `DatabaseError`.
    public static func countPending(trace id: GUID, on connection: Connection) throws -> Int {
        try connection.value(
            Int.self,
            "SELECT count(*) FROM outbox_pending p JOIN outbox o ON o.id = p.id WHERE o.trace_id = $1", id)
    }

    /// How much is pending, and for how long.
    struct Backlog: Record {
        let pending: Int64
        /// Seconds since the oldest pending row committed; nil when there is none.
        let oldestSeconds: Int64?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Backlog(
                pending: try column("pending", row?.pending),
                oldestSeconds: try column("oldest_seconds", row?.oldestSeconds))
        }
    }

    static func backlog(on connection: Connection) throws -> Backlog {
        try connection.records(
            Backlog.self,
            """
            SELECT count(*) AS pending, extract(epoch FROM now() - min(created_at))::bigint AS oldest_seconds
            FROM outbox_pending JOIN outbox USING (id)
            """)[0]
    }

    /// How much is pending, told without looking at what it is.
    struct PendingBacklog: Record {
        let pending: Int64
        let bytes: Int64
        /// Age of the oldest pending row; 0 when there is none.
        let oldestSeconds: Int64

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            PendingBacklog(
                pending: try column("pending", row?.pending), bytes: try column("bytes", row?.bytes),
                oldestSeconds: try column("oldest_seconds", row?.oldestSeconds))
        }
    }

    static func pendingBacklog(on connection: Connection) throws -> PendingBacklog {
        try connection.records(
            PendingBacklog.self,
            """
            SELECT count(*) AS pending, coalesce(sum(bytes), 0)::bigint AS bytes,
                coalesce((
                    SELECT greatest(extract(epoch FROM now() - created_at), 0)::bigint FROM outbox
                    WHERE id = (SELECT min(id) FROM outbox_pending)), 0) AS oldest_seconds
            FROM outbox_pending
            """)[0]
    }

    /// How much of a topic is pending.
    struct TopicBacklog: Record {
        let topic: String
        let pending: Int64

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            TopicBacklog(topic: try column("topic", row?.topic), pending: try column("pending", row?.pending))
        }
    }

    static func backlogByTopic(on connection: Connection) throws -> [TopicBacklog] {
        try connection.records(
            TopicBacklog.self,
            """
            SELECT topic, count(*) AS pending FROM outbox_pending JOIN outbox USING (id) GROUP BY topic ORDER BY topic
            """)
    }
}
