import Bus
import Service
import Testbed
import Testing

@testable import Database

/// Rows of which the newest version counts, brought by two sessions at once. One session's transaction is held open until
/// the other is seen to wait for it.
@Suite(.timeLimit(.minutes(2)))
struct VersionedTableTests {
    private let database: TestDatabase
    private let connection: Connection

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
        try connection.executeScript(
            """
            CREATE TABLE things (id bigint PRIMARY KEY, version bigint NOT NULL, place text NOT NULL);
            CREATE TABLE places (place text PRIMARY KEY, count bigint NOT NULL);
            """)
    }

    @Test("Rows that are all new are inserted as they are, and the newest version of each")
    func allNew() throws {
        try write([Thing(2, 1, "a"), Thing(1, 1, "a"), Thing(2, 3, "b"), Thing(2, 2, "c")])
        #expect(try things() == ["1 v1 a", "2 v3 b"])
        #expect(try counts() == ["a": 1, "b": 1])
    }

    @Test("Of equal versions the one that came first counts")
    func equalVersions() throws {
        try write([Thing(1, 1, "a"), Thing(1, 1, "b")])
        try write([Thing(1, 1, "c"), Thing(2, 1, "c")])
        #expect(try things() == ["1 v1 a", "2 v1 c"])
        #expect(try counts() == ["a": 1, "c": 1])
    }

    @Test("New, newer, older and repeated rows in one batch, twice in one session")
    func mixed() throws {
        try write([Thing(1, 5, "a"), Thing(2, 5, "a"), Thing(3, 5, "a")])
        for _ in 0..<2 {
            try write([Thing(1, 4, "b"), Thing(2, 5, "b"), Thing(3, 6, "b"), Thing(4, 1, "b")])
            #expect(try things() == ["1 v5 a", "2 v5 a", "3 v6 b", "4 v1 b"])
            #expect(try counts() == ["a": 2, "b": 2])
        }
    }

    @Test("A row that the store takes out of what arrives stays as it is")
    func keptByTheStore() throws {
        try write([Thing(1, 1, "a"), Thing(2, 1, "a")])
        try connection.transaction {
            let rows = try Thing.batch([Thing(1, 2, "b"), Thing(2, 2, "b")])
            #expect(try Thing.table.merge(rows.rows(of: rows.newest()), on: connection) == 2)
            try connection.execute("DELETE FROM \(Thing.table.arriving) WHERE id = 1")
            #expect(try Thing.table.updateKnown(on: connection) == 1)
        }
        #expect(try things() == ["1 v1 a", "2 v2 b"])
    }

    @Test("Two sessions that merge the same newer rows count them once")
    func sameRowsAtOnce() throws {
        try write([Thing(1, 1, "a"), Thing(2, 1, "a")])
        try race(first: [Thing(1, 2, "b"), Thing(2, 2, "b")], second: [Thing(1, 2, "b"), Thing(2, 2, "b")])
        #expect(try things() == ["1 v2 b", "2 v2 b"])
        #expect(try counts() == ["a": 0, "b": 2])
    }

    @Test("A session that waited for an older version takes that one's place in the counts")
    func newerAfterOlder() throws {
        try write([Thing(1, 1, "a")])
        try race(first: [Thing(1, 2, "b")], second: [Thing(1, 3, "c")])
        #expect(try things() == ["1 v3 c"])
        #expect(try counts() == ["a": 0, "b": 0, "c": 1])
    }

    @Test("A session that waited for a newer version leaves it")
    func olderAfterNewer() throws {
        try write([Thing(1, 1, "a")])
        try race(first: [Thing(1, 3, "b")], second: [Thing(1, 2, "c"), Thing(2, 1, "c")])
        #expect(try things() == ["1 v3 b", "2 v1 c"])
        #expect(try counts() == ["a": 0, "b": 1, "c": 1])
    }

    @Test("Two sessions that merge the same new rows count them once", arguments: [1, 5, 9])
    func newRowsAtOnce(_ version: Int) throws {
        try write([Thing(1, 9, "a")])
        try race(first: [Thing(1, 1, "x"), Thing(2, 5, "b")], second: [Thing(1, 1, "x"), Thing(2, version, "c")])
        #expect(try things() == ["1 v9 a", version > 5 ? "2 v9 c" : "2 v5 b"])
        #expect(try counts().filter { $0.value != 0 } == ["a": 1, version > 5 ? "c" : "b": 1])
    }

    @Test("An older version never wins against rows that were all new, nor is a row counted twice", arguments: [1, 9])
    func againstTheCopy(_ version: Int) throws {
        try write([Thing(1, 9, "a")])
        // The first copies; the second finds that it knows a row already, and merges.
        try race(first: [Thing(2, 5, "b")], second: [Thing(1, 1, "x"), Thing(2, version, "c")])
        #expect(try things() == ["1 v9 a", version > 5 ? "2 v9 c" : "2 v5 b"])
        #expect(try counts().filter { $0.value != 0 } == ["a": 1, version > 5 ? "c" : "b": 1])
    }

    @Test("A copy that waited for a merge gives way to it", arguments: [1, 9])
    func copyAfterMerge(_ version: Int) throws {
        try write([Thing(1, 9, "a")])
        try race(first: [Thing(1, 1, "x"), Thing(2, 5, "b")], second: [Thing(2, version, "c")])
        #expect(try things() == ["1 v9 a", version > 5 ? "2 v9 c" : "2 v5 b"])
        #expect(try counts().filter { $0.value != 0 } == ["a": 1, version > 5 ? "c" : "b": 1])
    }

    @Test("A session whose rows are rolled back leaves room for another's")
    func afterRollback() throws {
        try write([Thing(1, 9, "a")])
        try race(
            first: [Thing(1, 1, "x"), Thing(2, 5, "b")], second: [Thing(1, 1, "x"), Thing(2, 3, "c")], commits: false)
        #expect(try things() == ["1 v9 a", "2 v3 c"])
        #expect(try counts() == ["a": 1, "c": 1])
    }

    // MARK: The store

    private func write(_ things: [Thing]) throws {
        try connection.transaction { try Thing.write(things, to: connection) }
    }

    /// Writes the first in a transaction that ends only when the second is seen to wait for it.
    private func race(first: [Thing], second: [Thing], commits: Bool = true) throws {
        let other = try database.connect()
        let process = other.backendProcess
        try connection.executeScript("BEGIN")
        try Thing.write(first, to: connection)
        let session = UncheckedSession(connection: other)
        let thread = WorkerThread(name: "second") {
            try session.connection.transaction { try Thing.write(second, to: session.connection) }
        }
        let observer = try database.connect()
        let waits = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $1"
        while try observer.query(waits, process).single()[0, as: Bool?.self] != true {
            if let ended: Void = try thread.join(upTo: .milliseconds(2)) {
                Issue.record("the second session did not wait for the first")
                return ended
            }
        }
        try connection.executeScript(commits ? "COMMIT" : "ROLLBACK")
        try thread.join()
    }

    private func things() throws -> [String] {
        try connection.records(Thing.self, "SELECT \(Thing.columnList) FROM things ORDER BY id").map {
            "\($0.id) v\($0.version) \($0.place)"
        }
    }

    private func counts() throws -> [String: Int] {
        Dictionary(
            uniqueKeysWithValues: try connection.query("SELECT place, count FROM places").map {
                (try $0.string(0), try $0.int(1))
            })
    }
}

