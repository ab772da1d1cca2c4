import Contracts
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
        database = try TestDatabase(TestSide.migrations)
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
        #expect(try connection.transaction { try DeadLetterSettlement.retryAll(on: connection) } == 1)
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

    @Test("What is settled becomes nothing else, and what is not may be asked for", arguments: DeadLetterState.allCases)
    func successors(of state: DeadLetterState) {
        let isSettled = state == .resolved || state == .discarded
        #expect(state.successors.isEmpty == isSettled)
        #expect(DeadLetterState.unsettled.contains(state) != isSettled)
        #expect(state.successors.contains(.requested) != isSettled)
        // It takes effect after somebody asked for it, and never otherwise.
        #expect(state.successors.contains(.resolved) == (state == .requested))
    }

    @Test("Those of one cause, topic, day or text are tried, and no others")
    func filters() throws {
        func matched(_ filter: DeadLetterFilter) throws -> [Int64] {
            try DeadLetterStore.summaries(filter, all: true, limit: 10, on: connection).map(\.message.id).sorted()
        }
        #expect(try matched(DeadLetterFilter(cause: .notJSON)) == [1, 4])
        #expect(try matched(DeadLetterFilter(topic: "u")).isEmpty)
        #expect(try matched(DeadLetterFilter(containing: "{")) == [1, 2, 4])
        #expect(try matched(DeadLetterFilter(containing: "[")).isEmpty)
        let today = DayZone.utc.today
        #expect(try matched(DeadLetterFilter(DayRange(from: today))).count == 4)
        #expect(try matched(DeadLetterFilter(DayRange(from: CalendarDate(day: today.day + 2)))).isEmpty)
        #expect(try matched(DeadLetterFilter(DayRange(to: CalendarDate(day: today.day - 2)))).isEmpty)
        let requested = try connection.transaction {
            try DeadLetterSettlement.retryAll(DeadLetterFilter(cause: .valueTooLong), on: connection)
        }
        #expect(requested == 0)
        let discarded = try connection.transaction {
            try DeadLetterSettlement.discardAll(
                DeadLetterFilter(cause: .notJSON), by: "Ada", because: "typed", on: connection)
        }
        #expect(discarded == 1)
        #expect(try states() == ["1 discarded", "2 parked", "3 parked", "4 resolved"])
    }

    @Test(
        "An edit keeps the value as it came, who changed it and why; what cannot be decoded is refused with the reason")
    func edit() throws {
        try connection.executeScript("UPDATE dead_letters SET topic = 'transaction-connected'")
        let handlers: [any TopicHandler] = [
            NumberHandler<TransactionConnected>(choices: try ChoiceTables())
        ]
        func edit(_ number: Int64, _ text: String) throws {
            try connection.transaction {
                try DeadLetterSettlement.edit(
                    number, to: Array(text.utf8), by: "Ada", because: "left out", handlers: handlers, on: connection)
            }
        }
        let refusal = #expect(throws: EditRefusal.self) { try edit(whole, "nonsense") }
        #expect(refusal?.reason.code == .notJSON)
        #expect(throws: DeadLetterRefusal.self) { try edit(resolved, "{}") }
        #expect(try states() == untouched)
        let value = String(decoding: try TransactionConnected(number: 5).bytes(ChoiceTables()), as: UTF8.self)
        // One without a value is given one.
        try edit(empty, value)
        #expect(try states() == ["1 parked", "2 parked", "3 requested", "4 resolved"])
        let detail = try #require(try ErrorDetail.load(connection, number: empty, kind: .deadLetter))
        #expect(detail.payload == nil && detail.editedPayload == value)
        let event = try #require(detail.history.first)
        #expect(event.event == .edited && event.actor == "Ada" && event.reason == "left out")
        #expect(event.payload == value && event.payloadDigest?.count == 64)
    }

    @Test("Fifty thousand errors of two causes are two lines, each with its count, its oldest, an example and a cure")
    func groups() throws {
        try connection.executeScript(
            """
            INSERT INTO dead_letters (cluster_id, topic, partition, message_offset, consumer, payload, payload_size,
                payload_sha256, code, reason)
            SELECT 'd', 'u', 0, n, 'finance-consumer', 'x', 1, '1', 'field-missing', 'r' FROM generate_series(1, 50000) n
            """)
        let groups = try ErrorGroup.messages(
            of: .finance, prefix: "F", cures: FailureCode.busCures, on: connection)
        #expect(groups.map(\.count) == [50_000, 1, 1, 1])
        let first = try #require(groups.first)
        #expect(first.cause == "field-missing" && first.topic == "u" && first.kind == .deadLetter)
        #expect(first.oldest != nil && first.example.hasPrefix("F") && first.reason == "r")
        #expect(first.cure == FailureCode.busCures[.fieldMissing])
    }
}
