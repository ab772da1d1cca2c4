import CRdKafka

/// What the consumer's thread and its users share.
struct HandOver {
    enum Command {
        case pause([TopicPartition])
        case resume([TopicPartition])
        case seek(TopicPartition, StartOffset)
    }

    /// What waits to be taken, in order.
    enum Item {
        case messages(WaitingMessages)
        case failure(KafkaError)
    }

    enum End {
        case clean
        /// The group or librdkafka did not let it go in time.
        case abandoned
    }

    /// Messages that become a batch when they are taken.
    final class WaitingMessages {
        var entries: [MessageBatch.Entry] = []
        var bytes = 0
    }

    var waiting: [Item] = []
    var commands: [Command] = []
    var mirror: [TopicPartition: Int64] = [:]
    var assignment: Set<TopicPartition> = []
    var endOffsets: [TopicPartition: Int64] = [:]
    var skippedOffsets: Int64 = 0
    /// Seeks that were asked for and not done yet: what comes of these partitions meanwhile is from before.
    var seeking: [TopicPartition: Int] = [:]
    /// There may be something in librdkafka's queues.
    var isSignalled = true
    /// The reason why no more messages come.
    var failure: KafkaError?
    var isClosing = false
    var closeDeadline: ContinuousClock.Instant?
    var end: End?

    /// The messages that may be added before the consumer has to stop reading ahead.
    func room(_ limits: BatchLimits) -> Int {
        var open = 0
        if case .messages(let last)? = waiting.last, last.bytes < limits.bytes {
            open = max(0, limits.messages - last.entries.count)
        }
        return open + (waiting.count < limits.waiting ? limits.messages : 0)
    }

    /// Adds a message to the batch that waits last, or begins another.
    mutating func add(_ entry: MessageBatch.Entry, _ limits: BatchLimits) {
        let bytes = entry.message.pointee.len + entry.message.pointee.key_len
        if case .messages(let last)? = waiting.last, last.entries.count < limits.messages, last.bytes < limits.bytes {
            last.entries.append(entry)
            last.bytes += bytes
        } else {
            let next = WaitingMessages()
            next.entries.reserveCapacity(min(limits.messages, 1024))
            next.entries.append(entry)
            next.bytes = bytes
            waiting.append(.messages(next))
        }
    }

    /// Takes back the messages of some partitions that nobody has taken yet; they will be read again. To be destroyed
    /// without the lock, which librdkafka's threads take while they hold their own.
    mutating func takeBack(_ topics: [String], where isTaken: (TopicPartition) -> Bool) -> StaleMessages {
        let stale = StaleMessages()
        for case .messages(let messages) in waiting {
            messages.entries.removeAll { entry in
                let message = entry.message.pointee
                let partition = TopicPartition(topic: topics[Int(entry.topicIndex)], partition: message.partition)
                guard isTaken(partition) else { return false }
                messages.bytes -= message.len + message.key_len
                stale.messages.append(entry.message)
                return true
            }
        }
        waiting.removeAll {
            if case .messages(let messages) = $0 { messages.entries.isEmpty } else { false }
        }
        return stale
    }
}

/// Messages that nobody will see, destroyed with this object.
final class StaleMessages: @unchecked Sendable {
    // Safe to hand out of the lock: filled before that, and only dropped after.
    var messages: [UnsafeMutablePointer<rd_kafka_message_t>] = []

    deinit {
        for message in messages { rd_kafka_message_destroy(message) }
    }
}
