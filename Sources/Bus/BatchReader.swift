import Database
import Kafka
import Service

/// Takes batches from Kafka and prepares them for the writer.
///
/// Used by one thread.
final class BatchReader: @unchecked Sendable {
    // Safe to hand over: used by the decoding thread alone.
    private let consumer: BatchConsumer
    private let keeper: PositionKeeper
    private let preparation: BatchPreparation
    private let kafka: KafkaConfiguration
    private let shutdown: GracefulShutdown
    private let logger: Logger
    private var generation = -1
    private var cursors: [TopicPartition: BatchPreparation.Cursor] = [:]

    init(
        consumer: BatchConsumer, keeper: PositionKeeper, preparation: BatchPreparation, kafka: KafkaConfiguration,
        shutdown: GracefulShutdown, logger: Logger
    ) {
        self.consumer = consumer
        self.keeper = keeper
        self.preparation = preparation
        self.kafka = kafka
        self.shutdown = shutdown
        self.logger = logger
    }

    /// Reads until a shutdown is asked for.
    ///
    /// - throws: `KafkaError` that is fatal; ``PositionMismatch``; `QueueClosed` when the writer has ended.
    func read(into queue: BoundedQueue<PreparedBatch>) throws {
        while !shutdown.isRequested {
            let before = keeper.current.generation
            let messages: MessageBatch?
            do {
                messages = try consumer.next(timeout: .milliseconds(200))
            } catch let error as KafkaError where !error.isFatal && error.partition != nil {
                try recover(error)
                continue
            }
            guard let messages else { continue }
            let assignment = keeper.current
            if assignment.generation != generation { begin(assignment) }
            guard before == assignment.generation else {
                rewind(messages)
                continue
            }
            let batch = try preparation.prepare(messages, 0..<messages.count, cursors: &cursors)
            for (partition, problem) in batch.held {
                consumer.pause([partition])
                logger.error("partition held: \(problem)", metadata: ["partition": "\(partition)"])
            }
            if !batch.moves.isEmpty { try queue.push(batch) }
        }
    }

    private func begin(_ assignment: PositionKeeper.Assignment) {
        generation = assignment.generation
        cursors = assignment.positions.mapValues {
            BatchPreparation.Cursor(epoch: $0.epoch, next: $0.next, unverified: $0.fingerprint)
        }
    }

    /// A batch that came while partitions changed hands may be of either
    /// assignment: its partitions are read again from where they are.
    private func rewind(_ messages: MessageBatch) {
        let partitions = Set(
            (0..<messages.count).map {
                TopicPartition(topic: messages.topic($0), partition: messages[$0].partition)
            })
        for partition in partitions {
            guard let cursor = cursors[partition] else { continue }
            consumer.seek(partition, offset: max(0, cursor.unverified == nil ? cursor.next : cursor.next - 1))
        }
    }

    /// A partition cannot be read from where its position is. Retention may
    /// have taken the message before the position, or the one that the seek
    /// named; every other reason is a mismatch.
    private func recover(_ error: KafkaError) throws {
        guard error.code == .offsetOutOfRange, let topic = error.topic, let number = error.partition else {
            throw error
        }
        let partition = TopicPartition(topic: topic, partition: number)
        guard
            let cursor = cursors[partition]
                ?? keeper.current.positions[partition].map({
                    BatchPreparation.Cursor(epoch: $0.epoch, next: $0.next)
                })
        else { return }
        let admin = try Admin(kafka, clientID: preparation.consumer)
        guard let marks = try admin.watermarks([partition])[partition] else { throw error }
        if cursor.next == 0 || (marks.low...marks.high).contains(cursor.next) {
            cursors[partition]?.unverified = nil
            consumer.seek(partition, offset: max(cursor.next, marks.low))
            logger.notice("the message before the position is no longer kept", metadata: ["partition": "\(partition)"])
            return
        }
        throw PositionMismatch(
            consumer: preparation.consumer, partition: partition,
            problem: "the next offset is \(cursor.next), and the topic has \(marks.low) to \(marks.high)")
    }
}
