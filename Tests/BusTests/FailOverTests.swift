import Bus
import Contracts
import Kafka
import Service
import Testbed
import Testing

@testable import Database

/// A database that is another server now: a standby that was promoted, or one that is none yet.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker, .processes, .chaos, .long))
struct FailOverTests {
    @Test("A relay and a consumer follow a fail-over to the standby that their URL names; nothing is lost or doubled")
    func followed() async throws {
        try await withServers { servers, bus in
            let services = Services(servers.url, bus)
            try servers.publish(0..<2_000, bus)
            try await services.await(2_000)
            try servers.publish(2_000..<4_000, bus)
            try servers.primary.stop(.immediate)
            try servers.promote()
            try servers.publish(4_000..<6_000, bus)
            try await services.await(6_000)
            try await services.stop()
            try services.expectOnce(6_000)
        }
    }

    @Test(
        "A standby that had not had all of it takes over: what is published is read again, and nothing is missing after"
    )
    func behind() async throws {
        try await withServers { servers, bus in
            let services = Services(servers.url, bus)
            try servers.publish(0..<1_000, bus)
            try await services.await(1_000)
            try servers.standby.stop()
            try bus.produce(.transactionConnected, try bus.messages(1_000..<2_000))
            try await services.await(2_000)
            try servers.primary.stop(.immediate)
            try servers.standby.restart()
            try servers.promote()
            try await services.await(2_000)
            try await services.stop()
            try services.expectOnce(2_000)
        }
    }

    @Test("Who reaches a standby alone does nothing and says so, and goes on by itself when it is promoted")
    func readOnly() async throws {
        try await withServers { servers, bus in
            try bus.produce(.transactionConnected, try bus.messages(0..<300))
            try servers.publish(1_000..<1_100, bus)
            let url = try #require(servers.standby.tcpURL(database: "bus"))
            try await eventually { try Servers.count("SELECT count(*) FROM outbox", url) == 100 }
            let services = Services(url, bus)
            try await eventually(services.consumer.log.text) { services.consumer.log.contains("read-only transaction") }
            try await eventually(services.relay.log.text) { services.relay.log.contains("read-only transaction") }
            #expect(try bus.watermarks("transaction-connected").values.reduce(0) { $0 + $1.high } == 300)
            try servers.primary.stop(.immediate)
            try servers.promote()
            try await services.await(400)
            try await services.stop()
            try services.expectOnce(400)
        }
    }

    @Test("A process that starts at a standby waits for it to take writes, and says what to put into the URL")
    func opening() async throws {
        try await withServers { servers, _ in
            let url = try #require(servers.standby.tcpURL(database: "bus"))
            let log = RecordedLog()
            let shutdown = GracefulShutdown()
            let waiting = WorkerThread(name: "opening") {
                try SideDatabase.waiting(
                    for: .finance, url: url, TestSide.migrations, applicationName: "test", until: shutdown,
                    logger: log.logger)
            }
            try await eventually(log.text) { log.contains("takes no writes") }
            #expect(log.contains("name all servers in the URL"))
            try servers.primary.stop(.immediate)
            try servers.promote()
            _ = try waiting.join()
        }
    }

    private func withServers(_ body: (Servers, TestBus) async throws -> Void) async throws {
        let port = TestCluster.freePort()
        try await TestCluster.with(settings: TestCluster.replicating, port: port) { primary in
            try primary.createDatabase("bus")
            try Migrations.migrate(url: primary.url(database: "bus"), TestSide.migrations)
            let standby = try TestCluster.standby(of: primary, port: port + 1)
            defer { try? standby.remove() }
            try await body(Servers(primary: primary, standby: standby, ports: (port, port + 1)), TestBus())
        }
    }
}

/// A primary and its standby.
private struct Servers {
    let primary: PrivateCluster
    let standby: PrivateCluster
    let ports: (Int, Int)

    /// Of both: whichever takes writes.
    var url: String { "postgres://ledgerbus@127.0.0.1:\(ports.0),127.0.0.1:\(ports.1)/bus" }

    /// Commits when the standby has it.
    func publish(_ numbers: Range<Int>, _ bus: TestBus) throws {
        let connection = try Connection(url: url, applicationName: "tests")
        try bus.publish(numbers, on: connection)
        guard try primary.isRunning, try standby.isRunning else { return }
        let position = try connection.value(String.self, "SELECT pg_current_wal_lsn()::text")
        let url = standby.url(database: "bus")
        try eventually {
            try Connection(url: url, applicationName: "tests").value(
                Bool.self, "SELECT pg_last_wal_replay_lsn() >= $1::text::pg_lsn", position)
        }
    }

    func promote() throws {
        try Connection(url: standby.url(database: "postgres"), applicationName: "tests").executeScript(
            "SELECT pg_promote()")
    }

    static func count(_ sql: String, _ url: String) throws -> Int {
        try Connection(url: url, applicationName: "tests").value(Int.self, sql)
    }
}

/// A relay and a consumer of one database.
private struct Services {
    let url: String
    let relay: RunningService
    let consumer: RunningService

    init(_ url: String, _ bus: TestBus) {
        self.url = url
        relay = RunningService {
            OutboxRelay(name: "relay", configuration: bus.configuration, databaseURL: url, shutdown: $0, logger: $1)
        }
        consumer = bus.consumer(limits: BatchLimits(messages: 500), databaseURL: url)
    }

    /// Relays may send twice around a crash, so distinct numbers are counted.
    func await(_ rows: Int) async throws {
        try await eventually("\(relay.log.text)\n---\n\(consumer.log.text)") {
            (try? Servers.count("SELECT count(DISTINCT number) FROM received", url)) ?? 0 >= rows
        }
    }

    func stop() async throws {
        try await eventually(relay.log.text) { try Servers.count("SELECT count(*) FROM outbox_pending", url) == 0 }
        try await consumer.stop()
        try await relay.stop()
    }

    func expectOnce(_ numbers: Int) throws {
        #expect(try Servers.count("SELECT count(DISTINCT number) FROM received", url) == numbers)
        #expect(
            try Servers.count("SELECT count(*) FROM received", url)
                == Servers.count(#"SELECT count(DISTINCT (partition, "offset")) FROM received"#, url))
        #expect(try Servers.count("SELECT count(*) FROM dead_letters", url) == 0)
    }
}
