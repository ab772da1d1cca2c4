public import Bus
public import Database
import Dataverse
import Finance
import Foundation
import Kafka
import Service

/// A whole bus of its own in a folder: a private PostgreSQL with both
/// databases, a broker, and the processes. For the demo, the bench and tests.
public final class PrivateBus {
    public let directory: String
    public let cluster: PrivateCluster?
    public let dataverseURL: String
    public let financeURL: String
    public let bootstrapServers: String
    public let fleet: ProcessFleet
    /// What stands before every topic and group.
    public let topicPrefix: String
    /// The environment that the processes of this bus have.
    public let environment: [String: String]

    /// Where the parts come from.
    public struct Options: Sendable {
        /// The brokers to use; nil is an embedded one.
        public var bootstrapServers: String?
        /// The databases to use; nil is a private cluster.
        public var databaseURLs: (dataverse: String, finance: String)?
        /// What stands before every topic and group.
        public var topicPrefix = ""
        /// What its processes and commands have in their environment besides: how to talk to the brokers, say.
        public var environment: [String: String] = [:]
        /// What a program has in its environment besides, or instead: a user of its own, say.
        public var environments: [Program: [String: String]] = [:]
        /// The folder of the executables.
        public var binaries: String

        public init(binaries: String) { self.binaries = binaries }
    }

    /// Starts PostgreSQL and the broker, and brings the databases to the
    /// schema of this program.
    ///
    /// - throws: `ClusterError`, `DatabaseError`, ``FleetError``, each with what to do.
    public init(directory: String, options: Options) throws {
        self.directory = directory
        topicPrefix = options.topicPrefix
        try PrivateFolder.make(directory)
        if let urls = options.databaseURLs {
            cluster = nil
            (dataverseURL, financeURL) = urls
        } else {
            let cluster = try PrivateCluster.start(directory: "\(directory)/postgresql")
            for database in ["dataverse", "finance"] { try cluster.createDatabase(database) }
            self.cluster = cluster
            dataverseURL = cluster.url(database: "dataverse")
            financeURL = cluster.url(database: "finance")
        }
        _ = try Migrations.migrate(url: dataverseURL, DataverseSchema.migrations)
        _ = try Migrations.migrate(url: financeURL, FinanceSchema.migrations)
        var environment = [
            "DATAVERSE_DATABASE_URL": dataverseURL, "FINANCE_DATABASE_URL": financeURL,
            "KAFKA_TOPIC_PREFIX": options.topicPrefix,
        ].merging(options.environment) { $1 }
        if let servers = options.bootstrapServers {
            bootstrapServers = servers
            environment["KAFKA_BOOTSTRAP_SERVERS"] = servers
            fleet = ProcessFleet(
                directory: directory, binaries: options.binaries, environment: environment,
                environments: options.environments)
        } else {
            let brokers = ProcessFleet(directory: directory, binaries: options.binaries, environment: environment)
            bootstrapServers = try Self.startBroker(brokers, directory: directory)
            environment["KAFKA_BOOTSTRAP_SERVERS"] = bootstrapServers
            fleet = ProcessFleet(
                directory: directory, binaries: options.binaries, environment: environment,
                environments: options.environments, joining: brokers)
        }
        self.environment = environment
    }

    /// Starts the four processes of the bus.
    ///
    /// - throws: ``FleetError``.
    public func startProcesses() throws {
        for program in Program.services { try fleet.start(program) }
    }

    /// Ends everything; the folder stays.
    public func stop() {
        fleet.stopAll()
        try? cluster?.stop()
    }

    /// Ends what another process has left running in a folder.
    ///
    /// - returns: the names of what was running.
    /// - throws: `ClusterError`, also when the folder is somebody else's: nothing in it is believed.
    public static func stopLeftovers(in directory: String) throws -> [String] {
        guard try PrivateFolder.existing(directory) != nil else { return [] }
        var stopped = ProcessFleet.stopLeftovers(in: directory)
        let postgresql = "\(directory)/postgresql"
        if FileManager.default.fileExists(atPath: "\(postgresql)/data/postmaster.pid") {
            try PrivateCluster.existing(directory: postgresql)?.stop()
            stopped.append("PostgreSQL")
        }
        return stopped
    }

    private static func startBroker(_ fleet: ProcessFleet, directory: String) throws -> String {
        let file = "\(directory)/broker-address"
        try? FileManager.default.removeItem(atPath: file)
        try fleet.start(.ledgerbus, label: "broker", arguments: ["broker", "--address-file", file])
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            if let failure = fleet.firstFailure() { throw failure }
            if let address = try? String(contentsOfFile: file, encoding: .utf8), address.hasSuffix("\n") {
                return address.trimmingCharacters(in: .whitespacesAndNewlines)
            }
            Thread.sleep(forTimeInterval: 0.02)
        }
        throw FleetError(description: "the embedded broker did not start in 20 s; see \(directory)/broker.log")
    }
}
