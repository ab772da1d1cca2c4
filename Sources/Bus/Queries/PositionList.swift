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
        /// Messages that have not taken effect. What no consumer can see, such as the records of transactions, does not
        /// count, where it is not behind more than ``PositionList/counted`` messages.
        public let lag: Int64?
        /// When it moved last; nil for a partition that the consumer has not been given yet.
        public let updatedAt: String?
        /// Why it stands still; nil when it does not.
        public let heldReason: String?
    }

    public let positions: [Position]

    /// So many messages of a partition are counted one by one.
    public static let counted = 1_000

    /// - throws: `DatabaseError`, `KafkaError`.
    public init(_ connection: Connection, _ configuration: BusConfiguration) throws {
        let all = try ConsumerPositionStore.all(on: connection)
        let admin = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue)
        let consumed = Set(all.map(\.topic))
        let existing = try admin.topics().filter { consumed.contains($0.name) }
        let partitions = existing.flatMap { topic in
            topic.partitions.map { TopicPartition(topic: topic.name, partition: $0.id) }
        }
        let marks = try admin.watermarks(partitions)
        // A topic that was made anew may have fewer partitions: of those that are gone nothing has been consumed since then.
        let topics = Set(existing.map(\.name))
        let stored = all.filter { $0.next > 0 || marks[$0.topicPartition] != nil || !topics.contains($0.topic) }
        let visible = try Self.visible(stored, marks, configuration)
        let known = stored.map { position in
            let end = marks[position.topicPartition]?.high
            return Position(
                consumer: position.consumer.rawValue, topic: position.topic, partition: position.partition,
                next: position.next, end: end,
                lag: end.map { visible[position.topicPartition]?[position.next] ?? max(0, $0 - position.next) },
                updatedAt: position.updatedAt.text(), heldReason: position.heldReason)
        }
        // Partitions that were added, and that nobody has been given yet.
        let added = Set(stored.map { Subscription(consumer: $0.consumer, topic: $0.topic) }).flatMap { subscription in
            let own = Set(stored.lazy.filter { $0.consumer == subscription.consumer }.map(\.topicPartition))
            return partitions.filter { $0.topic == subscription.topic && !own.contains($0) }.map { partition in
                Position(
                    consumer: subscription.consumer.rawValue, topic: partition.topic, partition: partition.partition,
                    next: 0, end: marks[partition]?.high, lag: marks[partition]?.count, updatedAt: nil,
                    heldReason: nil)
            }
        }
        positions = (known + added).sorted {
            ($0.consumer, $0.topic, $0.partition) < ($1.consumer, $1.topic, $1.partition)
        }
    }

    /// What the database alone can tell: nothing of ends and lags.
    ///
    /// - throws: `DatabaseError`.
    static func stored(_ connection: Connection) throws -> PositionList {
        PositionList(
            positions: try ConsumerPositionStore.all(on: connection).map {
                Position(
                    consumer: $0.consumer.rawValue, topic: $0.topic, partition: $0.partition, next: $0.next, end: nil,
                    lag: nil, updatedAt: $0.updatedAt.text(), heldReason: $0.heldReason)
            })
    }

    private init(positions: [Position]) { self.positions = positions }

    private struct Subscription: Hashable {
        let consumer: Program
        let topic: String
    }

    /// How many messages consumers can see from their positions on, where that may be fewer than the offsets in between.
    private static func visible(
        _ stored: [StoredPosition], _ marks: [TopicPartition: Watermarks], _ configuration: BusConfiguration
    ) throws -> [TopicPartition: [Int64: Int64]] {
        var visible: [TopicPartition: [Int64: Int64]] = [:]
        let lookup = try MessageLookup(configuration.kafka, clientID: Program.ledgerbus.rawValue)
        // Two consumers of a topic are counted one after the other.
        for consumer in Set(stored.map(\.consumer)) {
            var starts: [TopicPartition: Int64] = [:]
            for position in stored where position.consumer == consumer {
                guard let mark = marks[position.topicPartition], mark.high > position.next else { continue }
                starts[position.topicPartition] = max(position.next, mark.low)
            }
            for (partition, found) in try lookup.count(from: starts, most: counted) {
                guard let start = starts[partition], let end = marks[partition]?.high else { continue }
                let rest = found.last.map { max(0, end - $0 - 1) } ?? 0
                for position in stored where position.consumer == consumer && position.topicPartition == partition {
                    // What retention took unread has not taken effect either, but for one who begins at the beginning.
                    let gone = position.next > 0 ? start - position.next : 0
                    visible[partition, default: [:]][position.next] = gone + Int64(found.count) + rest
                }
            }
        }
        return visible
    }
}

extension StoredPosition {
    fileprivate var topicPartition: TopicPartition { TopicPartition(topic: topic, partition: partition) }
}
