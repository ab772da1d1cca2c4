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
    private let shutdown: GracefulShutdown
    private let logger: Logger
    private var generation = -1
    private var cursors: [TopicPartition: BatchPreparation.Cursor] = [:]
    /// Topics whose map is paused, as far as this thread has followed.
    private var paused: Set<String> = []

    init(
        consumer: BatchConsumer, keeper: PositionKeeper, preparation: BatchPreparation, shutdown: GracefulShutdown,
        logger: Logger
    ) {
        self.consumer = consumer
        self.keeper = keeper
        self.preparation = preparation
        self.shutdown = shutdown
        self.logger = logger
    }

    /// Reads until a shutdown is asked for, or the writer has failed.
    ///
    /// - throws: `KafkaError` that is fatal; ``PositionMismatch``; `QueueClosed` when the writer has ended.
    func read(into queue: BoundedQueue<PreparedBatch>) throws {
        while !shutdown.isRequested, !queue.isFinished {
            let before = keeper.current.generation
            let messages: MessageBatch?
            do {
                messages = try consumer.next(timeout: .milliseconds(200))
            } catch let error as KafkaError where error.code == .assignmentFailed && shutdown.isRequested {
                return
            } catch let error as KafkaError where Self.passes(error) {
                logger.warning("\(error); reading goes on")
                continue
            } catch let error as KafkaError where error.code == .offsetOutOfRange {
                throw mismatch(error)
            }
            followMaps()
            stepOver()
            guard let messages else { continue }
            let assignment = keeper.current
            if assignment.generation != generation { begin(assignment) }
            guard before == assignment.generation else {
                rewind(messages)
                continue
            }
            let batch = try preparation.prepare(messages, 0..<messages.count, cursors: &cursors)
            for (partition, hold) in batch.held {
                consumer.pause([partition])
                logger.error(
                    "partition held: \(hold.reason), or ledgerbus positions skip makes a dead letter of it",
                    metadata: [
                        "topic": "\(partition.topic)", "partition": "\(partition.partition)",
                        "offset": "\(hold.offset)",
                    ])
            }
            if !batch.moves.isEmpty || !batch.held.isEmpty { try queue.push(batch) }
        }
    }

    /// Whether the Kafka client cures an error by itself.
    private static func passes(_ error: KafkaError) -> Bool {
        error.disposition == .retry && error.code != .assignmentFailed
    }

    /// Reads held partitions again whose message an operator wants to become a dead letter.
    private func stepOver() {
        for (partition, offset) in keeper.stepsOver {
            guard let cursor = cursors[partition], cursor.isHeld, !cursor.isPaused, cursor.stepsOver != offset else {
                continue
            }
            cursors[partition]?.isHeld = false
            cursors[partition]?.stepsOver = offset
            goOn(partition)
        }
    }

    /// Stops reading what is paused, and reads again what is resumed, from where it was.
    private func followMaps() {
        let now = keeper.pausedTopics
        guard now != paused else { return }
        let before = paused
        paused = now
        for partition in cursors.keys {
            if now.contains(partition.topic) {
                pause(partition)
            } else if before.contains(partition.topic) {
                cursors[partition]?.isPaused = false
                if cursors[partition]?.isHeld == false { goOn(partition) }
            }
        }
    }

    /// What of the partition is on its way already takes no effect either.
    private func pause(_ partition: TopicPartition) {
        cursors[partition]?.isPaused = true
        consumer.pause([partition])
    }

    private func goOn(_ partition: TopicPartition) {
        guard let cursor = cursors[partition] else { return }
        // In this order: resumed, a partition goes on where it was, on librdkafka before 2.4.
        consumer.resume([partition])
        consumer.seek(partition, to: cursor.start)
    }

    private func begin(_ assignment: PositionKeeper.Assignment) {
        generation = assignment.generation
        cursors = assignment.positions.mapValues {
            BatchPreparation.Cursor(
                epoch: $0.epoch, next: $0.next, unverified: $0.fingerprint, stepsOver: $0.stepsOver,
                settled: $0.settled)
        }
        for partition in cursors.keys where paused.contains(partition.topic) { pause(partition) }
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
            consumer.seek(partition, to: cursor.start)
        }
    }

    /// What was to be read next has gone since the partition was assigned,
    /// when its position was seen to fit the topic.
    private func mismatch(_ error: KafkaError) -> any Error {
        guard let topic = error.topic, let number = error.partition else { return error }
        return PositionMismatch(
            consumer: preparation.consumer, partition: TopicPartition(topic: topic, partition: number),
            problem: error.message)
    }
}
