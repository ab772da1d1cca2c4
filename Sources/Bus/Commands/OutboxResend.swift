public import Database
import Kafka

/// Publishes everything again that was ever published, to the configured cluster, which lost it or replaces another.
public enum OutboxResend {
    /// - returns: how many rows will be sent that were not pending.
    /// - throws: `KafkaError` when the cluster does not say who it is; `DatabaseError`.
    public static func resend(_ configuration: BusConfiguration, on connection: Connection) throws -> Int {
        let id = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue).clusterID()
        return try connection.transaction {
            try ClusterBindingStore.adopt(
                ClusterBinding(clusterID: id, topicPrefix: configuration.topicPrefix), on: connection)
            try OutboxLease.direct(to: id, on: connection)
            return try OutboxStore.resendAll(on: connection)
        }
    }
}
