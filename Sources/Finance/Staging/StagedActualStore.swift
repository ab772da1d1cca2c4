import Bus
import Contracts
import Database

/// The actuals that came: `actuals_staging` (`domain.md` §4.1).
struct StagedActualStore {
    let connection: Connection

    private static let table = VersionedTable<StagedActual>(
        "actuals_staging", key: ["actual_id"], version: "row_version",
        known: ["data_area_id", "transaction_type", "invoice_id", "withdrawn", "opening_voucher"])

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

    /// A row that has a line already, and what a newer version says of it.
    struct Processed: Record {
        var actual: OutOfSyncActual
        var isPosted: Bool

        var key: Key { Key(company: actual.company, actualId: actual.actualId) }

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Processed(
                actual: try column.record("", row?.actual), isPosted: try column("is_posted", row?.isPosted))
        }
    }

    /// What a person may still change of a row that is posted.
    private static let texts: Set<String> = ["contract_line", "description", "external_description", "resource"]
    /// What is compared otherwise, or not at all.
    private static let uncompared: Set<String> = [
        "actual_id", "row_version", "batch_id", "billing_status", "adjustment_status", "digest_lanes",
    ]

    /// The columns that differ of an arriving row `a` and a staged row `s`, as a text.
    ///
    /// Of the adjustment status it matters alone whether the row takes another one back.
    private static func changes(except left: Set<String>) -> String {
        let columns = StagedActual.columnNames.filter { !uncompared.contains($0) && !left.contains($0) }
        func isReversal(_ row: String) -> String {
            "coalesce(\(row).adjustment_status = \(AdjustmentStatus.unadjustable.sql), false)"
        }
        let cases =
            columns.map { "CASE WHEN a.\($0) IS DISTINCT FROM s.\($0) THEN '\($0)' END" }
            + ["CASE WHEN \(isReversal("a")) <> \(isReversal("s")) THEN 'adjustment_status' END"]
        return "concat_ws(', ', \(cases.joined(separator: ", ")))"
    }

    /// Of the arriving rows that have a line already, updates the status columns alone if they are posted or say nothing
    /// else that is new, and everything if their line is in a journal that is not posted. They arrive no longer; a
    /// billed sale of a proposal that is not posted does, if it says something new.
    ///
    /// - returns: the posted rows, and those that were updated, with what is new of them.
    func changeProcessed() throws -> [Processed] {
        try connection.records(
            Processed.self,
            """
            WITH lines AS (
                SELECT k.actual_id, k.data_area_id, journal.status AS journal_status,
                    proposal.status AS proposal_status
                FROM \(Self.table.known) k
                LEFT JOIN LATERAL (
                    SELECT j.status FROM integration_journal_lines l
                    JOIN integration_journals j USING (data_area_id, journal_number)
                    WHERE l.data_area_id = k.data_area_id AND l.actual_id = k.actual_id
                ) journal ON true
                LEFT JOIN LATERAL (
                    SELECT p.status FROM invoice_proposal_lines l
                    JOIN invoice_proposals p USING (data_area_id, proposal_number)
                    WHERE l.data_area_id = k.data_area_id AND l.actual_id = k.actual_id
                ) proposal ON true
                WHERE journal.status IS NOT NULL OR proposal.status IS NOT NULL
            ), compared AS (
                SELECT l.*, \(Self.changes(except: Self.texts)) AS changes, \(Self.changes(except: [])) AS all_changes,
                    coalesce(l.journal_status = \(JournalStatus.posted.sql)
                        OR l.proposal_status = \(ProposalStatus.invoiced.sql), false) AS is_posted
                FROM lines l JOIN \(Self.table.arriving) a USING (actual_id)
                JOIN actuals_staging s ON s.actual_id = l.actual_id
            ), processed AS (
                DELETE FROM \(Self.table.arriving) a USING compared c
                WHERE c.actual_id = a.actual_id
                    AND (c.is_posted OR c.all_changes = '' OR c.journal_status IS NOT NULL)
                RETURNING a.*, c.data_area_id AS known_company, c.is_posted,
                    CASE WHEN c.is_posted THEN c.changes ELSE c.all_changes END AS changes
            ), status_updated AS (
                UPDATE actuals_staging s SET row_version = a.row_version, billing_status = a.billing_status,
                    adjustment_status = a.adjustment_status
                FROM processed a WHERE s.actual_id = a.actual_id AND (a.is_posted OR a.changes = '')
            ), all_updated AS (
                UPDATE actuals_staging s SET \(StagedActual.assignments(from: "a", except: ["actual_id", "batch_id"]))
                FROM processed a WHERE s.actual_id = a.actual_id AND NOT a.is_posted AND a.changes <> ''
            )
            SELECT known_company AS data_area_id, actual_id, row_version, amount, quantity, changes, is_posted
            FROM processed
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
                WHERE transaction_type = \(TransactionType.billedSales.sql) AND NOT withdrawn
                    AND opening_voucher IS NULL
                UNION ALL
                SELECT k.data_area_id, k.invoice_id, -1
                FROM \(Self.table.arriving) a JOIN \(Self.table.known) k USING (actual_id)
                WHERE k.transaction_type = \(TransactionType.billedSales.sql) AND NOT k.withdrawn
                    AND k.opening_voucher IS NULL
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
                SELECT \(StagedActual.columnList) FROM actuals_staging WHERE \(Self.isUnbilledInBatches)
                """, batches, company))
    }

    /// How many rows of batches can have a line in a journal.
    func unbilledCount(inBatches batches: [Int64], of company: Company) throws -> Int {
        try connection.value(
            Int.self,
            """
            SELECT count(*) FROM actuals_staging WHERE \(Self.isUnbilledInBatches)
            """, batches, company)
    }

    /// Parameters: the batches, the company.
    private static let isUnbilledInBatches = """
        batch_id = ANY ($1) AND data_area_id = $2 AND transaction_type <> \(TransactionType.billedSales.sql)
        AND NOT withdrawn
        """

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

    /// What connections say that rows take back, by the ids of the rows.
    func connectedOriginals(of ids: [GUID]) throws -> [GUID: GUID] {
        let reversed = try connection.records(
            Reversed.self,
            "SELECT transaction1_id AS actual_id, transaction2_id AS reversed_actual_id FROM (\(Self.reversals)) c", ids
        )
        return Dictionary(uniqueKeysWithValues: reversed.map { ($0.actualId, $0.reversedActualId) })
    }

    private static let reversals = """
        SELECT DISTINCT ON (transaction1_id) transaction1_id, transaction2_id FROM transaction_connections
        WHERE transaction1_id = ANY ($1) AND \(ConnectionStore.isReversal)
        ORDER BY transaction1_id, connection_id
        """

    /// Has rows say what they take back that do not say so themselves, where a connection does. Under the lock of the
    /// staged rows.
    ///
    /// - returns: how many learned it.
    func learnOriginals(of ids: [GUID]) throws -> Int {
        try connection.execute(
            """
            UPDATE actuals_staging s SET reversed_actual_id = c.transaction2_id
            FROM (\(Self.reversals)) c WHERE s.actual_id = c.transaction1_id AND s.reversed_actual_id IS NULL
            """, ids)
    }

    private struct Reversed: Record {
        var actualId: GUID
        var reversedActualId: GUID

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Reversed(
                actualId: try column("actual_id", row?.actualId),
                reversedActualId: try column("reversed_actual_id", row?.reversedActualId))
        }
    }

    /// Of rows that have a line in a posted journal, those that are not what was posted.
    func unlikeTheirLines(_ ids: [GUID]) throws -> [OutOfSyncActual] {
        guard !ids.isEmpty else { return [] }
        return try connection.records(
            OutOfSyncActual.self,
            """
            SELECT l.data_area_id, s.actual_id, s.row_version, s.amount, s.quantity, \(Self.differences(amount: Self.journalAmount))
            FROM actuals_staging s JOIN integration_journal_lines l USING (actual_id)
            WHERE s.actual_id = ANY ($1)
            """, ids)
    }

    /// Of the billed sales of a posted proposal, those that are not what was posted.
    func unlikeTheirLines(proposal: String, of company: Company) throws -> [OutOfSyncActual] {
        try connection.records(
            OutOfSyncActual.self,
            """
            SELECT * FROM (
                SELECT l.data_area_id, s.actual_id, s.row_version, s.amount, s.quantity, \(Self.differences())
                FROM invoice_proposal_lines l JOIN actuals_staging s USING (actual_id)
                WHERE l.data_area_id = $1 AND l.proposal_number = $2
            ) compared WHERE changes <> ''
            """, company, proposal)
    }

    /// The amount of a journal line `l` after its discount, as Dataverse has it.
    private static let journalAmount = "l.amount - coalesce(l.undeducted_discount, 0)"

    /// What of a staged row `s` is not as in its line `l`.
    ///
    /// - parameter amount: that of the line, as Dataverse has it.
    private static func differences(amount: String = "l.amount") -> String {
        """
        concat_ws(', ', CASE WHEN s.data_area_id <> l.data_area_id THEN 'data_area_id' END,
            CASE WHEN s.amount <> \(amount) THEN 'amount' END, CASE WHEN s.quantity <> l.quantity THEN 'quantity' END,
            CASE WHEN s.project_number <> l.project_number THEN 'project_number' END,
            CASE WHEN s.transaction_class <> l.transaction_class THEN 'transaction_class' END,
            CASE WHEN s.reversed_actual_id IS DISTINCT FROM l.reversed_actual_id THEN 'reversed_actual_id' END,
            CASE WHEN s.withdrawn THEN 'withdrawn' END) AS changes
        """
    }

    /// A query for the rows that connections say take another back, and that do not say so themselves. Parameters: the
    /// ids of the rows, and of what they take back.
    static let unlikeTheirConnection = """
        SELECT s.data_area_id, s.actual_id
        FROM unnest($1::uuid[], $2::uuid[]) AS c (reversing, original)
        JOIN actuals_staging s ON s.actual_id = c.reversing
        WHERE s.reversed_actual_id IS NULL AND NOT s.withdrawn
        """

    private func actuals(_ rows: RecordRows<StagedActual>) throws -> [ActualCreated] {
        try (0..<rows.count).map { try rows.record($0).actual }
    }
}
