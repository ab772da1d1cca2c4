import Bus
import Contracts
import Database

/// The rows of the captured tables as loads bring them: new ones in, newer ones over older ones, and nothing else.
///
/// What it inserts or changes it notes in the ``ChangeSet``.
struct CapturedRowStore {
    let connection: Connection
    let spool: Spool
    let changes: ChangeSet

    /// Brings the spooled rows of a table in. A newer row that says the same only has its version counted, so that an
    /// older page can't overtake it.
    ///
    /// - parameter unsaid: the members that no row of the load has: they stay as they are.
    /// - returns: how many rows are new, and how many say something new.
    /// - throws: `DatabaseError`.
    func merge(_ table: CapturedTable, unsaid: MissingMembers) throws -> (new: Int, changed: Int) {
        let (name, key, spool) = (table.name, table.key.name, spool.name(of: table.name))
        let isChanged = isChanged(table, unsaid)
        if let old = InvoiceProgressStore.changes(
            of: name, from: "\(name) t JOIN \(spool) s ON \(isChanged)", sign: "-")
        {
            try changes.note(invoiceChanges: old)
        }
        if name == Actual.table {
            try changes.note(
                withdrawnActuals: """
                    SELECT s.actual_id FROM \(spool) s JOIN \(name) t ON t.actual_id = s.actual_id
                    WHERE s.skip_sync AND NOT t.skip_sync AND s.row_version > t.row_version
                    """)
        }
        let names = ["row_version"] + table.columns(besides: unsaid).dropFirst().map(\.name)
        let changed = try changes.note(
            name, key: key,
            changedBy: """
                UPDATE \(name) t SET (\(names.joined(separator: ", "))) =
                    ROW(\(names.map { "s.\($0)" }.joined(separator: ", ")))
                FROM \(spool) s WHERE \(isChanged) RETURNING t.\(key)
                """)
        try connection.execute(
            """
            UPDATE \(name) t SET row_version = s.row_version FROM \(spool) s
            WHERE t.\(key) = s.\(key) AND s.row_version > t.row_version
            """)
        if !table.spooledOnly.isEmpty {
            try changes.note(name, key: key, changedBy: CutoverStore.keepVouchers(of: spool))
        }
        let new = try changes.note(
            name, key: key,
            changedBy: """
                INSERT INTO \(name) (\(table.columnNames.joined(separator: ", ")))
                SELECT \(table.columnList("s")) FROM \(spool) s
                WHERE NOT EXISTS (SELECT FROM \(name) t WHERE t.\(key) = s.\(key))
                    AND NOT EXISTS (\(DeletedRowStore.deletion(of: "s.\(key)", in: name)))
                ORDER BY s.\(key) RETURNING \(key)
                """)
        return (new, changed)
    }

    /// What the load says of rows that stay as they are: older rows that say something else, and rows of the stored
    /// version that do.
    ///
    /// - throws: `DatabaseError`.
    func overruled(in table: CapturedTable, unsaid: MissingMembers) throws -> [OverruledRows] {
        let (key, spool) = (table.key.name, spool.name(of: table.name))
        func first(_ column: String) -> String {
            "(array_agg(s.\(column) ORDER BY s.source, s.source_row))[1] AS \(column)"
        }
        return try connection.records(
            OverruledRows.self,
            """
            SELECT s.row_version < t.row_version AS is_older, count(*) AS rows, \(first("source")), \(first("source_row"))
            FROM \(spool) s JOIN \(table.name) t ON t.\(key) = s.\(key) AND t.row_version >= s.row_version
            WHERE \(differs(table, unsaid)) GROUP BY 1 ORDER BY 1
            """)
    }

    /// How many rows of the load Dataverse had deleted.
    ///
    /// - throws: `DatabaseError`.
    func deletedBefore(in table: CapturedTable) throws -> Int {
        try connection.value(
            Int.self,
            """
            SELECT count(*) FROM \(spool.name(of: table.name)) s
            WHERE EXISTS (\(DeletedRowStore.deletion(of: "s.\(table.key.name)", in: table.name)))
            """)
    }

    /// Keeps the newest of a row's pages.
    ///
    /// - throws: `DatabaseError`.
    func removeDuplicates(of table: CapturedTable) throws {
        let (key, spool) = (table.key.name, spool.name(of: table.name))
        try connection.execute(
            """
            DELETE FROM \(spool) s USING (
                SELECT ctid, row_number() OVER (PARTITION BY \(key) ORDER BY row_version DESC, ctid) AS place
                FROM \(spool)
            ) d WHERE d.ctid = s.ctid AND d.place > 1
            """)
    }

