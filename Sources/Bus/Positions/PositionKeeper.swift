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

    private let table: ConsumerPositionStore
    private let kafka: KafkaConfiguration
    private let database: DatabaseSession
    private let shutdown: GracefulShutdown
    private let logger: Logger
    private let assignment = Mutex(Assignment())

    init(
        table: ConsumerPositionStore, kafka: KafkaConfiguration, database: DatabaseSession, shutdown: GracefulShutdown,
        logger: Logger
    ) {
        self.table = table
        self.kafka = kafka
        self.database = database
        self.shutdown = shutdown
        self.logger = logger
    }

    var current: Assignment { assignment.withLock { $0 } }

    /// Takes the positions over, and starts one message before each, so that
    /// it can be seen to be the one that the position was written for.
    func assigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: StartOffset] {
        var taken = try database.perform(shutdown: shutdown) { connection in
            var positions: [TopicPartition: ConsumerPosition] = [:]
            for partition in partitions.sorted() {
                positions[partition] = try takeOver(partition, on: connection)
            }
            return positions
        }
        let marks = try watermarks(partitions)
        var starts: [TopicPartition: StartOffset] = [:]
        for (partition, position) in taken {
            let start = try start(partition, position, marks[partition])
            starts[partition] = start
            if start == .offset(position.next) { taken[partition]?.fingerprint = nil }
        }
        assignment.withLock { [taken] in
            $0.generation += 1
            $0.positions = taken
        }
        logger.info("partitions assigned", metadata: ["partitions": "\(partitions.count)"])
        return starts
    }

    /// Asks until there is an answer: brokers may be away, and their partitions without a leader.
    private func watermarks(_ partitions: [TopicPartition]) throws -> [TopicPartition: Watermarks] {
        try RetryPolicy(maximum: .seconds(5)).run(until: shutdown, logger: logger) {
            try Admin(kafka, clientID: table.consumer.rawValue).watermarks(partitions)
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
        assignment.withLock {
            $0.generation += 1
            $0.positions = $0.positions.filter { !partitions.contains($0.key) }
        }
        logger.info("partitions revoked", metadata: ["partitions": "\(partitions.count)", "lost": "\(lost)"])
    }

    private func takeOver(_ partition: TopicPartition, on connection: Connection) throws -> ConsumerPosition {
        let position = try table.takeOver(partition, on: connection)
        guard position.clusterID != table.clusterID else { return position }
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
