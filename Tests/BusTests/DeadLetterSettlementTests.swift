import Testbed
import Testing

@testable import Bus
@testable import Database

/// What an operator does about dead letters, of which several are settled or none.
struct DeadLetterSettlementTests {
    private let database: TestDatabase
    private let connection: Connection

    /// The numbers of the letters: one that is whole, one whose value was cut, one without a value, and a resolved one.
    private let whole: Int64 = 1
    private let cut: Int64 = 2
    private let empty: Int64 = 3
    private let resolved: Int64 = 4

    init() throws {
        database = try TestDatabase([Migration(version: 1, name: "bus", sql: BusSchema.version1)])
        connection = try database.connect()
        try connection.executeScript(
            """
            INSERT INTO dead_letters (cluster_id, topic, partition, message_offset, consumer, payload, payload_size,
                payload_sha256, code, reason, state)
            VALUES
                ('c', 't', 0, 1, 'finance-consumer', '{', 1, '1', 'not-json', 'r', 'parked'),
                ('c', 't', 0, 2, 'finance-consumer', '{', 950000, '2', 'value-too-long', 'r', 'parked'),
                ('c', 't', 0, 3, 'finance-consumer', NULL, 0, '3', 'no-value', 'r', 'parked'),
                ('c', 't', 0, 4, 'finance-consumer', '{', 1, '4', 'not-json', 'r', 'resolved')
            """)
    }

    private func states() throws -> [String] {
        try connection.values(String.self, "SELECT id || ' ' || state FROM dead_letters ORDER BY id")
    }

    private let untouched = ["1 parked", "2 parked", "3 parked", "4 resolved"]

    private func refusal(_ body: () throws -> Void) throws -> [DeadLetterRefusal.Cause] {
        let error = #expect(throws: DeadLetterRefusal.self) { try connection.transaction { try body() } }
        return try #require(error).causes.map(\.cause)
    }

    @Test("One that cannot be tried again keeps all of them from being tried")
    func retryAllOrNone() throws {
        let causes = try refusal { try DeadLetterSettlement.retry([whole, cut, empty, resolved, 99], on: connection) }
        #expect(causes == [.isCut, .hasNoValue, .isSettled(.resolved), .isUnknown])
        #expect(try states() == untouched)
        try connection.transaction { try DeadLetterSettlement.retry([whole], on: connection) }
        // Asking again is no mistake.
        try connection.transaction { try DeadLetterSettlement.retry([whole], on: connection) }
        #expect(try states() == ["1 requested", "2 parked", "3 parked", "4 resolved"])
    }

    @Test("All at once are those that can be tried")
    func retryAll() throws {
        #expect(try DeadLetterSettlement.retryAll(on: connection) == 1)
        #expect(try states() == ["1 requested", "2 parked", "3 parked", "4 resolved"])
    }

    @Test("A letter without a value is settled, with who did so and why, and is counted and listed no more")
    func discard() throws {
        try connection.transaction {
            try DeadLetterSettlement.discard([cut, empty], by: "Ada", because: "typed by hand", on: connection)
        }
        #expect(try states() == ["1 parked", "2 discarded", "3 discarded", "4 resolved"])
        #expect(try DeadLetterStore.count(on: connection) == 1)
        #expect(try ErrorList(connection, prefix: "F", all: false).entries.map(\.id) == ["F1"])
        #expect(try ErrorList(connection, prefix: "F", all: true).entries.count == 4)
        let detail = try #require(try ErrorDetail.load(connection, number: empty, kind: .deadLetter))
        #expect(detail.discardedBy == "Ada" && detail.discardReason == "typed by hand")
    }

    @Test("One that is settled already keeps all of them from being settled")
    func discardAllOrNone() throws {
        let causes = try refusal {
            try DeadLetterSettlement.discard([empty, resolved, 99], by: "Ada", because: "x", on: connection)
        }
        #expect(causes == [.isSettled(.resolved), .isUnknown])
        #expect(try states() == untouched)
        try connection.transaction {
            try DeadLetterSettlement.discard([empty], by: "Ada", because: "x", on: connection)
        }
        #expect(
            try refusal { try DeadLetterSettlement.retry([whole, empty], on: connection) } == [.isSettled(.discarded)])
        #expect(try states() == ["1 parked", "2 parked", "3 discarded", "4 resolved"])
    }
}
