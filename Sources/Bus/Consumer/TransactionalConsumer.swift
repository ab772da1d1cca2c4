import Contracts
public import Kafka
public import Service

/// Consumes topics into a database, exactly once in effect (promise 2).
///
/// Rows, positions and dead letters of a batch commit in one transaction; the positions are mirrored to Kafka after it,
/// for tools outside. It is a member of its group as long as it gets on.
public final class TransactionalConsumer: WorkingService {
    /// What a consumer is made with.
    struct Settings: Sendable {
        let program: Program
        let handlers: [any TopicHandler]
        let configuration: BusConfiguration
        let databaseURL: String
        var limits = BatchLimits()
        var groupInstanceID: String?
        /// How long it may be at one transaction while its database does not answer, before it gives its partitions up.
        var patience = ConsumerProgress.patience
        /// How long a partition that another process took over may still be counted as ours.
        var session = Duration.seconds(10)
        let progress = ConsumerProgress()
        var instruments = Instruments()
    }

    private let settings: Settings
    private let shutdown: GracefulShutdown
    private let logger: Logger

    /// - parameter program: whose consumer group it joins.
    public convenience init(
        program: Program, handlers: [any TopicHandler], configuration: BusConfiguration, databaseURL: String,
        limits: BatchLimits = BatchLimits(), groupInstanceID: String? = nil,
        instruments: Instruments = Instruments(), shutdown: GracefulShutdown, logger: Logger
    ) {
        self.init(
            Settings(
                program: program, handlers: handlers, configuration: configuration, databaseURL: databaseURL,
                limits: limits, groupInstanceID: groupInstanceID, instruments: instruments), shutdown: shutdown,
            logger: logger)
    }

    init(_ settings: Settings, shutdown: GracefulShutdown, logger: Logger) {
        self.settings = settings
        self.shutdown = shutdown
        self.logger = logger
    }

    /// Whether it gets on.
    public var progress: ConsumerProgress { settings.progress }

    public var work: [any WorkSource] {
        [
            ConsumerWork(
                settings.program, settings.configuration, settings.progress, settings.instruments.metrics)
        ]
    }

    public func run() async throws {
        try await runOnThread(name: settings.program.rawValue) { try self.consume() }
    }

    private func consume() throws {
        guard let cluster = try meetCluster() else { return logger.info("stopped") }
        let locks = LockWatch(settings.program, databaseURL: settings.databaseURL, logger: logger)
        locks.start()
        defer { locks.stop() }
        while true {
            do {
                try ConsumerMembership(
                    settings, kafka: cluster.kafka, clusterID: cluster.id, locks: locks, shutdown: shutdown,
                    logger: logger
                ).run()
                return logger.info("stopped")
            } catch let departure as ConsumerMembership.Departure {
                logger.error("\(departure)")
                locks.watch([])
                if departure.isStalled {
                    settings.progress.set(.stalled(departure.description))
                    guard locks.awaitAnswer(until: shutdown) else { return logger.info("stopped") }
                    logger.notice("the database answers again: joining the group")
                }
            }
        }
    }

    /// Waits for the cluster, and makes sure that it is the database's and has the topics.
    ///
    /// - returns: nil when a shutdown is asked for meanwhile.
    private func meetCluster() throws -> LocatedCluster? {
        let configuration = settings.configuration
        let name = settings.program.rawValue
        do {
            let cluster = try LocatedCluster.waiting(
                for: configuration, clientID: name, until: shutdown, logger: logger)
            try DatabaseSession(url: settings.databaseURL, applicationName: name, logger: logger)
                .perform(shutdown: shutdown) { try ClusterBindingStore.join(cluster.binding(configuration), on: $0) }
            try RetryPolicy(maximum: .seconds(5)).run(until: shutdown, logger: logger) {
                try DeclaredTopics(configuration).check(settings.handlers.map(\.topic.rawValue))
            }
            return cluster
        } catch is CancellationError {
            return nil
        }
    }
}
