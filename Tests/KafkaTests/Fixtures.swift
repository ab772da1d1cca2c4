import Kafka
import Synchronization
import Testing

/// Starts every partition where it is told, and remembers what it heard.
final class RecordingHandler: AssignmentHandler {
    struct Heard {
        var starts: [TopicPartition: Int64] = [:]
        var assigned: [[TopicPartition]] = []
        var revoked: [[TopicPartition]] = []
    }

    private let heard: Mutex<Heard>

    init(_ starts: [TopicPartition: Int64] = [:]) {
        heard = Mutex(Heard(starts: starts))
    }

    var assigned: [[TopicPartition]] { heard.withLock { $0.assigned } }
    var revoked: [[TopicPartition]] { heard.withLock { $0.revoked } }

    /// What a database would do when a batch is committed.
    func advance(_ partition: TopicPartition, to next: Int64) {
        heard.withLock { $0.starts[partition] = next }
    }

    func assigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: StartOffset] {
        heard.withLock { heard in
            heard.assigned.append(partitions)
            return Dictionary(
                uniqueKeysWithValues: partitions.map { partition in
                    (partition, heard.starts[partition].map { .offset($0) } ?? .beginning)
                })
        }
    }

    func revoked(_ partitions: [TopicPartition], lost: Bool) {
        heard.withLock { $0.revoked.append(partitions) }
    }
}

/// A message, copied out of its batch.
struct Seen: Hashable {
    let partition: TopicPartition
    let offset: Int64
    let key: String?
    let value: String?
}

extension MessageBatch {
    var seen: [Seen] {
        (0..<count).map { index in
            let message = self[index]
            return Seen(
                partition: TopicPartition(topic: topic(index), partition: message.partition), offset: message.offset,
                key: message.key.map { String(decoding: $0, as: UTF8.self) },
                value: message.value.map { String(decoding: $0, as: UTF8.self) })
        }
    }
}

extension BatchConsumer {
    /// Takes batches until there are as many messages, or none came for 30 s.
    func take(_ count: Int) throws -> [Seen] {
        var seen: [Seen] = []
        while seen.count < count {
            let batch = try #require(
                try next(timeout: .seconds(30)), "after \(seen.count) of \(count) messages, no more came")
            seen += batch.seen
        }
        return seen
    }
}

extension Producer {
    func send(_ topic: String, key: String, value: String, token: Int = 0) throws {
        try Array(key.utf8).withUnsafeBytes { key in
            try Array(value.utf8).withUnsafeBytes { value in
                try send(topic: topic, key: key, value: value, token: token)
            }
        }
    }

    /// Sends messages `0..<count`, keyed by their number, and waits for all deliveries.
    @discardableResult
    func fill(_ topic: String, _ count: Int) throws -> [Delivery] {
        for number in 0..<count { try send(topic, key: "\(number)", value: "value \(number)", token: number) }
        return try awaitDeliveries(count)
    }

    func awaitDeliveries(_ count: Int) throws -> [Delivery] {
        var deliveries: [Delivery] = []
        while deliveries.count < count {
            let before = deliveries.count
            self.deliveries(into: &deliveries, timeout: .seconds(30))
            try #require(deliveries.count > before, "after \(before) of \(count) deliveries, no more came")
        }
        return deliveries
    }
}

extension RecordingHandler {
    /// Takes one batch, if there is one, and advances the positions by it, as its transaction would.
    func commitOne(_ consumer: BatchConsumer) throws -> [Seen] {
        guard let batch = try consumer.next(timeout: .milliseconds(50)) else { return [] }
        for message in batch.seen { advance(message.partition, to: message.offset + 1) }
        return batch.seen
    }

    func commit(_ consumer: BatchConsumer, until count: Int) throws -> [Seen] {
        var seen: [Seen] = []
        let deadline = ContinuousClock.now + .seconds(60)
        while seen.count < count {
            seen += try commitOne(consumer)
            try #require(ContinuousClock.now < deadline, "after \(seen.count) of \(count) messages, no more came")
        }
        return seen
    }
}
