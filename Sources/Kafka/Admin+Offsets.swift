import CRdKafka
import Foundation

/// Where a partition begins and ends.
public struct Watermarks: Sendable, Hashable {
    /// The oldest offset that is still there.
    public let low: Int64
    /// The offset that the next message will have. What an open transaction holds back does not count.
    public let high: Int64

    public var count: Int64 { high - low }
}

extension Admin {
    /// Where partitions begin and end, asked of all brokers at once. Partitions that have no leader for a moment, as those
    /// of a topic that has just been made, are waited for.
    ///
    /// - Throws: ``KafkaError`` if one of them does not exist or does not answer.
    public func watermarks(_ partitions: [TopicPartition]) throws -> [TopicPartition: Watermarks] {
        guard !partitions.isEmpty else { return [:] }
        let lows = try awaitLeaders { try offsets(partitions, Int64(RD_KAFKA_OFFSET_BEGINNING)) }
        let highs = try awaitLeaders { try offsets(partitions, Int64(RD_KAFKA_OFFSET_END)) }
        return lows.reduce(into: [:]) { result, low in
            guard let high = highs[low.key] else { return }
            result[low.key] = Watermarks(low: low.value, high: max(low.value, high))
        }
    }

    /// The first offsets of messages that are of a time or later, by their timestamps, in milliseconds since 1970. Partitions
    /// that have none are left out.
    ///
    /// The embedded broker knows no times: there none has any. Use ``MessageLookup/first(from:most:_:)``.
    ///
    /// - Throws: ``KafkaError`` if one of them does not exist or does not answer.
    public func offsets(of partitions: [TopicPartition], at milliseconds: Int64) throws -> [TopicPartition: Int64] {
        guard !partitions.isEmpty else { return [:] }
        return try awaitLeaders { try offsets(partitions, milliseconds) }
    }

    private func awaitLeaders<Answer>(_ ask: () throws -> Answer) throws -> Answer {
        let deadline = ContinuousClock.now + timeout
        while true {
            do {
                return try ask()
            } catch let error as KafkaError where error.code.isWithoutLeader && ContinuousClock.now < deadline {
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }

    /// The offsets for a "time" that means the beginning or the end.
    private func offsets(_ partitions: [TopicPartition], _ time: Int64) throws -> [TopicPartition: Int64] {
        let list = PartitionList(Dictionary(partitions.map { ($0, time) }) { first, _ in first })
        let code = list.withPointer { rd_kafka_offsets_for_times(client.handle, $0, timeout.milliseconds) }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            serve(client.handle)
            throw client.failure(code, doing: "ask where partitions begin and end")
        }
        return try list.withPointer { try Self.read($0, doing: "ask where it begins and ends") }
    }

    /// The next offsets that a group has committed; partitions without one are left out.
    ///
    /// - Parameter partitions: Which to ask for; nil for all that the group has, which the embedded broker can't say.
    public func groupOffsets(
        _ group: String, _ partitions: [TopicPartition]? = nil
    ) throws -> [TopicPartition: Int64] {
        let list = partitions.map { PartitionList($0) }
        var request: OpaquePointer? =
            list.map { $0.withPointer { rd_kafka_ListConsumerGroupOffsets_new(group, $0) } }
            ?? rd_kafka_ListConsumerGroupOffsets_new(group, nil)
        defer { rd_kafka_ListConsumerGroupOffsets_destroy(request) }
        let doing = "ask for the offsets of the group \(group)"
        return try ask(
            RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, doing: doing,
            send: { options, answers in
                rd_kafka_ListConsumerGroupOffsets(client.handle, &request, 1, options, answers)
            },
            read: { event in
                var count = 0
                let results = rd_kafka_ListConsumerGroupOffsets_result_groups(
                    rd_kafka_event_ListConsumerGroupOffsets_result(event), &count)
                return try Self.readGroup(results, count, doing: doing)
            })
    }

    /// Sets a group's next offsets. A group with members refuses; on the embedded broker, also one that
    /// has had some.
    public func commitGroupOffsets(_ group: String, _ offsets: [TopicPartition: Int64]) throws {
        guard !offsets.isEmpty else { return }
        let list = PartitionList(offsets)
        var request: OpaquePointer? = list.withPointer { rd_kafka_AlterConsumerGroupOffsets_new(group, $0) }
        defer { rd_kafka_AlterConsumerGroupOffsets_destroy(request) }
        let doing = "set the offsets of the group \(group)"
        return try ask(
            RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS, doing: doing,
            send: { options, answers in
                rd_kafka_AlterConsumerGroupOffsets(client.handle, &request, 1, options, answers)
            },
            read: { event in
                var count = 0
                let results = rd_kafka_AlterConsumerGroupOffsets_result_groups(
                    rd_kafka_event_AlterConsumerGroupOffsets_result(event), &count)
                _ = try Self.readGroup(results, count, doing: doing)
            })
    }

    private static func readGroup(
        _ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int, doing: String
    ) throws -> [TopicPartition: Int64] {
        guard count == 1, let result = results?[0] else { return [:] }
        if let error = rd_kafka_group_result_error(result) { throw failure(error, doing: doing) }
        guard let list = rd_kafka_group_result_partitions(result) else { return [:] }
        return try read(list, doing: doing)
    }

    private static func read(
        _ list: UnsafePointer<rd_kafka_topic_partition_list_t>, doing: String
    ) throws -> [TopicPartition: Int64] {
        var offsets: [TopicPartition: Int64] = [:]
        for element in list.elements {
            let partition = element.topicPartition
            guard element.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw KafkaError(
                    .init(element.err), "Could not \(doing) for \(partition): \(KafkaError.text(element.err))",
                    topic: partition.topic, partition: partition.partition)
            }
            if element.offset >= 0 { offsets[partition] = element.offset }
        }
        return offsets
    }
}
