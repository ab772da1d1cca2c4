import Contracts
public import Database
public import Kafka
import Service
import Synchronization

/// The work of a consumer: what its partitions hold beyond their positions.
public final class ConsumerWork: WorkSource {
    private let program: Program
    private let configuration: BusConfiguration
    private let progress: ConsumerProgress
    private let metrics: MetricsRegistry
    private let seen = Mutex<[TopicPartition: Sight]>([:])

    public var part: String { program.rawValue }

    /// Partitions take turns: one may wait longer than all together.
    private static let turns = 5

    init(
        _ program: Program, _ configuration: BusConfiguration, _ progress: ConsumerProgress, _ metrics: MetricsRegistry
    ) {
        self.program = program
        self.configuration = configuration
        self.progress = progress
        self.metrics = metrics
    }

    public func look(_ connection: Connection, _ admin: Admin) throws -> [Work] {
        let positions = try ConsumerPositionStore.all(on: connection).filter { $0.consumer == program }
        let byPartition = Dictionary(
            positions.map { (TopicPartition(topic: $0.topic, partition: $0.partition), $0) }
        ) { first, _ in first }
        let owned = progress.owned
        let ends = try admin.watermarks(Array(owned.union(byPartition.keys)))
        let lags = try lags(byPartition, ends)
        measure(lags, held: positions.filter { $0.heldReason != nil }.count)
        // What is paused waits because somebody wants it to.
        let paused = try pausedTopics(on: connection)
        let awaited = lags.filter { !paused.contains($0.key.topic) }
        var works: [Work] = []
        for partition in owned.sorted() where !paused.contains(partition.topic) {
            let position = byPartition[partition]
            works.append(
                Work(
                    "\(name(partition))", waiting: lags[partition] ?? 0, done: position?.next ?? 0,
                    obstacle: position?.heldReason, patience: Self.turns))
        }
        let isMine = owned.contains { awaited[$0] ?? 0 > 0 }
        let all = isMine ? awaited.filter { owned.contains($0.key) } : awaited
        works.append(
            Work(
                "all partitions", waiting: all.values.reduce(0, +),
                done: all.keys.reduce(0) { $0 + (byPartition[$1]?.next ?? 0) },
                cause: stall ?? (isMine ? nil : "they belong to others, or to nobody"), obstacle: stall,
                patience: isMine ? 1 : Self.turns))
        return works
    }

    private func pausedTopics(on connection: Connection) throws -> Set<String> {
        let paused = Set(try TableMapStore.paused(on: connection).map(\.map))
        let own = TableMap.allCases.filter { $0.consumer == program }
        metrics.replace(BusMetrics.mapPaused, with: own.map { ([$0.rawValue], paused.contains($0) ? 1 : 0) })
        return Set(configuration.topics(of: own.filter(paused.contains)))
    }

    private var stall: String? {
        switch progress.state {
        case .starting, .working: nil
        case .stalled(let reason): reason
        }
    }

    /// Records of transactions at the end of a log are nobody's messages. So what seems to wait and does not move is counted.
    private func lags(
        _ positions: [TopicPartition: StoredPosition], _ ends: [TopicPartition: Watermarks]
    ) throws -> [TopicPartition: Int64] {
        let before = seen.withLock { $0 }
        var now = ends.reduce(into: [TopicPartition: Sight]()) { now, end in
            let next = positions[end.key]?.next ?? 0
            now[end.key] = Sight(
                next: next, end: end.value.high, lag: max(0, end.value.high - max(next, end.value.low)))
        }
        var suspects: [TopicPartition: Int64] = [:]
        for (partition, sight) in now where sight.lag > 0 && sight.lag <= Self.counted {
            guard let last = before[partition], last.next == sight.next else { continue }
            if last.end == sight.end, last.isCounted {
                now[partition] = last
            } else {
                suspects[partition] = sight.end - sight.lag
            }
        }
        if !suspects.isEmpty {
            let lookup = try MessageLookup(configuration.kafka, clientID: program.rawValue)
            for (partition, found) in try lookup.count(from: suspects, most: Int(Self.counted)) {
                now[partition]?.lag = Int64(found.count)
                now[partition]?.isCounted = true
            }
        }
        let sights = now
        seen.withLock { $0 = sights }
        return now.mapValues(\.lag)
    }

    /// What was seen of a partition.
    private struct Sight {
        let next: Int64
        let end: Int64
        var lag: Int64
        /// The messages were counted one by one.
        var isCounted = false
    }

    private static let counted: Int64 = 100

    private func measure(_ lags: [TopicPartition: Int64], held: Int) {
        metrics.replace(
            BusMetrics.lag,
            with: lags.map { partition, lag in
                ([program.rawValue, topic(partition), "\(partition.partition)"], Double(lag))
            })
        metrics.gauge(BusMetrics.heldPartitions, program.rawValue).record(held)
    }

    private func topic(_ partition: TopicPartition) -> String {
        partition.topic.hasPrefix(configuration.topicPrefix)
            ? String(partition.topic.dropFirst(configuration.topicPrefix.count)) : partition.topic
    }

    private func name(_ partition: TopicPartition) -> String { "\(topic(partition))/\(partition.partition)" }
}
