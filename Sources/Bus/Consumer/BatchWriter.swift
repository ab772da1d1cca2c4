import Contracts
import Database
import Kafka
import Service

/// Writes prepared batches: rows, positions and dead letters in one
/// transaction, as often as it takes.
///
/// Used by one thread.
final class BatchWriter {
    private let preparation: BatchPreparation
    private let positions: ConsumerPositionStore
    private let setAside: SetAsideMessages
    private let database: DatabaseSession
    private let shutdown: GracefulShutdown
    private let logger: Logger
    /// Partitions that another process has taken over, by the epoch that was refused.
    private(set) var lost: [TopicPartition: Int64] = [:]

    init(
        preparation: BatchPreparation, positions: ConsumerPositionStore, setAside: SetAsideMessages,
        database: DatabaseSession, shutdown: GracefulShutdown, logger: Logger
    ) {
        self.preparation = preparation
        self.positions = positions
        self.setAside = setAside
        self.database = database
        self.shutdown = shutdown
        self.logger = logger
    }

    /// Writes a batch, and returns how far each partition has come.
    ///
    /// - throws: `CancellationError` when a shutdown is asked for while the
    ///   database is away; every error that wants a person.
    func write(_ batch: PreparedBatch) throws -> [TopicPartition: Int64] {
        let owned = batch.moves.filter { lost[$0.partition] != $0.epoch }
        if owned.count < batch.moves.count { return try rewrite(batch, batch.range, moves: owned) }
        guard !owned.isEmpty else { return [:] }
        do {
            try database.perform(shutdown: shutdown) { connection in
                guard try fence(batch, on: connection) else { return }
                for collector in batch.collectors { try collector.write(to: connection) }
                for exception in batch.exceptions {
                    try setAside.keep(exception.setAside, exception.index, of: batch.messages, on: connection)
                }
            }
            if !batch.exceptions.isEmpty {
                logger.warning("messages set aside", metadata: batch.exceptionCounts)
            }
            return batch.nextOffsets
        } catch let refusal as PartitionRefusal {
            logger.warning(
                "partitions taken over by another process", metadata: ["partitions": "\(refusal.moves.count)"])
            for move in refusal.moves { lost[move.partition] = move.epoch }
            return try write(batch)
        } catch let refusal as MessageRefusal {
            return try rewrite(batch, batch.range, moves: batch.moves, deadLetters: try deadLetters(refusal, in: batch))
        } catch let error as DatabaseError {
            guard let reason = error.refusedValue else { throw error }
            return try isolate(batch, error, reason)
        }
    }

    /// Moves all positions, or tells which are no longer this process's.
    ///
    /// - returns: false when the batch had committed before, and only the answer was lost.
    private func fence(_ batch: PreparedBatch, on connection: Connection) throws -> Bool {
        var refused: [PositionMove] = []
        for move in batch.moves {
            let fingerprint = preparation.fingerprint(batch.messages[move.last])
            if try !positions.move(move, fingerprint: fingerprint, on: connection) { refused.append(move) }
        }
        if refused.isEmpty { return true }
        if refused.count == batch.moves.count, try refused.allSatisfy({ try positions.hasMoved($0, on: connection) }) {
            return false
        }
        throw PartitionRefusal(moves: refused)
    }

    /// Prepares and writes a part of a batch, or a batch without some of its partitions.
    private func rewrite(
        _ batch: PreparedBatch, _ range: Range<Int>, moves: [PositionMove], deadLetters: [Int: SetAside] = [:]
    ) throws -> [TopicPartition: Int64] {
        var cursors: [TopicPartition: BatchPreparation.Cursor] = [:]
        for move in moves { cursors[move.partition] = BatchPreparation.Cursor(epoch: move.epoch, next: move.from) }
        var known = deadLetters
        for exception in batch.exceptions { known[exception.index] = exception.setAside }
        let part = try preparation.prepare(batch.messages, range, cursors: &cursors, known: known)
        return try write(part)
    }

    /// Finds the message that the database refuses, by halves: its
    /// neighbours are written, and it becomes a dead letter.
    private func isolate(_ batch: PreparedBatch, _ error: DatabaseError, _ reason: Reason) throws -> [TopicPartition:
        Int64]
    {
        guard batch.range.count > 1 else {
            // It is set aside already, and even that is refused.
            guard batch.exceptions.isEmpty else { throw error }
            logger.warning("the database refused a message: \(error)")
            return try rewrite(
                batch, batch.range, moves: batch.moves, deadLetters: [batch.range.lowerBound: .deadLetter(reason)])
        }
        let middle = batch.range.lowerBound + batch.range.count / 2
        let first = try rewrite(batch, batch.range.lowerBound..<middle, moves: batch.moves)
        let rest = batch.moves.map { move in
            PositionMove(
                partition: move.partition, epoch: move.epoch, from: first[move.partition] ?? move.from, to: move.to,
                last: move.last)
        }
        return first.merging(try rewrite(batch, middle..<batch.range.upperBound, moves: rest)) { $1 }
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
