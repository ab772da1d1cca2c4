import Contracts
import Database
import Kafka
import Service
import Synchronization

/// The positions of the partitions that this process owns, from one
/// assignment to the next.
///
/// Partitions are assigned and revoked on the Kafka client's own thread. Each
/// change raises ``Assignment/generation``, by which a batch that was in
/// flight over a rebalance is told from one that came after it.
final class PositionKeeper: AssignmentHandler {
    struct Assignment: Sendable {
        var generation = 0
        var positions: [TopicPartition: ConsumerPosition] = [:]
    }

    private struct State: Sendable {
        var assignment = Assignment()
        /// Partitions whose positions another process has taken over, while the group counts this one as the owner.
        var lost: [TopicPartition: (epoch: Int64, since: ContinuousClock.Instant)] = [:]
        var marks: [TopicPartition: LogMarks] = [:]
        var stepsOver: [TopicPartition: Int64] = [:]
        var pausedTopics: Set<String> = []
    }

    private let table: ConsumerPositionStore
    private let kafka: KafkaConfiguration
    private let lookup: MessageLookup
    private let topicPrefix: String
    private let database: DatabaseSession
    private let ending: GracefulShutdown
    private let logger: Logger
    private let state = Mutex(State())

    /// - parameter ending: asks to give up waiting.
    init(
        table: ConsumerPositionStore, kafka: KafkaConfiguration, topicPrefix: String = "", database: DatabaseSession,
        ending: GracefulShutdown, logger: Logger
    ) throws {
        self.table = table
        self.topicPrefix = topicPrefix
        self.kafka = kafka
        self.database = database
        self.ending = ending
        self.logger = logger
        lookup = try MessageLookup(kafka, clientID: table.consumer.rawValue)
    }

    var current: Assignment { state.withLock { $0.assignment } }

    // MARK: What is known of the partitions' logs

    /// A message has taken effect.
    func consumed(_ mark: LogMark, of partition: TopicPartition) {
        state.withLock { $0.marks[partition]?.append(mark) }
    }

    /// By which message a partition's log was known again last.
    func anchor(_ partition: TopicPartition) -> LogMark? { state.withLock { $0.marks[partition]?.anchor } }

    /// The messages by which the logs can be known again.
    var marks: [TopicPartition: LogMarks] { state.withLock { $0.marks } }

    /// The message was seen in the log after those before `last` had been consumed: they are of the same log.
    func knownAgain(_ partition: TopicPartition, upTo last: LogMark) {
        state.withLock { $0.marks[partition]?.moveAnchor(to: last) }
    }

    // MARK: Partitions that another process has taken over

    /// A commit was refused since the position is another process's.
    func lose(_ partition: TopicPartition, epoch: Int64) {
        state.withLock { state in
            guard state.assignment.positions[partition]?.epoch == epoch, state.lost[partition] == nil else { return }
            state.lost[partition] = (epoch, .now)
        }
    }

    /// Positions that were taken over or reset since, also while nothing was committed.
    ///
    /// - parameter epochs: of all positions, as they are in the database.
    func compare(_ epochs: [TopicPartition: Int64]) {
        for (partition, position) in current.positions where epochs[partition] ?? 0 > position.epoch {
            lose(partition, epoch: position.epoch)
        }
    }

    /// Partitions that were lost so long ago that the group would have told by now, if they were another member's.
    func lost(for time: Duration) -> [TopicPartition] {
        state.withLock { state in state.lost.filter { .now - $0.value.since >= time }.keys.sorted() }
    }

    // MARK: Held messages

    /// An operator wants held messages to become dead letters.
    func stepOver(_ offsets: [TopicPartition: Int64]) { state.withLock { $0.stepsOver = offsets } }

    /// The held messages that are to become dead letters.
    var stepsOver: [TopicPartition: Int64] { state.withLock { $0.stepsOver } }

    // MARK: Paused maps

    /// Topics of which nothing takes effect until their map is resumed.
    var pausedTopics: Set<String> { state.withLock { $0.pausedTopics } }

    /// - returns: whether they are others than before.
    func pause(_ topics: Set<String>) -> Bool {
        state.withLock { state in
            defer { state.pausedTopics = topics }
            return state.pausedTopics != topics
        }
    }

    // MARK: Assignment

