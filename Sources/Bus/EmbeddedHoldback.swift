import Contracts
import Database
import Kafka
import Service

/// Keeps the embedded broker from dropping messages that nobody has read.
///
/// It keeps 5 MiB a partition, in memory, and drops the oldest. So the relay
/// waits while a reader is more than 4 MiB behind, by the offsets that
/// consumers mirror to Kafka; topics without a reader are excepted.
final class EmbeddedHoldback {
    private let admin: Admin
    private let groups: [String: [String]]
    private let topics: [String: String]
    private let shutdown: GracefulShutdown
    private var unread: [TopicPartition: [(offset: Int64, bytes: Int)]] = [:]
    private var unreadBytes: [TopicPartition: Int] = [:]

    private static let most = 4 << 20
    /// What headers and framing add to a message, roughly.
    private static let overhead = 400

    init(_ configuration: BusConfiguration, shutdown: GracefulShutdown) throws {
        self.shutdown = shutdown
        admin = try Admin(configuration.kafka, clientID: "ledgerbus")
        let declarations = try TopicCatalogue().declarations
        topics = Dictionary(uniqueKeysWithValues: declarations.map { ($0.name, configuration.clusterName($0.name)) })
        groups = Dictionary(
            uniqueKeysWithValues: declarations.map {
                (configuration.clusterName($0.name), $0.consumers.map(configuration.clusterName))
            })
    }

    /// Counts a delivered message, and waits while its partition's readers are too far behind.
    func sent(_ row: Row, to delivery: Delivery) throws {
        guard let topic = topics[try row.string(1)], groups[topic]?.isEmpty == false else { return }
        let partition = TopicPartition(topic: topic, partition: delivery.partition)
        let bytes = (try row.optionalBytes(6)?.count ?? 0) + Self.overhead
        unread[partition, default: []].append((delivery.offset, bytes))
        unreadBytes[partition, default: 0] += bytes
        while unreadBytes[partition, default: 0] > Self.most, !shutdown.isRequested {
            try forgetRead(partition)
            if unreadBytes[partition, default: 0] > Self.most { shutdown.wait(upTo: .milliseconds(20)) }
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
