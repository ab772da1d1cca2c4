public import Database
import Service

/// A table that keeps the newest version of each key, whoever brings which versions in what order, and however many at
/// once.
///
/// A store brings the newest rows of a batch in, in one transaction:
///
/// ```swift
/// static let table = VersionedTable<AccountingDetailRow>(
///     "accounting_details", key: ["actual_id"], version: "posting_version", known: ["invoice_id", "accounting_amount"])
///
/// let newest = batch.newest()                 // a VersionedBatch<AccountingDetailRow, GUID, …>
/// let rows = batch.rows(of: newest)
/// if try Self.table.insertAllNew(rows, on: connection) {
///     try count(newest, on: connection)       // none of them was there
/// } else if try Self.table.merge(rows, on: connection) > 0 {
///     // New minus old: each arriving row counts, and each known row no longer does.
///     try connection.execute(
///         """
///         INSERT INTO … SELECT invoice_id, sum(change), … FROM (
///             SELECT invoice_id, 1 AS change FROM \(Self.table.arriving)
///             UNION ALL
///             SELECT invoice_id, -1 FROM \(Self.table.known)
///         ) changes GROUP BY invoice_id …
///         """)
///     try Self.table.updateKnown(on: connection)
/// }
/// ```
///
/// Two sessions that bring the same key lock it one after the other, in the order of the keys; the second sees what the
/// first has committed. So each row is counted once, and an older version never wins, also against a session whose rows
/// were all new. A lock that the store needs besides (an advisory one, say) is taken within ``merge(_:on:locking:)``. Rows
/// that are in the table are not deleted while others come.
public struct VersionedTable<Row: Record>: Sendable {
    public let name: String
    public let key: [String]
    public let version: String
    private let kept: [String]

    /// - parameter key: the columns of its primary key.
    /// - parameter version: a column of whole numbers; the highest is the newest.
    /// - parameter known: the columns whose old values the store wants to see in ``known``, besides key and version.
    public init(_ name: String, key: [String], version: String, known: [String] = []) {
        self.name = name
        self.key = key
        self.version = version
        self.kept = key + [version] + known
    }

    /// After ``merge(_:on:locking:)``: the temporary table of the rows that are new or newer, with the columns of the table.
    ///
    /// A row that the store deletes here, ``updateKnown(on:)`` leaves as it is.
    public var arriving: String { "arriving_\(name)" }

    /// After ``merge(_:on:locking:)``: the temporary table of the old values of those arriving rows that were in the table with an
    /// older version. An arriving row that has none is new, and is in the table already.
    public var known: String { "known_\(name)" }

    /// Inserts rows that are all new, which is the common case and takes no lock but those of a `COPY`.
    ///
    /// - parameter rows: the newest version of each key, in the order of the keys.
    /// - returns: false when one of the keys was there already; nothing is written then.
    /// - throws: `DatabaseError`.
    public func insertAllNew(_ rows: CopyRows, on connection: Connection) throws -> Bool {
        do {
            _ = try connection.savepoint {
                try connection.copy(rows, of: Row.self, into: name) { CrashPoint.pass(.arrivalsCopying) }
            }
            return true
        } catch let error as DatabaseError where error.isUniqueViolation && error.table == name {
            return false
        }
    }

    /// Inserts the rows whose keys are new, locks those that are there in an older version, and shows both to the store
    /// in ``arriving`` and ``known``. What is not newer than what is there is dropped.
    ///
    /// The transaction's statements look rows up by index from here on.
    ///
    /// - parameter rows: the newest version of each key.
    /// - parameter locking: takes a lock that the store needs besides, after the client has sent all rows: nobody should
    ///   wait for a client.
    /// - returns: how many rows are new or newer.
    /// - throws: `DatabaseError`; what `locking` throws.
    public func merge(_ rows: CopyRows, on connection: Connection, locking: () throws -> Void = {}) throws -> Int {
        try connection.executeScript(temporaryTables)
        try connection.plan(.lookUpByKey)
        try connection.copy(rows, of: Row.self, into: arriving) { CrashPoint.pass(.arrivalsCopying) }
        try locking()
        let added = try connection.execute(insertNew)
        guard added < rows.rowCount else { return added }
        let changed = try connection.execute(lockOlder)
        if added + changed < rows.rowCount { try connection.execute(dropStale) }
        return added + changed
    }

