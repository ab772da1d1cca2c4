import Bus
import Dataverse
import Finance
import Foundation
import Glibc
import Operations
import Service
import Testbed
import Testing

@testable import Database

/// SIGTERM while what a process talks to hangs: it is out within its bound all the same.
@Suite(.serialized, .timeLimit(.minutes(5)), .tags(.broker, .processes, .chaos))
struct ShutdownTests {
    /// Supervisors commonly wait for 30 seconds, and this is what we promise.
    private static let bound = Duration.seconds(25)

    /// What hangs: it takes connections and never answers.
    enum Hang: String, CaseIterable, Sendable {
        case databaseAtStart, brokerAtStart, databaseAtWork, brokerWithUnsentMessages, lockInABatch
    }

    @Test("Each process is out within its bound when what it needs hangs", arguments: Hang.allCases)
    func hanging(_ hang: Hang) throws {
        let servers = try HangingServers()
        defer { servers.remove() }
        if hang == .databaseAtStart { servers.silenceDatabases() }
        if hang == .brokerAtStart { servers.freezeBroker() }
        let programs = try Program.services.map { try RunningProgram($0, servers.environment) }
        let logs = { programs.map(\.log).joined(separator: "\n---\n") }
        switch hang {
        case .databaseAtStart: try eventually(logs()) { servers.connections >= 4 }
        case .brokerAtStart: try eventually(logs()) { servers.connections >= 4 }
        default: try eventually(logs()) { programs.allSatisfy { $0.log.contains("started") } }
        }
        switch hang {
        case .databaseAtStart, .brokerAtStart: break
        case .databaseAtWork: servers.silenceDatabases()
        case .brokerWithUnsentMessages:
            servers.freezeBroker()
            try servers.publish(1_000)
            try eventually(logs()) { try servers.relaysHaveRead() }
        case .lockInABatch:
            let holders = try servers.holdPositions()
            try servers.publish(1_000)
            try eventually(logs()) { try servers.waitingForLocks() >= 1 }
            for program in programs { program.send(SIGTERM) }
            for program in programs { expectOut(program, hang) }
            withExtendedLifetime(holders) {}
            return
        }
        for program in programs { program.send(SIGTERM) }
        for program in programs { expectOut(program, hang) }
    }

    private func expectOut(_ program: RunningProgram, _ hang: Hang) {
        let status = program.ended(within: Self.bound)
        #expect(status == 0 || status == 1, "\(hang): \(status.map(String.init) ?? "still running"): \(program.log)")
        // What the broker has not acknowledged stays in the outbox, which is in good order.
        #expect(hang != .brokerWithUnsentMessages || status == 0, "\(program.log)")
    }

    @Test("A second SIGTERM changes nothing, and Ctrl-C after it leaves at once")
    func impatient() throws {
        let servers = try HangingServers()
        defer { servers.remove() }
        let program = try RunningProgram(.financeConsumer, servers.environment)
        try eventually(program.log) { program.log.contains("started") }
        let holders = try servers.holdPositions()
        try servers.publish(10)
        let producer = try RunningProgram(.dataverseProducer, servers.environment)
        try eventually(program.log) { try servers.waitingForLocks() >= 1 }
        program.send(SIGTERM)
        try eventually(program.log) { program.log.contains("stopping") }
        program.send(SIGTERM)
        try eventually(program.log) { program.log.components(separatedBy: "stopping").count == 3 }
        #expect(program.isRunning)
        #expect(program.end(SIGINT) == 130, "\(program.log)")
        withExtendedLifetime(holders) {}
        #expect(producer.end(SIGTERM) == 0, "\(producer.log)")
    }

