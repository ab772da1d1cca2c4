import Bus
import Contracts
import Database

/// The actuals that came: `actuals_staging` (`domain.md` §4.1).
struct StagedActualStore {
    let connection: Connection

    private static let table = VersionedTable<StagedActual>(
        "actuals_staging", key: ["actual_id"], version: "row_version",
        known: ["data_area_id", "transaction_type", "invoice_id", "amount", "quantity"])

    /// A staged row, as other tables name it.
    struct Key: Hashable, Record {
        var company: Company
        var actualId: GUID

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Key(
                company: try column("data_area_id", row?.company), actualId: try column("actual_id", row?.actualId))
        }

        /// A query for keys that are given as ``parameters(_:)``.
        static let given = "SELECT * FROM unnest($1::text[], $2::uuid[]) AS given (data_area_id, actual_id)"

        static func parameters(_ keys: [Key]) -> [(any DatabaseValue)?] { [keys.map(\.company), keys.map(\.actualId)] }
    }

    /// Inserts rows that are all new.
    ///
    /// - returns: false when one of them was there already; nothing is written then.
    func insertAllNew(_ rows: CopyRows) throws -> Bool { try Self.table.insertAllNew(rows, on: connection) }

    /// Inserts the rows that are new, and finds those that are newer than what is there, under the lock of the staged rows.
    /// What is said below of *arriving* and *known* rows is of the last merge of the transaction.
    ///
    /// - returns: how many rows are new or newer.
    func merge(_ rows: CopyRows) throws -> Int {
        try Self.table.merge(rows, on: connection) { try connection.lockStagedRows() }
    }

    /// Of the arriving rows that have a line already, updates the status columns alone; they arrive no longer.
    ///
    /// - returns: those of which amount or quantity are not what the line was made of.
    func updateProcessed() throws -> [OutOfSyncActual] {
        try connection.records(
            OutOfSyncActual.self,
            """
            WITH processed AS (
                DELETE FROM \(Self.table.arriving) a USING \(Self.table.known) k
                WHERE k.actual_id = a.actual_id AND (
                    EXISTS (
                        SELECT FROM integration_journal_lines l
                        WHERE l.data_area_id = k.data_area_id AND l.actual_id = k.actual_id
                    ) OR EXISTS (
                        SELECT FROM invoice_proposal_lines l
                        WHERE l.data_area_id = k.data_area_id AND l.actual_id = k.actual_id
                    ))
                RETURNING k.data_area_id, a.actual_id, a.row_version, a.billing_status, a.adjustment_status, a.amount,
                    a.quantity, a.amount <> k.amount OR a.quantity <> k.quantity AS out_of_sync
            ), updated AS (
                UPDATE actuals_staging s SET row_version = p.row_version, billing_status = p.billing_status,
                    adjustment_status = p.adjustment_status
                FROM processed p WHERE s.actual_id = p.actual_id
            )
            SELECT \(OutOfSyncActual.columnList) FROM processed WHERE out_of_sync
            """)
    }

    /// How many more billed sales of an invoice there are.
    struct InvoiceChange: Record {
        var company: Company
        var invoiceId: GUID
        /// Also 0, when as many came as went, or none came and one changed.
        var count: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            InvoiceChange(
                company: try column("data_area_id", row?.company),
                invoiceId: try column("invoice_id", row?.invoiceId), count: try column("count", row?.count))
        }
    }

    /// The invoices whose billed sales arrive, or were known as other than they are now.
    func invoiceChanges() throws -> [InvoiceChange] {
        try connection.records(
            InvoiceChange.self,
            """
            SELECT data_area_id, invoice_id, sum(change)::bigint AS count FROM (
                SELECT data_area_id, invoice_id, 1 AS change FROM \(Self.table.arriving)
                WHERE transaction_type = \(TransactionType.billedSales.sql)
                UNION ALL
                SELECT k.data_area_id, k.invoice_id, -1
                FROM \(Self.table.arriving) a JOIN \(Self.table.known) k USING (actual_id)
                WHERE k.transaction_type = \(TransactionType.billedSales.sql)
            ) changes GROUP BY data_area_id, invoice_id
            """)
    }

    /// A query for the arriving rows that were known before, under the company that they had.
    static let changedRows = """
        SELECT \(Key.columnList(of: "k")) FROM \(table.arriving) a JOIN \(table.known) k USING (actual_id)
        """

    private struct RowCount: Record {
        var company: Company
        var rows: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            RowCount(company: try column("data_area_id", row?.company), rows: try column("rows", row?.rows))
        }
    }

    /// How many rows of each company arrive.
    func arrivingRowCounts() throws -> [Company: Int] {
        let counts = try connection.records(
            RowCount.self,
            "SELECT data_area_id, count(*) AS rows FROM \(Self.table.arriving) GROUP BY data_area_id")
        return Dictionary(uniqueKeysWithValues: counts.map { ($0.company, $0.rows) })
    }

    /// Replaces the known rows by those that arrive.
    func updateKnown() throws { try Self.table.updateKnown(on: connection) }

    /// The rows of batches that can have a line in a journal: all but billed sales.
    func unbilled(inBatches batches: [Int64], of company: Company) throws -> [ActualCreated] {
        try actuals(
            connection.recordRows(
                StagedActual.self,
                """
                SELECT \(StagedActual.columnList) FROM actuals_staging
                WHERE batch_id = ANY ($1) AND data_area_id = $2
                    AND transaction_type <> \(TransactionType.billedSales.sql)
                """, batches, company))
    }

    /// How many rows of batches can have a line in a journal.
    func unbilledCount(inBatches batches: [Int64], of company: Company) throws -> Int {
        try connection.value(
            Int.self,
            """
            SELECT count(*) FROM actuals_staging
            WHERE batch_id = ANY ($1) AND data_area_id = $2
                AND transaction_type <> \(TransactionType.billedSales.sql)
            """, batches, company)
    }

    /// Whether rows are still of the versions that were read.
    func areUnchanged(_ actuals: [ActualCreated]) throws -> Bool {
        try connection.value(
            Int.self,
            """
            SELECT count(*) FROM unnest($1::uuid[], $2::bigint[]) AS read (actual_id, row_version)
                JOIN actuals_staging s USING (actual_id, row_version)
            """, actuals.map(\.actualId), actuals.map(\.rowVersion)) == actuals.count
    }

    /// Rows by their ids, in the order of the ids.
    func rows(_ ids: [GUID]) throws -> [ActualCreated] {
        try actuals(
            connection.recordRows(
                StagedActual.self,
                "SELECT \(StagedActual.columnList) FROM actuals_staging WHERE actual_id = ANY ($1) ORDER BY actual_id",
                ids))
    }

    private func actuals(_ rows: RecordRows<StagedActual>) throws -> [ActualCreated] {
        try (0..<rows.count).map { try rows.record($0).actual }
    }
}
