import CRdKafka

/// Where to start reading a partition.
public enum StartOffset: Hashable, Sendable {
    case offset(Int64)
    case beginning

    /// As librdkafka wants it, what comes next if that is known, and both in words.
    var placed: (offset: Int64, next: Int64?, words: String) {
        switch self {
        case .offset(let offset): (offset, offset, "offset \(offset)")
        case .beginning: (Int64(RD_KAFKA_OFFSET_BEGINNING), nil, "the beginning")
        }
    }
}

/// Decides where a consumer starts, and hears what it loses. Both are called on the consumer's thread, which reads
/// nothing meanwhile: they may ask a database, but must not call the consumer.
public protocol AssignmentHandler: Sendable {
    /// The consumer was given these partitions.
    ///
    /// - Returns: Where to start, for every one of them.
    /// - Throws: The consumer then reads nothing, and ``BatchConsumer/next(timeout:)`` throws the reason: close it, and
    ///   make a new one when the cause is gone.
    func assigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: StartOffset]

    /// The consumer has to give up these partitions. No message of theirs comes any more.
    ///
    /// - Parameter lost: Somebody else may have them already.
    func revoked(_ partitions: [TopicPartition], lost: Bool)
}

/// How large a batch gets at most.
public struct BatchLimits: Hashable, Sendable {
    public var messages: Int
    /// Keys and values together; the last message may go beyond.
    public var bytes: Int
    /// Batches that wait to be taken, before the consumer stops reading ahead.
    public var waiting: Int

    public init(messages: Int = 10_000, bytes: Int = 16 << 20, waiting: Int = 1) {
        self.messages = max(1, messages)
        self.bytes = max(1, bytes)
        self.waiting = max(1, waiting)
    }
}
