import Foundation
public import Kafka
import Synchronization

/// A broker that the tests of a process share: the embedded one, or Apache Kafka when the environment says where it is.
///
/// Tests keep out of each other's way by topics and groups of their own: see ``unique(_:)``.
public struct TestBroker: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case embedded
        case apacheKafka

        /// The kinds that can be had here: the embedded broker always.
        public static var available: [Kind] {
            apacheKafkaHome == nil ? [.embedded] : [.embedded, .apacheKafka]
        }
    }

    public let kind: Kind
    public let configuration: KafkaConfiguration
    /// The broker to inject faults into; nil for Apache Kafka.
    public let embedded: EmbeddedBroker?

    private init(kind: Kind, configuration: KafkaConfiguration, embedded: EmbeddedBroker?) {
        self.kind = kind
        self.configuration = configuration
        self.embedded = embedded
    }

    /// An embedded broker of a test's own.
    public init(_ embedded: EmbeddedBroker) {
        self.init(kind: .embedded, configuration: embedded.configuration(), embedded: embedded)
    }

    /// Where Apache Kafka is, if anywhere.
    public static var apacheKafkaHome: String? {
        ProcessInfo.processInfo.environment["LEDGERBUS_TEST_KAFKA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The process's broker of a kind, started when it is first asked for.
    public static func shared(_ kind: Kind) throws -> TestBroker {
        try brokers.withLock { brokers in
            if let broker = brokers[kind] { return broker }
            let broker: TestBroker
            switch kind {
            case .embedded:
                let embedded = try EmbeddedBroker()
                broker = TestBroker(kind: kind, configuration: embedded.configuration(), embedded: embedded)
            case .apacheKafka:
                let cluster = try ApacheKafka.shared.get()
                broker = TestBroker(
                    kind: kind, configuration: KafkaConfiguration(bootstrapServers: cluster.bootstrapServers),
                    embedded: nil)
            }
            brokers[kind] = broker
            return broker
        }
    }

    /// A name that no other test uses.
    public static func unique(_ name: String) -> String {
        "\(name)-\(UUID().uuidString.lowercased().prefix(8))"
    }

    /// Creates a topic with a name of its own.
    public func createTopic(_ name: String = "topic", partitions: Int) throws -> String {
        let topic = Self.unique(name)
        if let embedded {
            try embedded.createTopic(topic, partitions: partitions)
        } else {
            try Admin(configuration).createTopics([NewTopic(name: topic, partitions: partitions)])
        }
        return topic
    }

    private static let brokers = Mutex<[Kind: TestBroker]>([:])
}
