import Bus
import Contracts
import Kafka
import Service
import Synchronization
import Testbed
import Testing

@testable import Database

/// Promise 3: one bad message harms no other.
@Suite(.serialized, .timeLimit(.minutes(5)), .tags(.broker))
struct PoisonTests {
    @Test(
        "Poison in the middle of a batch becomes dead letters, each once, and its neighbours take effect",
        arguments: TestBroker.Kind.available)
    func poison(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        let good = try (0..<2_000).map { number -> (key: String?, value: [UInt8]?) in
            (TransactionConnected(number: number).key, try bus.value(TransactionConnected(number: number)))
        }
        let whole = try bus.value(TransactionConnected(number: 9_001))
        let bad: [(code: String, value: [UInt8]?)] = [
            ("not-json", Array("{\"connectionId\": ".utf8)),
            ("not-json", Array("plain text".utf8)),
            ("not-json", []),
            ("not-json", [0, 255, 254, 1]),
            ("field-missing", Array("{\"connectionId\":\"5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d\"}".utf8)),
            (
                "field-malformed",
                Array(String(decoding: whole, as: UTF8.self).replacing("9001,", with: "\"9001\",").utf8)
            ),
            (
                "field-malformed",
                Array(String(decoding: whole, as: UTF8.self).replacing("fine", with: "a\\u0000b").utf8)
            ),
            ("no-value", nil),
            ("not-json", [UInt8](repeating: UInt8(ascii: "x"), count: 950_000)),
            ("refused-by-database", try bus.value(TransactionConnected(number: 9_002, note: "refused by the table"))),
            ("no-effect", try bus.value(TransactionConnected(number: 9_003, note: "no effect"))),
        ]
        var all = good
        for (index, poison) in bad.enumerated() { all.insert(("poison \(index)", poison.value), at: 100 + 150 * index) }
        let deliveries = try bus.produce(.transactionConnected, all, headers: [("ce_id", "x"), ("colour", "red")])

        let relay = bus.relay()
        let consumer = bus.consumer()
        try await bus.awaitReceived(2_000, consumer)
        try await bus.awaitNoLag()
        try await eventually(relay.log.text) { try bus.pending == 0 }
        #expect(try bus.received() == Array(0..<2_000))

        let letters = try bus.database.connect().query(
            #"""
            SELECT convert_from(key, 'UTF8'), code, reason, payload, payload_size, headers, consumer, state, attempts,
                partition, message_offset, topic, cluster_id, payload_sha256
            FROM dead_letters ORDER BY substr(convert_from(key, 'UTF8'), 8)::int
            """#)
        try #require(letters.count == bad.count)
        let published = try bus.read("transaction-connected.dead-letter")
        #expect(published.count == bad.count)
        for (index, letter) in letters.enumerated() {
            let poison = bad[index]
            let place = deliveries[100 + 150 * index]
            #expect(try letter.string(0) == "poison \(index)")
            #expect(try letter.string(1) == poison.code)
            #expect(try !letter.string(2).isEmpty)
            #expect(try letter.int(4) == poison.value?.count ?? 0)
            let kept = poison.value.map { $0.count > 900_000 ? Array($0.prefix(65_536)) : $0 }
            #expect(try letter[3, as: [UInt8]?.self].map { Array($0) } == kept)
            let headers = try letter[5, as: [[UInt8]].self].map { String(decoding: $0, as: UTF8.self) }
            #expect(headers == ["ce_id", "x", "colour", "red"])
            #expect(try letter.string(6) == TestBus.consumer)
            #expect(try letter.string(7) == "parked")
            #expect(try letter.int(8) == 1)
            #expect(try letter.int32(9) == place.partition)
            #expect(try letter.int64(10) == place.offset)
            #expect(try letter.string(11) == "transaction-connected")

            let message = try #require(published.first { $0.key == "poison \(index)" })
            #expect(message.value == kept)
            #expect(message.header("colour") == "red")
            #expect(message.header("ce_id") == "x")
            #expect(message.header("ledgerbus-code") == poison.code)
            #expect(message.header("ledgerbus-reason") == (try letter.string(2)))
            #expect(message.header("ledgerbus-consumer") == TestBus.consumer)
            #expect(message.header("ledgerbus-topic") == bus.configuration.clusterName("transaction-connected"))
            #expect(message.header("ledgerbus-partition") == "\(place.partition)")
            #expect(message.header("ledgerbus-offset") == "\(place.offset)")
            #expect(message.header("ledgerbus-payload-size") == "\(poison.value?.count ?? 0)")
        }
        try await consumer.stop()
        try await relay.stop()

        // Read once more from the beginning, nothing is parked or published twice.
        try bus.database.connect().executeScript(
            "UPDATE consumer_positions SET next = 0, fingerprint = NULL; TRUNCATE received")
        let again = bus.consumer()
        try await bus.awaitReceived(2_000, again)
        try await bus.awaitNoLag()
        try await again.stop()
        #expect(try bus.count("SELECT count(*) FROM dead_letters") == bad.count)
        #expect(try bus.pending == 0)
    }

    @Test("A batch of nothing but poison is set aside, and the consumer goes on")
    func nothingButPoison() async throws {
        let bus = try TestBus()
        let refused = try (0..<200).map { number -> (key: String?, value: [UInt8]?) in
            let notes = ["refused by the table", "no effect"]
            let message = TransactionConnected(number: number, note: notes[number % 2])
            return (message.key, try bus.value(message))
        }
        try bus.produce(.transactionConnected, refused)
        let consumer = bus.consumer()
        try await eventually(consumer.log.text) { try bus.count("SELECT count(*) FROM dead_letters") == 200 }
        try bus.produce(.transactionConnected, [("k", try bus.value(TransactionConnected(number: 1)))])
        try await bus.awaitReceived(1, consumer)
        try await bus.awaitNoLag()
        try await consumer.stop()
        #expect(try bus.count("SELECT count(*) FROM dead_letters WHERE code = 'no-effect'") == 100)
    }

    @Test(
        "An unknown choice code is held with the line of configuration that it needs, and takes effect once it is configured"
    )
    func unknownChoice() async throws {
        let bus = try TestBus(topics: [.actualCreated])
        let configured = try ChoiceTables(additional: ["msdyn_transactionclassification": [192_350_005: "Retainer"]])
        var messages: [(key: String?, value: [UInt8]?)] = []
        for number in 0..<100 {
            let message = ActualCreated(number: number, type: number % 10 == 0 ? .retainer : .time)
            messages.append((message.key, try message.bytes(configured)))
        }
        try bus.produce(.actualCreated, messages)
        let older = bus.consumer([NumberHandler<ActualCreated>(choices: bus.configuration.choices)])
        try await bus.awaitReceived(90, older)
        try await bus.awaitNoLag(.actualCreated)
        try await older.stop()
        let held = try bus.database.connect().query("SELECT reason FROM held_messages")
        #expect(held.count == 10)
        for row in held {
            #expect(try row.string(0).contains("choices.msdyn_transactionclassification.192350005: LABEL"))
        }
        #expect(try bus.count("SELECT count(*) FROM dead_letters") == 0)

        // Without the line, they go on waiting.
        let unchanged = bus.consumer([NumberHandler<ActualCreated>(choices: bus.configuration.choices)])
        try await eventually { unchanged.log.contains("started") }
        try await unchanged.stop()
        #expect(try bus.count("SELECT count(*) FROM held_messages") == 10)

        let newer = bus.consumer([NumberHandler<ActualCreated>(choices: configured)])
        try await bus.awaitReceived(100, newer)
        try await eventually { try bus.count("SELECT count(*) FROM held_messages") == 0 }
        try await newer.stop()
        #expect(try bus.received() == Array(0..<100))
    }

    @Test("A held message that turns out to be impossible becomes a dead letter")
    func heldThenRefused() async throws {
        let bus = try TestBus(topics: [.actualCreated])
        let configured = try ChoiceTables(additional: ["msdyn_transactionclassification": [192_350_005: "Retainer"]])
        let message = ActualCreated(number: 1, type: .retainer, note: "refused by the table")
        try bus.produce(.actualCreated, [(message.key, try message.bytes(configured))], headers: [("colour", "red")])
        let older = bus.consumer([NumberHandler<ActualCreated>(choices: bus.configuration.choices)])
        try await eventually(older.log.text) { try bus.count("SELECT count(*) FROM held_messages") == 1 }
        try await older.stop()
        let newer = bus.consumer([NumberHandler<ActualCreated>(choices: configured)])
        try await eventually(newer.log.text) { try bus.count("SELECT count(*) FROM dead_letters") == 1 }
        try await newer.stop()
        #expect(try bus.count("SELECT count(*) FROM held_messages") == 0)
        let relay = bus.relay()
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await relay.stop()
        let letter = try #require(try bus.read("actual-created.dead-letter").first)
        #expect(letter.key == message.key)
        #expect(letter.header("colour") == "red")
        #expect(letter.header("ledgerbus-code") == "refused-by-database")
    }

    @Test(
        "A newer major version of a schema holds its partition, says to upgrade, and keeps no other",
        arguments: TestBroker.Kind.available)
    func newerSchema(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        let key = TransactionConnected(number: 0).key
        func version(_ version: String) -> [(String, String)] {
            [("ce_dataschema", "https://ledgerbus/schemas/transaction-connected/\(version)")]
        }
        try bus.produce(
            .transactionConnected, [(key, try bus.value(TransactionConnected(number: 0)))], headers: version("1.0"))
        let held = try #require(
            try bus.produce(
                .transactionConnected, [(key, try bus.value(TransactionConnected(number: 1)))], headers: version("2.0")
            ).first)
        try bus.produce(
            .transactionConnected, [(key, try bus.value(TransactionConnected(number: 2)))], headers: version("1.9"))
        var others: [Int] = []
        var messages: [(key: String?, value: [UInt8]?)] = []
        for number in 3..<200 {
            messages.append(
                (TransactionConnected(number: number).key, try bus.value(TransactionConnected(number: number))))
        }
        for (index, delivery) in try bus.produce(.transactionConnected, messages, headers: version("1.1")).enumerated()
        where delivery.partition != held.partition { others.append(index + 3) }

        let consumer = bus.consumer()
        try await bus.awaitReceived(1 + others.count, consumer)
        try await eventually { consumer.log.contains("upgrade \(TestBus.consumer)") }
        #expect(consumer.log.contains("partition held: offset \(held.offset)"))
        // More keeps coming on the other partitions, and the held one stays.
        try bus.produce(.transactionConnected, messages)
        try await bus.awaitReceived(1 + 2 * others.count, consumer)
        try await consumer.stop()
        #expect(try bus.received() == [0] + (others + others).sorted())
        let topic = bus.configuration.clusterName("transaction-connected")
        #expect(try bus.positions()[TopicPartition(topic: topic, partition: held.partition)] == held.offset)
        #expect(try bus.count("SELECT count(*) FROM dead_letters") == 0)
    }

    @Test(
        "A held message that an operator steps over becomes a dead letter, and those behind it take effect",
        arguments: TestBroker.Kind.available, [true, false])
    func steppedOver(_ kind: TestBroker.Kind, _ isRunning: Bool) async throws {
        let bus = try TestBus(kind)
        let key = TransactionConnected(number: 0).key
        let versions = ["1.0", "2.0", "1.9", "3.1", "1.0"]
        var held: [Delivery] = []
        for (number, version) in versions.enumerated() {
            held += try bus.produce(
                .transactionConnected, [(key, try bus.value(TransactionConnected(number: number)))],
                headers: [("ce_dataschema", "https://ledgerbus/schemas/transaction-connected/\(version)")])
        }
        let topic = bus.configuration.clusterName("transaction-connected")
        func skip(_ offset: Int64) throws -> Bool {
            try PositionSkip.skip(
                TestBus.program, topic: topic, partition: held[0].partition, offset: offset,
                on: bus.database.connect())
        }
        var consumer = bus.consumer()
        for (step, place) in [held[1].offset, held[3].offset].enumerated() {
            try await eventually(consumer.log.text) {
                try bus.count("SELECT count(*) FROM consumer_positions WHERE held_offset = \(place)") == 1
            }
            #expect(
                try PositionList(bus.database.connect(), bus.configuration).positions.count { $0.heldReason != nil }
                    == 1)
            #expect(try !skip(place + 1))
            if !isRunning { try await consumer.stop() }
            #expect(try skip(place))
            if !isRunning { consumer = bus.consumer() }
            try await bus.awaitReceived(step + 2, consumer)
        }
        try await bus.awaitReceived(3, consumer)
        try await bus.awaitNoLag()
        try await consumer.stop()
        #expect(try bus.received() == [0, 2, 4])
        #expect(try bus.count("SELECT count(*) FROM dead_letters WHERE code = 'schema-too-new'") == 2)
        #expect(try bus.count("SELECT count(*) FROM consumer_positions WHERE held_offset IS NOT NULL") == 0)
    }

    @Test("A message that names a stranger's schema is read as if it named none", arguments: TestBroker.Kind.available)
    func strangersSchema(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        for (number, schema) in ["https://schemas.contoso.com/connections/7.0", "urn:x/99", "/2.0"].enumerated() {
            try bus.produce(
                .transactionConnected, try bus.messages(number..<number + 1), headers: [("ce_dataschema", schema)])
        }
        let consumer = bus.consumer()
        try await bus.awaitReceived(3, consumer)
        try await consumer.stop()
        #expect(try bus.received() == [0, 1, 2])
    }

    @Test("Messages that are refused one by one are set aside by halves, each once, and their neighbours take effect")
    func refusedOneByOne() async throws {
        let bus = try TestBus()
        let handler = OneByOneHandler(NumberHandler<TransactionConnected>(choices: bus.configuration.choices))
        var messages = try bus.messages(0..<200)
        for number in 1_000..<1_200 {
            let message = TransactionConnected(number: number, note: "no effect")
            messages.insert((message.key, try bus.value(message)), at: number - 1_000)
        }
        try bus.produce(.transactionConnected, messages)
        let consumer = bus.consumer([handler])
        try await bus.awaitReceived(200, consumer)
        try await bus.awaitNoLag()
        try await consumer.stop()
        #expect(try bus.received() == Array(0..<200))
        #expect(try bus.count("SELECT count(*) FROM dead_letters WHERE code = 'no-effect'") == 200)
    }

    @Test("A dead letter that is tried again is resolved, or parked again with one attempt more")
    func triedAgain() async throws {
        let bus = try TestBus()
        let cured = TransactionConnected(number: 1, note: "refused by the table")
        let hopeless = TransactionConnected(number: 2, note: "no effect")
        let poison: [(key: String?, value: [UInt8]?)] = [
            ("cured", try bus.value(cured)), ("hopeless", try bus.value(hopeless)), ("nothing", nil),
            ("long", [UInt8](repeating: 32, count: 950_000)), ("left alone", Array("{".utf8)),
        ]
        try bus.produce(.transactionConnected, poison)
        let consumer = bus.consumer()
        try await eventually(consumer.log.text) { try bus.count("SELECT count(*) FROM dead_letters") == 5 }
        try await consumer.stop()

        let connection = try bus.database.connect()
        try connection.executeScript(
            "UPDATE dead_letters SET state = 'requested' WHERE convert_from(key, 'UTF8') <> 'left alone'")
        func letters() throws -> [String] {
            try connection.query(
                "SELECT convert_from(key, 'UTF8') || ' ' || state || ' ' || attempts FROM dead_letters ORDER BY 1"
            ).map { try $0.string(0) }
        }
        // The table refuses it still, which stops neither the others nor the consumer.
        let first = bus.consumer()
        try await eventually(first.log.text) {
            try bus.count("SELECT count(*) FROM dead_letters WHERE state = 'requested'") == 0
        }
        try await first.stop()
        #expect(
            try letters() == [
                "cured parked 2", "hopeless parked 2", "left alone parked 1", "long parked 2", "nothing parked 2",
            ])
        #expect(try bus.received() == [])
        #expect(
            try connection.query("SELECT reason FROM dead_letters WHERE convert_from(key, 'UTF8') = 'long'").single()
                .string(0).contains("publish the message again"))

        try connection.executeScript(
            """
            ALTER TABLE received DROP CONSTRAINT received_note_check;
            UPDATE dead_letters SET state = 'requested' WHERE convert_from(key, 'UTF8') IN ('cured', 'hopeless')
            """)
        let second = bus.consumer()
        try await bus.awaitReceived(1, second)
        try await eventually { try bus.count("SELECT count(*) FROM dead_letters WHERE state = 'requested'") == 0 }
        try await second.stop()
        #expect(
            try letters() == [
                "cured resolved 2", "hopeless parked 3", "left alone parked 1", "long parked 2", "nothing parked 2",
            ])
        #expect(try bus.received() == [1])
    }

    @Test("More dead letters than are tried at once all have their turn, also when something fails among them")
    func manyTriedAgain() async throws {
        struct Unwell: Error {}
        let bus = try TestBus()
        let messages = try (0..<1_250).map { number in
            let message = TransactionConnected(
                number: number, note: number % 10 == 0 ? "no effect" : "refused by the table")
            return (key: "\(number)" as String?, value: try bus.value(message) as [UInt8]?)
        }
        try bus.produce(.transactionConnected, messages)
        let consumer = bus.consumer()
        try await eventually(consumer.log.text) { try bus.count("SELECT count(*) FROM dead_letters") == 1_250 }
        try await consumer.stop()

        try bus.database.connect().executeScript(
            """
            ALTER TABLE received DROP CONSTRAINT received_note_check;
            UPDATE dead_letters SET state = 'requested'
            """)
        let attempts = Mutex(0)
        let handler = NumberHandler<TransactionConnected>(choices: bus.configuration.choices) { _ in
            // Whoever it hits is no worse than the others.
            let attempt = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            if attempt == 350 { throw Unwell() }
        }
        let next = bus.consumer([handler])
        try await bus.awaitReceived(1_125, next)
        try await eventually(next.log.text) {
            try bus.count("SELECT count(*) FROM dead_letters WHERE state = 'requested'") == 0
        }
        try await next.stop()
        #expect(try bus.received() == (0..<1_250).filter { $0 % 10 > 0 })
        #expect(try bus.count("SELECT count(*) FROM dead_letters WHERE state = 'resolved' AND attempts = 1") == 1_125)
        #expect(try bus.count("SELECT count(*) FROM dead_letters WHERE state = 'parked' AND attempts = 2") == 125)
    }
}

/// Refuses one message of a batch at a time.
private struct OneByOneHandler: TopicHandler {
    let inner: any TopicHandler

    init(_ inner: any TopicHandler) { self.inner = inner }

    var topic: TopicName { inner.topic }

    func makeCollector() throws -> any MessageCollector { OneByOneCollector(inner: try inner.makeCollector()) }
}

private final class OneByOneCollector: MessageCollector {
    private let inner: any MessageCollector

    init(inner: any MessageCollector) { self.inner = inner }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
        try inner.add(value, from: source)
    }

    func write(to connection: Connection) throws {
        do {
            try inner.write(to: connection)
        } catch let refusal as MessageRefusal {
            guard let first = refusal.reasons.min(by: { $0.key.offset < $1.key.offset }) else { throw refusal }
            throw MessageRefusal(topic: refusal.topic, code: refusal.code, reasons: [first.key: first.value])
        }
    }
}
