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

    /// The kinds of the spooled actuals, and how many there are of each.
    ///
    /// - throws: `DatabaseError`.
    func kinds(in table: CapturedTable) throws -> [ActualKind] {
        guard table.name == Actual.table else { return [] }
        return try connection.records(
            ActualKind.self,
            """
            SELECT s.transaction_type, s.transaction_class, k.billing_method, count(*) AS rows,
                min(s.source)::bigint AS source
            FROM \(spool.name(of: table.name)) s
            LEFT JOIN contract_lines k ON k.contract_line_id = s.contract_line_id
            WHERE s.transaction_type IS NOT NULL AND s.transaction_class IS NOT NULL
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """)
    }

    /// Actuals of one type, class and billing method.
    struct ActualKind: Record {
        var transactionType: TransactionType
        var transactionClass: TransactionClass
        var billingMethod: BillingMethod?
        var rows: Int
        /// The first source that has one, by its position.
        var source: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            ActualKind(
                transactionType: try column("transaction_type", row?.transactionType),
                transactionClass: try column("transaction_class", row?.transactionClass),
                billingMethod: try column("billing_method", row?.billingMethod), rows: try column("rows", row?.rows),
                source: try column("source", row?.source))
        }
    }

    /// Has the actuals withdrawn that are to be deleted and were published: as if Skip Sync had been set, in a version that
    /// is newer than what Finance has. They are taken out of the table of what is to be deleted.
    ///
    /// - parameter gone: a table with their ids.
    /// - returns: how many there are.
    /// - throws: `DatabaseError`.
    func withdrawPublished(in gone: String) throws -> Int {
        // A message has the newest version of the actual and of its connections; a deletion has none.
        try changes.note(
            deletedActuals: """
                UPDATE actuals t SET skip_sync = true, row_version = 1 + greatest(t.row_version, (
                    SELECT max(c.row_version) FROM transaction_connections c WHERE c.transaction1_id = t.actual_id))
                FROM \(gone) g WHERE t.actual_id = g.id AND \(Self.wasPublished) RETURNING t.actual_id
                """)
        guard let deleted = changes.deletedActuals else { return 0 }
        try changes.note(withdrawnActuals: "SELECT id AS actual_id FROM (\(deleted)) d")
        return try connection.execute("DELETE FROM \(gone) g USING (\(deleted)) d WHERE d.id = g.id")
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
