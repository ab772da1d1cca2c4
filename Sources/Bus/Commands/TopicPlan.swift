import Contracts
import Kafka

/// The steps from the topics that a cluster has to those that `Topics/` declares.
public struct TopicPlan: Sendable {
    /// One topic's difference.
    public struct Step: Sendable, Encodable {
        public enum Kind: String, Sendable, Encodable {
            /// The topic is not there.
            case create
            /// It has fewer partitions than declared.
            case addPartitions = "add-partitions"
            /// A configuration entry differs.
            case configure
            /// It differs in a way that cannot be applied: to a topic with messages, or on this cluster.
            case cannotApply = "cannot-apply"
            /// Something can stop publishing or lose messages, and it takes a person to change it.
            case warning
        }

        public let topic: String
        public let kind: Kind
        public let detail: String
    }

    public let steps: [Step]
    private let creations: [NewTopic]
    private let partitions: [String: Int]
    private let changes: [String: [String: String]]

    /// Whether the cluster is as declared.
    public var isEmpty: Bool { steps.allSatisfy { $0.kind == .warning } }

    /// Compares the declarations with a cluster.
    ///
    /// - parameter replication: instead of the declared replication, for a
    ///   cluster with fewer brokers.
    /// - throws: `KafkaError`.
    public init(_ configuration: BusConfiguration, replication: Int? = nil) throws {
        let kafka = try configuration.kafka.detectingEmbedded()
        let admin = try Admin(kafka, clientID: Program.ledgerbus.rawValue)
        let present = Dictionary(try admin.topics().map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        let brokers = try admin.brokerCount()
        var steps: [Step] = []
        var creations: [NewTopic] = []
        var partitions: [String: Int] = [:]
        var changes: [String: [String: String]] = [:]
        for declared in configuration.catalogue.declarations {
            let name = configuration.clusterName(declared.name)
            let comparison = TopicComparison(
                declared: declared, name: name, replication: kafka.isEmbedded ? 1 : replication, brokers: brokers,
                present: try present[name].map { topic in
                    TopicComparison.Present(
                        partitions: topic.partitions, replication: topic.replicationFactor,
                        settings: kafka.isEmbedded ? [:] : try admin.settings(of: name))
                })
            steps += comparison.steps
            guard let topic = present[name] else {
                guard comparison.canBeMade else { continue }
                creations.append(
                    NewTopic(
                        name: name, partitions: declared.partitions, replicationFactor: comparison.wantedReplication,
                        configuration: comparison.wantedSettings))
                continue
            }
            if topic.partitions.count < declared.partitions { partitions[name] = declared.partitions }
            if !comparison.changes.isEmpty { changes[name] = comparison.changes }
        }
        self.steps = steps
        self.creations = creations
        self.partitions = partitions
        self.changes = changes
    }

    /// Carries the steps out, as far as they can be.
    ///
    /// - throws: `KafkaError`.
    public func apply(_ configuration: BusConfiguration) throws {
        let admin = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue)
        if !creations.isEmpty { try admin.createTopics(creations) }
        for (topic, total) in partitions { try admin.createPartitions(topic: topic, total: total) }
        for (topic, entries) in changes {
            try admin.alterConfiguration(of: topic, entries.mapValues { Optional($0) })
        }
    }
}

extension Admin {
    /// The settings of a topic that are in effect, by name.
    fileprivate func settings(of topic: String) throws -> [String: String] {
        Dictionary(try configuration(of: topic).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
    }
}
