import CRdKafka
import Service

/// librdkafka's mock cluster as a broker on 127.0.0.1 that any Kafka client can use.
///
/// It keeps at most 5 MiB, or 100,000 message sets, a partition, in memory, drops the oldest beyond, and has no admin
/// API and no transactions: for a first look, for tests and for injecting faults.
public final class EmbeddedBroker: @unchecked Sendable {
    // Safe to share: the mock cluster's functions lock for themselves, and `stop` is locked here.
    let cluster: OpaquePointer
    private let client: Client
    private let isStopped = Monitor(false)
    /// The addresses of its listeners.
    public let bootstrapServers: String
    public let brokerCount: Int

    /// Starts it, in milliseconds, on free ports.
    ///
    /// - Throws: ``KafkaError`` if it can't listen, or a topic can't be created.
    public init(
        brokers: Int = 1, topics: [(name: String, partitions: Int)] = [], log: KafkaConfiguration.Log? = nil
    ) throws {
        client = try Client(
            KafkaConfiguration(bootstrapServers: "", log: log), .admin, clientID: "embedded-broker")
        guard let cluster = rd_kafka_mock_cluster_new(client.handle, Int32(brokers)),
            let servers = rd_kafka_mock_cluster_bootstraps(cluster)
        else {
            client.destroy(timeout: .seconds(5))
            throw KafkaError(.transport, "The embedded broker could not listen on 127.0.0.1")
        }
        self.cluster = cluster
        bootstrapServers = String(cString: servers)
        brokerCount = brokers
        for topic in topics { try createTopic(topic.name, partitions: topic.partitions) }
    }

    deinit {
        stop()
    }

    /// How to reach it.
    public func configuration(log: KafkaConfiguration.Log? = nil) -> KafkaConfiguration {
        KafkaConfiguration(bootstrapServers: bootstrapServers, isEmbedded: true, log: log)
    }

    /// - Throws: ``KafkaError`` `topicAlreadyExists`, or `invalidConfiguration` for a count that can't be.
    public func createTopic(_ name: String, partitions: Int) throws {
        let code = rd_kafka_mock_topic_create(cluster, name, Int32(partitions), Int32(min(3, brokerCount)))
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw KafkaError(
                .init(code), "The embedded broker could not create the topic \(name): \(KafkaError.text(code))",
                topic: name)
        }
    }

    /// Ends it; all messages are gone.
    public func stop() {
        let first = isStopped.peek { stopped in
            defer { stopped = true }
            return !stopped
        }
        guard first else { return }
        rd_kafka_mock_cluster_destroy(cluster)
        client.destroy(timeout: .seconds(5))
    }
}
