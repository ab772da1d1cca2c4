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
            /// It differs in a way that cannot be applied to a topic with messages.
            case cannotApply = "cannot-apply"
            /// Messages will be deleted before a consumer that stops for a month has read them.
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
        let admin = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue)
        let present = Dictionary(try admin.topics().map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        var steps: [Step] = []
        var creations: [NewTopic] = []
        var partitions: [String: Int] = [:]
        var changes: [String: [String: String]] = [:]
        for declared in try TopicCatalogue().declarations {
            let name = configuration.clusterName(declared.name)
            let wanted = Self.configuration(of: declared, replication: replication)
            guard let topic = present[name] else {
                creations.append(
                    NewTopic(
                        name: name, partitions: declared.partitions,
                        replicationFactor: replication ?? declared.replication,
                        configuration: wanted))
                steps.append(
                    Step(
                        topic: name, kind: .create,
                        detail: "\(declared.partitions) partitions, replication \(replication ?? declared.replication)")
                )
                continue
            }
            if topic.partitions.count < declared.partitions {
                partitions[name] = declared.partitions
                steps.append(
                    Step(
                        topic: name, kind: .addPartitions,
                        detail: "from \(topic.partitions.count) to \(declared.partitions)")
                )
            } else if topic.partitions.count > declared.partitions {
                steps.append(
                    Step(
                        topic: name, kind: .cannotApply,
                        detail: """
                            it has \(topic.partitions.count) partitions and \(declared.partitions) are declared; partitions \
                            cannot be taken away: change Topics/\(declared.name).yaml
                            """))
            }
            if configuration.kafka.isEmbedded { continue }
            let actual = Dictionary(
                try admin.configuration(of: name).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
            for (key, value) in wanted.sorted(by: { $0.key < $1.key }) where actual[key] != value {
                changes[name, default: [:]][key] = value
                steps.append(
                    Step(topic: name, kind: .configure, detail: "\(key) from \(actual[key] ?? "nothing") to \(value)"))
            }
            if let retention = actual["retention.ms"], retention != "-1" {
                steps.append(
                    Step(
                        topic: name, kind: .warning,
                        detail: """
                            retention.ms is \(retention): a consumer that stops for longer loses messages; it should be -1
                            """))
            }
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

    /// A topic with fewer replicas than `min.insync.replicas` asks for could not be written at all.
    private static func configuration(of declared: TopicDeclaration, replication: Int?) -> [String: String] {
        var entries = declared.configuration
        if let replication, let text = entries["min.insync.replicas"], let inSync = Int(text), inSync > replication {
            entries["min.insync.replicas"] = "\(max(1, replication - 1))"
        }
        return entries
    }
}
