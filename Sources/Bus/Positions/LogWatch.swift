import Kafka
import Service

/// Compares the positions of a running consumer with their logs, every two seconds: a topic that was made anew, a log that
/// was cut off, a leader that had not had all of it.
///
/// librdkafka goes on at an offset that means something else, and says nothing. So the ends are looked at, and messages
/// that were consumed are looked up again (see ``LogMarks``) whenever something has happened since. While nothing is
/// produced nor consumed, it costs two requests for offsets and one for metadata a look.
final class LogWatch {
    private let keeper: PositionKeeper
    private let admin: Admin
    private let consumer: Program
    private let logger: Logger
    private var seen: [TopicPartition: Sight] = [:]
    private var lastLook = ContinuousClock.now

    static let interval = Duration.seconds(2)

    /// What a look saw of a partition.
    private struct Sight: Equatable {
        let epoch: Int64
        let high: Int64
        let leader: Int32
        let last: LogMark?
    }

    init(_ keeper: PositionKeeper, kafka: KafkaConfiguration, consumer: Program, logger: Logger) throws {
        self.keeper = keeper
        self.consumer = consumer
        self.logger = logger
        admin = try Admin(kafka, clientID: consumer.rawValue, timeout: .seconds(10))
    }

    /// Looks until the end is asked for.
    ///
    /// - throws: ``PositionMismatch``; `KafkaError` that wants a person. Brokers that are away are looked for again.
    func run(until ending: GracefulShutdown) throws {
        while !ending.wait(upTo: Self.interval) {
            do {
                try look()
            } catch let error as KafkaError {
                // What is wrong with a topic, reading it says.
                logger.debug("cannot compare positions with their logs: \(error)")
            }
        }
    }

    /// - throws: ``PositionMismatch``, `KafkaError`.
    func look() throws {
        let positions = keeper.current.positions
        let marks = keeper.marks
        guard !positions.isEmpty else {
            seen = [:]
            return
        }
        let ends = try admin.watermarks(Array(positions.keys))
        let leaders = try self.leaders(of: Set(positions.keys.map(\.topic)))
        // A process that was frozen, or could not ask for a while, may have missed anything.
        let wasAway = .now - lastLook > Self.interval * 3
        var sights: [TopicPartition: Sight] = [:]
        var anchors: [TopicPartition: LogMark] = [:]
        var trails: [TopicPartition: [LogMark]] = [:]
        for (partition, position) in positions {
            guard let end = ends[partition], let known = marks[partition], let last = known.last else { continue }
            guard end.high > last.offset else {
                throw PositionMismatch(
                    consumer: consumer, partition: partition,
                    problem: "the message at offset \(last.offset) was consumed, and now the log ends at \(end.high)")
            }
            let sight = Sight(
                epoch: position.epoch, high: end.high, leader: leaders[partition] ?? -1, last: last)
            sights[partition] = sight
            let before = seen[partition]
            guard before != sight || wasAway, let anchor = known.anchor, anchor.offset >= end.low else { continue }
            anchors[partition] = anchor
            let isSuspicious = before.map { $0.leader != sight.leader || $0.high > sight.high } ?? false
            if isSuspicious || wasAway { trails[partition] = known.since.filter { $0.offset >= end.low } }
        }
        let found = try keeper.knowAgain(anchors)
        for round in 0..<(trails.values.map(\.count).max() ?? 0) {
            try keeper.knowAgain(trails.compactMapValues { $0.dropFirst(round).first })
        }
        for (partition, sight) in sights {
            guard let last = sight.last, let end = ends[partition] else { continue }
            // Retention may have taken the anchor: then there is none to move on from.
            let isGone = marks[partition]?.anchor.map { $0.offset < end.low } ?? false
            if found[partition] != nil || isGone { keeper.knownAgain(partition, upTo: last) }
        }
        seen = sights
        lastLook = .now
    }

    private func leaders(of topics: Set<String>) throws -> [TopicPartition: Int32] {
        var leaders: [TopicPartition: Int32] = [:]
        for topic in try admin.topics() where topics.contains(topic.name) {
            for partition in topic.partitions {
                leaders[TopicPartition(topic: topic.name, partition: partition.id)] = partition.leader
            }
        }
        return leaders
    }
}