    /// Updates the rows that were there in an older version and are still in ``arriving``.
    ///
    /// - returns: how many they are.
    /// - throws: `DatabaseError`.
    @discardableResult
    public func updateKnown(on connection: Connection) throws -> Int {
        let changes = Row.columnNames.filter { !key.contains($0) }.map { "\($0) = a.\($0)" }.joined(separator: ", ")
        return try connection.execute(
            """
            UPDATE \(name) t SET \(changes) FROM \(known) k JOIN \(arriving) a USING (\(list(key)))
            WHERE \(match("t", "k")) AND t.\(version) < a.\(version)
            """)
    }

    /// The keys that this session has inserted.
    private var added: String { "added_\(name)" }

    var temporaryTables: String {
        """
        CREATE TEMPORARY TABLE IF NOT EXISTS \(arriving) (LIKE \(name), PRIMARY KEY (\(list(key)))) ON COMMIT DELETE ROWS;
        CREATE TEMPORARY TABLE IF NOT EXISTS \(added) ON COMMIT DELETE ROWS
            AS SELECT \(list(key)) FROM \(name) WITH NO DATA;
        CREATE UNIQUE INDEX IF NOT EXISTS \(added)_key ON \(added) (\(list(key)));
        CREATE TEMPORARY TABLE IF NOT EXISTS \(known) ON COMMIT DELETE ROWS
            AS SELECT \(list(kept)) FROM \(name) WITH NO DATA;
        CREATE UNIQUE INDEX IF NOT EXISTS \(known)_key ON \(known) (\(list(key)));
        DELETE FROM \(arriving); DELETE FROM \(added); DELETE FROM \(known)
        """
    }

    /// Waits for a session that has inserted the same key and not yet committed.
    private var insertNew: String {
        """
        WITH inserted AS (
            INSERT INTO \(name) (\(Row.columnList)) SELECT \(Row.columnList) FROM \(arriving) ORDER BY \(list(key))
            ON CONFLICT (\(list(key))) DO NOTHING RETURNING \(list(key))
        )
        INSERT INTO \(added) SELECT \(list(key)) FROM inserted
        """
    }

    /// Looks up each row, in a table of any size: a join may read all of it. A row that another session has changed
    /// meanwhile is compared anew.
    private var lockOlder: String {
        """
        INSERT INTO \(known) (\(list(kept)))
        SELECT locked.* FROM (
            SELECT \(list(key + [version])) FROM \(arriving) a
            WHERE NOT EXISTS (SELECT FROM \(added) n WHERE \(match("n", "a"))) ORDER BY \(list(key)) OFFSET 0
        ) a CROSS JOIN LATERAL (
            SELECT \(list(kept)) FROM \(name) t WHERE \(match("t", "a")) AND t.\(version) < a.\(version)
            OFFSET 0 FOR NO KEY UPDATE
        ) locked
        """
    }

    private var dropStale: String {
        """
        DELETE FROM \(arriving) a WHERE NOT EXISTS (SELECT FROM \(added) n WHERE \(match("n", "a")))
            AND NOT EXISTS (SELECT FROM \(known) k WHERE \(match("k", "a")))
        """
    }

    private func list(_ columns: [String]) -> String { columns.joined(separator: ", ") }

    func match(_ left: String, _ right: String) -> String {
        key.map { "\(left).\($0) = \(right).\($0)" }.joined(separator: " AND ")
    }
}
