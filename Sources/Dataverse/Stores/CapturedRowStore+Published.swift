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
