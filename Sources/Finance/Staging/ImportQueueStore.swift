import Bus
import Contracts
import Database

/// What import from staging has still to take: batches, so that its cost follows what is new, and single rows that come
/// back: `staging_batches_pending`, `actuals_to_import`.
struct ImportQueueStore {
    let connection: Connection

    /// The number of the next batch.
    func nextBatchId() throws -> Int64 { try connection.value(Int64.self, "SELECT nextval('staging_batch')") }

    /// Leaves a batch to import from staging, company by company.
    func append(_ batchId: Int64, rowCounts: [Company: Int]) throws {
        guard !rowCounts.isEmpty else { return }
        try connection.execute(
            """
            INSERT INTO staging_batches_pending (data_area_id, batch_id, row_count)
            SELECT company, $1, count FROM unnest($2::text[], $3::bigint[]) AS new (company, count)
            """, batchId, Array(rowCounts.keys), Array(rowCounts.values))
    }

    private struct PendingBatch: Record {
        var batchId: Int64
        var rowCount: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            PendingBatch(
                batchId: try column("batch_id", row?.batchId),
                rowCount: try column("row_count", row?.rowCount, as: Int32.self))
        }
    }

    /// The oldest batches of a company: so many rows together, give or take a batch.
    ///
    /// - parameter wait: the minutes that a batch waits before it is taken (`domain.md` §6.14, *Actuals validation*).
    func nextBatches(of company: Company, rows: Int, wait: Int = 0) throws -> [Int64] {
        var batches: [Int64] = []
        var taken = 0
        for batch in try connection.records(
            PendingBatch.self,
            """
            SELECT \(PendingBatch.columnList) FROM staging_batches_pending
            WHERE data_area_id = $1 AND ($2::bigint = 0 OR staged_at <= now() - $2 * interval '1 minute')
            ORDER BY batch_id LIMIT 1000
            """, company, wait)
        {
            guard taken < rows else { break }
            batches.append(batch.batchId)
            taken += batch.rowCount
        }
        return batches
    }

    /// How many rows of a company wait to be taken.
    func waitingRows(of company: Company) throws -> Int {
        try connection.value(
            Int.self,
            "SELECT coalesce(sum(row_count), 0)::bigint FROM staging_batches_pending WHERE data_area_id = $1", company)
    }

    /// These batches have been taken.
    func remove(_ batches: [Int64], of company: Company) throws {
        try connection.execute(
            "DELETE FROM staging_batches_pending WHERE data_area_id = $1 AND batch_id = ANY ($2)", company, batches)
    }

    /// Has the next import look at rows again.
    func append(_ actuals: [GUID], of company: Company) throws {
        guard !actuals.isEmpty else { return }
        // Under the lock of the staged rows, in which nobody waits for a client: not by COPY.
        try connection.execute(
            """
            INSERT INTO actuals_to_import (\(StagedActualStore.Key.columnList)) SELECT $1::text, unnest($2::uuid[])
            """, company, actuals)
    }

    /// Has the next import look at rows again that it may have to look at anyway.
    func appendAgain(_ actuals: [StagedActualStore.Key]) throws {
        guard !actuals.isEmpty else { return }
        try appendAgain(those: StagedActualStore.Key.given, StagedActualStore.Key.parameters(actuals))
    }

    /// Has the next import look at rows again that it may have to look at anyway.
    ///
    /// - parameter query: selects their ``StagedActualStore/Key``s.
    func appendAgain(those query: String, _ parameters: [(any DatabaseValue)?]) throws {
        try connection.execute(
            """
            INSERT INTO actuals_to_import (\(StagedActualStore.Key.columnList))
            SELECT \(StagedActualStore.Key.columnList) FROM (\(query)) again ORDER BY actual_id
            ON CONFLICT DO NOTHING
            """, parameters: parameters)
    }

    /// The next single rows of a company, in the order of their ids.
    func nextActuals(of company: Company, after: GUID, limit: Int) throws -> [GUID] {
        try connection.values(
            GUID.self,
            """
            SELECT actual_id FROM actuals_to_import WHERE data_area_id = $1 AND actual_id > $2
            ORDER BY actual_id LIMIT $3
            """, company, after, limit)
    }

    /// These rows have been taken.
    func remove(_ actuals: [StagedActualStore.Key]) throws {
        guard !actuals.isEmpty else { return }
        try remove(those: StagedActualStore.Key.given, StagedActualStore.Key.parameters(actuals))
    }

    /// Rows that come with a batch.
    ///
    /// - parameter query: selects their ``StagedActualStore/Key``s.
    func remove(those query: String, _ parameters: [(any DatabaseValue)?] = []) throws {
        try connection.execute(
            """
            DELETE FROM actuals_to_import q USING (\(query)) taken
            WHERE q.data_area_id = taken.data_area_id AND q.actual_id = taken.actual_id
            """, parameters: parameters)
    }

    /// The companies of which something is to be taken.
    func companies() throws -> [Company] {
        try connection.values(
            Company.self,
            "SELECT data_area_id FROM staging_batches_pending UNION SELECT data_area_id FROM actuals_to_import")
    }
}
