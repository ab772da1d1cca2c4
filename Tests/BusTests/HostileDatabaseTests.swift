import Contracts
import Foundation
import Glibc
import Kafka
import Service
import Testbed
import Testing

@testable import Bus
@testable import Database

/// A database that says no for a while, has no room left, or does not say whether it has committed.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker, .chaos))
struct HostileDatabaseTests {
    /// What a server may say although nothing is wrong with the data.
    static let passing = [
        "40001 serialization failure", "40P01 deadlock", "55P03 lock timeout", "57014 statement timeout",
        "53100 disk full",
        "53200 out of memory", "53300 too many connections", "25006 read-only", "57P01 administrator shutdown",
    ]

    @Test(
        "What the server refuses for a while is tried again: every row comes once, and none becomes a dead letter",
        arguments: passing)
    func passes(_ failure: String) async throws {
        let bus = try TestBus()
        // Each statement fails some times, and then works; a sequence counts over the rollbacks.
        try bus.database.connect().executeScript(
            """
            CREATE SEQUENCE attempts;
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF nextval('attempts') <= 6 THEN
                    RAISE EXCEPTION 'injected: \(failure)' USING ERRCODE = '\(failure.prefix(5))';
                END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER refuse AFTER INSERT ON received FOR EACH STATEMENT EXECUTE FUNCTION refuse();
            CREATE TRIGGER refuse AFTER DELETE ON outbox_pending FOR EACH STATEMENT EXECUTE FUNCTION refuse();
            CREATE TRIGGER refuse AFTER UPDATE ON outbox_lease FOR EACH STATEMENT EXECUTE FUNCTION refuse()
            """)
        let relay = bus.relay()
        let consumer = bus.consumer()
        try bus.publish(0..<500)
        try await bus.awaitReceived(500, consumer, relay)
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await consumer.stop()
        try await relay.stop()
        #expect(Set(try bus.received()) == Set(0..<500))
        #expect(
            try bus.count("SELECT count(*) FROM received")
                == bus.count(#"SELECT count(DISTINCT (partition, "offset")) FROM received"#))
        #expect(try bus.count("SELECT count(*) FROM dead_letters") == 0)
        #expect(consumer.log.contains("trying again") || relay.log.contains("trying again"))
    }

    @Test("Answers to commits that are lost: each transaction took effect, and none does so twice")
    func lostAnswers() async throws {
        let bus = try TestBus()
        let proxy = try SilentProxy(to: bus.database.url)
        defer { proxy.close() }
        let url = try proxy.url(bus.database.url)
        let relay = RunningService {
            OutboxRelay(name: "relay", configuration: bus.configuration, databaseURL: url, shutdown: $0, logger: $1)
        }
        let consumer = bus.consumer(databaseURL: url)
        for round in 0..<10 {
            proxy.loseAnswers(to: "COMMIT", times: 3)
            try bus.publish(round * 100..<(round + 1) * 100)
            try await bus.awaitReceived((round + 1) * 100, consumer, relay)
        }
        try await eventually(relay.log.text) { try bus.pending == 0 }
        #expect(proxy.lostAnswers >= 20)
        try await consumer.stop()
        try await relay.stop()
        #expect(consumer.log.contains("it is not known whether the transaction was committed"))
        #expect(Set(try bus.received()) == Set(0..<1_000))
        #expect(
            try bus.count("SELECT count(*) FROM received")
                == bus.count(#"SELECT count(DISTINCT (partition, "offset")) FROM received"#))
    }

    @Test(
        "A disk that is full is waited for and said, and what came meanwhile is written when there is room again",
        .tags(.processes, .long), .enabled(if: SmallDisk.isPossible, "only root mounts a small disk"))
    func diskFull() async throws {
        let disk = try SmallDisk(megabytes: 24)
        defer { disk.remove() }
        try await TestCluster.with { cluster in
            let server = try Connection(url: cluster.url(database: "postgres"), applicationName: "tests")
            try server.executeScript("CREATE TABLESPACE small LOCATION '\(disk.folder)'")
            try server.executeScript("CREATE DATABASE bus TABLESPACE small")
            let url = cluster.url(database: "bus")
            try Migrations.migrate(url: url, TestSide.migrations)
            let bus = try TestBus()
            let consumer = bus.consumer(databaseURL: url)
            let connection = try Connection(url: url, applicationName: "tests")
            func rows() throws -> Int { try connection.value(Int.self, "SELECT count(*) FROM received") }
            var sent = 0
            while !consumer.log.contains("No space left on device") {
                try bus.produce(.transactionConnected, try bus.messages(sent..<sent + 5_000))
                sent += 5_000
                try #require(sent < 1_000_000)
            }
            #expect(consumer.log.contains("trying again"))
            try disk.grow(toMegabytes: 512)
            try await eventually(consumer.log.text) { try rows() == sent }
            try await eventually(consumer.log.text) { consumer.log.contains("it works again") }
            try await consumer.stop()
            #expect(try connection.value(Int.self, "SELECT count(DISTINCT number) FROM received") == sent)
            #expect(try connection.value(Int.self, "SELECT count(*) FROM dead_letters") == 0)
        }
    }
}
