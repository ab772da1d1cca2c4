public import Database
import Kafka

/// Makes a database belong to the configured cluster and topic prefix.
public struct DatabaseAdoption: Sendable, Encodable {
    /// Nil when the database belonged nowhere.
    public let previousCluster: String?
    public let previousPrefix: String?
    public let cluster: String
    public let prefix: String

    /// The outbox is not sent again, and positions stay: they are those of the former cluster, whose messages the new one has
    /// to hold. A consumer that finds other messages there stops and says so.
    ///
    /// - throws: `KafkaError` when the cluster does not answer; `DatabaseError`.
    public init(_ configuration: BusConfiguration, on connection: Connection) throws {
        let id = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue).clusterID()
        let environment = ClusterBinding(clusterID: id, topicPrefix: configuration.topicPrefix)
        let previous = try connection.transaction {
            let previous = try ClusterBindingStore.current(on: connection)
            try ClusterBindingStore.adopt(environment, on: connection)
            try OutboxLease.direct(to: id, on: connection)
            try ConsumerPositionStore.adopt(cluster: id, on: connection)
            return previous
        }
        previousCluster = previous?.clusterID
        previousPrefix = previous?.topicPrefix
        cluster = id
        prefix = configuration.topicPrefix
    }
}
