import Contracts
public import Database
import Kafka

/// One consumer on one topic.
public struct ConsumerState: Sendable, Encodable {
    /// A process that shares the topic.
    public struct Member: Sendable, Encodable {
        public let client: String
        public let host: String
        public let partitions: [Int32]
    }

    public let consumer: String
    public let topic: String
    /// Messages that have not taken effect; nil when the topic is gone.
    public let lag: Int64?
    /// The processes that share the topic, each with its partitions.
    public let members: [Member]

    /// The consumers of one side, by its database and by the cluster. One that has never read a topic that is declared for it
    /// has all of it before it.
    ///
    /// - throws: `DatabaseError`, `KafkaError`.
    public static func all(
        of side: Side, _ connection: Connection, _ configuration: BusConfiguration
    ) throws -> [ConsumerState] {
        let positions = try PositionList(connection, configuration).positions
        let names = Set(positions.map(\.consumer)).sorted()
        let admin = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue)
        let known = names.flatMap { name in
            let group = configuration.clusterName(name)
            // A group that nobody has joined yet cannot be described: it has no members.
            let description = configuration.kafka.isEmbedded ? nil : try? admin.describeGroups([group]).first
            let own = positions.filter { $0.consumer == name }
            return Set(own.map(\.topic)).sorted().map { topic in
                let lags = own.filter { $0.topic == topic }.map(\.lag)
                return ConsumerState(
                    consumer: name, topic: topic,
                    lag: lags.contains { $0 == nil } ? nil : lags.reduce(0) { $0 + ($1 ?? 0) },
                    members: description.map { members(of: $0, on: topic) } ?? [])
            }
        }
        return try known + unread(by: side.consumers.map(\.rawValue), besides: known, configuration)
    }

    private static func unread(
        by consumers: [String], besides known: [ConsumerState], _ configuration: BusConfiguration
    ) throws -> [ConsumerState] {
        let unread = configuration.catalogue.declarations.flatMap { declaration in
            let topic = configuration.clusterName(declaration.name)
            return declaration.consumers.filter { name in
                consumers.contains(name) && !known.contains { $0.consumer == name && $0.topic == topic }
            }.map { (consumer: $0, topic: topic) }
        }
        // Soon there is none, and nobody has to be asked.
        guard !unread.isEmpty else { return [] }
        let topics = try TopicList(configuration).topics
        return unread.map { consumer, topic in
            ConsumerState(
                consumer: consumer, topic: topic, lag: topics.first { $0.name == topic }?.messages ?? 0, members: [])
        }
    }

    private static func members(of group: GroupDescription, on topic: String) -> [Member] {
        group.members.map { member in
            Member(
                client: member.clientID, host: member.host,
                partitions: member.partitions.filter { $0.topic == topic }.map(\.partition).sorted())
        }
    }
}
