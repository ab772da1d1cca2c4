import Contracts
import Database
import Kafka
import Service

/// Writes prepared batches.
protocol BatchWriting: AnyObject {
    /// Writes a batch, and tells what has become of it.
    func write(_ batch: PreparedBatch) throws -> BatchOutcome
}

/// Writes prepared batches: rows, positions and dead letters in one
/// transaction, as often as it takes.
///
/// Used by one thread.
final class BatchWriter: BatchWriting {
    private let preparation: BatchPreparation
    private let positions: ConsumerPositionStore
    private let keeper: PositionKeeper
    private let setAside: SetAsideMessages
    private let database: DatabaseSession
    private let shutdown: GracefulShutdown
    private let logger: Logger
    /// Partitions that another process has taken over, by the epoch that was refused.
    private(set) var lost: [TopicPartition: Int64] = [:]

    init(
        preparation: BatchPreparation, positions: ConsumerPositionStore, keeper: PositionKeeper,
        setAside: SetAsideMessages, database: DatabaseSession, shutdown: GracefulShutdown, logger: Logger
    ) {
        self.preparation = preparation
        self.positions = positions
        self.keeper = keeper
        self.setAside = setAside
        self.database = database
        self.shutdown = shutdown
        self.logger = logger
    }

    /// Writes a batch, and tells how far each partition has come.
    ///
    /// What is refused is left out, and what the database refuses is looked for by halves; the parts of a batch commit one
    /// after the other, in the order of its messages.
    ///
    /// - throws: `CancellationError` when a shutdown is asked for while the
    ///   database is away; every error that wants a person.
    func write(_ batch: PreparedBatch) throws -> BatchOutcome {
        var parts = [Part(range: batch.range, known: [:], prepared: batch)]
        for exception in batch.exceptions { parts[0].known[exception.index] = exception.setAside }
        var cursors: [TopicPartition: BatchPreparation.Cursor] = [:]
        for move in batch.moves {
            cursors[move.partition] = BatchPreparation.Cursor(
                epoch: move.epoch, next: move.from, settled: keeper.current.positions[move.partition]?.settled ?? [:])
        }
        var outcome = BatchOutcome()
        while var part = parts.popLast() {
            cursors = cursors.filter { lost[$0.key] != $0.value.epoch }
            let attempt = try prepare(&part, of: batch, cursors)
            guard !attempt.moves.isEmpty else { continue }
            do {
                try commit(attempt)
                outcome.add(attempt)
                for (partition, next) in attempt.nextOffsets {
                    cursors[partition]?.next = next
                }
            } catch let refusal as PartitionRefusal {
                logger.warning(
                    "partitions taken over by another process",
                    metadata: ["partitions": "\(refusal.moves.map { "\($0.partition)" }.joined(separator: ","))"])
                for move in refusal.moves {
                    lost[move.partition] = move.epoch
                    keeper.lose(move.partition, epoch: move.epoch)
                    outcome.lost.insert(move.partition)
                }
                parts.append(part)
            } catch let refusal as MessageRefusal {
                part.known.merge(try deadLetters(refusal, in: attempt)) { $1 }
                part.refusals += 1
                // One that names its messages one by one would have the whole written again for each.
                parts += part.refusals > Self.mostRefusals ? part.halves : [part]
            } catch let error as DatabaseError {
                guard let reason = error.refusedValue else { throw error }
                guard part.range.count > 1 else {
                    let index = part.range.lowerBound
                    // It is set aside already, and even that is refused.
                    guard part.known[index] == nil else { throw error }
                    // Another transaction may have written the same at the same moment, and is through by now.
                    if error.isUniqueViolation, !part.isTriedAgain {
                        part.isTriedAgain = true
                        parts.append(part)
                        continue
                    }
                    part.known[index] = .deadLetter(reason)
                    parts.append(part)
                    continue
                }
                parts += part.halves
            }
        }
        return outcome
    }

