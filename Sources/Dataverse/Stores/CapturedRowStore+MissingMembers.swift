import Bus
import Contracts
import Database

// Rows that lack members: what a page does not say stays as it is.
extension CapturedRowStore {
    /// Puts what is known in the place of members that spooled rows lack: by an older row of the load that has them, or
    /// else by the stored row.
    ///
    /// - parameters:
    ///   - lacking: what some of the rows lack.
    ///   - hasDuplicates: whether a row stands in the load more than once.
    /// - throws: `DatabaseError`.
    func fillMissing(_ lacking: MissingMembers, in table: CapturedTable, hasDuplicates: Bool) throws {
        let columns = table.columns(in: lacking)
        guard !columns.isEmpty else { return }
        if hasDuplicates { try fillFromLoad(columns, of: table) }
        let (key, spool) = (table.key.name, spool.name(of: table.name))
        let values = columns.map { place, column in
            "CASE WHEN \(isMissing(place, "s")) THEN t.\(column.name) ELSE s.\(column.name) END"
        }
        try connection.execute(
            """
            UPDATE \(spool) s SET (\(columns.map(\.column.name).joined(separator: ", "))) =
                ROW(\(values.joined(separator: ", ")))
            FROM \(table.name) t WHERE t.\(key) = s.\(key) AND s.missing & \(lacking.rawValue) <> 0
            """)
    }

    private func fillFromLoad(_ columns: [(place: Int, column: CapturedColumn)], of table: CapturedTable) throws {
        let (key, spool) = (table.key.name, spool.name(of: table.name))
        // A row of the load that is no newer than the stored one says nothing that counts.
        let isNewer = "r.row_version > coalesce(t.row_version, -1)"
        let values = columns.map { place, column in
            """
            CASE WHEN \(isMissing(place, "r")) THEN coalesce(
                (array_agg(r.\(column.name)) FILTER (WHERE NOT \(isMissing(place, "r")) AND \(isNewer)) OVER older)[1],
                r.\(column.name)) ELSE r.\(column.name) END AS \(column.name)
            """
        }
        try connection.execute(
            """
            UPDATE \(spool) s SET (\(columns.map(\.column.name).joined(separator: ", ")), missing) =
                ROW(\(columns.map { "f.\($0.column.name)" }.joined(separator: ", ")), f.missing)
            FROM (
                SELECT r.ctid AS place, \(values.joined(separator: ", ")),
                    coalesce(bit_and(r.missing) FILTER (WHERE \(isNewer)) OVER older, r.missing) AS missing
                FROM \(spool) r LEFT JOIN \(table.name) t ON t.\(key) = r.\(key)
                WINDOW older AS (
                    PARTITION BY r.\(key) ORDER BY r.row_version DESC
                    RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
            ) f WHERE f.place = s.ctid AND s.missing <> 0
            """)
    }

    /// The first new row that lacks what it needs.
    ///
    /// - throws: `DatabaseError`.
    func rowThatLacks(_ needed: MissingMembers, in table: CapturedTable) throws -> LackingRow? {
        let (key, spool) = (table.key.name, spool.name(of: table.name))
        return try connection.record(
            LackingRow.self,
            """
            SELECT s.source, s.source_row, s.missing FROM \(spool) s
            WHERE s.missing & \(needed.rawValue) <> 0
                AND NOT EXISTS (SELECT FROM \(table.name) t WHERE t.\(key) = s.\(key))
                AND NOT EXISTS (\(DeletedRowStore.deletion(of: "s.\(key)", in: table.name)))
            ORDER BY s.source, s.source_row LIMIT 1
            """)
    }

    private func isMissing(_ place: Int, _ alias: String) -> String {
        "(\(alias).missing & \(MissingMembers(column: place).rawValue) <> 0)"
    }

    /// A row that lacks members.
    struct LackingRow: Record {
        var place: SpooledPlace
        var missing: Int64

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            LackingRow(
                place: try column.record("", row?.place), missing: try column("missing", row?.missing))
        }
    }
}
