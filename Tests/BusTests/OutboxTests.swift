import Bus
import Contracts
import Kafka
import Service
import Testbed
import Testing

@testable import Database

/// Promise 1.
@Suite(.serialized, .timeLimit(.minutes(5)), .tags(.broker))
struct OutboxTests {
    @Test(
        "What was rolled back is never published, and what was committed always is",
        arguments: TestBroker.Kind.available)
    func committedAlone(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        let relay = bus.relay()
        let connection = try bus.database.connect()
        for round in 0..<20 {
            let numbers = round * 100..<(round + 1) * 100
            if round % 3 == 0 {
                struct Rollback: Error {}
                _ = try? connection.transaction {
                    try bus.append(numbers, on: connection)
                    throw Rollback()
                }
            } else {
                try bus.publish(numbers, on: connection)
            }
        }
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await relay.stop()
        let published = try bus.read("transaction-connected").map { try number($0) }
        #expect(Set(published) == Set((0..<2_000).filter { $0 / 100 % 3 != 0 }))
        #expect(published.count == 1_300)
    }

    @Test("Rows of a long transaction, which commits low ids late, are published too")
    func lateCommit() async throws {
        let bus = try TestBus()
        let relay = bus.relay()
        let slow = try bus.database.connect()
        try slow.transaction {
            try bus.append(0..<10, on: slow)
            try bus.publish(10..<5_010)
            // The relay has passed by the higher ids before the lower ones commit.
            let other = try bus.database.connect()
            while try other.query("SELECT count(*) FROM outbox_pending").single().int(0) > 0 {
                _ = relay.shutdown.wait(upTo: .milliseconds(10))
            }
        }
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await relay.stop()
        #expect(Set(try bus.read("transaction-connected").map { try number($0) }) == Set(0..<5_010))
    }

    @Test(
        "A message's headers are those of a CloudEvent, and the same fact has the same id",
        arguments: TestBroker.Kind.available)
    func headers(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        try bus.publish(7..<8)
        try bus.publish(7..<8)
        let relay = bus.relay()
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await relay.stop()
        let messages = try bus.read("transaction-connected")
        try #require(messages.count == 2)
        let value = try bus.value(TransactionConnected(number: 7))
        let id = try SHA256().digest(String(decoding: value, as: UTF8.self)).guid.description
        for message in messages {
            #expect(message.value == value)
            #expect(message.key == TransactionConnected(number: 7).key)
            #expect(message.header("ce_specversion") == "1.0")
            #expect(message.header("ce_id") == id)
            #expect(message.header("ce_source") == "/test/side")
            #expect(message.header("ce_type") == "ledgerbus.transaction-connected")
            #expect(message.header("ce_subject") == TransactionConnected(number: 7).key)
            #expect(message.header("ce_dataschema") == "https://ledgerbus/schemas/transaction-connected/1.0")
            #expect(message.header("content-type") == "application/json")
            #expect(message.header("traceparent")?.hasPrefix("00-00000000000000090000000000000007-") == true)
            #expect(message.header("traceparent")?.hasSuffix("-01") == true)
            #expect(message.headers.count == 9)
            let created = try bus.database.connect().query(
                "SELECT count(*) FROM outbox WHERE created_at = $1::text::timestamptz", message.header("ce_time"))
            #expect(try created.single().int(0) == 1, "\(message.header("ce_time") ?? "")")
        }
    }

