import Contracts
import Database
import Kafka
import Service

/// Keeps the embedded broker from dropping messages that nobody has read.
///
/// It keeps 5 MiB a partition, in memory, and drops the oldest. So the relay
/// waits while a reader is more than 3 MiB behind, by the offsets that
/// consumers mirror to Kafka; what is on its way then still fits. Topics
/// without a reader are excepted.
final class EmbeddedHoldback {
    private let admin: Admin
    private let groups: [String: [String]]
    private let topics: [String: String]
    private let shutdown: GracefulShutdown
    private let logger: Logger
    private var hasBegun = false
    private var unread: [TopicPartition: [(offset: Int64, bytes: Int)]] = [:]
    private var unreadBytes: [TopicPartition: Int] = [:]

    private static let most = 3 << 20
    /// What headers and framing add to a message, roughly.
    private static let overhead = 600
    /// What a message that an earlier relay sent is taken for.
    private static let typicalMessage = 2_000

    /// Keeps what is on its way small enough.
    static let producerProperties = ["queue.buffering.max.messages": "1000", "queue.buffering.max.kbytes": "1024"]

    init(_ configuration: BusConfiguration, shutdown: GracefulShutdown, logger: Logger) throws {
        self.shutdown = shutdown
        self.logger = logger
        admin = try Admin(
            configuration.kafka, clientID: Program.ledgerbus.rawValue, timeout: Admin.serviceTimeout)
        let declarations = configuration.catalogue.declarations
        topics = Dictionary(uniqueKeysWithValues: declarations.map { ($0.name, configuration.clusterName($0.name)) })
        groups = Dictionary(
            uniqueKeysWithValues: declarations.map {
                (configuration.clusterName($0.name), $0.consumers.map(configuration.clusterName))
            })
    }

    /// Before the first message: counts what is unread already, and waits while it is too much.
    func begin() throws {
        guard !hasBegun else { return }
        hasBegun = true
        for topic in try admin.topics() where !shutdown.isRequested && groups[topic.name]?.isEmpty == false {
            let partitions = topic.partitions.map { TopicPartition(topic: topic.name, partition: $0.id) }
            for (partition, marks) in try admin.watermarks(partitions) where marks.high > marks.low {
                unread[partition] = (marks.low..<marks.high).map { ($0, Self.typicalMessage) }
                unreadBytes[partition] = Int(marks.count) * Self.typicalMessage
                try waitForReaders(partition)
            }
        }
    }

    /// Counts a delivered message, and waits while its partition's readers are too far behind.
    func sent(_ row: PendingEvent, to delivery: Delivery) throws {
        guard let topic = topics[row.event.topic], groups[topic]?.isEmpty == false else { return }
        let partition = TopicPartition(topic: topic, partition: delivery.partition)
        let bytes = (row.event.payload?.bytes.count ?? 0) + Self.overhead
        unread[partition, default: []].append((delivery.offset, bytes))
        unreadBytes[partition, default: 0] += bytes
        try waitForReaders(partition)
    }

    private func waitForReaders(_ partition: TopicPartition) throws {
        var isNoticed = false
        while unreadBytes[partition, default: 0] > Self.most, !shutdown.isRequested {
            try forgetRead(partition)
            guard unreadBytes[partition, default: 0] > Self.most else { return }
            if !shutdown.wait(upTo: .milliseconds(20)), !isNoticed {
                isNoticed = true
                logger.info(
                    "waiting for readers: the embedded broker keeps little",
                    metadata: ["partition": "\(partition)"])
            }
        }
    }

    private func forgetRead(_ partition: TopicPartition) throws {
        var read = Int64.max
        for group in groups[partition.topic] ?? [] {
            read = min(read, try admin.groupOffsets(group, [partition])[partition] ?? 0)
        }
        guard let messages = unread[partition] else { return }
        let remaining = messages.drop { $0.offset < read }
        unread[partition] = Array(remaining)
        unreadBytes[partition] = remaining.reduce(0) { $0 + $1.bytes }
    }
}
