import Contracts
import Database
import Kafka
import Service

/// A batch of messages, decoded and encoded for the database.
///
/// Made on the decoding thread and written on the writing thread.
final class PreparedBatch: @unchecked Sendable {
    // Safe to share: handed from one thread to the other, and never used by both.

    /// A message that does not take effect, and why.
    struct Exception {
        let index: Int
        let setAside: SetAside
    }

    /// A message at which a partition stands still.
    struct Hold {
        let epoch: Int64
        let offset: Int64
        let reason: String
    }

    let messages: MessageBatch
    /// The messages of ``messages`` that this batch is about.
    let range: Range<Int>
    /// The partitions' steps, in the order in which they are locked.
    var moves: [PositionMove] = []
    var collectors: [any MessageCollector] = []
    var exceptions: [Exception] = []
    /// Partitions that stand still at a message of a newer schema.
    var held: [TopicPartition: Hold] = [:]

    init(messages: MessageBatch, range: Range<Int>) {
        self.messages = messages
        self.range = range
    }

    /// How many messages do not take effect, by the kind of their failure.
    var exceptionCounts: Logger.Metadata {
        var counts: [String: Int] = ["count": exceptions.count]
        for exception in exceptions { counts[exception.setAside.reason.code.rawValue, default: 0] += 1 }
        return counts.mapValues { "\($0)" }
    }

    /// The next offsets after this batch, partition by partition.
    var nextOffsets: [TopicPartition: Int64] {
        Dictionary(uniqueKeysWithValues: moves.map { ($0.partition, $0.to) })
    }
}
