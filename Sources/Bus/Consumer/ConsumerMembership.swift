import Contracts
import Database
import Kafka
import Service

/// A consumer's stay in its group, from joining to leaving.
///
/// One thread decodes the next batch, one writes the last, one compares positions with their logs, and this one watches
/// that they get on. Who does not get on leaves the group, so that another member may, and joins it again.
final class ConsumerMembership {
    private let consumer: BatchConsumer
    private let keeper: PositionKeeper
    private let reader: BatchReader
    private let writer: any BatchWriting
    private let logWatch: LogWatch
    private var setAside: SetAsideMessages
    private let positions: ConsumerPositionStore
    private let session: DatabaseSession
    private let takeovers: DatabaseSession
    private let locks: LockWatch
    private let settings: TransactionalConsumer.Settings
    private let heartbeat: Heartbeat
    private let shutdown: GracefulShutdown
    /// Ends this stay, be it since the process stops.
    private let ending = GracefulShutdown()
    private let logger: Logger

    /// How often held messages and requested dead letters are tried again, and all positions mirrored.
    private static let retryInterval = Duration.seconds(10)
    /// How often it looks what operators want: maps paused and resumed, positions reset.
    private static let lookInterval = Duration.seconds(2)
    private static let closing = Duration.seconds(10)
    /// A thread that looks twice a second and comes so late was not running.
    private static let frozen = Duration.seconds(5)
    /// How long the last batch may take to be written when the process stops.
    private static let drain = Duration.seconds(6)

    /// Why a member leaves the group to join it again.
    struct Departure: Error, CustomStringConvertible {
        let description: String
        /// It waits for its database first.
        let isStalled: Bool
    }

    init(
        _ settings: TransactionalConsumer.Settings, kafka: KafkaConfiguration, clusterID: String, locks: LockWatch,
        shutdown: GracefulShutdown, logger: Logger
    ) throws {
        let name = settings.program.rawValue
        let configuration = settings.configuration
        self.settings = settings
        self.locks = locks
        self.shutdown = shutdown
        self.logger = logger
        let topics = settings.handlers.map { configuration.clusterName($0.topic.rawValue) }
        let instruments = settings.instruments
        let handlers = settings.handlers.map { MeteredHandler($0, of: settings.program, instruments.metrics) }
        let byTopic = Dictionary(uniqueKeysWithValues: zip(topics, handlers as [any TopicHandler]))
        session = DatabaseSession(url: settings.databaseURL, applicationName: name, logger: logger)
        takeovers = DatabaseSession(url: settings.databaseURL, applicationName: "\(name) positions", logger: logger)
        positions = ConsumerPositionStore(consumer: settings.program, clusterID: clusterID)
        keeper = try PositionKeeper(
            table: positions, kafka: kafka, topicPrefix: configuration.topicPrefix, database: takeovers, ending: ending,
            logger: logger)
        consumer = try BatchConsumer(
            kafka, group: configuration.clusterName(name), topics: topics, clientID: name,
            groupInstanceID: settings.groupInstanceID, limits: settings.limits,
            handler: MeteredAssignments(
                keeper, of: settings.program, progress: settings.progress, instruments.metrics))
        setAside = SetAsideMessages(
            consumer: settings.program, clusterID: clusterID, topicPrefix: configuration.topicPrefix,
            handlers: settings.handlers, hash: try SHA256())
        // Each thread has its own.
        func preparation() throws -> BatchPreparation {
            BatchPreparation(
                consumer: settings.program, handlers: byTopic, hash: try SHA256(), limit: configuration.messageLimit)
        }
        writer = MeteredBatchWriter(
            BatchWriter(
                preparation: try preparation(), positions: positions, keeper: keeper, setAside: setAside,
                database: session, shutdown: ending, logger: logger),
            of: settings.program,
            topics: Dictionary(uniqueKeysWithValues: zip(topics, settings.handlers.map(\.topic.rawValue))),
            instruments.metrics)
        heartbeat = instruments.health.heartbeat(name)
        reader = BatchReader(
            consumer: consumer, keeper: keeper,
            preparation: try preparation(), shutdown: ending, logger: logger)
        logWatch = try LogWatch(keeper, kafka: kafka, consumer: settings.program, logger: logger)
    }

