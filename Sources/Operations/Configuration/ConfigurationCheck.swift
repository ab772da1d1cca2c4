import Bus
import Contracts
import Database
import Dataverse
import Finance
import Kafka
public import Service

/// Every configured value with its source, and what is wrong with them, looked at as the processes will.
public struct ConfigurationCheck: Sendable, Encodable {
    public struct Value: Sendable, Encodable {
        public let key: String
        /// Secrets are hidden.
        public let value: String
        public let source: String
    }

    public private(set) var values: [Value] = []
    /// What keeps a process from working, or breaks a promise.
    public private(set) var problems: [String] = []
    /// What works, and is not safe.
    public private(set) var warnings: [String] = []

    /// - parameter isOffline: only read; connect to nothing.
    public init(_ reader: ConfigReader, isOffline: Bool) {
        // Each by itself, so that all that is wrong is said, and all that is set is known.
        note { _ in _ = try LogSettings(reader: reader) }
        note { _ in _ = try reader.value(forKey: "log.format", as: StreamLogHandler.Format.self, default: .text) }
        note { _ in _ = try reader.postingWorkers() }
        note { _ in _ = try HealthSettings(reader: reader, program: .ledgerbus) }
        note { _ in _ = try AlertSettings(reader: reader) }
        note { _ in _ = try reader.topicPrefix() }
        note { _ in _ = try reader.messageLimit() }
        note { _ in _ = try RetentionPolicy(reader: reader) }
        note { _ in _ = try ChoiceTables(reader: reader) }
        note { _ in _ = try reader.string(forKey: "kafka.group.instance.id") }
        note { _ in _ = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader)) }
        var configuration: BusConfiguration?
        for side in Side.allCases {
            note { _ in _ = try reader.dayZone(side: side) }
            note { _ in configuration = try BusConfiguration(reader: reader, side: side) }
        }
        configuration?.kafka.log = nil
        var clusterID: String?
        if let configuration { clusterID = check(configuration, isOffline: isOffline) }
        var sides = 0
        for side in Side.allCases {
            note { check in
                guard try reader.hasDatabase(side: side) else { return }
                sides += 1
                let url = try reader.databaseURL(side: side)
                check.warnings += [try TransportSecurity.weakness(of: url)].compactMap { $0 }
                guard !isOffline else { return }
                let connection = try SideDatabase.open(
                    side, url: url, side.schema, applicationName: Program.ledgerbus.rawValue)
                try connection.requireWrites()
                guard let configuration, let clusterID else { return }
                try SideDatabase.checkEnvironment(configuration, clusterID: clusterID, on: connection)
            }
        }
        if sides == 0 {
            problems.append("no database is configured: set DATAVERSE_DATABASE_URL, FINANCE_DATABASE_URL or both")
        }
        problems += reader.unknownKeys().map(\.description)
        warnings += reader.openSecrets()
        values = reader.values().map { Value(key: $0.key, value: $0.displayedValue, source: "\($0.source)") }
    }

    /// - returns: the cluster's id, when it could be asked.
    private mutating func check(_ configuration: BusConfiguration, isOffline: Bool) -> String? {
        problems += configuration.kafka.problems
        for problem in configuration.kafka.libraryProblems where !problems.contains(problem) {
            problems.append(problem)
        }
        warnings += configuration.kafka.weaknesses
        guard !isOffline, configuration.kafka.problems.isEmpty else { return nil }
        var id: String?
        note { check in
            id = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue).clusterID()
            if let problem = try DeclaredTopics(configuration).missing() { check.problems.append(problem.description) }
        }
        return id
    }

    private mutating func note(_ body: (inout ConfigurationCheck) throws -> Void) {
        do {
            try body(&self)
        } catch {
            let problem = "\(error)"
            if !problems.contains(problem) { problems.append(problem) }
        }
    }
}

extension Side {
    fileprivate var schema: [Migration] {
        switch self {
        case .dataverse: DataverseSchema.migrations
        case .finance: FinanceSchema.migrations
        }
    }
}
