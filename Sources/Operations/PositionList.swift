public import Bus
import Contracts
public import Database
import Kafka

/// How far each consumer is on each partition, by its database, against the topic's end.
public struct PositionList: Sendable, Encodable {
    public struct Position: Sendable, Encodable {
        public let consumer: String
        public let topic: String
        public let partition: Int32
        /// The offset of the next message that will take effect.
        public let next: Int64
        /// The offset that the next message of the topic will have; nil when the cluster was not asked.
        public let end: Int64?
        /// Messages that have not taken effect.
        public let lag: Int64?
        public let updatedAt: String
    }

    public let positions: [Position]

    /// - throws: `DatabaseError`, `KafkaError`.
    public init(_ connection: Connection, _ configuration: BusConfiguration) throws {
        let rows = try connection.query(
            """
            SELECT consumer, topic, partition, next, to_char(updated_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            FROM consumer_positions ORDER BY consumer, topic, partition
            """)
        let stored = try rows.map { row in
            (
                consumer: try row.string(0),
                partition: TopicPartition(topic: try row.string(1), partition: try row.int32(2)),
                next: try row.int64(3), updated: try row.string(4)
            )
        }
        let admin = try Admin(configuration.kafka, clientID: "ledgerbus")
        let existing = Set(try admin.topics().map(\.name))
        let ends = try admin.watermarks(stored.map(\.partition).filter { existing.contains($0.topic) })
        positions = stored.map { position in
            let end = ends[position.partition]?.high
            return Position(
                consumer: position.consumer, topic: position.partition.topic, partition: position.partition.partition,
                next: position.next, end: end, lag: end.map { max(0, $0 - position.next) }, updatedAt: position.updated)
        }
    }

    /// Makes a stopped consumer start at the beginning of a topic again.
    ///
    /// Messages that took effect before come again and change nothing.
    ///
    /// - parameter topic: with the environment's prefix; nil is all topics.
    /// - returns: how many positions were reset.
    /// - throws: `DatabaseError`.
    public static func reset(_ connection: Connection, consumer: String, topic: String?) throws -> Int {
        try connection.execute(
            "DELETE FROM consumer_positions WHERE consumer = $1 AND ($2::text IS NULL OR topic = $2)", consumer, topic)
    }
}
