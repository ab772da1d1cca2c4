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

    /// A partition of the topic.
    public struct Partition: Sendable, Encodable {
        public let partition: Int32
        /// Messages that have not taken effect; nil when the topic is gone, or the cluster does not answer.
        public let lag: Int64?
        /// Why it stands still; nil when it does not.
        public let heldReason: String?
    }

    public let consumer: String
    public let topic: String
    /// Messages that have not taken effect; nil when the topic is gone, or the cluster does not answer.
    public let lag: Int64?
    public let partitions: [Partition]
    /// Messages that have taken effect or were set aside, since the beginning.
    public let taken: Int64
    /// Processes of the consumer that are connected to the database.
    public let processes: Int
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
        let processes = try ConsumerProcesses.count(on: connection)
        let names = Set(positions.map(\.consumer)).sorted()
        let admin = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue)
        let known = names.flatMap { name in
            let group = configuration.clusterName(name)
            // A group that nobody has joined yet cannot be described: it has no members.
            let description = configuration.kafka.isEmbedded ? nil : try? admin.describeGroups([group]).first
            return states(of: name, positions, processes) { topic in
                description.map { members(of: $0, on: topic) } ?? []
            }
        }
        return try known + unread(by: side.consumers, besides: known, processes, configuration)
    }

    /// What the database alone can tell: there is no lag, and nobody knows who shares a topic.
    ///
    /// - throws: `DatabaseError`.
    public static func known(of side: Side, _ connection: Connection) throws -> [ConsumerState] {
        let positions = try PositionList.stored(connection).positions
        let processes = try ConsumerProcesses.count(on: connection)
        return Set(positions.map(\.consumer)).sorted().flatMap { states(of: $0, positions, processes) { _ in [] } }
    }

    private static func states(
        of consumer: String, _ positions: [PositionList.Position], _ processes: [String: Int],
        members: (String) -> [Member]
    ) -> [ConsumerState] {
        let own = positions.filter { $0.consumer == consumer }
        return Set(own.map(\.topic)).sorted().map { topic in
            let partitions = own.filter { $0.topic == topic }
            return ConsumerState(
                consumer: consumer, topic: topic,
                lag: partitions.contains { $0.lag == nil } ? nil : partitions.reduce(0) { $0 + ($1.lag ?? 0) },
                partitions: partitions.map {
                    Partition(partition: $0.partition, lag: $0.lag, heldReason: $0.heldReason)
                }, taken: partitions.reduce(0) { $0 + $1.next }, processes: processes[consumer] ?? 0,
                members: members(topic))
        }
    }

    private static func unread(
        by consumers: [Program], besides known: [ConsumerState], _ processes: [String: Int],
        _ configuration: BusConfiguration
    ) throws -> [ConsumerState] {
        let names = consumers.map(\.rawValue)
        let unread = configuration.catalogue.declarations.flatMap { declaration in
            let topic = configuration.clusterName(declaration.name)
            return declaration.consumers.filter { name in
                names.contains(name) && !known.contains { $0.consumer == name && $0.topic == topic }
            }.map { (consumer: $0, topic: topic) }
        }
        // Soon there is none, and nobody has to be asked.
        guard !unread.isEmpty else { return [] }
        let topics = try TopicList(configuration).topics
        return unread.map { consumer, topic in
            ConsumerState(
                consumer: consumer, topic: topic, lag: topics.first { $0.name == topic }?.messages ?? 0,
                partitions: [], taken: 0, processes: processes[consumer] ?? 0, members: [])
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
