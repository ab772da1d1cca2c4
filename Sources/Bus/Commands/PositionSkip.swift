import Contracts
public import Database
import Kafka

/// Steps over a message at which a partition stands still.
public enum PositionSkip {
    /// Has the consumer make a dead letter of the message, and go on. It does so within seconds when it runs, else when it
    /// starts; the dead letter can be retried when a program runs that understands it.
    ///
    /// - parameter topic: with the environment's prefix.
    /// - returns: false when the partition does not stand still at that offset.
    /// - throws: `DatabaseError`.
    public static func skip(
        _ consumer: Program, topic: String, partition: Int32, offset: Int64, on connection: Connection
    ) throws -> Bool {
        try connection.transaction {
            try ConsumerPositionStore.stepOver(
                TopicPartition(topic: topic, partition: partition), of: consumer, at: offset, on: connection)
        }
    }
}
