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

    /// How many messages of a batch are named one by one in the log.
    private static let mostNamed = 10

    /// Says which messages do not take effect, and why; of very many the first, and how many of each kind.
    func logExceptions(_ logger: Logger) {
        for exception in exceptions.prefix(Self.mostNamed) {
            let message = messages[exception.index]
            let reason = exception.setAside.reason
            var metadata: Logger.Metadata = [
                "topic": "\(messages.topic(exception.index))", "partition": "\(message.partition)",
                "offset": "\(message.offset)", "code": "\(reason.code)", "reason": "\(reason.sentence.prefix(300))",
            ]
            if let trace = messages.withHeaders(exception.index, { $0["traceparent"].flatMap(TraceParent.trace) }) {
                metadata["trace"] = "\(trace)"
            }
            logger.warning(
                exception.setAside.waits ? "a message waits" : "a message became a dead letter", metadata: metadata)
        }
        guard exceptions.count > Self.mostNamed else { return }
        var counts: [String: Int] = ["count": exceptions.count]
        for exception in exceptions { counts[exception.setAside.reason.code.rawValue, default: 0] += 1 }
        logger.warning("messages set aside, of which the first were named", metadata: counts.mapValues { "\($0)" })
    }

    /// The next offsets after this batch, partition by partition.
    var nextOffsets: [TopicPartition: Int64] {
        Dictionary(uniqueKeysWithValues: moves.map { ($0.partition, $0.to) })
    }
}
