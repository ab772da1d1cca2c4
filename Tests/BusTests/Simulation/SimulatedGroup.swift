import Contracts
import Kafka
import Testbed
import Testing

@testable import Bus
@testable import Database

/// A group of consumers on one database, whose every step is chosen by a seed, and what must hold after each.
final class SimulatedGroup {
    private let bus: TestBus
    private let log: SimulatedLog
    private let clusterID: String
    private let database: TestDatabase
    private let control: Connection
    private let proxy: SilentProxy
    private var random: SeededRandom
    private var consumers: [SimulatedConsumer?]
    /// Who is frozen: the group has given its partitions to others without a word to it.
    private var frozen: Set<Int> = []
    private var isConfigured = false
    /// How often each kind of step was taken.
    private(set) var steps: [String: Int] = [:]

    init(_ bus: TestBus, _ log: SimulatedLog, clusterID: String, random: SeededRandom) throws {
        self.bus = bus
        self.log = log
        self.clusterID = clusterID
        self.random = random
        database = try TestDatabase(TestSide.migrations)
        control = try database.connect()
        proxy = try SilentProxy(to: database.url)
        consumers = [nil, nil, nil]
    }

    deinit { proxy.close() }

    private func start() throws -> SimulatedConsumer {
        try SimulatedConsumer(
            bus, log, clusterID: clusterID,
            choices: isConfigured ? SimulatedLog.configuredChoices() : bus.configuration.choices,
            databaseURL: proxy.url(database.url), directURL: database.url)
    }

    /// Takes so many steps, and then comes to the end undisturbed.
    func run(steps count: Int) throws {
        for number in 0..<count {
            try step()
            try check("step \(number)")
        }
        isConfigured = true
        consumers = [try start(), nil, nil]
        frozen = []
        let last = try #require(consumers[0])
        try last.assign(log.partitions)
        while !last.isAtEnd {
            try last.read(using: &random)
            try last.write()
        }
        try last.retry()
        try check("the end")
        for partition in log.partitions {
            #expect(try next(partition) == log.end(partition))
        }
        #expect(try control.value(Int.self, "SELECT count(*) FROM held_messages") == 0)
    }

    private func step() throws {
        let who = Int.random(in: 0..<consumers.count, using: &random)
        let kind = Int.random(in: 0..<100, using: &random)
        guard let consumer = consumers[who] else {
            count("start")
            consumers[who] = try start()
            return try rebalance()
        }
        switch kind {
        case 0..<45:
            count("read")
            try consumer.read(using: &random)
        case 45..<88: try write(who, consumer)
        case 88..<91:
            count("rebalance")
            try rebalance()
        case 91..<94:
            count("freeze")
            frozen.insert(who)
            try rebalance()
        case 94..<96:
            count("crash")
            consumers[who] = nil
            frozen.remove(who)
        case 96..<97:
            isConfigured = true
            count("configure")
        case 97..<98:
            count("errors retry")
            try control.execute("UPDATE dead_letters SET state = 'requested' WHERE id % 7 = 0 AND state = 'parked'")
        default:
            count("retry")
            try consumer.retry()
        }
    }

    /// The group gives all partitions anew to those that are not frozen; one that was, may notice now.
    private func rebalance() throws {
        if Bool.random(using: &random) { frozen.removeAll() }
        let members = consumers.indices.filter { consumers[$0] != nil && !frozen.contains($0) }
        guard !members.isEmpty else { return }
        let partitions = log.partitions.shuffled(using: &random)
        for member in members { consumers[member]?.revoke() }
        for (place, member) in members.enumerated() {
            let share = partitions.indices.filter { $0 % members.count == place }.map { partitions[$0] }
            try consumers[member]?.assign(share)
        }
    }

