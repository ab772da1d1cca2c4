import Bus
import Contracts
import Database
import Foundation
import Kafka
import Service
import Testbed
import Testing

/// Positions that do not fit the topic (design §3, Positions).
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker))
struct PositionTests {
    @Test("On another cluster, a consumer stops and says what to do", .onlyOnApacheKafka)
    func otherCluster() async throws {
        let bus = try await consumed(.apacheKafka)
        try bus.database.connect().execute("UPDATE consumer_positions SET cluster_id = 'another cluster'")
        try await expectMismatch(bus, "another cluster")
    }

    @Test(
        "On a new embedded broker, a consumer starts from the beginning and the relay sends everything again",
        .tags(.long))
    func newEmbeddedBroker() async throws {
        let first = try TestBus(embedded: try EmbeddedBroker())
        try first.publish(0..<500)
        let relay = first.relay()
        let consumer = first.consumer()
        try await first.awaitReceived(500, consumer)
        try await consumer.stop()
        try await relay.stop()

        // Before the first ends, so that the second has another address, and with it another id.
        let embedded = try EmbeddedBroker()
        first.broker.embedded?.stop()
        var configuration = first.configuration
        configuration.kafka = embedded.configuration()
        for name in ["transaction-connected", "transaction-connected.dead-letter"] {
            try embedded.createTopic(configuration.clusterName(name), partitions: 6)
        }
        try first.publish(500..<600)
        let newRelay = RunningService { [configuration] in
            OutboxRelay(
                name: "relay", configuration: configuration, databaseURL: first.database.url, shutdown: $0, logger: $1)
        }
        let newConsumer = RunningService { [configuration] in
            TransactionalConsumer(
                program: TestBus.program,
                handlers: [NumberHandler<TransactionConnected>(choices: configuration.choices)],
                configuration: configuration, databaseURL: first.database.url, shutdown: $0, logger: $1)
        }
        try await first.awaitReceived(500 + 600, newConsumer, newRelay)
        #expect(newConsumer.log.contains("the embedded broker is a new one"))
        try await newConsumer.stop()
        try await newRelay.stop()
        // The rows of the first broker's messages, and those of the second's: a handler's own keys keep one of each.
        #expect(try first.received() == ((0..<500).flatMap { [$0, $0] } + Array(500..<600)))
        #expect(try first.pending == 0)
    }

    @Test("Another message at the place before the position stops the consumer", arguments: TestBroker.Kind.available)
    func otherMessage(_ kind: TestBroker.Kind) async throws {
        let bus = try await consumed(kind)
        try bus.database.connect().execute(
            "UPDATE consumer_positions SET fingerprint = sha256('another') WHERE next > 0")
        try await expectMismatch(bus, "another one than was consumed there")
    }

    @Test(
        "A topic that was deleted and made again stops the consumer", .onlyOnApacheKafka,
        arguments: [10, 100, 1_000])
    func topicMadeAgain(_ messages: Int) async throws {
        let bus = try await consumed(.apacheKafka)
        let admin = try Admin(bus.broker.configuration)
        try admin.deleteTopic(bus.configuration.clusterName("transaction-connected"))
        try bus.createTopic("transaction-connected")
        try bus.produce(.transactionConnected, try values(5_000..<5_000 + messages, bus))
        try await expectMismatch(bus, "ledgerbus positions reset")
    }

    @Test(
        "A position beyond the end stops the consumer, and one whose messages are gone does too",
        arguments: TestBroker.Kind.available)
    func beyondTheEnd(_ kind: TestBroker.Kind) async throws {
        let bus = try await consumed(kind)
        try bus.database.connect().execute("UPDATE consumer_positions SET next = next + 1000")
        try await expectMismatch(bus, "and the topic has 0 to")
    }

