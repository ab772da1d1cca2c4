import Bus
import Contracts
import Database

/// Brings spooled rows into their tables: new ones in, newer ones over older
/// ones, and nothing else.
///
/// What it inserted or changed it leaves in the ``ChangedRows`` for ``Publication``.
struct Merge {
    let connection: Connection
    /// The inputs, by the position that spooled rows have of them.
    let sources: [String]

    /// - throws: ``CaptureError`` when a row stands twice in the load with
    ///   different content; `DatabaseError`.
    func merge(_ table: CapturedTable) throws -> (new: Int, changed: Int) {
        try connection.executeScript("ANALYZE \(table.spool) (\(table.key.name), row_version)")
        try removeDuplicates(of: table)
        try InvoiceProgress(connection: connection).subtractChanging(table)
        let key = table.key.name
        let names = ["row_version"] + table.columns.dropFirst().map(\.name)
        let changed = try connection.execute(
            """
            WITH updated AS (
                UPDATE \(table.name) t SET (\(names.joined(separator: ", "))) =
                    (\(names.map { "s.\($0)" }.joined(separator: ", ")))
                FROM \(table.spool) s WHERE \(table.isChanged)
                RETURNING t.\(key)
            )
            INSERT INTO \(table.changed) SELECT \(key) FROM updated
            """)
        // A newer row that says the same: its version counts, so that an older page can't overtake it.
        try connection.execute(
            """
            UPDATE \(table.name) t SET row_version = s.row_version FROM \(table.spool) s
            WHERE t.\(key) = s.\(key) AND s.row_version > t.row_version
            """)
        let new = try connection.execute(
            """
            WITH inserted AS (
                INSERT INTO \(table.name) (\(([key] + names).joined(separator: ", ")))
                SELECT \(table.columnList("s")) FROM \(table.spool) s
                WHERE NOT EXISTS (SELECT FROM \(table.name) t WHERE t.\(key) = s.\(key))
                    \(table.canBeDeleted ? "AND NOT EXISTS (SELECT FROM deleted_rows d WHERE d.id = s.\(key))" : "")
                ORDER BY s.\(key)
                RETURNING \(key)
            )
            INSERT INTO \(table.changed) SELECT \(key) FROM inserted
            """)
        return (new, changed)
    }

    /// Deletes rows that Dataverse deleted, unless their invoice was
    /// confirmed here, and keeps older pages from bringing them back.
    ///
    /// - returns: how many were here.
    /// - throws: `DatabaseError`.
    func delete(_ ids: [GUID], of table: CapturedTable) throws -> Int {
        try connection.execute(
            "INSERT INTO deleted_rows SELECT DISTINCT * FROM unnest($1::uuid[]) ON CONFLICT DO NOTHING", ids)
        return try connection.execute(
            """
            WITH gone AS (
                DELETE FROM \(table.name) t WHERE t.\(table.key.name) = ANY ($1::uuid[])
                    AND NOT EXISTS (
                        SELECT FROM invoices i WHERE i.invoice_id = t.invoice_id AND i.confirmed_here_on IS NOT NULL)
                RETURNING t.invoice_id
            )
            INSERT INTO invoice_changes
            SELECT invoice_id, \(table.name == "invoice_line_details" ? -1 : 0), 0, 0 FROM gone
            """, ids)
    }

    /// Keeps the newest of a row's pages.
    private func removeDuplicates(of table: CapturedTable) throws {
        let key = table.key.name
        let twice = try connection.query(
            "SELECT FROM \(table.spool) GROUP BY \(key) HAVING count(*) > 1 LIMIT 1")
        guard !twice.isEmpty else { return }
        let contradictions = try connection.query(
            """
            SELECT s.\(key)::text, s.source, s.source_row, t.source, t.source_row
            FROM \(table.spool) s JOIN \(table.spool) t
                ON t.\(key) = s.\(key) AND t.row_version = s.row_version
                AND (t.source, t.source_row) < (s.source, s.source_row)
            WHERE \(table.content("t")) IS DISTINCT FROM \(table.content("s"))
            ORDER BY s.source, s.source_row LIMIT 1
            """)
        if let row = contradictions.first {
            throw CaptureError(
                file: sources[try row.int(1)], row: try row.int(2), field: table.key.field,
                problem:
                    "\(try row.string(0)) stands in the load twice with the same version and different content: also in "
                    + "\(sources[try row.int(3)]), row \(try row.int(4)); load only the page that is right")
        }
        try connection.execute(
            """
            DELETE FROM \(table.spool) s USING (
                SELECT ctid, row_number() OVER (PARTITION BY \(key) ORDER BY row_version DESC, ctid) AS place
                FROM \(table.spool)
            ) d WHERE d.ctid = s.ctid AND d.place > 1
            """)
    }
}
