import Contracts
import Foundation
import Kafka
import Service
import Testbed
import Testing

@testable import Bus
@testable import Database

/// Logs that change under a running consumer, and what its lag is (design §3, Positions).
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker))
struct LogChangeTests {
    @Test(
        "A topic that is made anew under a running consumer stops it, now and at every start until its positions are reset",
        .onlyOnApacheKafka, .tags(.long), arguments: [200, 6_000])
    func madeAnew(_ messages: Int) async throws {
        let bus = try TestBus(.apacheKafka)
        let consumer = bus.consumer()
        for round in 0..<3 {
            try bus.produce(.transactionConnected, try bus.messages(round * 200..<(round + 1) * 200))
            try await bus.awaitReceived((round + 1) * 200, consumer)
        }
        let admin = try Admin(bus.broker.configuration)
        try admin.deleteTopic(bus.configuration.clusterName("transaction-connected"))
        try bus.createTopic("transaction-connected")
        try bus.produce(.transactionConnected, try bus.messages(10_000..<10_000 + messages))
        let failure = await consumer.failure()
        #expect("\(failure.map { "\($0)" } ?? "none")".contains("ledgerbus positions reset"))
        let again = await bus.consumer().failure()
        #expect("\(again.map { "\($0)" } ?? "none")".contains("ledgerbus positions reset"))
        _ = try PositionReset.reset(TestBus.program, bus.configuration, on: bus.database.connect())
        try bus.database.connect().execute("TRUNCATE received")
        let third = bus.consumer()
        try await bus.awaitReceived(messages, third)
        try await third.stop()
        #expect(try bus.received() == Array(10_000..<10_000 + messages))
    }

    @Test(
        "A position that fits its log by its last message alone does not pass", arguments: TestBroker.Kind.available)
    func anchorDoesNotFit(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        let consumer = bus.consumer()
        for round in 0..<2 {
            try bus.produce(.transactionConnected, try bus.messages(round * 100..<(round + 1) * 100))
            try await bus.awaitReceived((round + 1) * 100, consumer)
        }
        try await consumer.stop()
        let anchored = try bus.database.connect().execute(
            "UPDATE consumer_positions SET anchor_fingerprint = sha256('another') WHERE anchor_offset IS NOT NULL")
        #expect(anchored == 6)
        let failure = await bus.consumer().failure()
        #expect("\(failure.map { "\($0)" } ?? "none")".contains("another one than was consumed there"))
    }

    @Test(
        "A message that is another one now than was consumed is found while running",
        arguments: TestBroker.Kind.available)
    func anotherMessage(_ kind: TestBroker.Kind) throws {
        let (keeper, watch, partition) = try watched(kind)
        keeper.consumed(LogMark(offset: 0, fingerprint: [1]), of: partition)
        #expect(throws: PositionMismatch.self) { try watch.look() }
    }

    @Test("A log that ends before what was consumed is found while running", arguments: TestBroker.Kind.available)
    func endsBefore(_ kind: TestBroker.Kind) throws {
        let (keeper, watch, partition) = try watched(kind)
        keeper.consumed(LogMark(offset: 1_000, fingerprint: [1]), of: partition)
        let mismatch = #expect(throws: PositionMismatch.self) { try watch.look() }
        #expect(mismatch?.description.contains("now the log ends at") ?? false)
    }

