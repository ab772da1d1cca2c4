/// Brings a database's schema to where a binary wants it, and checks that it is there.
public enum Migrations {
    /// Applies what is missing, each migration in a transaction of its own. Processes that start at once wait for each
    /// other, and each migration is applied once.
    ///
    /// - returns: what this call applied.
    /// - throws: ``SchemaMismatch`` when the database is newer than the binary, or was made by other migrations;
    ///   ``DatabaseError`` when a migration fails, which then has changed nothing.
    @discardableResult
    public static func migrate(url: String, _ migrations: [Migration]) throws -> [Migration] {
        let connection = try Connection(url: url, applicationName: "ledgerbus database migrate")
        var applied: [Migration] = []
        while let migration = try applyNext(of: migrations, on: connection) { applied.append(migration) }
        return applied
    }

    /// Checks that every migration has been applied, and no other, without changing anything.
    ///
    /// - throws: ``SchemaMismatch``, which says what to do.
    public static func check(_ connection: Connection, _ migrations: [Migration]) throws {
        let applied = try appliedMigrations(connection)
        try verify(applied, against: migrations, database: connection.database)
        guard applied.count == migrations.count else {
            throw SchemaMismatch(
                database: connection.database,
                problem: applied.isEmpty
                    ? "it has no schema yet"
                    : "its schema is at version \(applied.count), and this binary needs \(migrations.count)",
                cure: "run: ledgerbus database migrate")
        }
    }

    /// The name of the first migration that was applied; nil when none was.
    ///
    /// - throws: ``DatabaseError``.
    public static func firstName(_ connection: Connection) throws -> String? {
        try appliedMigrations(connection).first?.name
    }

    private static func applyNext(of migrations: [Migration], on connection: Connection) throws -> Migration? {
        try connection.transaction {
            try connection.lockUntilTransactionEnds(lock)
            let applied = try appliedMigrations(connection)
            try verify(applied, against: migrations, database: connection.database)
            guard applied.count < migrations.count else { return nil }
            let migration = migrations[applied.count]
            if applied.isEmpty { try connection.executeScript(table) }
            try connection.executeScript(migration.sql)
            try connection.execute(
                "INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)",
                migration.version, migration.name, migration.checksum)
            return migration
        }
    }

    private static func verify(
        _ applied: [(version: Int, name: String, checksum: String)], against migrations: [Migration], database: String
    ) throws {
        if let newest = applied.last, newest.version > migrations.count {
            throw SchemaMismatch(
                database: database,
                problem: "its schema is at version \(newest.version), and this binary knows only \(migrations.count)",
                cure: "upgrade this binary")
        }
        for (row, migration) in zip(applied, migrations)
        where row.version != migration.version || row.checksum != migration.checksum {
            throw SchemaMismatch(
                database: database,
                problem: """
                    its migration \(row.version) (\(row.name)) is not the one of this binary (\(migration.name)): \
                    one of them was changed after it had been applied
                    """,
                cure: "use the binary that made this database, or a new database")
        }
    }

    private static func appliedMigrations(
        _ connection: Connection
    ) throws -> [(version: Int, name: String, checksum: String)] {
        guard try connection.query("SELECT to_regclass('schema_migrations') IS NOT NULL").single().bool(0) else {
            return []
        }
        return try connection.query("SELECT version, name, checksum FROM schema_migrations ORDER BY version").map {
            (try $0.int(0), try $0.string(1), try $0.string(2))
        }
    }

    private static let table = """
        CREATE TABLE schema_migrations (
            version int PRIMARY KEY,
            name text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now(),
            checksum text NOT NULL
        )
        """

    /// "ledgerbu" as a number: nobody else's.
    private static let lock: Int64 = 0x6C65_6467_6572_6275
}

/// A schema that is not the one that a binary works with.
public struct SchemaMismatch: Error, Hashable, Sendable, CustomStringConvertible {
    public let database: String
    public let problem: String
    public let cure: String

    public var description: String { "the database \"\(database)\" does not fit: \(problem); \(cure)" }
}