    @Test(
        "A relay that is stopped and started again and again sends everything, and leaves nothing pending", .tags(.long)
    )
    func restarted() async throws {
        let bus = try TestBus()
        let connection = try bus.database.connect()
        // Somebody reads, or the relay would hold back.
        let consumer = bus.consumer()
        for chunk in 0..<6 { try bus.publish(chunk * 2_000..<(chunk + 1) * 2_000, on: connection) }
        var left = 12_000
        while left > 0 {
            let relay = bus.relay()
            let before = left
            try await eventually(relay.log.text) {
                left = try bus.pending
                return left < before || left == 0
            }
            // Not in good order: its sessions are ended while it works.
            try connection.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name LIKE 'relay%'
                """)
            try await relay.stop()
            left = try bus.pending
        }
        #expect(Set(try bus.read("transaction-connected").map { try number($0) }) == Set(0..<12_000))
        try await consumer.stop()
    }

    @Test("One of two relays works, and the other takes over when it ends")
    func standby() async throws {
        let bus = try TestBus()
        let first = bus.relay("first")
        let connection = try bus.database.connect()
        func owner() throws -> String {
            try connection.query("SELECT coalesce(owner, '') FROM outbox_lease").single().string(0)
        }
        try await eventually { try owner().hasPrefix("first@") }
        let second = bus.relay("second")
        try await eventually { second.log.contains("started") }
        try bus.publish(0..<1_000)
        try await eventually { try bus.pending == 0 }
        #expect(try owner().hasPrefix("first@"))
        try await first.stop()
        try bus.publish(1_000..<2_000)
        try await eventually { try bus.pending == 0 }
        #expect(try owner().hasPrefix("second@"))
        try await second.stop()
        let published = try bus.read("transaction-connected").map { try number($0) }
        #expect(published.sorted() == Array(0..<2_000), "nothing was sent twice, as the first gave its lease back")
    }

    @Test("A relay that went away without a word is replaced when its lease is over")
    func deadOwner() async throws {
        let bus = try TestBus()
        let connection = try bus.database.connect()
        try connection.execute(
            "UPDATE outbox_lease SET owner = 'dead', epoch = 7, expires_at = now() + interval '29 seconds'")
        try bus.publish(0..<100)
        let relay = bus.relay()
        try await eventually { relay.log.contains("started") }
        #expect(try bus.pending == 100)
        try connection.execute("UPDATE outbox_lease SET expires_at = now() - interval '1 second'")
        try await eventually(relay.log.text) { try bus.pending == 0 }
        #expect(try connection.query("SELECT epoch FROM outbox_lease").single().int(0) == 8)
        try await relay.stop()
    }

    @Test("A relay whose lease another has taken stops sending", .tags(.long))
    func leaseTaken() async throws {
        let bus = try TestBus()
        let relay = bus.relay()
        try bus.publish(0..<1)
        try await eventually(relay.log.text) { try bus.pending == 0 }
        let connection = try bus.database.connect()
        try connection.execute(
            "UPDATE outbox_lease SET owner = 'another', epoch = epoch + 1, expires_at = now() + interval '29 seconds'")
        try await eventually { relay.log.contains("another relay") }
        try bus.publish(1..<2)
        #expect(try bus.pending == 1)
        try await relay.stop()
        #expect(try bus.pending == 1)
    }

    @Test("A message that the broker does not take stays pending, says why, and keeps no other")
    func tooLarge() async throws {
        let bus = try TestBus()
        let connection = try bus.database.connect()
        try connection.execute(
            """
            INSERT INTO outbox (topic, key, event_id, trace_id, payload)
            SELECT 'transaction-connected', 'k', gen_random_uuid(), gen_random_uuid(),
                convert_to(repeat('x', 1500000), 'UTF8')
            """)
        try bus.publish(0..<1_000)
        let relay = bus.relay()
        try await eventually(relay.log.text) { try bus.pending == 1 }
        try await eventually { relay.log.contains("were not delivered and stay in the outbox") }
        try await relay.stop()
        #expect(try bus.pending == 1)
        #expect(Set(try bus.read("transaction-connected").map { try number($0) }) == Set(0..<1_000))
    }

    @Test("A relay goes on by itself when the broker is back, and can be stopped while it is away", .tags(.long))
    func brokerAway() async throws {
        let bus = try TestBus(embedded: try EmbeddedBroker())
        let relay = bus.relay()
        try bus.publish(0..<100)
        try await eventually(relay.log.text) { try bus.pending == 0 }
        bus.broker.embedded?.takeDown()
        try bus.publish(100..<200)
        bus.broker.embedded?.bringUp()
        try await eventually(relay.log.text) { try bus.pending == 0 }
        bus.broker.embedded?.takeDown()
        try bus.publish(200..<10_000)
        try await eventually { relay.log.contains("started") }
        try await relay.stop()
        #expect(try bus.pending > 0)
        bus.broker.embedded?.bringUp()
        let next = bus.relay()
        try await eventually(next.log.text) { try bus.pending == 0 }
        try await next.stop()
        #expect(Set(try bus.read("transaction-connected").map { try number($0) }) == Set(0..<10_000))
    }

    @Test("No message overtakes an older one of its key when brokers go away and come back in the middle", .tags(.long))
    func orderAfterOutage() async throws {
        let bus = try TestBus(embedded: try EmbeddedBroker())
        let connection = try bus.database.connect()
        let relay = bus.relay()
        try bus.publish(0..<10)
        try await eventually(relay.log.text) { try bus.pending == 0 }
        for round in 1...2 {
            bus.broker.embedded?.takeDown()
            // Several chunks, of which some are on their way when the rest is read.
            try connection.execute(
                """
                INSERT INTO outbox (topic, key, event_id, trace_id, payload)
                SELECT 'transaction-connected', convert_to('k' || number % 10, 'UTF8'), gen_random_uuid(),
                    gen_random_uuid(), convert_to(number::text, 'UTF8')
                FROM generate_series($1::bigint, $1::bigint + 5999) number
                """, round * 100_000)
            try await eventually(relay.log.text) { try OutboxReport(connection).lastFailure != nil }
            bus.broker.embedded?.bringUp()
            try await eventually(relay.log.text) { try bus.pending < 6_000 }
        }
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await relay.stop()
        var highest: [String: Int] = [:]
        var seen: Set<Int> = []
        for message in try bus.read("transaction-connected") {
            guard let key = message.key, let number = Int(String(decoding: message.value ?? [], as: UTF8.self)),
                seen.insert(number).inserted
            else { continue }
            #expect(number > highest[key, default: 0], "\(number) came after \(highest[key, default: 0])")
            highest[key] = number
        }
        #expect(seen.count == 12_000)
    }

    @Test(
        "An outbox that was relayed to another cluster is not sent by itself to this one",
        .onlyOnApacheKafka)
    func otherCluster() async throws {
        let bus = try TestBus(.apacheKafka)
        try bus.database.connect().execute("UPDATE outbox_lease SET cluster_id = 'another cluster'")
        try bus.publish(0..<10)
        let error = await bus.relay().failure()
        #expect("\(error.map { "\($0)" } ?? "")".contains("ledgerbus outbox resend"))
        #expect(try bus.pending == 10)
    }

    @Test("A lease that ends an hour from now keeps no relay waiting: the server's clock was set back")
    func clockSetBack() async throws {
        let bus = try TestBus()
        try bus.database.connect().execute(
            "UPDATE outbox_lease SET owner = 'a relay that is gone', expires_at = now() + interval '1 hour'")
        try bus.publish(0..<10)
        let relay = bus.relay()
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await relay.stop()
    }

    @Test("Dead letters of any size and with any headers leave by the outbox as they are")
    func deadLetterHeaders() async throws {
        let bus = try TestBus()
        try bus.database.connect().execute(
            """
            INSERT INTO outbox (topic, key, event_id, trace_id, headers, payload)
            VALUES ('transaction-connected.dead-letter', NULL, gen_random_uuid(), gen_random_uuid(),
                ARRAY['a', '', 'b', 'two', 'b', 'three']::bytea[], NULL)
            """)
        let relay = bus.relay()
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await relay.stop()
        let letter = try #require(try bus.read("transaction-connected.dead-letter").first)
        #expect(letter.headers.map { "\($0.name)=\($0.value)" } == ["a=", "b=two", "b=three"])
        #expect(letter.key == nil)
        #expect(letter.value == nil)
    }

    private func number(_ message: SeenMessage) throws -> Int {
        let decoder = MessageDecoder<TransactionConnected>(choices: try ChoiceTables())
        return try (message.value ?? []).withUnsafeBytes { try decoder.decode($0) }.number
    }
}
