public import Database
import Kafka
public import Service

/// A long-running process of the bus: its configuration, its shutdown, its log.
public struct ServiceProcess: Sendable {
    public let name: String
    public let configuration: BusConfiguration
    public let databaseURL: String
    public let shutdown: GracefulShutdown
    public let logger: Logger

    /// Reads the configuration, and makes sure that the database is there and
    /// has the schema that this program knows.
    ///
    /// - parameter side: `dataverse` or `finance`.
    /// - throws: `ConfigError`, `DatabaseError`, `MigrationError`, each with what to do.
    public init(name: String, side: String, migrations: [Migration], reader: ConfigReader) throws {
        self.name = name
        try LoggingSystem.bootstrap(from: reader)
        let logger = Logger(label: name)
        var configuration = try BusConfiguration(reader: reader, side: side)
        configuration.kafka.log = { level, facility, message in
            // The embedded broker knows nothing of auto-creation, and creates nothing either.
            let level = facility == "AUTOCREATE" ? .debug : Logger.Level(level)
            logger.log(level: level, "librdkafka: \(message)", metadata: ["facility": "\(facility)"])
        }
        for problem in configuration.kafka.libraryProblems { logger.warning("\(problem)") }
        self.configuration = configuration
        self.logger = logger
        shutdown = GracefulShutdown()
        databaseURL = try reader.databaseURL(side: side)
        try Migrations.check(Connection(url: databaseURL, applicationName: name), migrations)
    }

    /// Runs services until one fails or a signal asks for a shutdown.
    ///
    /// - throws: the first failure.
    public func run(_ services: [any Service]) async throws {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: services, logger: logger, shutdown: shutdown))
        try await group.run()
    }

    /// A consumer of this process's database.
    public func consumer(_ handlers: [any TopicHandler], groupInstanceID: String?) -> TransactionalConsumer {
        TransactionalConsumer(
            name: name, handlers: handlers, configuration: configuration, databaseURL: databaseURL,
            groupInstanceID: groupInstanceID, shutdown: shutdown, logger: logger)
    }

    /// The relay of this process's outbox.
    public func relay() -> OutboxRelay {
        OutboxRelay(
            name: "\(name) relay", configuration: configuration, databaseURL: databaseURL, shutdown: shutdown,
            logger: logger)
    }
}

extension ConfigReader {
    /// The URL of a side's database.
    ///
    /// - throws: `ConfigError` when it is not configured.
    public func databaseURL(side: String) throws -> String {
        try requiredString(
            forKey: "\(side).database.url", isSecret: true, example: "postgres://\(side)@localhost/\(side)")
    }
}

extension Logger.Level {
    fileprivate init(_ level: KafkaConfiguration.LogLevel) {
        switch level.rawValue {
        case ...3: self = .error
        case 4: self = .warning
        case 5, 6: self = .info
        default: self = .debug
        }
    }
}
