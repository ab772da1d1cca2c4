import Bus
import Contracts
import Kafka
import Service
import Testbed
import Testing

@testable import Database

/// What a relay does about messages that no broker takes, and what it says.
@Suite(.serialized, .timeLimit(.minutes(5)), .tags(.broker))
struct OutboxTroubleTests {
    private func tooLarge(_ count: Int, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO outbox (topic, key, event_id, trace_id, payload)
            SELECT 'transaction-connected', 'k', gen_random_uuid(), gen_random_uuid(),
                convert_to(repeat('x', 1500000), 'UTF8')
            FROM generate_series(1, $1)
            """, count)
    }

    @Test("Messages that no broker takes are summed in one line, rest, and show with their reason in every list")
    func stuck() async throws {
        let bus = try TestBus()
        let connection = try bus.database.connect()
        try tooLarge(20, on: connection)
        let relay = bus.relay()
        try await eventually(relay.log.text) { try OutboxReport(connection).lastFailure != nil }
        // What is new goes on all the while.
        for round in 0..<20 {
            try bus.publish(round * 10..<round * 10 + 10, on: connection)
            try await eventually(relay.log.text) { try bus.pending == 20 }
        }
        let report = try OutboxReport(connection)
        #expect(report.lastFailure?.contains("20 messages of transaction-connected") == true, "\(report)")
        #expect(report.lastFailureAt != nil)
        let state = try SideState(.finance, connection)
        #expect(state.relayFailure == report.lastFailure)
        let lines = relay.log.text.split(separator: "\n").filter { $0.contains("stay in the outbox") }
        #expect(lines.count == 1, "\(relay.log.text)")
        #expect(lines.first?.contains("topic=transaction-connected") == true)

        try connection.execute("DELETE FROM outbox_pending WHERE bytes > 1000000")
        try await eventually(relay.log.text) { try OutboxReport(connection).lastFailure == nil }
        #expect(relay.log.contains("messages are delivered again"))
        try await relay.stop()

        // What one relay has left there, the next clears away.
        try connection.execute("UPDATE outbox_lease SET last_failure = 'of yesterday', last_failure_at = now()")
        let next = bus.relay()
        try await eventually(next.log.text) { try OutboxReport(connection).lastFailure == nil }
        try await next.stop()
    }

    /// A relay that has delivered ten messages, and whose broker is away since then.
    private func cutOff() async throws -> (TestBus, Connection, RunningService) {
        let bus = try TestBus(embedded: try EmbeddedBroker())
        let connection = try bus.database.connect()
        let relay = bus.relay()
        try bus.publish(0..<10)
        try await eventually(relay.log.text) { try bus.pending == 0 }
        bus.broker.embedded?.takeDown()
        return (bus, connection, relay)
    }

    @Test("A relay that no broker answers says why in every list, and that it delivers again", .tags(.long))
    func away() async throws {
        let (bus, connection, relay) = try await cutOff()
        try bus.publish(10..<20)
        try await eventually(relay.log.text) { try OutboxReport(connection).lastFailure != nil }
        bus.broker.embedded?.bringUp()
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await eventually(relay.log.text) { try OutboxReport(connection).lastFailure == nil }
        try await relay.stop()
    }

    @Test("A relay that no broker answers keeps its lease and says why, however much waits", .tags(.long))
    func awayWithMuch() async throws {
        let (bus, connection, relay) = try await cutOff()
        // More than its threads hold: five chunks.
        try bus.publish(10..<25_010)
        try await eventually { try OutboxReport(connection).lastFailure != nil }
        func renewed(since time: String) throws -> Bool {
            try connection.value(Bool.self, "SELECT expires_at > $1::timestamptz FROM outbox_lease", time)
        }
        let expires = try connection.value(String.self, "SELECT expires_at::text FROM outbox_lease")
        try await eventually { try renewed(since: expires) }
        try await relay.stop()
    }

    @Test("An outbox of large rows is read by bytes, and all of it arrives")
    func largeRows() async throws {
        let bus = try TestBus(.embedded, embedded: try EmbeddedBroker(), topics: [.accountingDetail])
        let connection = try bus.database.connect()
        // Nobody reads a dead-letter topic, so that nothing is held back; the broker keeps a few MB of it.
        try connection.execute(
            """
            INSERT INTO outbox (topic, key, event_id, trace_id, headers, payload)
            SELECT 'accounting-detail.dead-letter', convert_to(number::text, 'UTF8'), gen_random_uuid(), gen_random_uuid(),
                ARRAY[convert_to('n', 'UTF8'), convert_to(repeat('h', 60000), 'UTF8')],
                convert_to(repeat('x', 800000), 'UTF8')
            FROM generate_series(1, 60) number
            """)
        #expect(try bus.count("SELECT min(bytes) FROM outbox_pending") > 860_000)
        let relay = bus.relay()
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await relay.stop()
        let ends = try bus.watermarks("accounting-detail.dead-letter").values.reduce(0) { $0 + $1.high }
        #expect(ends == 60)
    }
}
