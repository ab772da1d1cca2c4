import Service
import Synchronization
import Testbed
import Testing

@testable import Database

struct MigrationsTests {
    private let database: TestDatabase
    private let migrations = [
        Migration(version: 1, name: "companies", sql: "CREATE TABLE companies (id text); SELECT pg_sleep(0.02)"),
        Migration(version: 2, name: "first company", sql: "INSERT INTO companies VALUES ('usmf')"),
        Migration(version: 3, name: "names", sql: "ALTER TABLE companies ADD name text"),
    ]

    init() throws {
        database = try TestDatabase()
    }

    @Test func manyProcessesAtOnceApplyEachMigrationOnce() throws {
        let applied = Mutex<[Int]>([])
        let threads = (0..<8).map { _ in
            WorkerThread(name: "other") { [database, migrations] in
                let mine = try Migrations.migrate(url: database.url, migrations).map(\.version)
                applied.withLock { $0 += mine }
            }
        }
        for thread in threads { try thread.join() }
        #expect(applied.withLock { $0.sorted() } == [1, 2, 3])
        let connection = try database.connect()
        #expect(try connection.query("SELECT count(*) FROM companies").single().int(0) == 1)
        try Migrations.check(connection, migrations)
    }

    @Test func onlyWhatIsMissingIsApplied() throws {
        #expect(try Migrations.migrate(url: database.url, Array(migrations[..<2])).map(\.version) == [1, 2])
        #expect(try Migrations.migrate(url: database.url, migrations).map(\.version) == [3])
        #expect(try Migrations.migrate(url: database.url, migrations).isEmpty)
    }

    @Test func aMigrationThatFailsChangesNothing() throws {
        let broken = Migration(version: 3, name: "names", sql: "CREATE TABLE names (id int); SELECT 1 / 0")
        #expect(throws: DatabaseError.self) {
            try Migrations.migrate(url: database.url, Array(migrations[..<2]) + [broken])
        }
        let connection = try database.connect()
        #expect(try connection.query("SELECT to_regclass('names') IS NULL").single().bool(0))
        #expect(try Migrations.migrate(url: database.url, migrations).map(\.version) == [3])
    }

    @Test func anOlderDatabaseIsToBeMigrated() throws {
        let connection = try database.connect()
        let empty = #expect(throws: SchemaMismatch.self) { try Migrations.check(connection, migrations) }
        #expect(
            empty?.description
                == "the database \"\(database.name)\" does not fit: it has no schema yet; run: ledgerbus database migrate"
        )
        try Migrations.migrate(url: database.url, Array(migrations[..<1]))
        let older = #expect(throws: SchemaMismatch.self) { try Migrations.check(connection, migrations) }
        #expect(older?.problem == "its schema is at version 1, and this binary needs 3")
        #expect(older?.cure == "run: ledgerbus database migrate")
    }

    @Test func aNewerDatabaseWantsANewerBinary() throws {
        try Migrations.migrate(url: database.url, migrations)
        let connection = try database.connect()
        let old = Array(migrations[..<2])
        let error = #expect(throws: SchemaMismatch.self) { try Migrations.check(connection, old) }
        #expect(error?.cure == "upgrade this binary")
        #expect(throws: try #require(error)) { try Migrations.migrate(url: database.url, old) }
    }

    @Test("A program that the newer migrations let run on runs, starts and migrates; one that is too old does not")
    func olderPrograms() throws {
        let additive = [
            migrations[0], migrations[1],
            Migration(version: 3, name: "names", oldestProgram: 2, sql: "ALTER TABLE companies ADD name text"),
            Migration(version: 4, name: "notes", oldestProgram: 1, sql: "CREATE TABLE notes (id int)"),
        ]
        // The table of migrations is that of the first version, without the column.
        try Migrations.migrate(url: database.url, Array(additive[..<2]))
        let connection = try database.connect()
        try connection.executeScript("ALTER TABLE schema_migrations DROP COLUMN oldest_program")
        try Migrations.check(connection, Array(additive[..<2]))
        #expect(try Migrations.migrate(url: database.url, additive).map(\.version) == [3, 4])

        try Migrations.check(connection, Array(additive[..<2]))
        try Migrations.check(connection, Array(additive[..<3]))
        #expect(try Migrations.migrate(url: database.url, Array(additive[..<2])).isEmpty)
        // One of the first version may run beside the fourth, but not beside the third.
        let tooOld = #expect(throws: SchemaMismatch.self) {
            try Migrations.check(connection, Array(additive[..<1]))
        }
        #expect(tooOld?.cure == "upgrade this binary")
    }

    @Test("A migration waits for a lock by the second, so that others get by, and then goes on")
    func busy() throws {
        try Migrations.migrate(url: database.url, Array(migrations[..<2]))
        let reader = try database.connect()
        try reader.executeScript("BEGIN; SELECT * FROM companies")
        let waits = Mutex(0)
        let migration = WorkerThread(name: "migrate") { [database, migrations] in
            try Migrations.migrate(url: database.url, migrations) { error in
                waits.withLock { $0 += 1 }
            }.map(\.version)
        }
        try eventually { waits.withLock { $0 } >= 2 }
        // Who comes after it waits for no longer than it does.
        let other = try database.connect()
        #expect(try other.query("SELECT count(*) FROM companies").single().int(0) == 1)
        try reader.executeScript("COMMIT")
        #expect(try migration.join() == [3])
    }

    @Test("A migration that never gets its locks gives up, changes nothing, and says whom to look for")
    func hopeless() throws {
        try Migrations.migrate(url: database.url, Array(migrations[..<2]))
        let reader = try database.connect()
        try reader.executeScript("BEGIN; SELECT * FROM companies")
        let error = #expect(throws: DatabaseError.self) {
            try Migrations.migrate(url: database.url, migrations, patience: .zero)
        }
        #expect(error?.isLockTimeout == true)
        #expect(error?.description.contains("pg_stat_activity") == true)
        try reader.executeScript("COMMIT")
        #expect(try Migrations.migrate(url: database.url, migrations).map(\.version) == [3])
    }

    @Test func aMigrationThatWasChangedAfterwardsIsRefused() throws {
        try Migrations.migrate(url: database.url, Array(migrations[..<2]))
        var changed = migrations
        changed[1] = Migration(version: 2, name: "first company", sql: "INSERT INTO companies VALUES ('demf')")
        let error = #expect(throws: SchemaMismatch.self) { try Migrations.migrate(url: database.url, changed) }
        #expect(error?.problem.contains("its migration 2 (first company)") == true)
        #expect(throws: try #require(error)) { try Migrations.check(database.connect(), changed) }
    }
}
