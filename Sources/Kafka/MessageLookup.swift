import CRdKafka
import Synchronization

/// Looks messages up at known places, outside of any group.
///
/// It belongs to one thread at a time; every method waits for the answer, for up to the timeout.
public final class MessageLookup: @unchecked Sendable {
    // Safe to share: the client is used by one thread at a time, under the lock.
    private let client: Client
    private let timeout: Duration
    private let turn = Mutex(())

    /// - Throws: ``KafkaError`` that names the property when the configuration can't be used.
    public init(_ configuration: KafkaConfiguration, clientID: String, timeout: Duration = .seconds(10)) throws {
        client = try Client(configuration, .lookup, clientID: clientID)
        self.timeout = timeout
    }

    deinit {
        client.destroy(timeout: .seconds(5))
    }

    /// The messages at some offsets, one a partition; those that are not there, or not any more, are left out.
    ///
    /// - Throws: ``KafkaError`` when a partition can't be read or does not answer in time; what `body` throws.
    public func messages<Value>(
        at offsets: [TopicPartition: Int64], _ body: (Message) throws -> Value
    ) throws -> [TopicPartition: Value] {
        var found: [TopicPartition: Value] = [:]
        try read(from: offsets) { partition, message in
            if message.offset == offsets[partition] { found[partition] = try body(message) }
            return false
        }
        return found
    }

    /// The first message of each partition, from an offset on, of which the body makes something; partitions without such a
    /// message are left out.
    ///
    /// - Parameter most: How many messages of a partition are looked at.
    /// - Throws: ``KafkaError``; what `body` throws.
    public func first<Value>(
        from offsets: [TopicPartition: Int64], most: Int, _ body: (TopicPartition, Message) throws -> Value?
    ) throws -> [TopicPartition: Value] {
        var found: [TopicPartition: Value] = [:]
        var counts: [TopicPartition: Int] = [:]
        try read(from: offsets) { partition, message in
            if let value = try body(partition, message) {
                found[partition] = value
                return false
            }
            counts[partition, default: 0] += 1
            return counts[partition, default: 0] < most
        }
        return found
    }

    /// How many messages consumers can see from an offset on to the end: fewer than the offsets in between, when there
    /// are records of transactions or compaction has taken some.
    ///
    /// - Parameter most: What is counted to; the offset of the message at which counting ended comes with it, nil at the end.
    /// - Throws: ``KafkaError``.
    public func count(
        from offsets: [TopicPartition: Int64], most: Int
    ) throws -> [TopicPartition: (count: Int, last: Int64?)] {
        var counts: [TopicPartition: (count: Int, last: Int64?)] = offsets.mapValues { _ in (0, nil) }
        try read(from: offsets) { partition, message in
            counts[partition, default: (0, nil)].count += 1
            guard counts[partition]?.count ?? 0 >= most else { return true }
            counts[partition]?.last = message.offset
            return false
        }
        return counts
    }

    /// Reads each partition until the body says that it is enough, or to its end.
    private func read(
        from offsets: [TopicPartition: Int64], _ goesOn: (TopicPartition, Message) throws -> Bool
    ) throws {
        guard !offsets.isEmpty else { return }
        try turn.withLock { _ in try readAlone(from: offsets, goesOn) }
    }

    private func readAlone(
        from offsets: [TopicPartition: Int64], _ goesOn: (TopicPartition, Message) throws -> Bool
    ) throws {
        guard let queue = rd_kafka_queue_new(client.handle) else {
            throw client.failure(RD_KAFKA_RESP_ERR__FAIL, doing: "look messages up")
        }
        defer { rd_kafka_queue_destroy(queue) }
        var topics: [String: OpaquePointer] = [:]
        var open: Set<TopicPartition> = []
        defer {
            for partition in open {
                if let topic = topics[partition.topic] { rd_kafka_consume_stop(topic, partition.partition) }
            }
            for topic in topics.values { rd_kafka_topic_destroy(topic) }
        }
        for (partition, offset) in offsets {
            guard let topic = topics[partition.topic] ?? rd_kafka_topic_new(client.handle, partition.topic, nil) else {
                throw client.failure(rd_kafka_last_error(), doing: "look messages of \(partition.topic) up")
            }
            topics[partition.topic] = topic
            guard rd_kafka_consume_start_queue(topic, partition.partition, offset, queue) == 0 else {
                throw client.failure(rd_kafka_last_error(), doing: "look messages of \(partition) up")
            }
            open.insert(partition)
        }
        // A broker puts a batch that is larger than what is asked for into its answer for the first partition alone: one
        // that is read no further must not be that.
        func stop(_ partition: TopicPartition) {
            guard open.remove(partition) != nil, let topic = topics[partition.topic] else { return }
            rd_kafka_consume_stop(topic, partition.partition)
        }
        let deadline = ContinuousClock.now + timeout
        while !open.isEmpty {
            rd_kafka_poll(client.handle, 0)
            guard let message = rd_kafka_consume_queue(queue, 100) else {
                guard ContinuousClock.now < deadline else {
                    throw client.failure(RD_KAFKA_RESP_ERR__TIMED_OUT, doing: "look messages up")
                }
                continue
            }
            defer { rd_kafka_message_destroy(message) }
            guard let handle = message.pointee.rkt else { continue }
            let partition = TopicPartition(
                topic: String(cString: rd_kafka_topic_name(handle)), partition: message.pointee.partition)
            guard open.contains(partition) else { continue }
            switch message.pointee.err {
            case RD_KAFKA_RESP_ERR_NO_ERROR:
                if try !goesOn(partition, Message(message.pointee, topicIndex: 0, pointer: message)) {
                    stop(partition)
                }
            case RD_KAFKA_RESP_ERR__PARTITION_EOF, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE,
                RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
                stop(partition)
            default:
                let code = KafkaError.Code(message.pointee.err)
                // Brokers that are away, or choose a leader, are waited for.
                guard ContinuousClock.now >= deadline || !KafkaError(code, "").isRetriable else { continue }
                throw KafkaError(
                    code, "Could not look messages of \(partition) up: \(KafkaError.text(message.pointee.err))",
                    topic: partition.topic, partition: partition.partition)
            }
        }
    }
}

extension KafkaConfiguration {
    /// The same, for a ``MessageLookup`` that reads on over many messages: it reads ahead.
    public var readingOn: KafkaConfiguration {
        var configuration = self
        let ahead = ["queued.min.messages": "20000", "fetch.message.max.bytes": "1048576"]
        configuration.properties.merge(ahead) { own, _ in own }
        return configuration
    }
}
