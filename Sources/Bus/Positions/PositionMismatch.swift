import Kafka

/// A position that does not fit the topic: the cluster or the topic is
/// another one than the position was written for.
public struct PositionMismatch: Error, CustomStringConvertible {
    let consumer: Program
    let partition: TopicPartition
    let problem: String

    public var description: String {
        """
        the position of \(consumer.rawValue) on \(partition.topic)/\(partition.partition) does not fit the topic: \
        \(problem); nothing was consumed. If the topic or the cluster was made anew: ledgerbus positions reset \
        --consumer \(consumer.rawValue) --topic \(partition.topic), then ledgerbus outbox resend on the publishing side
        """
    }
}
