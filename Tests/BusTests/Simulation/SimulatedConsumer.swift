import Contracts
import Kafka
import Service
import Testbed

@testable import Bus
@testable import Database

/// The parts of a consumer that decide, driven step by step by one thread: positions, preparation and writing are the
/// product's own, on a real database. In the place of the Kafka client, and of what moves it, is a ``SimulatedLog``.
final class SimulatedConsumer {
    let faults = WriteFaults()
    let session: DatabaseSession
    private let takeovers: DatabaseSession
    private let keeper: PositionKeeper
    private let writer: BatchWriter
    private var setAside: SetAsideMessages
    private let preparation: BatchPreparation
    private let log: SimulatedLog
    private let shutdown = GracefulShutdown()
    private var cursors: [TopicPartition: BatchPreparation.Cursor] = [:]
    private var reading: [TopicPartition: Int64] = [:]
    private(set) var queue: [PreparedBatch] = []

    init(
        _ bus: TestBus, _ log: SimulatedLog, clusterID: String, choices: ChoiceTables, databaseURL: String,
        directURL: String
    ) throws {
        self.log = log
        let logger = RecordedLog().logger
        let name = bus.configuration.clusterName(TopicName.actualCreated.rawValue)
        let handler = FaultyHandler(inner: NumberHandler<ActualCreated>(choices: choices), faults: faults)
        session = DatabaseSession(url: databaseURL, applicationName: "simulated", logger: logger)
        takeovers = DatabaseSession(url: directURL, applicationName: "simulated positions", logger: logger)
        let positions = ConsumerPositionStore(consumer: TestBus.program, clusterID: clusterID)
        keeper = try PositionKeeper(
            table: positions, kafka: bus.broker.configuration, database: takeovers, ending: shutdown, logger: logger)
        setAside = SetAsideMessages(
            consumer: TestBus.program, clusterID: clusterID, topicPrefix: bus.configuration.topicPrefix,
            handlers: [handler], hash: try SHA256())
        preparation = BatchPreparation(
            consumer: TestBus.program, handlers: [name: handler], hash: try SHA256(),
            limit: bus.configuration.messageLimit)
        writer = BatchWriter(
            preparation: preparation, positions: positions, keeper: keeper, setAside: setAside, database: session,
            shutdown: shutdown, logger: logger)
    }

    var partitions: Set<TopicPartition> { Set(reading.keys) }
    /// The partitions whose positions the next write moves.
    var writes: Set<TopicPartition> { Set(queue.first?.moves.map(\.partition) ?? []) }
    var isAtEnd: Bool { queue.isEmpty && reading.allSatisfy { $0.value >= log.end($0.key) } }

    /// The group gives it these partitions, and says so.
    func assign(_ partitions: [TopicPartition]) throws {
        let starts = try keeper.assigned(partitions)
        // As BatchReader begins an assignment.
        cursors = keeper.current.positions.mapValues {
            BatchPreparation.Cursor(epoch: $0.epoch, next: $0.next, unverified: $0.fingerprint, stepsOver: $0.stepsOver)
        }
        reading = starts.mapValues { if case .offset(let offset) = $0 { offset } else { 0 } }
    }

    /// The group takes its partitions away, and says so.
    func revoke() {
        keeper.revoked(reading.keys.sorted(), lost: false)
        cursors = [:]
        reading = [:]
    }

    /// Takes some messages of some of its partitions from the log, and prepares them.
    func read(using random: inout SeededRandom) throws {
        let open = reading.filter { $0.value < log.end($0.key) }.keys.sorted()
        guard queue.count < 2, !open.isEmpty else { return }
        if Int.random(in: 0..<10, using: &random) == 0, let again = open.randomElement(using: &random) {
            // The client delivers some once more.
            let next = reading[again] ?? 0
            reading[again] = next - min(next, Int64.random(in: 0...20, using: &random))
        }
        let some = open.filter { _ in Int.random(in: 0..<3, using: &random) > 0 }
        let wanted = Set(some.isEmpty ? open : some)
        let starts = wanted.compactMap { partition in
            log.places[partition]?[Int(reading[partition] ?? 0)]
        }
        guard let start = starts.min(by: { ($0.batch, $0.index) < ($1.batch, $1.index) }) else { return }
        let messages = log.batches[start.batch]
        let end = min(messages.count, start.index + Int.random(in: 1...80, using: &random))
        var cursors = self.cursors.filter { wanted.contains($0.key) }
        let batch = try preparation.prepare(messages, start.index..<end, cursors: &cursors)
        self.cursors.merge(cursors) { $1 }
        for index in start.index..<end {
            let partition = TopicPartition(topic: messages.topic(index), partition: messages[index].partition)
            guard wanted.contains(partition) else { continue }
            reading[partition] = max(reading[partition] ?? 0, messages[index].offset + 1)
        }
        if !batch.moves.isEmpty { queue.append(batch) }
    }

    /// Writes the oldest batch that it has prepared.
    func write() throws {
        guard !queue.isEmpty else { return }
        _ = try writer.write(queue.removeFirst())
    }

    /// Tries again what is set aside.
    func retry() throws { while !(try setAside.retry(on: session, shutdown: shutdown).isThrough) {} }
}

/// What happens to a write, once, between the moved positions and the commit.
final class WriteFaults: @unchecked Sendable {
    // Safe to share: used by one thread.
    var before: (() throws -> Void)?
    var after: (() throws -> Void)?

    func take(_ fault: ReferenceWritableKeyPath<WriteFaults, (() throws -> Void)?>) throws {
        guard let happens = self[keyPath: fault] else { return }
        self[keyPath: fault] = nil
        try happens()
    }

    func clear() { (before, after) = (nil, nil) }
}

/// The process ends here.
struct SimulatedCrash: Error {}

private struct FaultyHandler: TopicHandler {
    let inner: any TopicHandler
    let faults: WriteFaults

    var topic: TopicName { inner.topic }

    func makeCollector() throws -> any MessageCollector { Collector(inner: try inner.makeCollector(), faults: faults) }

    private final class Collector: MessageCollector {
        let inner: any MessageCollector
        let faults: WriteFaults

        init(inner: any MessageCollector, faults: WriteFaults) {
            self.inner = inner
            self.faults = faults
        }

        func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
            try inner.add(value, from: source)
        }

        func write(to connection: Connection) throws {
            try faults.take(\.before)
            try inner.write(to: connection)
            try faults.take(\.after)
        }
    }
}
