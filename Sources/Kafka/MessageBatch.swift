import CRdKafka
import Service
import Synchronization

/// Messages in the order of their partitions' offsets, in librdkafka's memory until the batch is released.
///
/// Release it before the consumer is closed: the consumer waits for its batches, but not for ever.
public final class MessageBatch: @unchecked Sendable {
    // Safe to share: the messages are only read, their headers by one thread at a time, and they are destroyed when
    // nobody has the batch any more.
    private let entries: [Entry]
    /// The consumer's topics, which ``Message/topicIndex`` counts.
    public let topics: [String]
    /// Keys and values together.
    public let bytes: Int
    private let outstanding: OutstandingBatches

    struct Entry {
        let message: UnsafeMutablePointer<rd_kafka_message_t>
        let topicIndex: Int32
    }

    init(_ entries: [Entry], bytes: Int, topics: [String], outstanding: OutstandingBatches) {
        self.entries = entries
        self.bytes = bytes
        self.topics = topics
        self.outstanding = outstanding
        outstanding.add(1)
    }

    deinit {
        for entry in entries { rd_kafka_message_destroy(entry.message) }
        outstanding.add(-1)
    }

    public var count: Int { entries.count }

    func message(_ index: Int) -> UnsafeMutablePointer<rd_kafka_message_t> {
        entries[index].message
    }

    /// A view of a message, to be used no longer than the batch is held.
    public subscript(index: Int) -> Message {
        let entry = entries[index]
        return Message(entry.message.pointee, topicIndex: Int(entry.topicIndex), pointer: entry.message)
    }

    /// The topic of a message.
    public func topic(_ index: Int) -> String {
        topics[Int(entries[index].topicIndex)]
    }
}

/// A message of a ``MessageBatch``: a view, valid as long as the batch is held.
public struct Message {
    /// Which of the batch's ``MessageBatch/topics`` it is of.
    public let topicIndex: Int
    public let partition: Int32
    public let offset: Int64
    public let key: UnsafeRawBufferPointer?
    public let value: UnsafeRawBufferPointer?
    let pointer: UnsafeRawPointer

    init(_ message: rd_kafka_message_t, topicIndex: Int, pointer: UnsafeMutablePointer<rd_kafka_message_t>) {
        self.topicIndex = topicIndex
        partition = message.partition
        offset = message.offset
        key = message.key.map { UnsafeRawBufferPointer(start: $0, count: message.key_len) }
        value = message.payload.map { UnsafeRawBufferPointer(start: $0, count: message.len) }
        self.pointer = UnsafeRawPointer(pointer)
    }

    /// Milliseconds since 1970, by the producer's clock or the broker's, as the topic has it; nil when there is none.
    public var timestamp: Int64? {
        let milliseconds = rd_kafka_message_timestamp(
            pointer.assumingMemoryBound(to: rd_kafka_message_t.self), nil)
        return milliseconds < 0 ? nil : milliseconds
    }
}

/// Counts the batches of a consumer that are held: their messages must be gone before librdkafka is.
final class OutstandingBatches: Sendable {
    private let count = Monitor(0)

    func add(_ change: Int) {
        count.withLock { $0 += change }
    }

    /// False when batches are still held after the timeout.
    func waitForNone(_ timeout: Duration) -> Bool {
        count.wait(upTo: timeout) { $0 == 0 ? true : nil } ?? false
    }
}
