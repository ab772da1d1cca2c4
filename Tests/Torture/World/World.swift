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
import Testbed

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
    /// Of each side; another one after a fail-over.
    private let servers: Mutex<[Side: PrivateCluster]>
    /// What each side's database is on, where one may mount it.
    private let disks: Mutex<[Side: SmallDisk]>
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
    /// - parameter hasDisks: each database is on a disk of its own, which can be filled.
    init(folder: String, binaries: String, kind: BrokerKind, hasDisks: Bool = false) throws {
        self.folder = folder
        self.binaries = binaries
        self.kind = kind
        try PrivateFolder.make(folder)
        let history = try History(path: "\(folder)/history.jsonl")
        self.history = history
        var disks: [Side: SmallDisk] = [:]
        func makeServer(_ side: Side) throws -> PrivateCluster {
            let cluster = try PrivateCluster.start(
                directory: "\(folder)/\(side.rawValue)",
                options: PrivateCluster.Options(
                    sharedBuffers: 64, port: Self.freePort(), settings: TestCluster.replicating))
            guard hasDisks, SmallDisk.isPossible else {
                try cluster.createDatabase(side.rawValue)
                return cluster
            }
            let disk = try SmallDisk(megabytes: Self.diskSize, at: "\(folder)/\(side.rawValue)-disk")
            disks[side] = disk
            let server = try Connection(url: cluster.url(database: "postgres"), applicationName: "torture")
            try server.executeScript("CREATE TABLESPACE disk LOCATION '\(disk.folder)'")
            try server.executeScript("CREATE DATABASE \(side.rawValue) TABLESPACE disk")
            return cluster
        }
        let (dataverse, finance) = (try makeServer(.dataverse), try makeServer(.finance))
        servers = Mutex([.dataverse: dataverse, .finance: finance])
        self.disks = Mutex(disks)
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
        try Connection(url: server(side).url(database: side.rawValue), applicationName: "torture")
    }

    /// A side's server.
    func server(_ side: Side) -> PrivateCluster {
        guard let server = servers.withLock({ $0[side] }) else { preconditionFailure("\(side) has no server") }
        return server
    }

    /// Another server has taken over, with its data elsewhere.
    func replace(_ side: Side, by server: PrivateCluster) {
        servers.withLock { $0[side] = server }
        disks.withLock { $0.removeValue(forKey: side) }?.remove()
    }

    /// What a side's database is on; nil where it has no disk of its own.
    func disk(_ side: Side) -> SmallDisk? { disks.withLock { $0[side] } }

    /// Of a disk that is not full, in megabytes: memory is taken by what is on it alone.
    static let diskSize = 16_384

    /// Starts the four processes of the bus.
    func startProcesses() { for program in Program.services { processes.start(program) } }

    /// Ends everything; the folder stays.
    func close() {
        processes.close()
        brokers.stop()
        for cluster in servers.withLock({ Array($0.values) }) { try? cluster.stop(.immediate) }
        for disk in disks.withLock({ Array($0.values) }) { disk.remove(keeping: true) }
    }

    /// A port of 127.0.0.1 that nobody listens on, nor is given to who connects: who is started again finds it free.
    ///
    /// - parameter count: so many, one after the other, of which this is the first.
    static func freePort(count: Int = 1) throws -> Int {
        for _ in 0..<1_000 {
            let first = Int.random(in: 20_000..<30_000)
            if (first..<first + count).allSatisfy(isFree) { return first }
        }
        throw TortureError("no port can be had")
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
