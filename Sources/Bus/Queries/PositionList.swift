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
        let stored = try ConsumerPositionStore.all(on: connection)
        let admin = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue)
        let existing = Set(try admin.topics().map(\.name))
        let ends = try admin.watermarks(stored.map(\.topicPartition).filter { existing.contains($0.topic) })
        positions = stored.map { position in
            let end = ends[position.topicPartition]?.high
            return Position(
                consumer: position.consumer.rawValue, topic: position.topic, partition: position.partition,
                next: position.next, end: end, lag: end.map { max(0, $0 - position.next) },
                updatedAt: position.updatedAt.text())
        }
    }
}

extension StoredPosition {
    fileprivate var topicPartition: TopicPartition { TopicPartition(topic: topic, partition: partition) }
}
