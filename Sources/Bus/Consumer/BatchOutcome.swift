import Kafka

/// What has become of a batch.
struct BatchOutcome {
    /// Why messages took no effect.
    struct Cause: Hashable {
        /// The topic's name on the cluster.
        let topic: String
        let waits: Bool
        let code: FailureCode
    }

    /// How far each partition has come.
    private(set) var moved: [TopicPartition: Int64] = [:]
    /// How many messages took no effect, by why.
    private(set) var setAside: [Cause: Int] = [:]
    /// Partitions that another process has taken over.
    var lost: Set<TopicPartition> = []

    /// A part of the batch has committed.
    mutating func add(_ part: PreparedBatch) {
        moved.merge(part.nextOffsets) { $1 }
        for exception in part.exceptions {
            let cause = Cause(
                topic: part.messages.topic(exception.index), waits: exception.setAside.waits,
                code: exception.setAside.reason.code)
            setAside[cause, default: 0] += 1
        }
    }
}
