import Bus
import Contracts
import Database
import Dataverse
import Finance
import Foundation
import Glibc
import Kafka
import Service
import Synchronization

/// A whole bus of the real processes in a folder: a PostgreSQL for each side, brokers, and the four programs.
///
/// A fault reaches all of it from here.
final class World: Sendable {
    /// Where the processes find what they need; a fault may put something in between.
    struct Addresses: Sendable {
        var dataverse: String
        var finance: String
        var bootstrapServers: String
    }

    let folder: String
    let history: History
    let binaries: String
    let dataverse: PrivateCluster
    let finance: PrivateCluster
    let kind: BrokerKind
    let brokers: any Brokers
    let processes: Supervisor
    /// Without what faults put in between.
    private let direct: Addresses
    private let flags = Mutex(Flags())

    /// What has been injected that the oracle has to know of.
    struct Flags: Sendable {
        /// The broker forgot what it held: topics do not have all that was published.
        var brokerForgot = false
        /// The embedded broker, which keeps no sequences of a producer, failed requests: a newer row of a key may be in its
        /// topic before an older one. Consumers go by versions.
        var brokerReorders = false
        /// Positions went back: rows may be ahead of them for a while.
        var positionsWentBack = false
        /// Dead letters are expected, since messages were made that can never take effect.
        var hasPoison = false
        /// Commands that have ended at a crash point.
        var commandsCrashed = 0
    }

    /// - parameter folder: everything is kept in it.
    /// - parameter binaries: the folder of the built programs.
    init(folder: String, binaries: String, kind: BrokerKind) throws {
        self.folder = folder
        self.binaries = binaries
        self.kind = kind
        try PrivateFolder.make(folder)
        let history = try History(path: "\(folder)/history.jsonl")
        self.history = history
        let clusters = try ["dataverse", "finance"].map { side in
            let cluster = try PrivateCluster.start(
                directory: "\(folder)/\(side)",
                options: PrivateCluster.Options(sharedBuffers: 64, port: Self.freePort()))
            try cluster.createDatabase(side)
            return cluster
        }
        (dataverse, finance) = (clusters[0], clusters[1])
        _ = try Migrations.migrate(url: dataverse.url(database: "dataverse"), DataverseSchema.migrations)
        _ = try Migrations.migrate(url: finance.url(database: "finance"), FinanceSchema.migrations)
        switch kind {
        case .embedded: brokers = try EmbeddedBrokers()
        case .kafka: brokers = try ApacheBrokers(count: 1, folder: "\(folder)/kafka")
        case .kafka3: brokers = try ApacheBrokers(count: 3, folder: "\(folder)/kafka")
        }
        let reached = Addresses(
            dataverse: dataverse.tcpURL(database: "dataverse") ?? "",
            finance: finance.tcpURL(database: "finance") ?? "",
            bootstrapServers: brokers.bootstrapServers)
        direct = reached
        let shared = Monitor(reached)
        self.shared = shared
        processes = Supervisor(binaries: binaries, folder: folder, history: history) {
            Self.environment(shared.withLock { $0 })
        }
        if kind != .embedded {
            let configuration = try configuration(.dataverse)
            try TopicPlan(configuration, replication: kind == .kafka ? 1 : nil).apply(configuration)
        }
    }

    private let shared: Monitor<Addresses>

    /// Where processes that are started from now on, and commands, find what they need.
    var addresses: Addresses { shared.withLock { $0 } }

    func redirect(_ change: (inout Addresses) -> Void) { shared.withLock { change(&$0) } }

    func note(_ change: (inout Flags) -> Void) { flags.withLock { change(&$0) } }

    var noted: Flags { flags.withLock { $0 } }

    /// How many commands have ended at a crash point.
    var commandsCrashed: Int { noted.commandsCrashed }

    /// How long clients wait for a broker's answer: less than librdkafka's minute, so that a lost one costs less.
    static let socketTimeout = Duration.seconds(6)

    /// How long work may wait while none is done, before a process says that it is not ready: less than its minute, so that
    /// faults last longer.
    static let healthPatience = Duration.seconds(5)

    /// What processes and commands have in their environment.
    var environment: [String: String] { Self.environment(addresses) }

    private static func environment(_ addresses: Addresses) -> [String: String] {
        [
            "DATAVERSE_DATABASE_URL": addresses.dataverse, "FINANCE_DATABASE_URL": addresses.finance,
            "KAFKA_BOOTSTRAP_SERVERS": addresses.bootstrapServers,
            // The shortest that brokers allow: it is what a killed member is waited for.
            "KAFKA_PROPERTY_SESSION_TIMEOUT_MS": "6000", "LOG_LEVEL": "info",
            "HEALTH_PATIENCE": "\(Int(healthPatience / .seconds(1)))s",
            "KAFKA_PROPERTY_SOCKET_TIMEOUT_MS": "\(Int(socketTimeout / .milliseconds(1)))",
        ]
    }

    /// The configuration that the processes have, without what a fault has put in between.
    func configuration(_ side: Side) throws -> BusConfiguration {
        var addresses = direct
        addresses.bootstrapServers = brokers.bootstrapServers
        return try BusConfiguration(
            reader: ConfigReader(providers: [
                EnvironmentVariablesProvider(environment: Self.environment(addresses))
            ]), side: side)
    }

    func admin() throws -> Admin { try Admin(configuration(.dataverse).kafka, clientID: "torture") }

    /// A connection of one's own, which no fault stands in the way of but those of the server itself.
    func connect(_ side: Side) throws -> Connection {
        let url = side == .dataverse ? dataverse.url(database: "dataverse") : finance.url(database: "finance")
        return try Connection(url: url, applicationName: "torture")
    }

    /// Starts the four processes of the bus.
    func startProcesses() { for program in Program.services { processes.start(program) } }

    /// Ends everything; the folder stays.
    func close() {
        processes.close()
        brokers.stop()
        for cluster in [dataverse, finance] { try? cluster.stop(.immediate) }
    }

    private static func isFree(_ port: Int) -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { Glibc.close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        address.sin_port = in_port_t(port).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
