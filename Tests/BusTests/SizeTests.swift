import Bus
import Contracts
import Foundation
import Kafka
import Service
import Synchronization
import Testbed
import Testing

@testable import Database

/// No message is too large for the bus to say what it was.
@Suite(.serialized, .timeLimit(.minutes(5)), .tags(.broker))
struct SizeTests {
    private func consumer(_ bus: TestBus, limit: Int) -> RunningService {
        var configuration = bus.configuration
        configuration.messageLimit = MessageLimit(bytes: limit)
        return RunningService {
            TransactionalConsumer(
                program: TestBus.program,
                handlers: [NumberHandler<TransactionConnected>(choices: configuration.choices)],
                configuration: configuration, databaseURL: bus.database.url, shutdown: $0, logger: $1)
        }
    }

    @Test(
        "A message that is larger than what is taken in becomes a dead letter before anything decodes it, and the log names it",
        arguments: TestBroker.Kind.available)
    func tooLarge(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        let good = try bus.value(TransactionConnected(number: 1))
        // It would take effect if it were decoded.
        let padded = good + [UInt8](repeating: UInt8(ascii: " "), count: 200_000)
        let place = try #require(
            try bus.produce(.transactionConnected, [("large", padded), ("k", good)]).first)
        let consumer = consumer(bus, limit: 100_000)
        try await bus.awaitReceived(1, consumer)
        try await eventually(consumer.log.text) { try bus.count("SELECT count(*) FROM dead_letters") == 1 }
        try await consumer.stop()
        #expect(try bus.received() == [1])
        #expect(try bus.count("SELECT count(*) FROM dead_letters WHERE code = 'message-too-large'") == 1)
        let line = try #require(
            consumer.log.text.split(separator: "\n").first { $0.contains("a message became a dead letter") })
        for words in [
            "topic=\(bus.configuration.clusterName("transaction-connected"))", "partition=\(place.partition)",
            "offset=\(place.offset)", "code=message-too-large", "KAFKA_MESSAGE_MAX_BYTES",
        ] { #expect(line.contains(words), "\(line)") }
    }

    @Test(
        "A dead letter with a key or headers of nearly a megabyte is published, with the beginnings and what they were",
        arguments: TestBroker.Kind.available)
    func largeKeyAndHeaders(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        let key = String(repeating: "k", count: 950_000)
        try bus.produce(.transactionConnected, [(key, Array("no JSON".utf8))])
        let value = [UInt8](repeating: UInt8(ascii: "x"), count: 850_000)
        try bus.produce(
            .transactionConnected, [("headers", value)],
            headers: [
                ("first", String(repeating: "h", count: 60_000)), ("second", String(repeating: "i", count: 120_000)),
            ])
        let consumer = bus.consumer()
        try await eventually(consumer.log.text) { try bus.count("SELECT count(*) FROM dead_letters") == 2 }
        try await consumer.stop()
        let relay = bus.relay()
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await relay.stop()
        let letters = try bus.read("transaction-connected.dead-letter")
        let withKey = try #require(letters.first { $0.key?.hasPrefix("kk") == true })
        #expect(withKey.key?.utf8.count == 65_536)
        #expect(withKey.header("ledgerbus-key-size") == "950000")
        #expect(withKey.header("ledgerbus-key-sha256")?.count == 64)
        let withHeaders = try #require(letters.first { $0.key == "headers" })
        #expect(withHeaders.value?.count == 850_000, "a value that fits is kept whole")
        #expect(withHeaders.header("first")?.count == 60_000)
        #expect(withHeaders.header("second").map { $0.count < 6_000 } == true)
        #expect(withHeaders.header("ledgerbus-headers-size") == "180011")
    }

    @Test("A list of errors is bounded, says how many there are, and each can be looked at")
    func boundedList() async throws {
        let bus = try TestBus()
        try bus.produce(.transactionConnected, (0..<50).map { ("key \($0)", Array("{\($0)".utf8)) })
        let consumer = bus.consumer()
        try await eventually(consumer.log.text) { try bus.count("SELECT count(*) FROM dead_letters") == 50 }
        try await consumer.stop()
        let named = consumer.log.text.components(separatedBy: "a message became a dead letter").count - 1
        #expect(named < 50, "of very many the first of a batch are named")
        #expect(consumer.log.contains("of which the first were named"))
        let connection = try bus.database.connect()
        let list = try ErrorList(connection, prefix: "F", all: false, limit: 7)
        #expect(list.entries.count == 7)
        #expect(list.total == 50)
        let newest = try #require(list.entries.last)
        let number = try #require(Int64(newest.id.dropFirst()))
        #expect(
            try ErrorList.Entry.load(connection, prefix: "F", number: number, kind: .deadLetter)?.key == newest.key)
        #expect(try ErrorList.Entry.load(connection, prefix: "F", number: 0, kind: .deadLetter) == nil)
    }

    @Test("A message whose row another transaction wrote at the same moment is tried once more before it is parked")
    func conflict() async throws {
        let bus = try TestBus()
        let conflicts = Mutex(2)
        let handler = NumberHandler<TransactionConnected>(choices: bus.configuration.choices) { _ in
            let isInTheWay = conflicts.withLock { left in
                defer { left -= 1 }
                return left > 0
            }
            guard isInTheWay else { return }
            var error = DatabaseError(message: "duplicate key")
            error.sqlState = "23505"
            throw error
        }
        try bus.produce(
            .transactionConnected,
            try (1...2).map { ("k", try bus.value(TransactionConnected(number: $0))) })
        let consumer = bus.consumer([handler])
        try await bus.awaitReceived(2, consumer)
        try await consumer.stop()
        #expect(try bus.count("SELECT count(*) FROM dead_letters") == 0)
    }
}
