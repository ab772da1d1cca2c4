import Contracts
import Testbed
import Testing

@testable import Bus
@testable import Database

/// Relays of one outbox whose every step is chosen by a seed: leases, chunks and acknowledgements are the product's own, on
/// a real database; clusters are lists of what came. A step of time ends leases.
final class SimulatedOutbox {
    /// A relay between its steps.
    private struct Relay {
        let name: String
        let connection: Connection
        /// To which it is connected.
        var cluster: String
        /// Of the lease that it believes to have.
        var epoch: Int64?
        var chunks: [OutboxChunk] = []
        /// Acknowledged by the broker, and still pending for all that it knows.
        var settled: [OutboxChunk] = []
        /// The last id of the pass.
        var last: Int64 = 0
    }

    private let database: TestDatabase
    private let control: Connection
    private let choices: ChoiceTables
    private var random: SeededRandom
    private var relays: [Relay?] = [nil, nil, nil]
    /// A transaction that is open, and has taken its ids already.
    private var slow: Connection?
    private var published = 0
    /// The ids of what came to each cluster.
    private var logs: [String: Set<Int64>] = [:]
    /// That the outbox is directed to.
    private var cluster = "cluster-0"
    private var clusters = 1
    private(set) var steps: [String: Int] = [:]
    private(set) var sentTwice = 0

    init(_ bus: TestBus, random: SeededRandom) throws {
        self.random = random
        database = try TestDatabase(TestSide.migrations)
        control = try database.connect()
        choices = bus.configuration.choices
    }

    /// Takes so many steps, and then comes to the end undisturbed.
    func run(steps count: Int) throws {
        for number in 0..<count {
            try step()
            try check("step \(number)")
        }
        try slow?.execute("COMMIT")
        slow = nil
        relays = try [start("last"), nil, nil]
        try pass()
        try control.execute("UPDATE outbox_lease SET expires_at = '-infinity'")
        while try OutboxStore.hasPending(on: control) {
            for step in [acquire, read, send, acknowledge] { try step(0) }
            try check("the end")
        }
        let all = Set(try control.values(Int64.self, "SELECT id FROM outbox"))
        #expect(all.count == published && logs[cluster] == all, "\(random)")
    }

    private func step() throws {
        let who = Int.random(in: 0..<relays.count, using: &random)
        guard let relay = relays[who] else {
            count("start")
            relays[who] = try start("relay \(who)")
            return
        }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<15: try publish()
        case 15..<35 where relay.epoch == nil: try acquire(who)
        case 15..<45: try read(who)
        case 45..<65: try send(who)
        case 65..<85: try acknowledge(who)
        case 85..<89:
            count("crash")
            relays[who] = nil
        case 89..<93: try pass()
        case 93..<95: try direct()
        case 95..<97:
            count("meet the cluster")
            relays[who] = try start("relay \(who)")
        default: try renew(who)
        }
    }

    private func start(_ name: String) throws -> Relay {
        Relay(name: name, connection: try database.connect(), cluster: cluster)
    }

    private func lease(_ relay: Relay) -> OutboxLease { OutboxLease(owner: relay.name, clusterID: relay.cluster) }

    /// Commits some messages; or begins to, and commits them when others have committed higher ids.
    private func publish() throws {
        if let connection = slow {
            count("commit late")
            try connection.execute("COMMIT")
            slow = nil
            return
        }
        let rows = try OutboxRows(choices: choices)
        let number = Int.random(in: 1...30, using: &random)
        for place in 0..<number {
            try rows.append(
                TransactionConnected(number: published + place), traceId: GUID(high: 9, low: UInt64(published + place)))
        }
        published += number
        let connection = try database.connect()
        try connection.execute("BEGIN")
        try rows.write(to: connection)
        if Int.random(in: 0..<4, using: &random) == 0 {
            count("begin")
            slow = connection
        } else {
            count("publish")
            try connection.execute("COMMIT")
        }
    }

    private func acquire(_ who: Int) throws {
        guard var relay = relays[who], relay.epoch == nil else { return }
        count("acquire")
        do {
            relay.epoch = try lease(relay).acquire(on: relay.connection)
            relay.last = 0
        } catch is OutboxClusterMismatch {
            // It asks the cluster anew who it is.
            relay.cluster = cluster
        }
        relays[who] = relay
    }

    private func renew(_ who: Int) throws {
        guard var relay = relays[who], let epoch = relay.epoch else { return }
        count("renew")
        if try !lease(relay).renew(epoch: epoch, on: relay.connection) { relay.epoch = nil }
        relays[who] = relay
    }

    private func read(_ who: Int) throws {
        guard var relay = relays[who], let epoch = relay.epoch, relay.chunks.count < 3 else { return }
        count("read")
        let chunk = try OutboxStore.pending(
            after: relay.last, rows: Int64.random(in: 1...20, using: &random), bytes: 1 << 20, epoch: epoch,
            on: relay.connection)
        // Nothing more: the next pass begins at the lowest id.
        relay.last = chunk.events.last?.id ?? 0
        if !chunk.events.isEmpty { relay.chunks.append(chunk) }
        relays[who] = relay
    }

    /// The broker takes some messages of a chunk or all, and says so of each, or does not.
    private func send(_ who: Int) throws {
        guard var relay = relays[who], !relay.chunks.isEmpty else { return }
        count("send")
        let chunk = relay.chunks.removeFirst()
        for index in chunk.events.indices {
            let outcome = Int.random(in: 0..<20, using: &random)
            if outcome != 0 {
                if !logs[relay.cluster, default: []].insert(chunk.events[index].id).inserted { sentTwice += 1 }
            }
            chunk.settle(index, delivered: outcome > 1)
        }
        relay.settled.append(chunk)
        relays[who] = relay
    }

    private func acknowledge(_ who: Int) throws {
        guard var relay = relays[who], !relay.settled.isEmpty else { return }
        count("acknowledge")
        let chunk = relay.settled.removeFirst()
        try relay.connection.transaction {
            _ = try OutboxStore.acknowledge(chunk.acknowledged, epoch: chunk.epoch, on: relay.connection)
        }
        relays[who] = relay
    }

    /// Leases expire.
    private func pass() throws {
        count("time passes")
        try control.execute("UPDATE outbox_lease SET expires_at = '-infinity'")
    }

    /// The cluster was lost: an operator directs the outbox to another and has everything sent again.
    private func direct() throws {
        count("outbox resend")
        cluster = "cluster-\(clusters)"
        clusters += 1
        try control.transaction {
            try OutboxLease.direct(to: cluster, on: control)
            try OutboxStore.resendAll(on: control)
        }
    }

    private func count(_ step: String) { steps[step, default: 0] += 1 }

    /// What is no longer pending is in the log of the cluster that counts.
    private func check(_ place: String) throws {
        let done = try control.values(
            Int64.self, "SELECT id FROM outbox WHERE NOT EXISTS (SELECT FROM outbox_pending p WHERE p.id = outbox.id)")
        let lost = Set(done).subtracting(logs[cluster] ?? [])
        try #require(lost.isEmpty, "\(random), \(place): \(lost) never came to \(cluster)")
    }
}
