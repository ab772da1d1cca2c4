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
