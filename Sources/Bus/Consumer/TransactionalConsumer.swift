import Contracts
import Database
public import Kafka
public import Service

/// Consumes topics into a database, exactly once in effect (promise 2).
///
/// Three threads work on one stream: the Kafka client's fetches, one decodes
/// the next batch, one writes the last. Rows, positions and dead letters of a
/// batch commit in one transaction; the positions are mirrored to Kafka after
/// it, for tools outside.
public final class TransactionalConsumer: Service {
    private let program: Program
    private var name: String { program.rawValue }
    private let handlers: [any TopicHandler]
    private let configuration: BusConfiguration
    private let databaseURL: String
    private let limits: BatchLimits
    private let groupInstanceID: String?
    private let shutdown: GracefulShutdown
    private let logger: Logger

    /// How often held messages and requested dead letters are tried again, and all positions mirrored.
    private static let retryInterval = Duration.seconds(10)

    /// - parameter program: whose consumer group it joins.
    public init(
        program: Program, handlers: [any TopicHandler], configuration: BusConfiguration, databaseURL: String,
        limits: BatchLimits = BatchLimits(), groupInstanceID: String? = nil, shutdown: GracefulShutdown,
        logger: Logger
    ) {
        self.program = program
        self.handlers = handlers
        self.configuration = configuration
        self.databaseURL = databaseURL
        self.limits = limits
        self.groupInstanceID = groupInstanceID
        self.shutdown = shutdown
        self.logger = logger
    }

    public func run() async throws {
        try await runOnThread(name: name) { try self.consume() }
    }

    private func consume() throws {
        let kafka = try configuration.kafka.detectingEmbedded()
        let clusterID = try Admin(kafka, clientID: name).clusterID()
        let topics = handlers.map { configuration.clusterName($0.topic.rawValue) }
        try DeclaredTopics(configuration).check(handlers.map(\.topic.rawValue))

        let positions = ConsumerPositionStore(consumer: program, clusterID: clusterID)
        let keeper = PositionKeeper(
            table: positions, kafka: kafka,
            database: DatabaseSession(url: databaseURL, applicationName: "\(name) positions", logger: logger),
            shutdown: shutdown, logger: logger)
        let consumer = try BatchConsumer(
            kafka, group: configuration.clusterName(name), topics: topics, clientID: name,
            groupInstanceID: groupInstanceID, limits: limits, handler: keeper)
        let byTopic = Dictionary(uniqueKeysWithValues: zip(topics, handlers))
        let session = DatabaseSession(url: databaseURL, applicationName: name, logger: logger)
        let setAside = SetAsideMessages(
            consumer: program, clusterID: clusterID, topicPrefix: configuration.topicPrefix, handlers: handlers,
            hash: try SHA256())
        let writer = BatchWriter(
            preparation: BatchPreparation(consumer: program, handlers: byTopic, hash: try SHA256()),
            positions: positions, setAside: setAside, database: session, shutdown: shutdown, logger: logger)
        let reader = BatchReader(
            consumer: consumer, keeper: keeper,
            preparation: BatchPreparation(consumer: program, handlers: byTopic, hash: try SHA256()),
            shutdown: shutdown, logger: logger)

        _ = try session.open()
        try consumer.start()
        logger.info("started", metadata: ["topics": "\(topics.joined(separator: ","))", "cluster": "\(clusterID)"])
        let queue = BoundedQueue<PreparedBatch>(capacity: 1)
        let reading = WorkerThread(name: "\(name) decode") {
            do {
                try reader.read(into: queue)
                queue.close()
            } catch {
                queue.fail(error)
            }
        }
        let outcome = Result { try write(queue, writer, consumer, keeper, setAside, session) }
        if case .failure(let error) = outcome { queue.fail(error) } else { queue.close() }
        _ = try? reading.join()
        if !consumer.close(timeout: .seconds(10)) { logger.warning("the Kafka client did not end in time") }
        logger.info("stopped")
        try outcome.get()
    }

    /// The writing thread's loop, until the queue is closed and empty.
    private func write(
        _ queue: BoundedQueue<PreparedBatch>, _ writer: BatchWriter, _ consumer: BatchConsumer,
        _ keeper: PositionKeeper, _ setAside: SetAsideMessages, _ session: DatabaseSession
    ) throws {
        var nextRetry = ContinuousClock.now
        var generation = 0
        var positions: [TopicPartition: Int64] = [:]
        do {
            while true {
                if ContinuousClock.now >= nextRetry {
                    let effective = try setAside.retry(on: session, shutdown: shutdown)
                    if effective > 0 {
                        logger.info("set-aside messages took effect", metadata: ["count": "\(effective)"])
                    }
                    // A mirrored position may have been lost, and with no more messages no other would follow it.
                    consumer.mirror(positions)
                    nextRetry = .now + Self.retryInterval
                }
                let batch = try queue.pop(timeout: .seconds(1))
                // After a batch was taken and before it moves the positions: those of the assignment are older.
                let assignment = keeper.current
                if assignment.generation != generation {
                    generation = assignment.generation
                    positions = assignment.positions.mapValues(\.next)
                    consumer.mirror(positions)
                }
                if let batch {
                    let moved = try writer.write(batch)
                    positions.merge(moved) { $1 }
                    consumer.mirror(moved)
                } else if queue.isFinished {
                    return
                }
            }
        } catch is CancellationError {
            logger.info("stopping with a batch unwritten; it will be read again")
        }
    }
}
