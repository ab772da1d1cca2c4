import Contracts
import Database
import Kafka

/// Turns messages into what is to be written for them. Decodes; does no I/O.
struct BatchPreparation {
    /// Where a partition is, before the messages that are to be prepared.
    struct Cursor {
        let epoch: Int64
        var next: Int64
        /// The fingerprint that the message at `next - 1` must have; nil when it was seen to have it.
        var unverified: [UInt8]?
        var isHeld = false
    }

    let consumer: Program
    /// By the topic's name on the cluster.
    let handlers: [String: any TopicHandler]
    let hash: SHA256

    /// The newest major version of a schema that this program understands.
    static let knownMajorVersion = 1

    /// Prepares some messages of a batch.
    ///
    /// - parameter cursors: the partitions that this process owns, moved on
    ///   to after the messages. Messages of other partitions are left out.
    /// - parameter known: what is known already of messages that cannot take effect, by index.
    /// - throws: ``PositionMismatch``.
    func prepare(
        _ messages: MessageBatch, _ range: Range<Int>, cursors: inout [TopicPartition: Cursor],
        known: [Int: SetAside] = [:]
    ) throws -> PreparedBatch {
        let batch = PreparedBatch(messages: messages, range: range)
        var lanes: [Lane] = []
        var collectors: [String: any MessageCollector] = [:]
        var lane: Int?
        for index in range {
            let message = messages[index]
            let topic = messages.topic(index)
            if lane.map({ lanes[$0].partition.partition != message.partition || lanes[$0].partition.topic != topic })
                ?? true
            {
                lane = try openLane(topic, message.partition, in: &lanes, cursors: cursors, collectors: &collectors)
            }
            guard let lane, !lanes[lane].cursor.isHeld else { continue }
            guard try accept(message, index, in: &lanes[lane]) else { continue }
            let (unknownMajor, eventId) = messages.withHeaders(index) { headers in
                (unknownMajorVersion(headers["ce_dataschema"]), headers["ce_id"].flatMap { GUID(parsing: $0) })
            }
            if let major = unknownMajor {
                lanes[lane].cursor.isHeld = true
                batch.held[lanes[lane].partition] =
                    "offset \(message.offset) has schema version \(major), and this program knows "
                    + "\(Self.knownMajorVersion): upgrade \(consumer.rawValue)"
                continue
            }
            lanes[lane].cursor.next = message.offset + 1
            lanes[lane].last = index
            if let setAside = try known[index] ?? add(message, eventId, to: lanes[lane].collector) {
                batch.exceptions.append(PreparedBatch.Exception(index: index, setAside: setAside))
            }
        }
        for lane in lanes {
            cursors[lane.partition] = lane.cursor
            guard lane.cursor.next > lane.from else { continue }
            batch.moves.append(
                PositionMove(
                    partition: lane.partition, epoch: lane.cursor.epoch, from: lane.from, to: lane.cursor.next,
                    last: lane.last))
        }
        batch.moves.sort { $0.partition < $1.partition }
        batch.collectors = collectors.sorted { $0.key < $1.key }.map(\.value)
        return batch
    }

    /// SHA-256 over key and value, by which a position knows its message again.
    func fingerprint(_ message: Kafka.Message) -> [UInt8] {
        var bytes = message.key.map { Array($0) } ?? []
        bytes.append(0)
        if let value = message.value { bytes.append(contentsOf: value) }
        return bytes.withUnsafeBytes { hash.digest($0).bytes }
    }

    /// A partition's messages in this batch.
    private struct Lane {
        let partition: TopicPartition
        let from: Int64
        let collector: any MessageCollector
        var cursor: Cursor
        var last = 0
    }

    private func openLane(
        _ topic: String, _ partition: Int32, in lanes: inout [Lane], cursors: [TopicPartition: Cursor],
        collectors: inout [String: any MessageCollector]
    ) throws -> Int? {
        if let open = lanes.firstIndex(where: { $0.partition.partition == partition && $0.partition.topic == topic }) {
            return open
        }
        let key = TopicPartition(topic: topic, partition: partition)
        guard let cursor = cursors[key], let handler = handlers[topic] else { return nil }
        let collector = try collectors[topic] ?? handler.makeCollector()
        collectors[topic] = collector
        lanes.append(Lane(partition: key, from: cursor.next, collector: collector, cursor: cursor))
        return lanes.count - 1
    }

    /// Whether a message is one that has not taken effect yet. Before the
    /// first of them stands the last one that has, to be known again.
    private func accept(_ message: Kafka.Message, _ index: Int, in lane: inout Lane) throws -> Bool {
        if message.offset == lane.cursor.next - 1, let expected = lane.cursor.unverified {
            guard fingerprint(message) == expected else {
                throw PositionMismatch(
                    consumer: consumer, partition: lane.partition,
                    problem: "the message at offset \(message.offset) is another one than was consumed there")
            }
            lane.cursor.unverified = nil
        }
        return message.offset >= lane.cursor.next
    }

    private func unknownMajorVersion(_ schemaURI: UnsafeRawBufferPointer?) -> Int? {
        guard let uri = schemaURI, let major = SchemaVersion.major(inURI: uri),
            major > Self.knownMajorVersion
        else { return nil }
        return major
    }

    private func add(
        _ message: Kafka.Message, _ eventId: GUID?, to collector: any MessageCollector
    ) throws -> SetAside? {
        guard let value = message.value else { return .noValue }
        let source = MessageSource(
            partition: message.partition, offset: message.offset,
            eventId: eventId ?? hash.digest(value).guid)
        return try collector.take(value, from: source)
    }
}
