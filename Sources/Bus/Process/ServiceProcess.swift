public import Database
import Foundation
import Kafka
public import Service

/// A long-running process of the bus: its configuration, its shutdown, its log.
public struct ServiceProcess: Sendable {
    public let program: Program
    private let side: Side
    private let migrations: [Migration]
    public let configuration: BusConfiguration
    public let databaseURL: String
    public let instruments = Instruments()
    public let shutdown: GracefulShutdown
    public let logger: Logger
    private let health: HealthSettings

    /// How long services may take to stop. Their own limits add up to less; supervisors commonly wait for 30 seconds.
    private static let patience = Duration.seconds(20)

    /// Reads the configuration.
    ///
    /// - throws: `ConfigError`, `KafkaError`, each with what to do.
    public init(_ program: Program, side: Side, migrations: [Migration], reader: ConfigReader) throws {
        self.program = program
        self.side = side
        self.migrations = migrations
        let logger = Logger(label: program.rawValue)
        var configuration = try BusConfiguration(reader: reader, side: side)
        configuration.kafka.log = { level, facility, message in
            // The embedded broker knows nothing of auto-creation, and creates nothing either.
            let level = facility == "AUTOCREATE" ? .debug : Logger.Level(level)
            logger.log(level: level, "librdkafka: \(message)", metadata: ["facility": "\(facility)"])
        }
        let problems = configuration.kafka.problems
        if let problem = problems.first { throw ConfigError(problem) }
        for weakness in configuration.kafka.libraryProblems + configuration.kafka.weaknesses {
            logger.warning("\(weakness)")
        }
        self.configuration = configuration
        self.logger = logger
        shutdown = GracefulShutdown()
        health = try HealthSettings(reader: reader, program: program)
        databaseURL = try reader.databaseURL(side: side)
        if let weakness = try TransportSecurity.weakness(of: databaseURL) { logger.warning("\(weakness)") }
        for warning in reader.openSecrets() { logger.warning("\(warning)") }
    }

    /// Waits until the database and the cluster are there and makes sure that they are the right ones; then runs services
    /// until one fails or a signal asks for a shutdown.
    ///
    /// - throws: the first failure.
    public func run(_ services: [any Service]) async throws {
        measure()
        let server = try health.serve(instruments, logger: logger)
        defer { server?.stop() }
        let reporter = HealthReporter(
            instruments.health, notice: SupervisorNotice(environment: ProcessInfo.processInfo.environment),
            logger: logger)
        reporter.start()
        defer { reporter.stop() }
        shutdown.onRequest { reporter.stopping() }
        let opening = Opening(
            program: program, side: side, migrations: migrations, configuration: configuration,
            databaseURL: databaseURL, health: instruments.health, shutdown: shutdown, logger: logger)
        try await run([
            ServiceGroupConfiguration.ServiceConfiguration(
                service: opening, successTerminationBehavior: .ignore)
        ])
        guard !shutdown.isRequested else { return }
        reporter.started()
        let watch = ProcessWatch(
            program, configuration, databaseURL: databaseURL,
            sources: services.compactMap { $0 as? any WorkingService }.flatMap(\.work), instruments,
            settings: ProcessWatch.Settings(
                interval: min(.seconds(5), health.patience / 2), patience: health.patience,
                silence: min(.seconds(20), health.patience)), shutdown: shutdown, logger: logger)
        try await run((services + [watch]).map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) })
    }

    private func measure() {
        let metrics = instruments.metrics
        ProcessMetrics.measure(with: metrics)
        metrics.gauge(BusMetrics.build, program.rawValue, Program.version).record(1)
        metrics.onCollect { [health = instruments.health] metrics in
            metrics.gauge(BusMetrics.ready).record(health.isReady ? 1 : 0)
        }
    }

    private func run(_ services: [ServiceGroupConfiguration.ServiceConfiguration]) async throws {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services, maximumGracefulShutdownDuration: Self.patience, logger: logger, shutdown: shutdown))
        try await group.run()
    }

    /// A consumer of this process's database.
    public func consumer(_ handlers: [any TopicHandler], groupInstanceID: String?) -> TransactionalConsumer {
        TransactionalConsumer(
            program: program, handlers: handlers, configuration: configuration, databaseURL: databaseURL,
            groupInstanceID: groupInstanceID, instruments: instruments, shutdown: shutdown, logger: logger)
    }

    /// Ends frozen sessions of the bus in this process's database: for a process without a consumer, which does it too.
    public func lockWatch() -> any Service {
        LockWatching(program: program, databaseURL: databaseURL, shutdown: shutdown, logger: logger)
    }

    /// The relay of this process's outbox.
    public func relay() -> OutboxRelay {
        OutboxRelay(
            name: "\(program.rawValue) relay", configuration: configuration, databaseURL: databaseURL, side: side,
            instruments: instruments, shutdown: shutdown, logger: logger)
    }
}

extension ConfigReader {
    /// The URL of a side's database.
    ///
    /// - throws: `ConfigError` when it is not configured, or is none.
    public func databaseURL(side: Side) throws -> String {
        let url = try requiredString(
            forKey: side.databaseURLKey, isSecret: true,
            example: "postgres://\(side.rawValue)@localhost/\(side.rawValue)")
        do { try Connection.check(url: url) } catch { throw ConfigError("\(side.databaseURLKey): \(error)") }
        return url
    }

    /// Whether a side's database is configured.
    ///
    /// - throws: `ConfigError` when a provider cannot tell.
    public func hasDatabase(side: Side) throws -> Bool {
        try string(forKey: side.databaseURLKey, isSecret: true) != nil
    }
}

extension Side {
    fileprivate var databaseURLKey: String { "\(rawValue).database.url" }
}

extension Logger.Level {
    fileprivate init(_ level: KafkaConfiguration.LogLevel) {
        switch level.rawValue {
        case ...3: self = .error
        case 4: self = .warning
        case 5: self = .notice
        case 6: self = .info
        default: self = .debug
        }
    }
}
