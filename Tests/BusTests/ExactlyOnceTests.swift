import Bus
import Contracts
import Kafka
import Service
import Synchronization
import Testbed
import Testing

@testable import Database

/// Promises 2, 6 and 7.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker, .chaos))
struct ExactlyOnceTests {
    @Test(
        "Every message takes effect exactly once while consumers come, go and come again", .tags(.long),
        arguments: TestBroker.Kind.available)
    func consumersComeAndGo(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        let connection = try bus.database.connect()
        let relay = bus.relay()
        let limits = BatchLimits(messages: 500)
        let first = bus.consumer(limits: limits)
        try bus.publish(0..<5_000, on: connection)
        try await bus.awaitReceived(1, first)
        let second = bus.consumer(limits: limits)
        try bus.publish(5_000..<10_000, on: connection)
        try await bus.awaitReceived(6_000, first, second)
        let third = bus.consumer(limits: limits)
        try bus.publish(10_000..<15_000, on: connection)
        try await first.stop()
        try bus.publish(15_000..<20_000, on: connection)
        let fourth = bus.consumer(limits: limits)
        try await bus.awaitReceived(16_000, second, third, fourth)
        try await second.stop()
        try await third.stop()
        try bus.publish(20_000..<25_000, on: connection)
        try await bus.awaitReceived(25_000, fourth)
        try await bus.awaitNoLag()
        try await fourth.stop()
        try await relay.stop()
        #expect(try bus.received() == Array(0..<25_000))
        let places = try bus.count(#"SELECT count(DISTINCT (topic, partition, "offset")) FROM received"#)
        #expect(places == 25_000)
    }

    @Test("A consumer that was stopped goes on where it was", arguments: TestBroker.Kind.available)
    func goesOn(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        for round in 0..<3 {
            try bus.produce(.transactionConnected, try messages(round * 100..<(round + 1) * 100, bus))
            let consumer = bus.consumer()
            try await bus.awaitReceived((round + 1) * 100, consumer)
            try await bus.awaitNoLag()
            try await consumer.stop()
        }
        #expect(try bus.received() == Array(0..<300))
    }

    @Test("A consumer whose partition another has taken over cannot commit it, and goes on with the others")
    func fenced() async throws {
        let bus = try TestBus()
        let consumer = bus.consumer()
        try bus.produce(.transactionConnected, try messages(0..<300, bus))
        try await bus.awaitReceived(300, consumer)
        let before = try bus.positions()
        let taken = try #require(before.keys.sorted().first)
        try bus.database.connect().execute(
            "UPDATE consumer_positions SET epoch = epoch + 1 WHERE topic = $1 AND partition = $2", taken.topic,
            taken.partition)
        try bus.produce(.transactionConnected, try messages(300..<600, bus))
        let ends = try bus.watermarks("transaction-connected").mapValues(\.high)
        try await eventually(consumer.log.text) {
            try bus.positions().allSatisfy { $0.key == taken || $0.value == ends[$0.key] }
        }
        try await eventually { consumer.log.contains("taken over by another process") }
        #expect(try bus.positions()[taken] == before[taken])
        let kept = try bus.count("SELECT count(*) FROM received WHERE partition = \(taken.partition)")
        #expect(Int64(kept) == before[taken])
        try await consumer.stop()

        // The next owner takes what the fenced one could not.
        let next = bus.consumer()
        try await bus.awaitReceived(600, next)
        try await bus.awaitNoLag()
        try await next.stop()
        #expect(try bus.received() == Array(0..<600))
    }

    @Test("A consumer that is frozen in its transaction, and loses its partitions, changes nothing afterwards")
    func frozen() async throws {
        let bus = try TestBus()
        let isFrozen = Mutex(true)
        let waiting = Mutex(false)
        let handler = NumberHandler<TransactionConnected>(choices: bus.configuration.choices) { _ in
            waiting.withLock { $0 = true }
            while isFrozen.withLock({ $0 }) { GracefulShutdown().wait(upTo: .milliseconds(10)) }
        }
        try bus.produce(.transactionConnected, try messages(0..<100, bus))
        let old = bus.consumer([handler])
        try await eventually { waiting.withLock { $0 } }
        // The server gives it up, as its idle timeout would, and another owner takes all over.
        let connection = try bus.database.connect()
        try connection.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = '\(TestBus.consumer)'
            """)
        try connection.execute("UPDATE consumer_positions SET epoch = epoch + 1")
        isFrozen.withLock { $0 = false }
        try await eventually(old.log.text) { old.log.contains("taken over by another process") }
        #expect(try bus.received() == [])
        try await old.stop()
        let next = bus.consumer()
        try await bus.awaitReceived(100, next)
        try await next.stop()
        #expect(try bus.received() == Array(0..<100))
    }

    @Test("A broker that goes away and comes back loses and doubles nothing", .tags(.long))
    func brokerAway() async throws {
        let bus = try TestBus(embedded: try EmbeddedBroker())
        let relay = bus.relay()
        let consumer = bus.consumer()
        try bus.publish(0..<1_000)
        try await bus.awaitReceived(1_000, consumer)
        for round in 1...3 {
            bus.broker.embedded?.takeDown()
            try bus.publish(round * 1_000..<(round + 1) * 1_000)
            bus.broker.embedded?.bringUp()
            try await bus.awaitReceived((round + 1) * 1_000, consumer, relay)
        }
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await consumer.stop()
        try await relay.stop()
        // A relay may send twice what was not acknowledged; the consumer takes each message of the topic once.
        #expect(Set(try bus.received()) == Set(0..<4_000))
        #expect(
            try bus.count("SELECT count(*) FROM received")
                == bus.count(#"SELECT count(DISTINCT (partition, "offset")) FROM received"#))
    }

    @Test("Sessions that the database ends are made anew, and the rows are exact", .tags(.long))
    func sessionsEnded() async throws {
        let bus = try TestBus()
        let relay = bus.relay()
        let consumer = bus.consumer(limits: BatchLimits(messages: 200))
        let connection = try bus.database.connect()
        for round in 0..<10 {
            try bus.publish(round * 1_000..<(round + 1) * 1_000, on: connection)
            try connection.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'tests'
                """)
            try await bus.awaitReceived(round * 1_000 + 1, consumer, relay)
        }
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await eventually(consumer.log.text) {
            try Set(connection.query("SELECT number FROM received").map { try $0.int(0) }).count == 10_000
        }
        try await bus.awaitNoLag()
        try await consumer.stop()
        try await relay.stop()
        #expect(
            try bus.count("SELECT count(*) FROM received")
                == bus.count(#"SELECT count(DISTINCT (partition, "offset")) FROM received"#))
    }

    private func messages(_ numbers: Range<Int>, _ bus: TestBus) throws -> [(key: String?, value: [UInt8]?)] {
        try numbers.map {
            let message = TransactionConnected(number: $0)
            return (message.key, try bus.value(message))
        }
    }
}