    /// Takes the positions over, and starts one message before each, so that
    /// it can be seen to be the one that the position was written for.
    func assigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: StartOffset] {
        CrashPoint.pass(.partitionsAssigned)
        var taken: [TopicPartition: ConsumerPosition] = [:]
        // Each in a transaction of its own: one that another session holds keeps none of the others.
        for partition in partitions.sorted() {
            taken[partition] = try database.perform(shutdown: ending) { connection in
                try connection.waitForLocks(upTo: Self.lockPatience)
                return try takeOver(partition, on: connection)
            }
        }
        CrashPoint.pass(.positionsTaken)
        let marks = try watermarks(partitions)
        try checkAnchors(taken, marks)
        var starts: [TopicPartition: StartOffset] = [:]
        for (partition, position) in taken {
            let start = try start(partition, position, marks[partition])
            starts[partition] = start
            if start == .offset(position.next) { taken[partition]?.fingerprint = nil }
        }
        state.withLock { [taken] state in
            state.assignment.generation += 1
            state.assignment.positions = taken
            state.lost = [:]
            state.marks = taken.mapValues { LogMarks(anchor: $0.anchor ?? $0.last, last: $0.last) }
        }
        logger.info("partitions assigned", metadata: ["partitions": "\(partitions.count)"])
        return starts
    }

    /// How long a takeover waits for the last owner's transaction before it says so and tries again.
    private static let lockPatience = Duration.seconds(5)

    /// A position may fit its log by its last message alone, when that was consumed from a log made anew.
    private func checkAnchors(
        _ positions: [TopicPartition: ConsumerPosition], _ marks: [TopicPartition: Watermarks]
    ) throws {
        var anchors: [TopicPartition: LogMark] = [:]
        for (partition, position) in positions {
            guard let anchor = position.anchor, anchor.offset >= marks[partition]?.low ?? 0 else { continue }
            anchors[partition] = anchor
        }
        try RetryPolicy(maximum: .seconds(5)).run(until: ending, logger: logger) { _ = try knowAgain(anchors) }
    }

    /// Looks messages up in their logs.
    ///
    /// - returns: those that are there; retention may have taken others.
    /// - throws: ``PositionMismatch`` when there is another message in the place of one; `KafkaError`.
    @discardableResult
    func knowAgain(_ marks: [TopicPartition: LogMark]) throws -> [TopicPartition: LogMark] {
        guard !marks.isEmpty else { return [:] }
        let hash = try SHA256()
        let found = try lookup.messages(at: marks.mapValues(\.offset)) { hash.fingerprint($0) }
        for (partition, fingerprint) in found where fingerprint != marks[partition]?.fingerprint {
            throw PositionMismatch(
                consumer: table.consumer, partition: partition,
                problem: "the message at offset \(marks[partition]?.offset ?? 0) is another one than was consumed there"
            )
        }
        return marks.filter { found[$0.key] != nil }
    }

    /// Asks until there is an answer: brokers may be away, and their partitions without a leader.
    private func watermarks(_ partitions: [TopicPartition]) throws -> [TopicPartition: Watermarks] {
        try RetryPolicy(maximum: .seconds(5)).run(until: ending, logger: logger) {
            try Admin(kafka, clientID: table.consumer.rawValue, timeout: Admin.serviceTimeout).watermarks(partitions)
        }
    }

    /// Where to start reading. Retention may have taken the message before
    /// the position, but neither the next one nor the end.
    private func start(
        _ partition: TopicPartition, _ position: ConsumerPosition, _ marks: Watermarks?
    ) throws -> StartOffset {
        guard position.next > 0 else { return .beginning }
        guard let marks, (marks.low...marks.high).contains(position.next) else {
            throw PositionMismatch(
                consumer: table.consumer, partition: partition,
                problem:
                    "the next offset is \(position.next), and the topic has \(marks?.low ?? 0) to \(marks?.high ?? 0)")
        }
        guard position.next == marks.low else { return .offset(position.next - 1) }
        logger.notice("the message before the position is no longer kept", metadata: ["partition": "\(partition)"])
        return .offset(position.next)
    }

    func revoked(_ partitions: [TopicPartition], lost: Bool) {
        state.withLock { state in
            state.assignment.generation += 1
            for partition in partitions {
                state.assignment.positions[partition] = nil
                state.lost[partition] = nil
                state.marks[partition] = nil
            }
        }
        logger.info("partitions revoked", metadata: ["partitions": "\(partitions.count)", "lost": "\(lost)"])
    }

    /// What comes again, as after a reset, is not to take effect when an operator has settled it.
    private func withSettled(
        _ position: ConsumerPosition, of partition: TopicPartition, on connection: Connection
    ) throws -> ConsumerPosition {
        var position = position
        position.settled = try DeadLetterStore.settledByOperators(
            clusterID: table.clusterID, topic: String(partition.topic.dropFirst(topicPrefix.count)),
            partition: partition.partition, from: position.next, of: table.consumer, on: connection)
        return position
    }

    private func takeOver(_ partition: TopicPartition, on connection: Connection) throws -> ConsumerPosition {
        let position = try table.takeOver(partition, on: connection)
        guard position.clusterID != table.clusterID else {
            return try withSettled(position, of: partition, on: connection)
        }
        if position.next > 0, !KafkaConfiguration.isEmbedded(clusterID: table.clusterID) {
            throw PositionMismatch(
                consumer: table.consumer, partition: partition,
                problem: "it was written for the cluster \(position.clusterID), and this is \(table.clusterID)")
        }
        if position.next > 0 {
            logger.notice(
                "the embedded broker is a new one: starting from the beginning",
                metadata: ["topic": "\(partition.topic)", "partition": "\(partition.partition)"])
        }
        try table.restart(partition, epoch: position.epoch, on: connection)
        return ConsumerPosition(epoch: position.epoch, next: 0, fingerprint: nil, clusterID: table.clusterID)
    }
}