    /// How often a part is written again without what was refused, before it is halved.
    private static let mostRefusals = 3

    /// Messages of a batch that are written in one transaction.
    private struct Part {
        let range: Range<Int>
        /// What is known of messages that cannot take effect, by index.
        var known: [Int: SetAside]
        /// How often messages of it were refused.
        var refusals = 0
        /// Whether it is of one message that was in another transaction's way, and has its second attempt.
        var isTriedAgain = false
        /// What it was made from at first, as long as nothing was refused.
        var prepared: PreparedBatch?

        /// The two halves, of which the first comes last: parts are taken from the end.
        var halves: [Part] {
            guard range.count > 1 else { return [self] }
            let middle = range.lowerBound + range.count / 2
            return [middle..<range.upperBound, range.lowerBound..<middle].map { half in
                Part(range: half, known: known.filter { half.contains($0.key) })
            }
        }
    }

    private func prepare(
        _ part: inout Part, of batch: PreparedBatch, _ cursors: [TopicPartition: BatchPreparation.Cursor]
    ) throws -> PreparedBatch {
        if let prepared = part.prepared, prepared.moves.allSatisfy({ cursors[$0.partition] != nil }) {
            part.prepared = nil
            return prepared
        }
        part.prepared = nil
        var cursors = cursors
        return try preparation.prepare(batch.messages, part.range, cursors: &cursors, known: part.known)
    }

    /// Rows, positions and what is set aside, in one transaction.
    private func commit(_ batch: PreparedBatch) throws {
        try database.perform(shutdown: shutdown) { connection in
            guard try fence(batch, on: connection) else { return }
            CrashPoint.pass(.positionsMoved)
            for collector in batch.collectors { try collector.write(to: connection) }
            for exception in batch.exceptions {
                try setAside.keep(exception.setAside, exception.index, of: batch.messages, on: connection)
            }
            CrashPoint.pass(.rowsWritten)
        }
        CrashPoint.pass(.batchCommitted)
        for move in batch.moves {
            keeper.consumed(
                LogMark(offset: move.to - 1, fingerprint: fingerprint(move, of: batch)), of: move.partition)
        }
        for collector in batch.collectors { collector.committed() }
        batch.logExceptions(logger)
    }

    private func fingerprint(_ move: PositionMove, of batch: PreparedBatch) -> [UInt8] {
        preparation.hash.fingerprint(batch.messages[move.last])
    }

    /// Moves all positions, or tells which are no longer this process's.
    ///
    /// - returns: false when the batch had committed before, and only the answer was lost.
    private func fence(_ batch: PreparedBatch, on connection: Connection) throws -> Bool {
        var refused: [PositionMove] = []
        for move in batch.moves {
            let isMoved = try positions.move(
                move, fingerprint: fingerprint(move, of: batch), anchor: keeper.anchor(move.partition), on: connection)
            if !isMoved { refused.append(move) }
        }
        if refused.isEmpty { return true }
        if refused.count == batch.moves.count, try refused.allSatisfy({ try positions.hasMoved($0, on: connection) }) {
            return false
        }
        throw PartitionRefusal(moves: refused)
    }

    /// The messages of a batch that a collector refused.
    ///
    /// - throws: the refusal itself when it names no message of the batch.
    private func deadLetters(_ refusal: MessageRefusal, in batch: PreparedBatch) throws -> [Int: SetAside] {
        var refused: [Int: SetAside] = [:]
        for index in batch.range {
            let message = batch.messages[index]
            guard let reason = refusal.reasons[.init(partition: message.partition, offset: message.offset)],
                preparation.handlers[batch.messages.topic(index)]?.topic == refusal.topic
            else { continue }
            refused[index] = .deadLetter(Reason(refusal.code, reason))
        }
        guard !refused.isEmpty else { throw refusal }
        return refused
    }
}

/// Positions that another process moves now.
private struct PartitionRefusal: Error {
    let moves: [PositionMove]
}
