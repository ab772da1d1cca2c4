import Contracts
public import Database
import Kafka

/// Makes a consumer read topics again: from their beginning, an offset or a time.
public enum PositionReset {
    /// A partition, with where its consumer was and where it reads from now.
    public struct Move: Hashable, Sendable, Encodable {
        public let topic: String
        public let partition: Int32
        public let from: Int64
        /// 0 is the beginning of the log.
        public let to: Int64

        var topicPartition: TopicPartition { TopicPartition(topic: topic, partition: partition) }
    }

    /// Messages that took effect before come again and change nothing. A process that runs cannot commit with the positions
    /// that it has; it joins its group anew within half a minute, and reads from the new ones.
    ///
    /// - parameters:
    ///   - topic: with the environment's prefix; nil is all topics.
    ///   - partition: nil is all partitions.
    ///   - isDry: says what it would do, and does nothing.
    /// - returns: the partitions of which something is to be read again; from the earliest, all.
    /// - throws: ``ResetRefusal`` that names the partition; ``ForeignEnvironment``; `DatabaseError`, `KafkaError`.
    public static func reset(
        _ consumer: Program, topic: String? = nil, partition: Int32? = nil, to target: ResetTarget = .earliest,
        because reason: String? = nil, isDry: Bool = false, _ configuration: BusConfiguration,
        on connection: Connection
    ) throws -> [Move] {
        let positions = try ConsumerPositionStore.all(on: connection).filter {
            $0.consumer == consumer && $0.topic == topic ?? $0.topic && $0.partition == partition ?? $0.partition
        }
        let plan = try Plan(positions, target, configuration, on: connection)
        guard !isDry, !plan.moves.isEmpty else { return plan.moves }
        return try connection.transaction {
            for move in plan.moves {
                guard let clusterID = plan.clusterID else {
                    try ConsumerPositionStore.restart(move.topicPartition, of: consumer, on: connection)
                    continue
                }
                try ConsumerPositionStore.goBack(
                    move.topicPartition, of: consumer, to: move.to, last: plan.fingerprints[move.topicPartition],
                    cluster: clusterID, on: connection)
            }
            for (topic, moves) in Dictionary(grouping: plan.moves, by: \.topic).sorted(by: { $0.key < $1.key }) {
                try OperatorActionStore.record(
                    OperatorAction(
                        "positions reset", of: "\(consumer.rawValue)/\(topic)", because: reason,
                        before: text(moves) { $0.from }, after: text(moves) { $0.to }), on: connection)
            }
            return plan.moves
        }
    }

    /// The offset of each partition, as JSON.
    private static func text(_ moves: [Move], _ offset: (Move) -> Int64) -> String {
        "{" + moves.map { "\"\($0.partition)\":\(offset($0))" }.joined(separator: ",") + "}"
    }

    /// What is to be done, found out before anything is locked.
    private struct Plan {
        var moves: [Move] = []
        /// By which the messages before the new positions are known again.
        var fingerprints: [TopicPartition: [UInt8]] = [:]
        /// The cluster that was asked; nil when none had to be.
        var clusterID: String?

        init(
            _ positions: [StoredPosition], _ target: ResetTarget, _ configuration: BusConfiguration,
            on connection: Connection
        ) throws {
            guard target != .earliest else {
                moves = positions.map { Move(topic: $0.topic, partition: $0.partition, from: $0.next, to: 0) }
                return
            }
            guard !positions.isEmpty else { return }
            let admin = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue)
            let id = try admin.clusterID()
            try SideDatabase.checkEnvironment(configuration, clusterID: id, on: connection)
            let partitions = positions.map { TopicPartition(topic: $0.topic, partition: $0.partition) }
            let marks = try admin.watermarks(partitions)
            let lookup = try MessageLookup(configuration.kafka.readingOn, clientID: Program.ledgerbus.rawValue)
            var times: [TopicPartition: Int64] = [:]
            if case .time(let time) = target {
                times = try Self.offsets(at: time, marks, admin, lookup, configuration)
            }
            for (position, partition) in zip(positions, partitions) {
                guard let marks = marks[partition] else { continue }
                let facts = ResetTarget.Facts(
                    next: position.next, low: marks.low, high: marks.high, atTime: times[partition])
                let next: Int64
                do {
                    next = try target.next(facts)
                } catch {
                    throw ResetRefusal(
                        "\(partition.topic)/\(partition.partition) stays where it is, and so do all: \(error)")
                }
                guard next != position.next else { continue }
                moves.append(
                    Move(topic: position.topic, partition: position.partition, from: position.next, to: next))
            }
            let before = moves.filter { $0.to > marks[$0.topicPartition]?.low ?? 0 }
            let hash = try SHA256()
            fingerprints = try lookup.messages(
                at: Dictionary(uniqueKeysWithValues: before.map { ($0.topicPartition, $0.to - 1) })
            ) { hash.fingerprint($0) }
            clusterID = id
        }

        /// The first offsets of a time. The embedded broker keeps so little that it is read through.
        private static func offsets(
            at time: Int64, _ marks: [TopicPartition: Watermarks], _ admin: Admin, _ lookup: MessageLookup,
            _ configuration: BusConfiguration
        ) throws -> [TopicPartition: Int64] {
            guard try configuration.kafka.detectingEmbedded().isEmbedded else {
                return try admin.offsets(of: Array(marks.keys), at: time)
            }
            let kept = marks.filter { $0.value.count > 0 }.mapValues(\.low)
            return try lookup.first(from: kept, most: .max) { _, message in
                message.timestamp ?? .max >= time ? message.offset : nil
            }
        }
    }
}
