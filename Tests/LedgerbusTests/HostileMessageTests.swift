import Bus
import Contracts
import Kafka
import Operations
import Service
import Testbed
import Testing

@testable import Database

/// Whatever bytes arrive on a topic end in effect, or waiting, or as a dead letter (promise 3).
@Suite(.serialized, .tags(.broker, .processes))
struct HostileMessageTests {
    @Test(
        "Damaged messages on every topic crash no process and stick in no partition, and what comes after them is posted",
        .tags(.long), arguments: TestBroker.Kind.available)
    func damagedMessages(kind: TestBroker.Kind) throws {
        let test = try ProcessBus(on: kind)
        defer { test.remove() }
        let shutdown = GracefulShutdown()
        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: shutdown, progress: { _, _ in })
        let report = try demo.run(isKept: true)
        let configuration = try test.bus.configuration(side: .dataverse)
        var random = SeededRandom()
        print(random)
        var sent = 0
        for connection in [test.dataverse, test.finance] {
            sent += try produceDamaged(from: connection, configuration, &random)
        }
        #expect(sent > 400)

        let admin = try Admin(configuration.kafka, clientID: "test")
        let readers: [(consumer: Program, connection: Connection, topics: [TopicName])] = [
            (.financeConsumer, test.finance, [.invoiceConfirmed, .actualCreated, .transactionConnected]),
            (.postingConsumer, test.finance, [.postingRequested]),
            (.dataverseConsumer, test.dataverse, [.accountingDetail, .invoicePosted]),
        ]
        for reader in readers {
            try test.bus.waitForNone(of: "\(random): reading", timeout: .seconds(120), shutdown: shutdown) {
                try test.bus.unconsumed(reader.topics, by: reader.connection, of: reader.consumer, admin: admin)
            }
        }
        let deadLetters =
            try test.count(test.finance, "SELECT count(*) FROM dead_letters WHERE reason <> ''")
            + test.count(test.dataverse, "SELECT count(*) FROM dead_letters WHERE reason <> ''")
        #expect(deadLetters > sent / 4, "\(random)")
        // What was posted stays as it was, whatever came.
        #expect(try test.count(test.finance, "SELECT count(*) FROM project_invoices") == report.invoices.count)
        for connection in [test.dataverse, test.finance] {
            try test.bus.waitForNone(of: "\(random): publishing", timeout: .seconds(60), shutdown: shutdown) {
                try test.bus.pendingRows(connection)
            }
        }
    }

    /// Sends what a side has published once more, damaged, and returns how many messages that were.
    private func produceDamaged(
        from connection: Connection, _ configuration: BusConfiguration, _ random: inout SeededRandom
    ) throws -> Int {
        let producer = try Producer(configuration.kafka, clientID: "test")
        defer { producer.close(timeout: .seconds(5)) }
        let rows = try connection.query(
            """
            SELECT topic, payload FROM (
                SELECT topic, payload, row_number() OVER (PARTITION BY topic ORDER BY event_id) AS place FROM outbox
                WHERE payload IS NOT NULL AND topic NOT LIKE '%.dead-letter'
            ) o WHERE place <= 150
            """)
        for (token, row) in rows.enumerated() {
            var value = Array(try row.bytes(1))
            for _ in 0...Int.random(in: 0...3, using: &random) { random.damage(&value) }
            try value.withUnsafeBytes {
                try producer.send(
                    topic: configuration.clusterName(try row.string(0)), key: nil, value: $0, token: token)
            }
        }
        var deliveries: [Delivery] = []
        while deliveries.count < rows.count { producer.deliveries(into: &deliveries, timeout: .seconds(30)) }
        for delivery in deliveries { if let error = delivery.error { throw error } }
        return rows.count
    }
}
