public import Database
public import Service

/// A side's database, looked at before anything is done with it.
public enum SideDatabase {
    /// A connection to a side's database, which has the schema that this program knows and can carry the bus.
    ///
    /// - throws: `DatabaseError` when it cannot be reached; ``UnfitDatabase``, ``SwappedDatabase``, `SchemaMismatch`, each
    ///   with what to do.
    public static func open(
        _ side: Side, url: String, _ migrations: [Migration], applicationName: String,
        options: ConnectionOptions = ConnectionOptions()
    ) throws -> Connection {
        let connection = try Connection(url: url, applicationName: applicationName, options: options)
        // A pooler would get in the way of the questions after this one.
        if let problem = try problem(connection.facts(), database: connection.database) { throw problem }
        do {
            try Migrations.check(connection, migrations)
        } catch let mismatch as SchemaMismatch {
            try refuseOther(than: side, connection)
            throw mismatch
        }
        return connection
    }

    /// Waits until a side's database is there, takes writes and can carry the bus, and does something with it. It says once
    /// that it waits, then seldom.
    ///
    /// On a thread that is left to itself when a shutdown is asked for: a server that does not answer takes its time.
    ///
    /// - throws: `CancellationError` when a shutdown is asked for meanwhile; what waiting does not cure.
    public static func waiting(
        for side: Side, url: String, _ migrations: [Migration], applicationName: String,
        until shutdown: GracefulShutdown, logger: Logger,
        _ body: @escaping @Sendable (Connection) throws -> Void = { _ in }
    ) throws {
        try RetryPolicy(maximum: .seconds(5)).run(until: shutdown, logger: logger) {
            let work = WorkerThread(name: "opening") {
                let connection = try open(side, url: url, migrations, applicationName: applicationName)
                try connection.requireWrites()
                try body(connection)
                return true
            }
            while try work.join(upTo: .milliseconds(100)) == nil {
                if shutdown.isRequested { throw CancellationError() }
            }
        }
    }

    /// Brings a side's database to the schema that this program knows.
    ///
    /// - parameters:
    ///   - run: whose doing it is, to be kept with the first migration that has a table for it.
    ///   - onWait: is told of each attempt that met a lock of others, before the next.
    /// - returns: what was applied.
    /// - throws: as ``open(_:url:_:applicationName:options:)``.
    public static func migrate(
        _ side: Side, url: String, _ migrations: [Migration], run: OperatorRun? = nil,
        onWait: (DatabaseError) -> Void = { _ in }
    ) throws -> [Migration] {
        let connection = try Connection(url: url, applicationName: "ledgerbus database migrate")
        if let problem = try problem(connection.facts(), database: connection.database) { throw problem }
        try refuseOther(than: side, connection)
        return try Migrations.migrate(
            url: url, migrations, options: run?.migratingOptions ?? ConnectionOptions(), onWait: onWait)
    }

    /// Makes sure that a database belongs to an environment, or to none yet; changes nothing.
    ///
    /// - throws: ``ForeignEnvironment``; `DatabaseError`.
    public static func checkEnvironment(
        _ configuration: BusConfiguration, clusterID: String, on connection: Connection
    ) throws {
        let environment = ClusterBinding(clusterID: clusterID, topicPrefix: configuration.topicPrefix)
        let bound = try ClusterBindingStore.current(on: connection)
        guard environment.verdict(bound: bound) == .refuse else { return }
        throw ForeignEnvironment(database: connection.database, bound: bound, current: environment)
    }

    /// What makes a database unfit; nil for nothing.
    static func problem(_ facts: SessionFacts, database: String) -> UnfitDatabase? {
        if facts.isPooledByTransaction {
            return UnfitDatabase(
                database: database,
                problem: """
                    its URL leads to a pooler that lends sessions by the transaction, which breaks prepared statements, \
                    notifications and locks
                    """,
                cure: "name the server itself, or a pooler with pool_mode=session")
        }
        if facts.serverEncoding != "UTF8" {
            return UnfitDatabase(
                database: database,
                problem: "its encoding is \(facts.serverEncoding), which cannot hold every text",
                cure: "make it with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0")
        }
        return nil
    }

    private static func refuseOther(than side: Side, _ connection: Connection) throws {
        guard let name = try Migrations.firstName(connection),
            let owner = Side.allCases.first(where: { name.hasPrefix($0.schemaName) }), owner != side
        else { return }
        throw SwappedDatabase(side: side, owner: owner, database: connection.database)
    }
}

extension Side {
    /// How the name of the first migration of a side's schema begins, by which its database is known.
    public var schemaName: String { "\(rawValue): " }
}

/// A database that cannot carry the bus.
public struct UnfitDatabase: Error, Hashable, Sendable, CustomStringConvertible {
    let database: String
    let problem: String
    let cure: String

    public var description: String { "the database \"\(database)\" cannot be used: \(problem); \(cure)" }
}

/// A database that is the other side's.
public struct SwappedDatabase: Error, Hashable, Sendable, CustomStringConvertible {
    let side: Side
    let owner: Side
    let database: String

    public var description: String {
        """
        \(side.databaseURLVariable) leads to the database "\(database)", which is \(owner.rawValue)'s; nothing was done. Are \
        the two URLs swapped? \(owner.databaseURLVariable) should lead to it
        """
    }
}

extension Side {
    /// The environment variable that names the side's database.
    var databaseURLVariable: String { "\(rawValue.uppercased())_DATABASE_URL" }
}
