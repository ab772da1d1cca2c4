import Bus
import Contracts
import Database

// Actuals that Finance was told of, and that Dataverse takes away from it.
extension CapturedRowStore {
    /// The spooled actuals that set Skip Sync after they were published: how many, and the first of them.
    ///
    /// - throws: `DatabaseError`.
    func skippedAfterPublication(in table: CapturedTable) throws -> SkippedActuals? {
        guard table.name == Actual.table else { return nil }
        return try connection.record(
            SkippedActuals.self,
            """
            SELECT count(*) AS rows, (array_agg(s.source ORDER BY s.source, s.source_row))[1] AS source,
                (array_agg(s.source_row ORDER BY s.source, s.source_row))[1] AS source_row
            FROM \(spool.name(of: table.name)) s JOIN \(table.name) t ON t.\(table.key.name) = s.\(table.key.name)
            WHERE s.skip_sync AND s.row_version > t.row_version AND \(Self.wasPublished) HAVING count(*) > 0
            """)
    }

    /// How many of the actuals that are to be deleted were published.
    ///
    /// - parameter gone: a table with their ids.
    /// - throws: `DatabaseError`.
    func published(in gone: String, of table: CapturedTable) throws -> Int {
        guard table.name == Actual.table else { return 0 }
        return try connection.value(
            Int.self,
            """
            SELECT count(*) FROM \(gone) g JOIN \(table.name) t ON t.\(table.key.name) = g.id WHERE \(Self.wasPublished)
            """)
    }

    /// Whether the stored actual `t` was published: those that may be, wait for nothing and are not settled, were.
    private static let wasPublished = """
        NOT t.skip_sync AND NOT EXISTS (SELECT FROM \(WaitingRows.List.actuals.rawValue) w WHERE w.id = t.actual_id)
        AND NOT EXISTS (\(CutoverStore.settlement(of: "t.actual_id")))
        """

    /// Actuals of the load that are to be kept from Finance, which has them.
    struct SkippedActuals: Record {
        var rows: Int
        var place: SpooledPlace

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            SkippedActuals(
                rows: try column("rows", row?.rows), place: try column.record("", row?.place))
        }
    }
}
