import Foundation
import Service
import Testbed
import Testing

@testable import Bus
@testable import Database

/// What is seen of a database before anything is done with it.
@Suite(.timeLimit(.minutes(2)))
struct SideDatabaseTests {
    private static func schema(_ side: Side) -> [Migration] {
        [Migration(version: 1, name: "\(side.schemaName)test", sql: "CREATE TABLE \(side.rawValue)_things (id int)")]
    }

    @Test("Swapped URLs are said to be swapped, whatever is done with them", arguments: Side.allCases)
    func swapped(_ side: Side) throws {
        let other = try #require(Side.allCases.first { $0 != side })
        let database = try TestDatabase()
        _ = try SideDatabase.migrate(other, url: database.url, Self.schema(other))
        for body in [
            { _ = try SideDatabase.open(side, url: database.url, Self.schema(side), applicationName: "tests") },
            { _ = try SideDatabase.migrate(side, url: database.url, Self.schema(side)) },
        ] {
            let error = #expect(throws: SwappedDatabase.self) { try body() }
            let text = error.map { "\($0)" } ?? ""
            #expect(text.contains("\(side.rawValue.uppercased())_DATABASE_URL leads to"), "\(text)")
            #expect(text.contains("swapped"), "\(text)")
        }
        #expect(try database.connect().relationCount() > 0)
        _ = try SideDatabase.open(other, url: database.url, Self.schema(other), applicationName: "tests")
    }

    @Test("A database in another encoding is refused by its encoding's name", arguments: ["SQL_ASCII", "LATIN1"])
    func encoding(_ encoding: String) throws {
        let database = try TestDatabase()
        let name = database.name + "_other"
        let connection = try database.connect()
        try connection.executeScript(
            "CREATE DATABASE \(name) ENCODING '\(encoding)' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
        defer { try? connection.executeScript("DROP DATABASE \(name) WITH (FORCE)") }
        let url = database.url.replacingOccurrences(of: database.name, with: name)
        let error = #expect(throws: UnfitDatabase.self) {
            _ = try SideDatabase.migrate(.finance, url: url, Self.schema(.finance))
        }
        #expect(error.map { "\($0)" }?.contains(encoding) == true)
        #expect(error.map { "\($0)" }?.contains("ENCODING 'UTF8'") == true)
    }

    @Test("A pooler that lends sessions by the transaction is named, and a session of one's own is not")
    func pooler() throws {
        func problem(pooled: Bool) -> UnfitDatabase? {
            SideDatabase.problem(
                SessionFacts(serverEncoding: "UTF8", isReadOnly: false, isPooledByTransaction: pooled), database: "d")
        }
        #expect(problem(pooled: true).map { "\($0)" }?.contains("pool_mode=session") == true)
        #expect(problem(pooled: false) == nil)
        let database = try TestDatabase()
        #expect(try database.connect().facts().isPooledByTransaction == false)
    }

    @Test("A standby is waited for, and a statement that is refused or cancelled is tried again with a new session")
    func standby() throws {
        let database = try TestDatabase()
        let connection = try database.connect()
        try connection.requireWrites()
        try connection.executeScript("CREATE TABLE things (id int); SET default_transaction_read_only = on")
        #expect(try connection.facts().isReadOnly)
        let waited = try #require(throws: DatabaseError.self) { try connection.requireWrites() }
        #expect(waited.disposition == .retry)
        let refused = try #require(throws: DatabaseError.self) {
            try connection.executeScript("INSERT INTO things VALUES (1)")
        }
        #expect(refused.sqlState == "25006")
        #expect(refused.disposition == .retry)
        #expect(refused.needsNewConnection)
        try connection.executeScript("SET statement_timeout = 1")
        let cancelled = try #require(throws: DatabaseError.self) { try connection.executeScript("SELECT pg_sleep(60)") }
        #expect(cancelled.sqlState == "57014")
        #expect(cancelled.disposition == .retry)
        #expect(!cancelled.needsNewConnection)
    }

    @Test("A session goes on where writes are taken, once its server takes none")
    func failOver() throws {
        let database = try TestDatabase()
        let observer = try database.connect()
        try observer.executeScript("CREATE TABLE things (id int)")
        let log = RecordedLog()
        let session = DatabaseSession(url: database.url, applicationName: "tests", logger: log.logger)
        try session.open().executeScript("SET default_transaction_read_only = on")
        try session.perform(shutdown: GracefulShutdown()) { try $0.executeScript("INSERT INTO things VALUES (1)") }
        #expect(try observer.value(Int.self, "SELECT count(*) FROM things") == 1)
        #expect(log.contains("25006"))
    }

    @Test("What an outage was is said once when it begins, not for each attempt, and once when it is over")
    func outage() throws {
        let log = RecordedLog()
        var attempts = 0
        try RetryPolicy(maximum: .milliseconds(1)).run(until: GracefulShutdown(), logger: log.logger) {
            attempts += 1
            if attempts < 30 {
                throw DatabaseError.unreachable(
                    try DatabaseURL("postgres://nowhere/d"), reason: "refused", .away)
            }
        }
        let lines = log.text.split(separator: "\n")
        #expect(lines.count == 2, "\(log.text)")
        #expect(lines[0].contains("trying again"))
        #expect(lines[1].contains("it works again"))
        #expect(lines[1].contains("attempts=29"))
    }
}
