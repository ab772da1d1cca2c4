import Bus
import Contracts
import Kafka
import Service
import Testbed
import Testing

@testable import Database

/// The relay does not let the embedded broker, which keeps 5 MiB a partition, drop what nobody has read.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker))
struct EmbeddedBrokerTests {
    @Test("30 MiB through one partition, with a slow reader and a relay that is restarted, lose nothing", .tags(.long))
    func holdback() async throws {
        let bus = try TestBus(embedded: try EmbeddedBroker())
        let connection = try bus.database.connect()
        // 30,000 messages of 1 KiB that can't be compressed, on one partition.
        try connection.execute(
            """
            INSERT INTO outbox (topic, key, event_id, trace_id, payload)
            SELECT 'transaction-connected', 'one key', gen_random_uuid(), gen_random_uuid(),
                convert_to(format(
                    '{"connectionId":"%s","rowVersion":%s,"company":"test","transaction1Id":"%s","transaction1Role":"fine",'
                    || '"transaction1Type":"a","transaction2Id":"%s","transaction2Role":"b","transaction2Type":"c",'
                    || '"padding":"%s"}', gen_random_uuid(), number, gen_random_uuid(), gen_random_uuid(),
                    (SELECT string_agg(encode(sha256(convert_to(number || '-' || part, 'UTF8')), 'hex'), '')
                     FROM generate_series(1, 12) AS part)), 'UTF8')
            FROM generate_series(0, 29999) AS number
            """)
        let relay = bus.relay()
        try await eventually { relay.log.contains("waiting for readers") }
        try await relay.stop()
        let second = bus.relay()
        let pause = GracefulShutdown()
        let slow = NumberHandler<TransactionConnected>(choices: bus.configuration.choices) { _ in
            pause.wait(upTo: .milliseconds(100))
        }
        let consumer = bus.consumer([slow], limits: BatchLimits(messages: 500))
        try await bus.awaitReceived(10_000, consumer, second)
        try await second.stop()
        let third = bus.relay()
        try await eventually("\(third.log.text)\n\(consumer.log.text)") { try bus.pending == 0 }
        pause.request()
        try await eventually("\(third.log.text)\n\(consumer.log.text)") {
            try connection.query("SELECT count(DISTINCT number) FROM received").single().int(0) == 30_000
        }
        try await bus.awaitNoLag()
        try await consumer.stop()
        try await third.stop()
    }

    @Test("A topic that nobody reads is not waited for")
    func noReader() async throws {
        let bus = try TestBus(embedded: try EmbeddedBroker())
        try bus.database.connect().execute(
            """
            INSERT INTO outbox (topic, key, event_id, trace_id, headers, payload)
            SELECT 'transaction-connected.dead-letter', 'one key', gen_random_uuid(), gen_random_uuid(), '{}',
                convert_to(repeat(md5(number::text), 1000), 'UTF8')
            FROM generate_series(1, 400) AS number
            """)
        let relay = bus.relay()
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try await relay.stop()
    }
}