    @Test(
        "A message that was consumed is known again, and the next ones are known by it",
        arguments: TestBroker.Kind.available)
    func knownAgain(_ kind: TestBroker.Kind) throws {
        let (keeper, watch, partition) = try watched(kind)
        let lookup = try MessageLookup(TestBroker.shared(kind).configuration, clientID: "test")
        let hash = try SHA256()
        for offset in Int64(0)..<3 {
            let found = try lookup.messages(at: [partition: offset]) { hash.fingerprint($0) }
            keeper.consumed(LogMark(offset: offset, fingerprint: try #require(found[partition])), of: partition)
        }
        #expect(keeper.anchor(partition)?.offset == 0)
        try watch.look()
        #expect(keeper.anchor(partition)?.offset == 2)
    }

    @Test("Partitions that are added while a consumer runs are read within seconds", .onlyOnApacheKafka, .tags(.long))
    func added() async throws {
        let bus = try TestBus(.apacheKafka)
        let consumer = bus.consumer()
        try bus.produce(.transactionConnected, try bus.messages(0..<100))
        try await bus.awaitReceived(100, consumer)
        let name = bus.configuration.clusterName("transaction-connected")
        try Admin(bus.broker.configuration).createPartitions(topic: name, total: 9)
        try bus.produce(.transactionConnected, try bus.messages(100..<1_000))
        let list = try PositionList(bus.database.connect(), bus.configuration).positions
        #expect(list.count == 9)
        try await bus.awaitReceived(1_000, consumer)
        try await consumer.stop()
        #expect(try bus.received() == Array(0..<1_000))
    }

    @Test("A topic of more partitions than are declared is read whole", arguments: TestBroker.Kind.available)
    func moreThanDeclared(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind, topics: [])
        for name in ["transaction-connected", "transaction-connected.dead-letter"] {
            let clusterName = bus.configuration.clusterName(name)
            if let embedded = bus.broker.embedded {
                try embedded.createTopic(clusterName, partitions: 8)
            } else {
                try Admin(bus.broker.configuration).createTopics([NewTopic(name: clusterName, partitions: 8)])
            }
        }
        try bus.produce(.transactionConnected, try bus.messages(0..<400))
        let consumer = bus.consumer()
        try await bus.awaitReceived(400, consumer)
        try await consumer.stop()
        #expect(try bus.positions().values.count { $0 > 0 } == 8)
        #expect(try bus.received() == Array(0..<400))
    }

    @Test("Records of transactions, which no consumer can see, are no lag", .onlyOnApacheKafka, .tags(.long))
    func controlRecords() async throws {
        let bus = try TestBus(.apacheKafka)
        let home = try #require(TestBroker.apacheKafkaHome)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "\(home)/bin/kafka-producer-perf-test")
        process.arguments = [
            "--topic", bus.configuration.clusterName("transaction-connected"), "--num-records", "60", "--record-size",
            "40", "--throughput", "200", "--transactional-id", TestBroker.unique("perf"), "--transaction-duration-ms",
            "20", "--bootstrap-server", bus.broker.configuration.bootstrapServers,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let offsets = try bus.watermarks("transaction-connected").values.reduce(0) { $0 + $1.count }
        #expect(offsets > 60)

        let connection = try bus.database.connect()
        let store = ConsumerPositionStore(
            consumer: TestBus.program, clusterID: try Admin(bus.broker.configuration).clusterID())
        for partition in try bus.partitions("transaction-connected") {
            _ = try store.takeOver(partition, on: connection)
        }
        #expect(try lag(bus) == 60)
        let consumer = bus.consumer()
        try await eventually(consumer.log.text) { try bus.count("SELECT count(*) FROM dead_letters") == 60 }
        try await consumer.stop()
        #expect(try lag(bus) == 0)
    }

    private func lag(_ bus: TestBus) throws -> Int64 {
        try PositionList(bus.database.connect(), bus.configuration).positions.reduce(0) { $0 + ($1.lag ?? 0) }
    }

    /// A keeper that owns a partition of some messages, of which nothing was consumed, and a watch over it.
    private func watched(_ kind: TestBroker.Kind) throws -> (PositionKeeper, LogWatch, TopicPartition) {
        let bus = try TestBus(kind)
        try bus.produce(.transactionConnected, try bus.messages(0..<100))
        let log = RecordedLog()
        let kafka = try bus.broker.configuration.detectingEmbedded()
        let keeper = try PositionKeeper(
            table: ConsumerPositionStore(consumer: TestBus.program, clusterID: try Admin(kafka).clusterID()),
            kafka: kafka,
            database: DatabaseSession(url: bus.database.url, applicationName: "test", logger: log.logger),
            ending: GracefulShutdown(), logger: log.logger)
        let partitions = try bus.partitions("transaction-connected")
        _ = try keeper.assigned(partitions)
        let watch = try LogWatch(keeper, kafka: kafka, consumer: TestBus.program, logger: log.logger)
        return (keeper, watch, partitions[0])
    }
}