    /// Joins, consumes, and leaves when a shutdown is asked for.
    ///
    /// - throws: ``Departure`` when it left since it did not get on; every error that wants a person.
    func run() throws {
        shutdown.onRequest { [ending] in ending.request() }
        _ = try session.open()
        try follow()
        try consumer.start()
        locks.watch([session, takeovers])
        logger.info("started", metadata: ["topics": "\(consumer.topics.joined(separator: ","))"])
        settings.progress.set(.working)
        let queue = BoundedQueue<PreparedBatch>(capacity: 1)
        let members = UncheckedMembers(membership: self)
        let reading = WorkerThread(name: "decode") {
            do {
                try members.membership.reader.read(into: queue)
                queue.close()
            } catch {
                queue.fail(error)
            }
        }
        let writing = WorkerThread(name: "write") { try members.membership.write(queue) }
        let comparing = WorkerThread(name: "log watch") {
            do {
                try members.membership.logWatch.run(until: members.membership.ending)
            } catch {
                queue.fail(error)
            }
        }
        let outcome = watch(queue, writing)
        heartbeat.end()
        ending.request()
        if case .failure(let error) = outcome { queue.fail(error) } else { queue.close() }
        _ = try? reading.join(upTo: Self.closing)
        let hasLeft = consumer.close(timeout: Self.closing)
        _ = try? comparing.join(upTo: .seconds(1))
        if !hasLeft { logger.warning("the Kafka client did not end in time") }
        try outcome.get()
    }

    /// Waits until the writing thread has ended, or does not get on.
    private func watch(_ queue: BoundedQueue<PreparedBatch>, _ writing: WorkerThread<Void>) -> Result<Void, any Error> {
        var endingSince: ContinuousClock.Instant?
        var awakeSince = ContinuousClock.now
        var lastLook = ContinuousClock.now
        while true {
            heartbeat.beat()
            do {
                if let ended: Void = try writing.join(upTo: .milliseconds(500)) { return .success(ended) }
            } catch {
                return .failure(error)
            }
            guard !ending.isRequested else {
                let since = endingSince ?? .now
                endingSince = since
                // What waits for an answer now would keep the process from stopping.
                if .now - since > Self.drain {
                    session.cut()
                    takeovers.cut()
                }
                continue
            }
            // A process that was frozen itself has heard nothing, and cannot tell yet.
            if .now - lastLook > Self.frozen { awakeSince = .now }
            lastLook = .now
            guard let departure = departure(awakeFor: .now - awakeSince) else { continue }
            ending.request()
            queue.fail(departure)
            if departure.isStalled {
                session.cut()
                takeovers.cut()
            }
            do {
                if (try writing.join(upTo: Self.closing)) == nil {
                    return .failure(ProcessStuck(description: "\(departure); and its session could not be ended"))
                }
                return .failure(departure)
            } catch {
                return .failure(error)
            }
        }
    }

    private func departure(awakeFor: Duration) -> Departure? {
        let busyFor = [session.busyFor, takeovers.busyFor].compactMap { $0 }.max()
        if let stall = ConsumerProgress.stall(
            busyFor: busyFor, silentFor: min(locks.silentFor, awakeFor), patience: settings.patience)
        {
            return Departure(description: "\(stall): giving the partitions up", isStalled: true)
        }
        let lost = keeper.lost(for: settings.session)
        guard !lost.isEmpty else { return nil }
        return Departure(
            description: """
                another process took over \(lost.map { "\($0)" }.joined(separator: ", ")), or an operator reset it, and the \
                group still counts this one as the owner: joining anew
                """, isStalled: false)
    }

