import Contracts
import Database
import Kafka

/// The next offset of a partition, as this owner knows it.
struct ConsumerPosition {
    /// Raised by every new owner: a commit by an older one is refused.
    let epoch: Int64
    /// The offset of the next message that is to take effect.
    let next: Int64
    /// SHA-256 over key and value of the message at `next - 1`; nil before the first.
    var fingerprint: [UInt8]?
    let clusterID: String
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

/// The rows of `consumer_positions` (design §3, Positions).
struct ConsumerPositionTable {
    let consumer: String
    let clusterID: String

    /// Makes this process the owner of a partition.
    func takeOver(_ partition: TopicPartition, on connection: Connection) throws -> ConsumerPosition {
        let rows = try connection.query(
            """
            INSERT INTO consumer_positions AS position (consumer, topic, partition, next, epoch, cluster_id)
            VALUES ($1, $2, $3, 0, 1, $4)
            ON CONFLICT (consumer, topic, partition) DO UPDATE SET epoch = position.epoch + 1
            RETURNING next, epoch, fingerprint, cluster_id
            """, consumer, partition.topic, partition.partition, clusterID)
        let row = try rows.single()
        return ConsumerPosition(
            epoch: try row.int64(1), next: try row.int64(0), fingerprint: try row.optionalBytes(2).map { Array($0) },
            clusterID: try row.string(3))
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
        try connection.query(
            """
            SELECT 1 FROM consumer_positions
            WHERE consumer = $1 AND topic = $2 AND partition = $3 AND next = $4 AND epoch = $5
            """, consumer, move.partition.topic, move.partition.partition, move.to, move.epoch
        ).isEmpty == false
    }
}

/// A position that does not fit the topic: the cluster or the topic is
/// another one than the position was written for.
public struct PositionMismatch: Error, CustomStringConvertible {
    let consumer: String
    let partition: TopicPartition
    let problem: String

    public var description: String {
        """
        the position of \(consumer) on \(partition.topic)/\(partition.partition) does not fit the topic: \(problem); \
        nothing was consumed. If the topic or the cluster was made anew: ledgerbus positions reset \
        --consumer \(consumer) --topic \(partition.topic), then ledgerbus outbox resend on the publishing side
        """
    }
}
