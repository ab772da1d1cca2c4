import Kafka
import Service

/// A cluster that has said who it is.
struct LocatedCluster: Sendable {
    /// How to talk to it.
    let kafka: KafkaConfiguration
    let id: String

    /// How long one question waits for its answer.
    private static let patience = Duration.seconds(10)

    /// Asks the configured cluster once.
    ///
    /// - throws: `KafkaError` when it does not answer; `CancellationError` when a shutdown is asked for meanwhile.
    init(_ configuration: BusConfiguration, clientID: String, until shutdown: GracefulShutdown) throws {
        let admin = try Admin(configuration.kafka, clientID: clientID, timeout: Self.patience)
        let id = try admin.clusterID { shutdown.isRequested }
        var kafka = configuration.kafka
        kafka.isEmbedded = KafkaConfiguration.isEmbedded(clusterID: id)
        self.kafka = kafka
        self.id = id
    }

    /// Asks until the cluster answers, which it says once and then seldom.
    ///
    /// - throws: `CancellationError` when a shutdown is asked for meanwhile; `KafkaError` that waiting does not cure.
    static func waiting(
        for configuration: BusConfiguration, clientID: String, until shutdown: GracefulShutdown, logger: Logger
    ) throws -> LocatedCluster {
        try RetryPolicy(maximum: .seconds(5)).run(until: shutdown, logger: logger) {
            try LocatedCluster(configuration, clientID: clientID, until: shutdown)
        }
    }

    /// Where a database belongs that belongs to this cluster.
    func binding(_ configuration: BusConfiguration) -> ClusterBinding {
        ClusterBinding(clusterID: id, topicPrefix: configuration.topicPrefix)
    }
}