    @Test("A posting that waits for a lock is given up within the bound, and posted once by whoever comes next")
    func midPosting() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        var holder: Connection?
        var status: Int32?
        var failure: (any Error)?
        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: GracefulShutdown()) { step, left in
            guard step == "post proposals", left == nil else { return }
            do {
                // The first number that a posting takes is not to be had.
                let connection = try test.finance.separate()
                try connection.executeScript("BEGIN; UPDATE number_sequences SET next = next")
                holder = connection
                status = try Self.stopWhilePosting(test)
                try connection.executeScript("ROLLBACK")
                try test.bus.fleet.start(.postingConsumer, label: "posting-consumer-again")
                // They are requested already, so that the next step waits for none of them.
                try eventually(test.bus.fleet.lastWords) {
                    try test.count(
                        test.finance,
                        "SELECT count(*) FROM invoice_proposals WHERE status <> \(ProposalStatus.invoiced.sql)") == 0
                }
            } catch { failure = error }
        }
        try test.expectEverything(demo.run(isKept: true))
        #expect(failure == nil)
        #expect(holder != nil)
        #expect(status == 0 || status == 1, "\(status.map(String.init) ?? "still running")")
    }

    /// Requests the invoices' posting by the tool, and stops the posting-consumer when it waits for the lock.
    private static func stopWhilePosting(_ test: ProcessBus) throws -> Int32? {
        let posted = try test.ledgerbus("finance", "post", "--proposals")
        try #require(posted.status == 0, "\(posted.errors)")
        try eventually(test.bus.fleet.lastWords) {
            try test.count(
                test.finance,
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name LIKE 'posting-consumer%'
                """) > 0
        }
        return try test.bus.fleet.stopMeasured(Program.postingConsumer.rawValue, within: bound)
    }
}

extension ProcessFleet {
    /// Sends SIGTERM to a process.
    ///
    /// - returns: 0 when it was out in time, else nil; it is killed then.
    fileprivate func stopMeasured(_ name: String, within bound: Duration) throws -> Int32? {
        guard let member = members.first(where: { $0.name == name }) else { return nil }
        kill(member.processIdentifier, SIGTERM)
        let deadline = ContinuousClock.now + bound
        var isOut = false
        while !isOut, ContinuousClock.now < deadline {
            // A child that has ended stays a zombie until its Process has seen it.
            let state = (try? String(contentsOfFile: "/proc/\(member.processIdentifier)/stat", encoding: .utf8)) ?? ""
            isOut = state.isEmpty || state.contains(") Z ")
            Thread.sleep(forTimeInterval: 0.05)
        }
        try stop(name, timeout: .seconds(1))
        return isOut ? 0 : nil
    }
}

extension Connection {
    /// Another session with the same database.
    fileprivate func separate() throws -> Connection { try Connection(url: url.text, applicationName: "psql of Ada") }
}

/// A broker that can be frozen, and two databases whose network can fall silent.
private final class HangingServers {
    private let databases: [Side: TestDatabase]
    private let proxies: [SilentProxy]
    private let broker: RunningProgram
    private let addressFile: String
    let environment: [String: String]

    init() throws {
        databases = [
            .dataverse: try TestDatabase(DataverseSchema.migrations),
            .finance: try TestDatabase(FinanceSchema.migrations),
        ]
        addressFile = NSTemporaryDirectory() + TestBroker.unique("broker-address")
        broker = try RunningProgram(.ledgerbus, [:], arguments: ["broker", "--address-file", addressFile])
        var address = ""
        let file = addressFile
        try eventually(broker.log) {
            address = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
            return address.hasSuffix("\n")
        }
        var environment = ["KAFKA_BOOTSTRAP_SERVERS": address.trimmingCharacters(in: .whitespacesAndNewlines)]
        var proxies: [SilentProxy] = []
        for (side, database) in databases {
            let proxy = try SilentProxy(to: database.url)
            environment["\(side.rawValue.uppercased())_DATABASE_URL"] = try proxy.url(database.url)
            proxies.append(proxy)
        }
        self.environment = environment
        self.proxies = proxies
    }

    func remove() {
        broker.send(SIGCONT)
        _ = broker.end(SIGTERM)
        for proxy in proxies { proxy.close() }
        try? FileManager.default.removeItem(atPath: addressFile)
    }

    func silenceDatabases() { for proxy in proxies { proxy.fallSilent() } }

    func freezeBroker() { broker.send(SIGSTOP) }

    /// Connections to the databases so far.
    var connections: Int { proxies.reduce(0) { $0 + $1.accepted } }

    func waitingForLocks() throws -> Int {
        try sum("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    }

    /// Whether each side's relay has looked at its outbox since ``publish(_:)``.
    func relaysHaveRead() throws -> Bool {
        try sum(
            """
            SELECT count(*) FROM pg_stat_activity, (SELECT max(created_at) AS at FROM outbox) published
            WHERE datname = current_database() AND application_name LIKE '%relay%' AND state_change > published.at
            """) >= 2
    }

    /// Puts messages into both outboxes that go to topics of the other side, where they become dead letters.
    func publish(_ count: Int) throws {
        for (side, database) in databases {
            let topic = side == .dataverse ? "actual-created" : "accounting-detail"
            try database.connect().execute(
                """
                INSERT INTO outbox (topic, key, event_id, trace_id, payload)
                SELECT $1, gen_random_uuid()::text::bytea, gen_random_uuid(), gen_random_uuid(), 'nonsense'::bytea
                FROM generate_series(1, $2::int)
                """, topic, count)
        }
    }

    /// Locks all positions, in transactions that stay open as long as the sessions that are given back.
    func holdPositions() throws -> [Connection] {
        try databases.values.map { database in
            let connection = try Connection(url: database.url, applicationName: "psql of Ada")
            try connection.executeScript("BEGIN; LOCK TABLE consumer_positions IN EXCLUSIVE MODE")
            return connection
        }
    }

    private func sum(_ sql: String) throws -> Int {
        try databases.values.reduce(0) { try $0 + $1.connect().query(sql).single().int(0) }
    }
}
