import Database

/// Merges a batch into staging, some rows of which may be there already.
///
/// The newest row version wins while a row is unprocessed. After that its status columns still update, and an amount or
/// quantity that changed goes to the out-of-sync list (design §4).
struct ActualMerge {
    let batch: Int64
    let connection: Connection

    /// - parameter rows: the newest version of each actual, as ``ActualRows`` encodes it.
    /// - parameter partition: one that the batch came over; the counts are kept under it.
    func write(_ rows: CopyRows, partition: Int32) throws {
        try connection.lockStagedRows()
        try connection.findRowsByIndex()
        try connection.executeScript(Self.temporaryTables)
        try connection.copyIn("COPY arriving_actuals (\(ActualRows.columnList)) FROM STDIN (FORMAT binary)") {
            try $0.write(rows)
        }
        try connection.execute(Self.findKnown)
        guard try connection.execute(Self.forgetStale) < rows.rowCount else {
            try connection.execute("DELETE FROM staging_batches WHERE batch_id = $1", batch)
            return
        }
        try connection.execute(Self.updateProcessed)
        try connection.execute(Self.countArrivals, partition)
        try connection.execute(Self.markInvoices)
        try connection.execute(Self.sumAgain)
        try connection.execute(Self.unblock)
        let written = try connection.execute(Self.upsert)
        try connection.execute("UPDATE staging_batches SET row_count = $2 WHERE batch_id = $1", batch, Int32(written))
        try connection.execute(
            """
            INSERT INTO staging_batches_pending (data_area_id, batch_id, row_count)
            SELECT data_area_id, $1, count(*) FROM arriving_actuals GROUP BY data_area_id
            """, batch)
    }

    /// What arrives, and what is known of it already. Both are found by their keys, however many there are.
    private static let temporaryTables = """
        CREATE TEMPORARY TABLE IF NOT EXISTS arriving_actuals (LIKE actuals_staging, PRIMARY KEY (actual_id))
            ON COMMIT DELETE ROWS;
        CREATE TEMPORARY TABLE IF NOT EXISTS known_actuals (
            actual_id uuid PRIMARY KEY,
            data_area_id text NOT NULL,
            row_version bigint NOT NULL,
            transaction_type text NOT NULL,
            invoice_id uuid,
            amount numeric NOT NULL,
            quantity numeric NOT NULL
        ) ON COMMIT DELETE ROWS
        """

    /// Looks up each row that arrives, in a staging table of any size: a join may read all of it.
    private static let findKnown = """
        INSERT INTO known_actuals
        SELECT a.actual_id, s.* FROM arriving_actuals a CROSS JOIN LATERAL (
            SELECT data_area_id, row_version, transaction_type, invoice_id, amount, quantity
            FROM actuals_staging s WHERE s.actual_id = a.actual_id OFFSET 0
        ) s
        """

    /// What is not newer than what is there changes nothing.
    private static let forgetStale = """
        DELETE FROM arriving_actuals a USING known_actuals k
        WHERE k.actual_id = a.actual_id AND k.row_version >= a.row_version
        """

    /// Rows that have a line already keep it.
    private static let updateProcessed = """
        WITH processed AS (
            DELETE FROM arriving_actuals a USING known_actuals k
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
        ), noticed AS (
            INSERT INTO out_of_sync_actuals (data_area_id, actual_id, row_version, amount, quantity)
            SELECT data_area_id, actual_id, row_version, amount, quantity FROM processed WHERE out_of_sync
            ON CONFLICT DO NOTHING
        )
        UPDATE actuals_staging s SET row_version = p.row_version, billing_status = p.billing_status,
            adjustment_status = p.adjustment_status
        FROM processed p WHERE s.actual_id = p.actual_id
        """

    /// Where each billed sale counts now, and where it no longer does.
    private static let changes = """
        SELECT data_area_id, invoice_id, 1 AS change FROM arriving_actuals WHERE transaction_type = 'Billed Sales'
        UNION ALL
        SELECT k.data_area_id, k.invoice_id, -1 FROM arriving_actuals a JOIN known_actuals k USING (actual_id)
        WHERE k.transaction_type = 'Billed Sales'
        """

    private static let countArrivals = """
        INSERT INTO invoice_arrivals AS known (data_area_id, invoice_id, partition, count)
        SELECT data_area_id, invoice_id, $1, sum(change) FROM (\(changes)) changes
        GROUP BY data_area_id, invoice_id HAVING sum(change) <> 0 ORDER BY data_area_id, invoice_id
        ON CONFLICT (data_area_id, invoice_id, partition) DO UPDATE SET count = known.count + excluded.count
        """

    private static let markInvoices = """
        INSERT INTO invoices_to_check (data_area_id, invoice_id)
        SELECT DISTINCT data_area_id, invoice_id FROM (\(changes)) changes
        """

    /// The control totals of these invoices have to agree anew.
    private static let sumAgain = """
        UPDATE invoice_proposals p SET agreed_version = NULL
        FROM (SELECT DISTINCT data_area_id, invoice_id FROM (\(changes)) changes) changed
        WHERE p.data_area_id = changed.data_area_id AND p.invoice_id = changed.invoice_id AND p.agreed_version IS NOT NULL
        """

    /// A blocked row that changed is looked at as a new one.
    private static let unblock = """
        DELETE FROM blocked_actuals b USING arriving_actuals a JOIN known_actuals k USING (actual_id)
        WHERE b.data_area_id = k.data_area_id AND b.actual_id = k.actual_id
        """

    private static let upsert = """
        INSERT INTO actuals_staging (\(ActualRows.columnList))
        SELECT \(ActualRows.columnList) FROM arriving_actuals ORDER BY actual_id
        ON CONFLICT (actual_id) DO UPDATE SET
            \(ActualRows.columns.filter { $0 != "actual_id" }.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
        """
}
