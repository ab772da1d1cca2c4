import Contracts
import Kafka

/// The declared topics, with what the cluster has of them.
public struct TopicList: Sendable, Encodable {
    public struct Topic: Sendable, Encodable {
        public let name: String
        /// Nil when the topic does not exist.
        public let partitions: Int?
        /// Messages that the topic keeps; nil when it does not exist.
        public let messages: Int64?
        public let key: String
        public let producers: [String]
        public let consumers: [String]
    }

    public let topics: [Topic]

    /// - throws: `KafkaError`.
    public init(_ configuration: BusConfiguration) throws {
        let admin = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue)
        let present = Dictionary(try admin.topics().map { ($0.name, $0.partitions.count) }, uniquingKeysWith: { $1 })
        let declarations = configuration.catalogue.declarations
        let partitions = declarations.flatMap { declaration in
            let name = configuration.clusterName(declaration.name)
            return (0..<(present[name] ?? 0)).map { TopicPartition(topic: name, partition: Int32($0)) }
        }
        let watermarks = try admin.watermarks(partitions)
        topics = declarations.map { declaration in
            let name = configuration.clusterName(declaration.name)
            let counts = watermarks.filter { $0.key.topic == name }.map(\.value.count)
            return Topic(
                name: name, partitions: present[name], messages: present[name].map { _ in counts.reduce(0, +) },
                key: declaration.key, producers: declaration.producers, consumers: declaration.consumers)
        }
    }
}
