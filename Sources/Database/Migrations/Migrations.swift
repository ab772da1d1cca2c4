import Glibc

/// Brings a database's schema to where a binary wants it, and checks that it is there.
///
/// A newer schema is no obstacle to a program that its migrations let run on (``Migration/oldestProgram``), so that an
/// upgrade migrates first, with the old processes at work, and then replaces them one by one; and so that it can be taken
/// back. A program that is newer than the schema is always refused.
public enum Migrations {
    /// Applies what is missing, each migration in a transaction of its own. Processes that start at once wait for each
    /// other, and each migration is applied once.
    ///
    /// Others may be at work in the database. A statement that waits for their locks keeps all who come after it waiting as
    /// well, so it waits for a moment only; then the migration is undone and tried again a little later.
    ///
    /// - parameter patience: for how long it is tried.
    /// - parameter onWait: is told of each attempt that met a lock, before the next.
    /// - returns: what this call applied.
    /// - throws: ``SchemaMismatch`` when the database is newer than the binary and no longer for it, or was made by other
    ///   migrations; ``DatabaseError`` when a migration fails, which then has changed nothing.
    @discardableResult
    public static func migrate(
        url: String, _ migrations: [Migration], options: ConnectionOptions = ConnectionOptions(),
        patience: Duration = .seconds(120), onWait: (DatabaseError) -> Void = { _ in }
    ) throws -> [Migration] {
        var options = options
        options.lockTimeout = lockTimeout
        let connection = try Connection(url: url, applicationName: "ledgerbus database migrate", options: options)
        let deadline = ContinuousClock.now + patience
        var applied: [Migration] = []
        while true {
            do {
                guard let migration = try applyNext(of: migrations, on: connection) else { return applied }
                applied.append(migration)
            } catch var error as DatabaseError where error.isLockTimeout {
                guard ContinuousClock.now < deadline else {
                    error.hint = """
                        others held its locks for longer than \(patience); nothing of this migration has changed. See who in \
                        pg_stat_activity, end what takes so long, and run it again
                        """
                    throw error
                }
                onWait(error)
                usleep(UInt32.random(in: 100_000...500_000))
            }
        }
    }

    /// How long a migration waits for a lock, and so keeps others waiting.
    private static let lockTimeout = Duration.seconds(1)

    /// Checks, without changing anything, that every migration has been applied, and no other after which this program may
    /// no longer run.
    ///
    /// - throws: ``SchemaMismatch``, which says what to do.
    public static func check(_ connection: Connection, _ migrations: [Migration]) throws {
        let applied = try appliedMigrations(connection)
        try verify(applied, against: migrations, database: connection.database)
        guard applied.count >= migrations.count else {
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
            try connection.executeScript(applied.isEmpty ? table : tableOfToday)
            try connection.executeScript(migration.sql)
            try connection.execute(
                "INSERT INTO schema_migrations (version, name, checksum, oldest_program) VALUES ($1, $2, $3, $4)",
                migration.version, migration.name, migration.checksum, migration.oldestProgram)
            return migration
        }
    }

    private static func verify(_ applied: [Applied], against migrations: [Migration], database: String) throws {
        let beyond = applied.dropFirst(migrations.count)
        if let newest = beyond.last, let oldest = beyond.map(\.oldestProgram).max(), oldest > migrations.count {
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

    /// A migration as the database remembers it.
    private struct Applied {
        let version: Int
        let name: String
        let checksum: String
        let oldestProgram: Int
    }

    private static func appliedMigrations(_ connection: Connection) throws -> [Applied] {
        guard try connection.query("SELECT to_regclass('schema_migrations') IS NOT NULL").single().bool(0) else {
            return []
        }
        // A table that the first version made does not have the column yet.
        return try connection.query(
            """
            SELECT version, name, checksum, coalesce((to_jsonb(m) ->> 'oldest_program')::int, version)
            FROM schema_migrations m ORDER BY version
            """
        ).map {
            Applied(
                version: try $0.int(0), name: try $0.string(1), checksum: try $0.string(2),
                oldestProgram: try $0.int(3))
        }
    }

    private static let table = """
        CREATE TABLE schema_migrations (
            version int PRIMARY KEY,
            name text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now(),
            checksum text NOT NULL,
            oldest_program int
        )
        """

    private static let tableOfToday = "ALTER TABLE schema_migrations ADD COLUMN IF NOT EXISTS oldest_program int"

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
