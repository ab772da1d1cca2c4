import Contracts
import Database

/// Some pending rows of the outbox, on their way to Kafka.
///
/// Handed from the reading to the sending to the deleting thread.
final class OutboxChunk: @unchecked Sendable {
    // Safe to share: used by one of the three threads at a time.
    let rows: Rows
    /// The ids that the broker has acknowledged.
    private(set) var acknowledged: [Int64] = []
    /// Rows without a delivery report yet.
    private(set) var outstanding: Int

    init(rows: Rows) {
        self.rows = rows
        self.outstanding = rows.count
        acknowledged.reserveCapacity(rows.count)
    }

    func settle(_ index: Int, delivered: Bool) throws {
        outstanding -= 1
        if delivered { acknowledged.append(try rows[index].int64(0)) }
    }

    /// No report will come for the rows that are still outstanding.
    func abandon() { outstanding = 0 }

    /// Rows with ids above `after`, and all that goes into their messages.
    ///
    /// Looks up each pending row, whatever the tables' statistics say: a join may read the outbox from its beginning.
    static let query = """
        SELECT sent.id, topic, key, event_id, trace_id, headers, payload, created_at
        FROM (SELECT id FROM outbox_pending WHERE id > $1 ORDER BY id LIMIT $2) pending
        CROSS JOIN LATERAL (SELECT * FROM outbox WHERE outbox.id = pending.id OFFSET 0) sent
        ORDER BY pending.id
        """

    /// How the query is to be planned: by the indexes, and without workers, which take longer to start than it takes.
    static let planning = """
        SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET max_parallel_workers_per_gather = 0
        """
}
