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
    private var anchorOffset: Int64?
    private var anchorFingerprint: [UInt8]?
    /// The held message that an operator wants to become a dead letter.
    var stepsOver: Int64?
    /// Messages from ``next`` on that operators have settled: the digests of their values, by offset. No column.
    var settled: [Int64: [UInt8]] = [:]

    init(
        epoch: Int64, next: Int64, fingerprint: [UInt8]?, clusterID: String, anchor: LogMark? = nil,
        stepsOver: Int64? = nil
    ) {
        self.epoch = epoch
        self.next = next
        self.fingerprint = fingerprint
        self.clusterID = clusterID
        self.anchorOffset = anchor?.offset
        self.anchorFingerprint = anchor?.fingerprint
        self.stepsOver = stepsOver
    }

    /// An older message that was seen again after those up to ``next`` had been consumed, or a while before.
    var anchor: LogMark? {
        guard let anchorOffset, let anchorFingerprint else { return nil }
        return LogMark(offset: anchorOffset, fingerprint: anchorFingerprint)
    }

    /// The last message that took effect.
    var last: LogMark? { fingerprint.map { LogMark(offset: next - 1, fingerprint: $0) } }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ConsumerPosition(
            epoch: try column("epoch", row?.epoch),
            next: try column("next", row?.next),
            fingerprint: try column("fingerprint", row?.fingerprint),
            clusterID: try column("cluster_id", row?.clusterID),
            anchorOffset: try column("anchor_offset", row?.anchorOffset),
            anchorFingerprint: try column("anchor_fingerprint", row?.anchorFingerprint),
            stepsOver: try column("steps_over", row?.stepsOver))
    }

    private init(
        epoch: Int64, next: Int64, fingerprint: [UInt8]?, clusterID: String, anchorOffset: Int64?,
        anchorFingerprint: [UInt8]?, stepsOver: Int64?
    ) {
        self.epoch = epoch
        self.next = next
        self.fingerprint = fingerprint
        self.clusterID = clusterID
        self.anchorOffset = anchorOffset
        self.anchorFingerprint = anchorFingerprint
        self.stepsOver = stepsOver
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
    /// Why the partition stands still; nil when it does not.
    let heldReason: String?
    let updatedAt: Instant

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        StoredPosition(
            consumer: try column("consumer", row?.consumer),
            topic: try column("topic", row?.topic),
            partition: try column("partition", row?.partition),
            next: try column("next", row?.next),
            heldReason: try column("held_reason", row?.heldReason),
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
            UPDATE consumer_positions SET \(Self.beginning), cluster_id = $5, updated_at = now()
            WHERE consumer = $1 AND topic = $2 AND partition = $3 AND epoch = $4
            """, consumer, partition.topic, partition.partition, epoch, clusterID)
    }

    /// At the beginning of the log, whatever log that is.
    private static let beginning = "next = 0, fingerprint = NULL, \(nothingElse)"

    /// Of messages elsewhere in the log, nothing is known.
    private static let nothingElse = """
        anchor_offset = NULL, anchor_fingerprint = NULL, held_offset = NULL, held_reason = NULL, steps_over = NULL
        """

    /// Lets the positions count for another cluster, which holds the same messages: that is seen when they are consumed.
    static func adopt(cluster id: String, on connection: Connection) throws {
        try connection.execute("UPDATE consumer_positions SET cluster_id = $1", id)
    }

    /// Moves a position forward, if this process still owns the partition.
    ///
    /// - parameter anchor: the message by which the log was known again last.
    /// - returns: false when it does not.
    func move(_ move: PositionMove, fingerprint: [UInt8], anchor: LogMark?, on connection: Connection) throws -> Bool {
        try connection.execute(
            """
            UPDATE consumer_positions SET next = $1, fingerprint = $2, anchor_offset = $8, anchor_fingerprint = $9,
                held_offset = NULL, held_reason = NULL, steps_over = NULL, updated_at = now()
            WHERE consumer = $3 AND topic = $4 AND partition = $5 AND next = $6 AND epoch = $7
            """, move.to, fingerprint, consumer, move.partition.topic, move.partition.partition, move.from, move.epoch,
            anchor?.offset, anchor?.fingerprint)
            == 1
    }

    /// Says that a partition stands still at a message, if this process still owns it.
    func hold(
        _ partition: TopicPartition, epoch: Int64, at offset: Int64, _ reason: String, on connection: Connection
    ) throws {
        try connection.execute(
            """
            UPDATE consumer_positions SET held_offset = $5, held_reason = $6
            WHERE consumer = $1 AND topic = $2 AND partition = $3 AND epoch = $4
            """, consumer, partition.topic, partition.partition, epoch, offset, reason)
    }

    /// How far this consumer's positions are, and who may move them.
    func standing(on connection: Connection) throws -> [TopicPartition: (next: Int64, epoch: Int64)] {
        let rows = try connection.records(
            Standing.self, "SELECT topic, partition, next, epoch FROM consumer_positions WHERE consumer = $1", consumer)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.topicPartition, (next: $0.next, epoch: $0.epoch)) })
    }

    private struct Standing: Record {
        let topic: String
        let partition: Int32
        let next: Int64
        let epoch: Int64

        var topicPartition: TopicPartition { TopicPartition(topic: topic, partition: partition) }

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Standing(
                topic: try column("topic", row?.topic), partition: try column("partition", row?.partition),
                next: try column("next", row?.next), epoch: try column("epoch", row?.epoch))
        }
    }

    /// The held messages that an operator wants to become dead letters.
    func stepsOver(on connection: Connection) throws -> [TopicPartition: Int64] {
        let steps = try connection.records(
            HeldPlace.self,
            """
            SELECT topic, partition, steps_over AS held_offset FROM consumer_positions
            WHERE consumer = $1 AND steps_over IS NOT NULL
            """, consumer)
        return Dictionary(uniqueKeysWithValues: steps.map { ($0.topicPartition, $0.offset) })
    }

    /// The epochs of the consumer's positions.
    func epochs(on connection: Connection) throws -> [TopicPartition: Int64] {
        let rows = try connection.records(
            OwnedPlace.self, "SELECT topic, partition, epoch FROM consumer_positions WHERE consumer = $1", consumer)
        return Dictionary(
            uniqueKeysWithValues: rows.map { (TopicPartition(topic: $0.topic, partition: $0.partition), $0.epoch) })
    }

    private struct OwnedPlace: Record {
        let topic: String
        let partition: Int32
        let epoch: Int64

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            OwnedPlace(
                topic: try column("topic", row?.topic),
                partition: try column("partition", row?.partition),
                epoch: try column("epoch", row?.epoch))
        }
    }

    /// Has the consumer make a dead letter of the message at which a partition stands still.
    ///
    /// - returns: false when the partition does not stand still at that offset.
    static func stepOver(
        _ partition: TopicPartition, of consumer: Program, at offset: Int64, on connection: Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE consumer_positions SET steps_over = held_offset
            WHERE consumer = $1 AND topic = $2 AND partition = $3 AND held_offset = $4
            """, consumer, partition.topic, partition.partition, offset) == 1
    }

    private struct HeldPlace: Record {
        let topic: String
        let partition: Int32
        let offset: Int64

        var topicPartition: TopicPartition { TopicPartition(topic: topic, partition: partition) }

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            HeldPlace(
                topic: try column("topic", row?.topic),
                partition: try column("partition", row?.partition),
                offset: try column("held_offset", row?.offset))
        }
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

    /// Has a consumer start a partition at the beginning. Who owns it now cannot commit any more.
    static func restart(_ partition: TopicPartition, of consumer: Program, on connection: Connection) throws {
        try connection.execute(
            """
            UPDATE consumer_positions SET \(beginning), epoch = epoch + 1, updated_at = now()
            WHERE consumer = $1 AND topic = $2 AND partition = $3
            """, consumer, partition.topic, partition.partition)
    }

    /// Has a consumer go on at an older offset of a cluster. Who owns the partition now cannot commit any more.
    ///
    /// - parameter fingerprint: of the message before; nil when it is not there to be known again.
    static func goBack(
        _ partition: TopicPartition, of consumer: Program, to next: Int64, last fingerprint: [UInt8]?,
        cluster id: String, on connection: Connection
    ) throws {
        try connection.execute(
            """
            UPDATE consumer_positions SET next = $4, fingerprint = $5, \(nothingElse), epoch = epoch + 1,
                cluster_id = $6, updated_at = now()
            WHERE consumer = $1 AND topic = $2 AND partition = $3
            """, consumer, partition.topic, partition.partition, next, fingerprint, id)
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