    @Test("Retention may take the message before the position")
    func retentionTookTheLast() async throws {
        let bus = try await consumedLarge()
        try bus.produce(.transactionConnected, try large(3..<8, bus))
        let marks = try #require(try bus.watermarks("transaction-connected").values.first { $0.high > 0 })
        try #require(marks.low == 3 && marks.high == 8)
        let next = bus.consumer()
        try await bus.awaitReceived(8, next)
        try await eventually { next.log.contains("no longer kept") }
        try await next.stop()
        #expect(try bus.received() == Array(0..<8))
    }

    @Test("Retention that took unread messages stops the consumer")
    func retentionTookMore() async throws {
        let bus = try await consumedLarge()
        try bus.produce(.transactionConnected, try large(3..<12, bus))
        try await expectMismatch(bus, "the next offset is 3, and the topic has")
        #expect(try bus.received() == Array(0..<3))
    }

    @Test("A consumer of topics that have no leaders yet waits for them, and reads")
    func noLeadersYet() async throws {
        let embedded = try EmbeddedBroker()
        let bus = try TestBus(embedded: embedded)
        try bus.produce(.transactionConnected, try values(0..<100, bus))
        embedded.fail(.listOffsets, with: Array(repeating: KafkaError.Code(rawValue: 6), count: 4))
        let consumer = bus.consumer()
        try await bus.awaitReceived(100, consumer)
        try await consumer.stop()
        #expect(try bus.received() == Array(0..<100))
    }

    @Test("Positions that Kafka was not told are told again, though no more messages come")
    func mirroredAgain() async throws {
        let embedded = try EmbeddedBroker()
        let bus = try TestBus(embedded: embedded)
        embedded.fail(.offsetCommit, with: Array(repeating: KafkaError.Code(rawValue: 29), count: 2))
        try bus.produce(.transactionConnected, try values(0..<100, bus))
        let consumer = bus.consumer()
        try await bus.awaitReceived(100, consumer)
        try await bus.awaitNoLag()
        try await consumer.stop()
    }

    /// A bus on which three messages were consumed, of which the embedded broker keeps five.
    private func consumedLarge() async throws -> TestBus {
        let bus = try TestBus()
        try bus.produce(.transactionConnected, try large(0..<3, bus))
        let consumer = bus.consumer()
        try await bus.awaitReceived(3, consumer)
        try await bus.awaitNoLag()
        try await consumer.stop()
        return bus
    }

    /// A bus on which 300 messages were consumed.
    private func consumed(_ kind: TestBroker.Kind) async throws -> TestBus {
        let bus = try TestBus(kind)
        try bus.produce(.transactionConnected, try values(0..<300, bus))
        let consumer = bus.consumer()
        try await bus.awaitReceived(300, consumer)
        try await bus.awaitNoLag()
        try await consumer.stop()
        return bus
    }

    /// A consumer that starts now stops by itself, says so and what to do, and has changed nothing.
    private func expectMismatch(
        _ bus: TestBus, _ problem: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try bus.received()
        let error = await bus.consumer().failure()
        let text = error.map { "\($0)" } ?? "no error"
        #expect(text.contains(problem), sourceLocation: sourceLocation)
        #expect(text.contains("ledgerbus positions reset"), sourceLocation: sourceLocation)
        #expect(text.contains(TestBus.consumer), sourceLocation: sourceLocation)
        #expect(try bus.received() == before, sourceLocation: sourceLocation)
    }

    private func values(_ numbers: Range<Int>, _ bus: TestBus) throws -> [(key: String?, value: [UInt8]?)] {
        try numbers.map { (TransactionConnected(number: $0).key, try bus.value(TransactionConnected(number: $0))) }
    }

    /// Messages of almost a megabyte that compression makes no smaller, all on one partition.
    private func large(_ numbers: Range<Int>, _ bus: TestBus) throws -> [(key: String?, value: [UInt8]?)] {
        var random = SystemRandomNumberGenerator()
        return try numbers.map { number in
            let value = try bus.value(TransactionConnected(number: number))
            let noise = Data((0..<720_000).map { _ in UInt8.random(in: 0...255, using: &random) })
            let padding = Array(",\"padding\":\"\(noise.base64EncodedString())\"}".utf8)
            return ("one key", Array(value.dropLast()) + padding)
        }
    }
}
