import Bus
import Contracts
import Foundation
import Kafka
import Service
import Testbed
import Testing

@testable import Database

/// Promise 6: a database that goes away and comes back, and services that are stopped meanwhile.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker, .processes, .chaos))
struct DatabaseAwayTests {
    @Test("A database that crashes and comes back under a relay and a consumer loses and doubles nothing", .tags(.long))
    func restarts() async throws {
        try await withCluster { cluster, url, bus in
            try publish(0..<2_000, url, bus)
            let (relay, consumer) = services(url, bus)
            try await awaitRows(2_000, url, consumer)
            for round in 1...3 {
                try publish(round * 2_000..<(round + 1) * 2_000, url, bus)
                try cluster.restart(round == 2 ? .fast : .immediate)
                try await awaitRows((round + 1) * 2_000, url, consumer)
            }
            try await eventually(relay.log.text) { try count("SELECT count(*) FROM outbox_pending", url) == 0 }
            try await eventually { consumer.log.contains("trying again") }
            try await consumer.stop()
            try await relay.stop()
            #expect(try count("SELECT count(DISTINCT number) FROM received", url) == 8_000)
            #expect(
                try count("SELECT count(*) FROM received", url)
                    == count(#"SELECT count(DISTINCT (partition, "offset")) FROM received"#, url))
        }
    }

    @Test("Services stop within a bounded time while their database is away", .tags(.long))
    func stopWhileAway() async throws {
        try await withCluster { cluster, url, bus in
            try publish(0..<500, url, bus)
            let (relay, consumer) = services(url, bus)
            try await awaitRows(500, url, consumer)
            try publish(500..<20_000, url, bus)
            try cluster.stop(.immediate)
            try bus.produce(
                .transactionConnected, [("k", try bus.value(TransactionConnected(number: 1_000_000)))])
            #expect(try !cluster.isRunning)
            try await eventually(consumer.log.text) { consumer.log.contains("trying again") }
            try await eventually(relay.log.text) { relay.log.contains("trying again") }
            try await consumer.stop()
            try await relay.stop()
            try cluster.restart()
            let (nextRelay, nextConsumer) = services(url, bus)
            try await awaitRows(20_001, url, nextConsumer)
            try await nextConsumer.stop()
            try await nextRelay.stop()
            #expect(try count("SELECT count(DISTINCT number) FROM received", url) == 20_001)
        }
    }

    @Test("A consumer that can't go on ends with the reason, although no more messages come")
    func writerFails() async throws {
        struct Broken: Error {}
        let bus = try TestBus()
        let broken = NumberHandler<TransactionConnected>(choices: bus.configuration.choices) { _ in throw Broken() }
        try bus.produce(.transactionConnected, [("k", try bus.value(TransactionConnected(number: 1)))])
        #expect(await bus.consumer([broken]).failure() is Broken)
        #expect(try bus.positions().values.allSatisfy { $0 == 0 })
    }

    @Test("A consumer with work in flight stops within a bounded time, and the next goes on", .tags(.long))
    func stopInFlight() async throws {
        let bus = try TestBus()
        let slow = NumberHandler<TransactionConnected>(choices: bus.configuration.choices) { _ in
            GracefulShutdown().wait(upTo: .milliseconds(50))
        }
        let relay = bus.relay()
        try bus.publish(0..<20_000)
        var stops = 0
        while try bus.count("SELECT count(*) FROM received") < 20_000 {
            let consumer = bus.consumer([slow], limits: BatchLimits(messages: 1_000))
            let before = try bus.count("SELECT count(*) FROM received")
            try await eventually(consumer.log.text) {
                try bus.count("SELECT count(*) FROM received") >= min(before + 5_000, 20_000)
            }
            try await consumer.stop()
            stops += 1
        }
        try await relay.stop()
        #expect(stops > 1)
        #expect(try bus.received() == Array(0..<20_000))
    }

    /// A database server of the test's own, which it may stop.
    private func withCluster(_ body: (PrivateCluster, String, TestBus) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + TestBroker.unique("database")
        let cluster = try PrivateCluster.start(
            directory: folder, options: PrivateCluster.Options(sharedBuffers: 128))
        let outcome: Result<Void, any Error>
        do {
            try cluster.createDatabase("bus")
            let url = cluster.url(database: "bus")
            try Migrations.migrate(url: url, TestSide.migrations)
            try await body(cluster, url, TestBus())
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try cluster.remove()
        try outcome.get()
    }

    private func services(_ url: String, _ bus: TestBus) -> (relay: RunningService, consumer: RunningService) {
        let relay = RunningService {
            OutboxRelay(
                name: "relay", configuration: bus.configuration, databaseURL: url, shutdown: $0, logger: $1)
        }
        return (relay, bus.consumer(limits: BatchLimits(messages: 500), databaseURL: url))
    }

    private func publish(_ numbers: Range<Int>, _ url: String, _ bus: TestBus) throws {
        try bus.publish(numbers, on: try Connection(url: url, applicationName: "tests"))
    }

    private func count(_ sql: String, _ url: String) throws -> Int {
        try Connection(url: url, applicationName: "tests").query(sql).single().int(0)
    }

    /// Relays may send twice around a crash, so distinct numbers are counted.
    private func awaitRows(_ rows: Int, _ url: String, _ consumer: RunningService) async throws {
        try await eventually(consumer.log.text) {
            try count("SELECT count(DISTINCT number) FROM received", url) >= rows
        }
    }
}
