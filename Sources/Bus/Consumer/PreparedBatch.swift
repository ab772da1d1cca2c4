import Contracts
import Database
import Kafka

/// A batch of messages, decoded and encoded for the database.
///
/// Made on the decoding thread and written on the writing thread.
final class PreparedBatch: @unchecked Sendable {
    // Safe to share: handed from one thread to the other, and never used by both.

    /// A message that does not take effect, and why.
    struct Exception {
        let index: Int
        let disposition: Disposition
    }

    let messages: MessageBatch
    /// The messages of ``messages`` that this batch is about.
    let range: Range<Int>
    /// The partitions' steps, in the order in which they are locked.
    var moves: [PositionMove] = []
    var collectors: [any MessageCollector] = []
    var exceptions: [Exception] = []
    /// Partitions that stand still at a message of a newer schema.
    var held: [TopicPartition: String] = [:]

    init(messages: MessageBatch, range: Range<Int>) {
        self.messages = messages
        self.range = range
    }

    /// The next offsets after this batch, partition by partition.
    var nextOffsets: [TopicPartition: Int64] {
        Dictionary(uniqueKeysWithValues: moves.map { ($0.partition, $0.to) })
    }
}
