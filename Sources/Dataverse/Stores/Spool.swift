import Database

/// Temporary tables that hold a load until all of it has been read.
///
/// They belong to the session, not to a transaction, so that reading a long
/// standard input holds none open.
final class Spool {
    private let connection: Connection
    /// The tables of which rows were spooled, and how many.
    private(set) var rows: [String: Int] = [:]

    init(connection: Connection) { self.connection = connection }

    /// Moves rows of a table in, and forgets them: the columns of ``CapturedTable/columnNames``, source, row,
    /// and which members the row lacks.
    ///
    /// - throws: `DatabaseError`.
    func write(_ rows: inout CopyRows, of table: CapturedTable) throws {
        guard !rows.isEmpty else { return }
        let name = name(of: table.name)
        if self.rows[table.name] == nil {
            try connection.executeScript(
                """
                DROP TABLE IF EXISTS \(name);
                CREATE TEMP TABLE \(name) AS
                SELECT \(table.columnList("t")),
                    \(table.spooledOnly.map { "NULL::text AS \($0.name), " }.joined())NULL::int AS source, NULL::int AS source_row, NULL::bigint AS missing
                FROM \(table.name) t WITH NO DATA;
                """)
        }
        try connection.copyIn("COPY \(name) FROM STDIN (FORMAT binary)") { try $0.write(rows) }
        self.rows[table.name, default: 0] += rows.rowCount
        rows.removeAll(keepingCapacity: true)
    }

    /// The temporary table that holds the rows of a captured table.
    func name(of table: String) -> String { "spool_\(table)" }

    /// Takes the spool tables away.
    ///
    /// - throws: `DatabaseError`.
    func drop() throws {
        guard !rows.isEmpty else { return }
        try connection.executeScript("DROP TABLE IF EXISTS \(rows.keys.sorted().map(name).joined(separator: ", "))")
    }
}

extension CapturedTable {
    /// The id, the version and the other columns.
    var columnNames: [String] { [key.name, "row_version"] + columns.dropFirst().map(\.name) }

    /// The columns of a table by its alias.
    func columnList(_ alias: String) -> String { columnNames.map { "\(alias).\($0)" }.joined(separator: ", ") }
}
