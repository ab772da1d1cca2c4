import Contracts
import Testbed
import Testing

@testable import Bus
@testable import Database

/// What operators do leaves a trace in the transaction in which they do it.
struct OperatorRunTests {
    private let database: TestDatabase
    private let observer: Connection

    init() throws {
        database = try TestDatabase(TestSide.migrations)
        observer = try database.connect()
    }

    private func connect(_ run: OperatorRun) throws -> Connection {
        let connection = try Connection(url: database.url, applicationName: "tests", options: run.connectionOptions)
        try run.begin(on: connection)
        return connection
    }

    private func rows() throws -> [OperatorActionList.Entry] {
        try OperatorActionList(DayRange()).entries(.finance, limit: 100, on: observer)
    }

    private let insertion = "INSERT INTO cluster_binding (cluster_id, topic_prefix) VALUES ('c', 'p.')"
    private let change = "UPDATE cluster_binding SET cluster_id = 'd'"

    @Test("The first transaction that changes something says who, what, why, and what stood before and after")
    func recorded() throws {
        try observer.executeScript(insertion)
        let run = OperatorRun(
            "database adopt", of: "finance", by: "Ada", because: "moved", commandLine: "database adopt --side finance",
            standing: AuditedRows.clusterBinding.standing(["p."]))
        let connection = try connect(run)
        try connection.transaction { try connection.executeScript(change) }
        // Another of the same run tells nothing new.
        try connection.transaction { try connection.executeScript(change) }
        let entries = try rows()
        try #require(entries.count == 1)
        #expect(entries[0].actor == "Ada" && entries[0].action == "database adopt" && entries[0].subject == "finance")
        #expect(entries[0].reason == "moved" && entries[0].commandLine == "database adopt --side finance")
        #expect(entries[0].before?.contains(#""cluster_id": "c""#) == true)
        #expect(entries[0].after?.contains(#""cluster_id": "d""#) == true)
        try run.conclude(#"{"done": 2}"#, on: connection)
        #expect(try rows().map(\.after).last == #"{"done": 2}"#)
        #expect(try Set(rows().map(\.run)).count == 1)
    }

    @Test("Where nothing stood before, nothing is told of it")
    func nothingBefore() throws {
        let standing = AuditedRows.clusterBinding.standing(["p."])
        let connection = try connect(OperatorRun("database adopt", of: "finance", standing: standing))
        try connection.transaction { try connection.executeScript(insertion) }
        let entry = try #require(try rows().first)
        #expect(entry.before == nil && entry.after?.contains(#""cluster_id": "c""#) == true)
    }

    @Test("What is taken back, only asks, or is a dry run leaves none")
    func notRecorded() throws {
        struct Stop: Error {}
        let run = OperatorRun("errors retry", of: "all")
        let connection = try connect(run)
        #expect(throws: Stop.self) {
            try connection.transaction {
                try connection.executeScript(insertion)
                throw Stop()
            }
        }
        try connection.transaction { _ = try ClusterBindingStore.current(on: connection) }
        try run.conclude("{}", on: connection)
        let dry = try connect(OperatorRun("finance preview", of: "INV", isDry: true))
        try dry.transaction { try dry.executeScript(insertion) }
        #expect(try rows().isEmpty)
    }

    @Test("A command that tells of itself is told of once")
    func ownWords() throws {
        let connection = try connect(OperatorRun("maps pause", of: "actuals"))
        try connection.transaction {
            try connection.executeScript(insertion)
            try OperatorActionStore.record(
                OperatorAction("maps pause", of: "actuals", by: "Ada", after: #"{"state": "paused"}"#), on: connection)
        }
        #expect(try rows().map(\.after) == [#"{"state": "paused"}"#])
        #expect(try rows().allSatisfy { $0.run != nil })
    }

    @Test(
        "Nobody changes what was recorded",
        arguments: [
            "UPDATE operator_actions SET actor = 'Bob'", "DELETE FROM operator_actions", "TRUNCATE operator_actions",
        ])
    func appendOnly(_ statement: String) throws {
        try OperatorActionStore.record(OperatorAction("errors retry", of: "F1", by: "Ada"), on: observer)
        let error = #expect(throws: DatabaseError.self) { try observer.executeScript(statement) }
        #expect(error?.message.contains("append-only") == true)
        #expect(try rows().map(\.actor) == ["Ada"])
    }

    @Test("Actions are found by who, what, to what and when")
    func filters() throws {
        for (actor, action, subject) in [
            ("Ada", "errors retry", "F1"), ("Bob", "errors discard", "F2"), ("Ada", "journals reset", "USPM-1"),
        ] {
            try OperatorActionStore.record(OperatorAction(action, of: subject, by: actor), on: observer)
        }
        func subjects(_ list: OperatorActionList) throws -> [String] {
            try list.entries(.finance, limit: 10, on: observer).map(\.subject)
        }
        #expect(try subjects(OperatorActionList(DayRange(), actor: "Ada")) == ["F1", "USPM-1"])
        #expect(try subjects(OperatorActionList(DayRange(), action: "errors")) == ["F1", "F2"])
        #expect(try subjects(OperatorActionList(DayRange(), action: "errors retry")) == ["F1"])
        #expect(try subjects(OperatorActionList(DayRange(), subject: "USPM")) == ["USPM-1"])
        let today = DayRange().zone.today
        #expect(try subjects(OperatorActionList(DayRange(to: .init(day: today.day - 2)))).isEmpty)
        #expect(try subjects(OperatorActionList(DayRange(from: .init(day: today.day - 1)))).count == 3)
    }

    @Test("A connection that only asks changes nothing")
    func readOnly() throws {
        var options = ConnectionOptions()
        options.isReadOnly = true
        let connection = try Connection(url: database.url, applicationName: "tests", options: options)
        let error = #expect(throws: DatabaseError.self) {
            try connection.transaction { try connection.executeScript(insertion) }
        }
        #expect(error?.isReadOnly == true)
    }
}
