import Bus
import Contracts
import Database
import Finance
import Foundation
import Kafka
import Service

/// The databases and the Kafka that a bench runs on.
final class BenchGround {
    let options: Bench.Options
    let kafka: KafkaConfiguration
    let dataverseURL: String
    let financeURL: String
    private let cluster: PrivateCluster?
    private let broker: EmbeddedBroker?
    private let id = String(UInt32.random(in: 0 ... .max), radix: 36)
    private var prefixes: [String] = []
    private let isDirectoryNew: Bool

    /// - throws: `ClusterError`, `DatabaseError`, ``BenchRefusal`` when a given database is not empty.
    init(_ options: Bench.Options) throws {
        self.options = options
        BenchFolder.removeLeftovers()
        isDirectoryNew = try PrivateFolder.existing(options.directory) == nil
        try PrivateFolder.make(options.directory)
        if let servers = options.bootstrapServers {
            broker = nil
            kafka = try KafkaConfiguration(bootstrapServers: servers).detectingEmbedded()
        } else {
            let broker = try EmbeddedBroker()
            self.broker = broker
            kafka = broker.configuration()
        }
        if let urls = options.databaseURLs {
            cluster = nil
            (dataverseURL, financeURL) = urls
            for url in [dataverseURL, financeURL] { try Self.requireEmpty(url) }
        } else {
            // A quarter of the memory, as PostgreSQL's manual has it; no more checkpoints than the clock asks for.
            let quarter = Int(ProcessInfo.processInfo.physicalMemory >> 22)
            let cluster = try PrivateCluster.start(
                directory: "\(options.directory)/postgresql",
                options: PrivateCluster.Options(
                    sharedBuffers: min(4_096, quarter), settings: ["max_wal_size": "16GB"]))
            self.cluster = cluster
            for name in ["dataverse", "finance"] { try cluster.createDatabase(name) }
            dataverseURL = cluster.url(database: "dataverse")
            financeURL = cluster.url(database: "finance")
        }
    }

    /// Databases without a table in them.
    func emptyDatabases() throws {
        for url in [dataverseURL, financeURL] {
            try Connection(url: url, applicationName: "ledgerbus bench").dropEverything()
        }
    }

    /// What was dropped is written away, so that it costs the next measurement nothing.
    func settle() throws {
        guard cluster != nil else { return }
        try Connection(url: financeURL, applicationName: "ledgerbus bench").checkpoint()
    }

    /// Topics of their own for a part of the bench, as they are declared.
    func makeTopics(_ part: String) throws -> BusConfiguration {
        let configuration = try BusConfiguration(
            kafka: kafka, topicPrefix: "bench-\(id).\(part).", source: "/ledgerbus/bench", choices: try ChoiceTables())
        if let broker {
            for topic in try TopicCatalogue().declarations {
                try broker.createTopic(configuration.clusterName(topic.name), partitions: topic.partitions)
            }
        } else {
            prefixes.append(configuration.topicPrefix)
            try TopicPlan(configuration, replication: options.replication).apply(configuration)
        }
        return configuration
    }

    func deleteTopics(_ configuration: BusConfiguration) throws {
        guard broker == nil, !options.isKept, let place = prefixes.firstIndex(of: configuration.topicPrefix) else {
            return
        }
        prefixes.remove(at: place)
        let admin = try Admin(kafka, clientID: "ledgerbus bench")
        for topic in try admin.topics() where topic.name.hasPrefix(configuration.topicPrefix) {
            try admin.deleteTopic(topic.name)
        }
    }

    /// Ends what the bench has started, and leaves what it was given as it was.
    func end() {
        for prefix in prefixes {
            guard let choices = try? ChoiceTables() else { break }
            try? deleteTopics(
                try BusConfiguration(kafka: kafka, topicPrefix: prefix, source: "/ledgerbus/bench", choices: choices))
        }
        broker?.stop()
        if options.isKept { return BenchFolder.keep(options.directory) }
        if let cluster { try? cluster.remove() } else { try? emptyDatabases() }
        if isDirectoryNew { try? FileManager.default.removeItem(atPath: options.directory) }
    }

    private static func requireEmpty(_ url: String) throws {
        let connection = try Connection(url: url, applicationName: "ledgerbus bench")
        guard try connection.relationCount() == 0 else {
            throw BenchRefusal(
                description: """
                    the database \(connection.database) is not empty, and the bench empties the databases that it is \
                    given: name empty ones
                    """)
        }
    }
}

/// The bench cannot run on what it was given.
public struct BenchRefusal: Error, CustomStringConvertible {
    public let description: String
}
