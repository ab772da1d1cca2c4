import Bus
public import Database

/// Deletes an integration journal that is not posted. Its actuals come back with the next import (`domain.md` §6.10.10).
public enum JournalDeletion {
    /// Deletes the journal in a transaction of its own.
    ///
    /// - returns: how many lines come back.
    /// - throws: ``JournalDeletionRefusal``; `DatabaseError`.
    public static func delete(_ number: String, of company: String, on connection: Connection) throws -> Int {
        try connection.transaction {
            try connection.lockStagedRows()
            let rows = try connection.query(
                """
                SELECT status, EXISTS (
                    SELECT FROM posting_requests r WHERE r.data_area_id = $1 AND r.kind = 'journal' AND r.number = $2
                        AND r.status IN ('Draft', 'Processing'))
                FROM integration_journals WHERE data_area_id = $1 AND journal_number = $2 FOR UPDATE
                """, company, number)
            guard let row = rows.first else {
                throw JournalDeletionRefusal("company \(company) has no journal \(number)")
            }
            let status = try row.string(0)
            guard status == "Draft" || status == "Error" else {
                throw JournalDeletionRefusal(
                    "journal \(number) is \(status), and only a journal that is not posted can be deleted")
            }
            guard try !row.bool(1) else {
                throw JournalDeletionRefusal("journal \(number) is about to be posted; wait for the outcome")
            }
            return try delete(number, company, connection)
        }
    }

    private static func delete(_ number: String, _ company: String, _ connection: Connection) throws -> Int {
        let lines = try connection.execute(
            """
            INSERT INTO blocked_actuals (data_area_id, actual_id, code, reason, setup_version)
            SELECT data_area_id, actual_id, $3, $4, 0 FROM integration_journal_lines
            WHERE data_area_id = $1 AND journal_number = $2
            """, company, number, Blockage.requeued,
            "its journal \(number) was deleted; it comes back with the next import")
        try recordGaps(number, company, connection)
        for table in ["integration_journal_lines", "integration_journals"] {
            try connection.execute(
                "DELETE FROM \(table) WHERE data_area_id = $1 AND journal_number = $2", company, number)
        }
        return lines
    }

    /// The numbers of the journal and of its vouchers are not given out again.
    private static func recordGaps(_ number: String, _ company: String, _ connection: Connection) throws {
        try connection.execute(
            """
            WITH deleted AS (
                SELECT 'integration-journal' AS sequence, $2 AS number
                UNION ALL
                SELECT 'voucher', voucher FROM integration_journal_lines WHERE data_area_id = $1 AND journal_number = $2
            ), numbered AS (
                SELECT sequence, substr(number, length(prefix) + 1)::bigint AS n
                FROM deleted JOIN number_sequences s USING (sequence)
                WHERE s.data_area_id = $1 AND number ~ ('^' || repeat('.', length(prefix)) || '[0-9]{1,18}$')
                    AND starts_with(number, prefix)
            ), islands AS (
                SELECT sequence, n, n - row_number() OVER (PARTITION BY sequence ORDER BY n) AS island FROM numbered
            )
            INSERT INTO number_sequence_gaps (data_area_id, sequence, first, last, reason)
            SELECT $1, sequence, min(n), max(n), $3 FROM islands GROUP BY sequence, island
            ON CONFLICT DO NOTHING
            """, company, number, "journal \(number) was deleted")
    }
}

/// Why a journal cannot be deleted.
public struct JournalDeletionRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let reason: String
    init(_ reason: String) { self.reason = reason }
    public var description: String { reason }
}
