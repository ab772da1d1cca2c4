import Contracts
public import Database
import Foundation
import Kafka

/// Where a message is in Kafka, as it was found there.
public struct MessagePlace: Hashable, Sendable, Encodable {
    /// With the environment's prefix.
    public let topic: String
    public let partition: Int32
    public let offset: Int64

    /// Whether a consumer has come past it; nil when it has never read the partition.
    ///
    /// - throws: `DatabaseError`.
    public func isTaken(by consumer: Program, on connection: Connection) throws -> Bool? {
        try ConsumerPositionStore.all(on: connection)
            .first { $0.consumer == consumer && $0.topic == topic && $0.partition == partition }
            .map { $0.next > offset }
    }
}

/// Finds messages of outboxes in Kafka, by their ids. Belongs to one thread.
public final class MessageFinder {
    private let configuration: BusConfiguration
    private let admin: Admin
    private let lookup: MessageLookup
    private let isEmbedded: Bool
    private var partitions: [String: Int] = [:]

    /// So many messages are looked at, from the time on at which the message was written.
    public static let most = 20_000
    /// How much the clocks of a database and of its relay may differ.
    private static let skew: Int64 = 60_000

    /// - throws: `KafkaError` when the cluster does not answer within seconds.
    public init(_ configuration: BusConfiguration) throws {
        self.configuration = configuration
        admin = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue, timeout: .seconds(5))
        lookup = try MessageLookup(
            configuration.kafka.readingOn, clientID: Program.ledgerbus.rawValue, timeout: .seconds(5))
        for topic in try admin.topics() { partitions[topic.name] = topic.partitions.count }
        isEmbedded = try KafkaConfiguration.isEmbedded(clusterID: admin.clusterID())
    }

    /// The last message of some, in the partition of its key.
    ///
    /// - returns: nil when it is not among the ``most`` messages since it was written, or no longer kept.
    /// - throws: `KafkaError`.
    public func find(_ messages: TracedMessages) throws -> MessagePlace? {
        let topic = configuration.clusterName(messages.topic)
        guard let count = partitions[topic] else { return nil }
        let partition = TopicPartition(
            topic: topic, partition: Producer.partition(ofKey: messages.key, among: Int32(count)))
        guard let marks = try admin.watermarks([partition])[partition], marks.count > 0 else { return nil }
        let written = Int64(messages.last.date.timeIntervalSince1970 * 1_000) - Self.skew
        // The embedded broker knows no times, and keeps little.
        let start = isEmbedded ? marks.low : try admin.offsets(of: [partition], at: written)[partition]
        guard let start else { return nil }
        let found = try lookup.first(from: [partition: start], most: Self.most) { _, message in
            message.withHeaders { headers in
                headers["ce_id"].flatMap { GUID(parsing: $0) } == messages.eventId ? message.offset : nil
            }
        }
        return found[partition].map { MessagePlace(topic: topic, partition: partition.partition, offset: $0) }
    }
}
