import Contracts
public import Database
import Kafka

/// The processes of a consumer that run now.
public struct RunningConsumer: Sendable {
    /// Members of its group, as `client@host`.
    public let members: [String]
    /// Sessions that it has in its database.
    public let sessions: Int

    public var isRunning: Bool { !members.isEmpty || sessions > 0 }

    /// Asks the cluster and the database. The embedded broker cannot tell its groups' members.
    ///
    /// - throws: `DatabaseError`, `KafkaError`.
    public init(_ consumer: Program, _ configuration: BusConfiguration, on connection: Connection) throws {
        sessions = try connection.value(
            Int.self,
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1",
            consumer.rawValue)
        guard try !configuration.kafka.detectingEmbedded().isEmbedded else {
            members = []
            return
        }
        let group = configuration.clusterName(consumer.rawValue)
        let admin = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue)
        guard try admin.groups().contains(group) else {
            members = []
            return
        }
        members = try admin.describeGroups([group]).flatMap(\.members).map { "\($0.clientID)@\($0.host)" }
    }
}
