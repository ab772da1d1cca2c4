import Contracts
import Kafka
import Service
import Testbed
import Testing

@testable import Bus
@testable import Database

/// A dead letter takes effect once, whoever asks for it and however often.
@Suite(.serialized, .timeLimit(.minutes(5)), .tags(.broker))
struct EditedLetterTests {
    @Test("An edited letter takes effect once: retried and edited at once, and read again from the beginning")
    func once() async throws {
        let bus = try TestBus()
        // The second can be decoded, and is refused by the table, until that changes.
        let refused = TransactionConnected(number: 7, note: "refused by the table")
        _ = try bus.produce(
            .transactionConnected,
            [
                (key: "a", value: Array("nonsense".utf8)), (key: "b", value: try bus.value(refused)),
                (key: "c", value: try bus.value(TransactionConnected(number: 1))),
            ])
        let first = bus.consumer()
        try await bus.awaitReceived(1, first)
        try await eventually(first.log.text) { try Self.states(bus) == ["parked", "parked"] }

        let handlers: [any TopicHandler] = [
            NumberHandler<TransactionConnected>(choices: bus.configuration.choices)
        ]
        let edit = try bus.value(TransactionConnected(number: 8))
        let ids = try bus.database.connect().values(Int64.self, "SELECT id FROM dead_letters ORDER BY id")
        // Many operators at once: whoever comes too late is refused, or asks for what is asked for already.
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    guard let connection = try? bus.database.connect() else { return }
                    for id in ids {
                        _ = try? connection.transaction {
                            if number % 2 == 0 {
                                try DeadLetterSettlement.edit(
                                    id, to: edit, by: "Ada", because: "test", handlers: handlers, on: connection)
                            } else {
                                try DeadLetterSettlement.retry([id], by: "Bob", on: connection)
                            }
                        }
                    }
                }
            }
        }
        try await eventually(first.log.text) { try Self.states(bus) == ["resolved", "resolved"] }
        // Each letter once.
        #expect(try bus.received() == [1, 8, 8])
        try await first.stop()

        // What the table refused it would take now.
        try bus.database.connect().executeScript("ALTER TABLE received DROP CONSTRAINT received_note_check")
        _ = try PositionReset.reset(TestBus.program, bus.configuration, on: bus.database.connect())
        let second = bus.consumer()
        // The message that took effect comes again, which the side's own keys would see to; the letters do not.
        try await bus.awaitReceived(4, second)
        try await bus.awaitNoLag()
        #expect(try bus.received() == [1, 1, 8, 8])
        #expect(try Self.states(bus) == ["resolved", "resolved"])
        let successes = try bus.database.connect().values(
            Int.self,
            "SELECT count(*) FROM dead_letter_events WHERE event = 'resolved' GROUP BY letter_id ORDER BY 1")
        #expect(successes == [1, 1])
        try await second.stop()
    }

    private static func states(_ bus: TestBus) throws -> [String] {
        try bus.database.connect().values(String.self, "SELECT state FROM dead_letters ORDER BY id")
    }
}