    private func write(_ who: Int, _ consumer: SimulatedConsumer) throws {
        let fault = consumer.queue.isEmpty ? 0 : Int.random(in: 0..<12, using: &random)
        defer { consumer.faults.clear() }
        let locked = consumer.writes
        switch fault {
        case 1:
            count("crash in a write")
            consumer.faults.after = { throw SimulatedCrash() }
        case 2:
            count("killed session before the rows")
            consumer.faults.before = { [self] in try killSession(of: consumer) }
        case 3:
            count("killed session before the commit")
            consumer.faults.after = { [self] in try killSession(of: consumer) }
        case 4:
            count("lost answer")
            consumer.faults.after = { [proxy] in proxy.loseNextAnswer() }
        case 5:
            count("taken over in a write")
            consumer.faults.after = { [self] in
                // Who takes over waits for a lock only so long, and then ends the session that holds it.
                try killSession(of: consumer)
                frozen.insert(who)
                try rebalance()
            }
        case 6, 7:
            count("others in a write")
            consumer.faults.after = { [self] in try others(than: who, locked: locked) }
        default: count("write")
        }
        do {
            try consumer.write()
        } catch is SimulatedCrash {
            consumers[who] = nil
            frozen.remove(who)
        }
    }

    /// What others do while a transaction is open that holds some positions.
    private func others(than who: Int, locked: Set<TopicPartition>) throws {
        for (index, other) in consumers.enumerated() where index != who {
            guard let other, other.writes.isDisjoint(with: locked) else { continue }
            try other.read(using: &random)
            if other.writes.isDisjoint(with: locked) { try other.write() }
        }
    }

    private func killSession(of consumer: SimulatedConsumer) throws {
        guard let process = consumer.session.serverProcess else { return }
        _ = try control.query("SELECT pg_terminate_backend($1, 5000)", process)
    }

    private func count(_ step: String) { steps[step, default: 0] += 1 }

    // MARK: What must hold

    private struct PartitionState: Record {
        var partition: Int32
        var next: Int64
        var received: Int
        var different: Int
        var last: Int64
        var dead: Int
        var held: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            PartitionState(
                partition: try column("partition", row?.partition), next: try column("next", row?.next),
                received: try column("received", row?.received), different: try column("different", row?.different),
                last: try column("last", row?.last), dead: try column("dead", row?.dead),
                held: try column("held", row?.held))
        }
    }

    /// Of every message before a position the effect is there, once; and of none behind it.
    private func check(_ place: String) throws {
        let states = try control.records(
            PartitionState.self,
            """
            SELECT p.partition, p.next, coalesce(r.received, 0) AS received, coalesce(r.different, 0) AS different,
                greatest(coalesce(r.last, -1), coalesce(d.last, -1), coalesce(h.last, -1)) AS last,
                coalesce(d.dead, 0) AS dead, coalesce(h.held, 0) AS held
            FROM consumer_positions p
            LEFT JOIN (SELECT partition, count(*) AS received, count(DISTINCT "offset") AS different, max("offset") AS last
                FROM received GROUP BY 1) r USING (partition)
            LEFT JOIN (SELECT partition, count(*) AS dead, max(message_offset) AS last FROM dead_letters GROUP BY 1) d
                USING (partition)
            LEFT JOIN (SELECT partition, count(*) AS held, max(message_offset) AS last FROM held_messages GROUP BY 1) h
                USING (partition)
            """)
        for state in states {
            let topic = bus.configuration.clusterName(TopicName.actualCreated.rawValue)
            let partition = TopicPartition(topic: topic, partition: state.partition)
            func before(_ fate: SimulatedLog.Fate) -> Int { log.count(fate, of: partition, before: state.next) }
            let isRight =
                state.received == state.different && state.last < state.next
                && state.received + state.held == before(.effect) + before(.wait) && state.received >= before(.effect)
                && state.dead == before(.deadLetter)
            try #require(isRight, "\(random), \(place): \(state); \(SimulatedLog.Fate.allCases.map(before))")
        }
        let published = try control.value(Int.self, "SELECT count(*) FROM outbox")
        try #require(published == states.reduce(0) { $0 + $1.dead }, "\(random), \(place)")
    }

    private func next(_ partition: TopicPartition) throws -> Int64 {
        try control.value(
            Int64.self, "SELECT next FROM consumer_positions WHERE topic = $1 AND partition = $2", partition.topic,
            partition.partition)
    }
}