    /// The writing thread's loop, until the queue is closed and empty.
    private func write(_ queue: BoundedQueue<PreparedBatch>) throws {
        var nextRetry = ContinuousClock.now
        var nextLook = ContinuousClock.now + Self.lookInterval
        var generation = 0
        var moved: [TopicPartition: Int64] = [:]
        var isHeld = false
        do {
            while true {
                if ContinuousClock.now >= nextLook {
                    try follow()
                    nextLook = .now + Self.lookInterval
                }
                if ContinuousClock.now >= nextRetry {
                    let (effective, isThrough) = try setAside.retry(on: session, shutdown: ending)
                    if effective > 0 {
                        logger.info("set-aside messages took effect", metadata: ["count": "\(effective)"])
                    }
                    try loseWhatWentBack(moved, generation)
                    // A mirrored position may have been lost, and with no more messages no other would follow it.
                    consumer.mirror(moved)
                    nextRetry = isThrough ? .now + Self.retryInterval : .now
                }
                let batch = try queue.pop(timeout: min(.seconds(1), max(.zero, nextRetry - .now)))
                // After a batch was taken and before it moves the positions: those of the assignment are older.
                let assignment = keeper.current
                if assignment.generation != generation {
                    generation = assignment.generation
                    moved = assignment.positions.mapValues(\.next)
                    consumer.mirror(moved)
                }
                if let batch {
                    let steps = try writer.write(batch).moved
                    moved.merge(steps) { $1 }
                    consumer.mirror(steps)
                    CrashPoint.pass(.positionsMirrored)
                    if !batch.held.isEmpty {
                        isHeld = true
                        try hold(batch)
                    }
                } else if queue.isFinished {
                    return
                }
                if isHeld {
                    keeper.stepOver(try session.perform(shutdown: ending) { try positions.stepsOver(on: $0) })
                }
            }
        } catch is CancellationError {
            logger.info("stopping with a batch unwritten; it will be read again")
        }
    }

    /// Follows what operators have changed in the database.
    private func follow() throws {
        let (switches, epochs) = try session.perform(shutdown: ending) {
            (try TableMapStore.paused(on: $0), try positions.epochs(on: $0))
        }
        keeper.compare(epochs)
        let maps = switches.map(\.map).filter { $0.consumer == settings.program }
        let topics = Set(settings.configuration.topics(of: maps))
        guard keeper.pause(topics) else { return }
        setAside.paused = topics
        logger.notice(
            maps.isEmpty ? "no map is paused any more" : "maps are paused; their messages stay in the log",
            metadata: ["maps": "\(maps.map(\.rawValue).sorted().joined(separator: ","))"])
    }

    /// A database that was brought back to an earlier moment has older positions than were committed to it: what came since
    /// then has to be read again, also when no message comes any more whose commit would be refused.
    private func loseWhatWentBack(_ moved: [TopicPartition: Int64], _ generation: Int) throws {
        let standing = try session.perform(shutdown: ending) { try positions.standing(on: $0) }
        let assignment = keeper.current
        guard assignment.generation == generation else { return }
        for (partition, next) in moved {
            guard let epoch = assignment.positions[partition]?.epoch else { continue }
            if let row = standing[partition], row.epoch == epoch, row.next >= next { continue }
            logger.warning(
                "a position is not the one that was committed: the database was restored, or another process has the partition",
                metadata: ["partition": "\(partition)", "next": "\(next)"])
            keeper.lose(partition, epoch: epoch)
        }
    }

    private func hold(_ batch: PreparedBatch) throws {
        try session.perform(shutdown: ending) { connection in
            for (partition, hold) in batch.held.sorted(by: { $0.key < $1.key }) {
                try positions.hold(partition, epoch: hold.epoch, at: hold.offset, hold.reason, on: connection)
            }
        }
    }
}

/// The parts of a membership that its threads use, each its own.
private struct UncheckedMembers: @unchecked Sendable {
    // Safe: the reader is the decoding thread's, the writer the writing thread's, the log watch the comparing thread's;
    // all else may be shared.
    let membership: ConsumerMembership
}

/// A thread that does not come back: only a new process helps.
struct ProcessStuck: Error, CustomStringConvertible {
    let description: String
}