    /// Whether a row stands in the load more than once.
    ///
    /// - throws: `DatabaseError`.
    func hasDuplicates(of table: CapturedTable) throws -> Bool {
        let (key, spool) = (table.key.name, spool.name(of: table.name))
        try connection.executeScript("ANALYZE \(spool) (\(key), row_version)")
        return try connection.value(
            Bool.self, "SELECT EXISTS (SELECT FROM \(spool) GROUP BY \(key) HAVING count(*) > 1)")
    }

    /// The first row that stands in the load twice with one version and different content, and where else.
    ///
    /// - throws: `DatabaseError`.
    func contradiction(in table: CapturedTable) throws -> Contradiction? {
        let (key, spool) = (table.key.name, spool.name(of: table.name))
        return try connection.record(
            Contradiction.self,
            """
            SELECT s.\(key) AS id, s.source, s.source_row, t.source AS other_source, t.source_row AS other_source_row
            FROM \(spool) s JOIN \(spool) t
                ON t.\(key) = s.\(key) AND t.row_version = s.row_version
                AND (t.source, t.source_row) < (s.source, s.source_row)
            WHERE \(differs(table))
            ORDER BY s.source, s.source_row LIMIT 1
            """)
    }

    /// The first new or newer row of the load that is of an invoice which this database confirmed.
    ///
    /// - throws: `DatabaseError`.
    func rowOfInvoiceConfirmedHere(in table: CapturedTable) throws -> ConfirmedHere? {
        let (key, spool) = (table.key.name, spool.name(of: table.name))
        return try connection.record(
            ConfirmedHere.self,
            """
            SELECT i.invoice_number, s.source, s.source_row FROM \(spool) s
            LEFT JOIN \(table.name) t ON t.\(key) = s.\(key)
            JOIN invoices i ON i.invoice_id = s.invoice_id OR i.invoice_id = t.invoice_id
            WHERE i.confirmed_here_on IS NOT NULL AND (t.\(key) IS NULL OR s.row_version > t.row_version)
            ORDER BY s.source, s.source_row LIMIT 1
            """)
    }

    /// A row that says two things.
    struct Contradiction: Record {
        var id: GUID
        var place: SpooledPlace
        var other: SpooledPlace

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Contradiction(
                id: try column("id", row?.id), place: try column.record("", row?.place),
                other: try column.record("other_", row?.other))
        }
    }

    /// A row of an invoice that was confirmed here.
    struct ConfirmedHere: Record {
        var invoiceNumber: String
        var place: SpooledPlace

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            ConfirmedHere(
                invoiceNumber: try column("invoice_number", row?.invoiceNumber),
                place: try column.record("", row?.place))
        }
    }

    /// Rows of a load that are not newer than the stored ones, and say something else.
    struct OverruledRows: Record {
        /// Whether they are older; else they have the stored version.
        var isOlder: Bool
        var rows: Int
        /// The first of them.
        var place: SpooledPlace

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            OverruledRows(
                isOlder: try column("is_older", row?.isOlder), rows: try column("rows", row?.rows),
                place: try column.record("", row?.place))
        }
    }

    /// Whether the rows `s` and `t` say different things.
    private func differs(_ table: CapturedTable, _ unsaid: MissingMembers = .none) -> String {
        let names = table.columns(besides: unsaid).dropFirst().map(\.name)
        guard !names.isEmpty else { return "false" }
        func content(_ alias: String) -> String { names.map { "\(alias).\($0)" }.joined(separator: ", ") }
        return "(\(content("t"))) IS DISTINCT FROM (\(content("s")))"
    }

    /// Whether the spooled row `s` is newer than the stored row `t`, and says something else.
    private func isChanged(_ table: CapturedTable, _ unsaid: MissingMembers) -> String {
        """
        t.\(table.key.name) = s.\(table.key.name) AND s.row_version > t.row_version
        AND \(differs(table, unsaid))
        """
    }
}

/// Where a spooled row stands in the load.
struct SpooledPlace: Record {
    /// The source, by its position among them.
    var source: Int
    /// The row of its page, from 1.
    var row: Int

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SpooledPlace(
            source: try column("source", row?.source, as: Int32.self),
            row: try column("source_row", row?.row, as: Int32.self))
    }
}