/// A connection that another thread uses alone.
private struct UncheckedSession: @unchecked Sendable {
    let connection: Connection
}

private struct Thing: Record {
    let id: Int
    let version: Int
    let place: String

    init(_ id: Int, _ version: Int, _ place: String) {
        self.id = id
        self.version = version
        self.place = place
    }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Thing(
            try column("id", row?.id), try column("version", row?.version), try column("place", row?.place))
    }

    static let table = VersionedTable<Thing>("things", key: ["id"], version: "version", known: ["place"])

    static func batch(_ things: [Thing]) throws -> VersionedBatch<Thing, Int, String> {
        var batch = VersionedBatch<Thing, Int, String>()
        for thing in things { try batch.append(thing, key: thing.id, version: thing.version, note: thing.place) }
        return batch
    }

    /// Writes things, and counts them by place.
    static func write(_ things: [Thing], to connection: Connection) throws {
        let batch = try batch(things)
        let newest = batch.newest()
        let rows = batch.rows(of: newest)
        if try table.insertAllNew(rows, on: connection) {
            for place in newest.map(\.note).sorted() {
                try count("SELECT '\(place)' AS place, 1 AS change", connection)
            }
        } else if try table.merge(rows, on: connection) > 0 {
            try count(
                """
                SELECT place, sum(change) FROM (
                    SELECT place, 1 AS change FROM \(table.arriving) UNION ALL SELECT place, -1 FROM \(table.known)
                ) changes GROUP BY place ORDER BY place
                """, connection)
            try table.updateKnown(on: connection)
        }
    }

    private static func count(_ changes: String, _ connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO places AS p (place, count) \(changes)
            ON CONFLICT (place) DO UPDATE SET count = p.count + excluded.count
            """)
    }
}
