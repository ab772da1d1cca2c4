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
    let isLastOfPass: Bool

    init(rows: Rows, isLastOfPass: Bool) {
        self.rows = rows
        self.isLastOfPass = isLastOfPass
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
    static let query = """
        SELECT outbox.id, topic, key, event_id, trace_id, headers, payload, created_at
        FROM outbox_pending JOIN outbox USING (id) WHERE outbox_pending.id > $1 ORDER BY outbox_pending.id LIMIT $2
        """
}
