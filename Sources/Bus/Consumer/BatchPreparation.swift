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
        /// Whether its map is paused: nothing takes effect.
        var isPaused = false
        /// The offset of a message that an operator wants to become a dead letter, if it would hold the partition.
        var stepsOver: Int64?
        /// Messages that operators have settled, which come again when the partition is read from its beginning: the
        /// digests of their values, by offset.
        var settled: [Int64: [UInt8]] = [:]

        /// Where reading goes on: at the message before, while that has to be known again.
        var start: StartOffset {
            guard next > 0 else { return .beginning }
            return .offset(unverified == nil ? next : next - 1)
        }
    }

    let consumer: Program
    /// By the topic's name on the cluster.
    let handlers: [String: any TopicHandler]
    let hash: SHA256
    /// What is larger is set aside before anything decodes it.
    var limit = MessageLimit.standard

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
            guard let lane, !lanes[lane].cursor.isHeld, !lanes[lane].cursor.isPaused else { continue }
            guard try accept(message, index, in: &lanes[lane]) else { continue }
            let topicName = lanes[lane].topic
            let (newerMajor, eventId) = messages.withHeaders(index) { headers in
                (
                    KnownSchema.newerMajor(headers["ce_dataschema"], of: topicName),
                    headers["ce_id"].flatMap { GUID(parsing: $0) }
                )
            }
            var setAside = known[index] ?? limit.refusal(message) ?? settled(message, in: lanes[lane])
            if let newerMajor {
                let reason = KnownSchema.upgradeReason(newerMajor, consumer)
                guard setAside != nil || lanes[lane].cursor.stepsOver == message.offset else {
                    lanes[lane].cursor.isHeld = true
                    batch.held[lanes[lane].partition] = PreparedBatch.Hold(
                        epoch: lanes[lane].cursor.epoch, offset: message.offset,
                        reason: "offset \(message.offset) has \(reason)")
                    continue
                }
                setAside = setAside ?? .deadLetter(Reason(.schemaTooNew, "stepped over: it has \(reason)"))
            }
            lanes[lane].cursor.next = message.offset + 1
            lanes[lane].last = index
            if let setAside = try setAside ?? add(message, eventId, to: lanes[lane].collector) {
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

    /// A partition's messages in this batch.
    private struct Lane {
        let partition: TopicPartition
        let topic: TopicName
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
        lanes.append(
            Lane(partition: key, topic: handler.topic, from: cursor.next, collector: collector, cursor: cursor))
        return lanes.count - 1
    }

    /// Whether a message is one that has not taken effect yet. Before the
    /// first of them stands the last one that has, to be known again.
    private func accept(_ message: Kafka.Message, _ index: Int, in lane: inout Lane) throws -> Bool {
        if message.offset == lane.cursor.next - 1, let expected = lane.cursor.unverified {
            guard hash.fingerprint(message) == expected else {
                throw PositionMismatch(
                    consumer: consumer, partition: lane.partition,
                    problem: "the message at offset \(message.offset) is another one than was consumed there")
            }
            lane.cursor.unverified = nil
        }
        return message.offset >= lane.cursor.next
    }

    /// A letter that is settled is not taken in again, nor kept twice.
    private func settled(_ message: Kafka.Message, in lane: Lane) -> SetAside? {
        guard !lane.cursor.settled.isEmpty, let digest = lane.cursor.settled[message.offset],
            hash.digest(message.value ?? UnsafeRawBufferPointer(start: nil, count: 0)).bytes == digest
        else { return nil }
        return .deadLetter(Reason(.noEffect, "an operator has settled it"))
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
