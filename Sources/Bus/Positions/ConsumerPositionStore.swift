import Contracts
public import Database
import Kafka

/// The next offset of a partition, as this owner knows it.
struct ConsumerPosition: Record {
    /// Raised by every new owner: a commit by an older one is refused.
    let epoch: Int64
    /// The offset of the next message that is to take effect.
    let next: Int64
    /// SHA-256 over key and value of the message at `next - 1`; nil before the first.
    var fingerprint: [UInt8]?
    let clusterID: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ConsumerPosition(
            epoch: try column("epoch", row?.epoch),
            next: try column("next", row?.next),
            fingerprint: try column("fingerprint", row?.fingerprint),
            clusterID: try column("cluster_id", row?.clusterID))
    }
}

/// A partition's step forward in one batch.
struct PositionMove {
    let partition: TopicPartition
    let epoch: Int64
    let from: Int64
    var to: Int64
    /// The message at `to - 1`, in its batch.
    var last: Int
}

/// A position, for an operator.
struct StoredPosition: Record {
    let consumer: Program
    /// With the environment's prefix.
    let topic: String
    let partition: Int32
    let next: Int64
    let updatedAt: Instant

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        StoredPosition(
            consumer: try column("consumer", row?.consumer),
            topic: try column("topic", row?.topic),
            partition: try column("partition", row?.partition),
            next: try column("next", row?.next),
            updatedAt: try column("updated_at", row?.updatedAt))
    }
}

/// The table `consumer_positions` (design §3, Positions).
public struct ConsumerPositionStore: Sendable {
    let consumer: Program
    let clusterID: String

    /// Makes this process the owner of a partition.
    func takeOver(_ partition: TopicPartition, on connection: Connection) throws -> ConsumerPosition {
        // It returns a row in either case.
        try connection.records(
            ConsumerPosition.self,
            """
            INSERT INTO consumer_positions AS position (consumer, topic, partition, next, epoch, cluster_id)
            VALUES ($1, $2, $3, 0, 1, $4)
            ON CONFLICT (consumer, topic, partition) DO UPDATE SET epoch = position.epoch + 1
            RETURNING \(ConsumerPosition.columnList)
            """, consumer, partition.topic, partition.partition, clusterID)[0]
    }

    /// Forgets a position of another cluster, as an embedded broker that was
    /// restarted forgets its messages.
    func restart(_ partition: TopicPartition, epoch: Int64, on connection: Connection) throws {
        try connection.execute(
            """
            UPDATE consumer_positions SET next = 0, fingerprint = NULL, cluster_id = $5, updated_at = now()
            WHERE consumer = $1 AND topic = $2 AND partition = $3 AND epoch = $4
            """, consumer, partition.topic, partition.partition, epoch, clusterID)
    }

    /// Moves a position forward, if this process still owns the partition.
    ///
    /// - returns: false when it does not.
    func move(_ move: PositionMove, fingerprint: [UInt8], on connection: Connection) throws -> Bool {
        try connection.execute(
            """
            UPDATE consumer_positions SET next = $1, fingerprint = $2, updated_at = now()
            WHERE consumer = $3 AND topic = $4 AND partition = $5 AND next = $6 AND epoch = $7
            """, move.to, fingerprint, consumer, move.partition.topic, move.partition.partition, move.from, move.epoch)
            == 1
    }

    /// Whether a move had committed although its answer was lost.
    func hasMoved(_ move: PositionMove, on connection: Connection) throws -> Bool {
        try connection.value(
            Bool.self,
            """
            SELECT EXISTS (
                SELECT FROM consumer_positions
                WHERE consumer = $1 AND topic = $2 AND partition = $3 AND next = $4 AND epoch = $5
            )
            """, consumer, move.partition.topic, move.partition.partition, move.to, move.epoch)
    }

    /// Forgets the positions of a stopped consumer.
    ///
    /// - parameter topic: with the environment's prefix; nil is all topics.
    /// - returns: how many.
    static func remove(of consumer: Program, topic: String?, on connection: Connection) throws -> Int {
        try connection.execute(
            "DELETE FROM consumer_positions WHERE consumer = $1 AND ($2::text IS NULL OR topic = $2)", consumer, topic)
    }

    static func all(on connection: Connection) throws -> [StoredPosition] {
        try connection.records(
            StoredPosition.self,
            "SELECT \(StoredPosition.columnList) FROM consumer_positions ORDER BY consumer, topic, partition")
    }

    /// Messages of some topics that a consumer has taken over, of all of their partitions.
    ///
    /// - parameter topics: with the environment's prefix.
    /// - throws: `DatabaseError`.
    public static func consumed(_ topics: [String], by consumer: Program, on connection: Connection) throws -> Int {
        try connection.value(
            Int.self,
            """
            SELECT coalesce(sum(next), 0)::bigint FROM consumer_positions WHERE consumer = $1 AND topic = ANY($2)
            """, consumer, topics)
    }
}
