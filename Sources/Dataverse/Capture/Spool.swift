import Database

/// Temporary tables that hold a load until all of it has been read.
///
/// They belong to the session, not to a transaction, so that reading a long
/// standard input holds none open.
final class Spool {
    let connection: Connection
    /// The tables of which rows were spooled.
    private var created: Set<String> = []

    init(connection: Connection) { self.connection = connection }

    /// Moves the rows that wait into their spool table.
    ///
    /// - throws: `DatabaseError`.
    func write(_ pending: PageCapture.Pending) throws {
        guard pending.rows.rowCount > 0 else { return }
        let table = pending.table
        if created.insert(table.spool).inserted {
            try connection.executeScript(
                """
                DROP TABLE IF EXISTS \(table.spool);
                CREATE TEMP TABLE \(table.spool) AS
                SELECT \(table.columnList("t")), NULL::int AS source, NULL::int AS source_row
                FROM \(table.name) t WITH NO DATA;
                """)
        }
        try connection.copyIn("COPY \(table.spool) FROM STDIN (FORMAT binary)") { try $0.write(pending.rows) }
        pending.rows.removeAll(keepingCapacity: true)
    }

    /// Takes the spool tables away.
    ///
    /// - throws: `DatabaseError`.
    func drop() throws {
        guard !created.isEmpty else { return }
        try connection.executeScript("DROP TABLE IF EXISTS \(created.sorted().joined(separator: ", "))")
    }
}

extension CapturedTable {
    /// The temporary table that holds what a load has read.
    var spool: String { "spool_\(name)" }

    /// The temporary table of the ids that a transaction inserted or changed.
    var changed: String { "changed_\(name)" }

    /// The id, the version and the other columns, of a table by its alias.
    func columnList(_ alias: String) -> String {
        ([key.name, "row_version"] + columns.dropFirst().map(\.name)).map { "\(alias).\($0)" }.joined(separator: ", ")
    }

    /// The columns that can change.
    func content(_ alias: String) -> String {
        "(" + columns.dropFirst().map { "\(alias).\($0.name)" }.joined(separator: ", ") + ")"
    }

    /// Whether the spooled row `s` is newer than the stored row `t`, and says something else.
    var isChanged: String {
        "t.\(key.name) = s.\(key.name) AND s.row_version > t.row_version AND \(content("t")) IS DISTINCT FROM \(content("s"))"
    }
}
