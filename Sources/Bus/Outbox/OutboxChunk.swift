import Database

/// Some pending rows of the outbox, on their way to Kafka.
///
/// Handed from the reading to the sending to the deleting thread.
final class OutboxChunk: @unchecked Sendable {
    // Safe to share: used by one of the three threads at a time.
    let events: [PendingEvent]
    /// Of the lease under which they were read.
    let epoch: Int64
    /// The first of a pass over all that is pending: nothing older waits behind it.
    let beginsPass: Bool
    /// The memory that the events borrow.
    private let rows: RecordRows<PendingEvent>
    /// The ids that the broker has acknowledged.
    private(set) var acknowledged: [Int64] = []
    /// Rows without a delivery report yet.
    private(set) var outstanding: Int
    /// Rows that were not sent or not delivered, and stay pending.
    private(set) var undelivered = 0
    /// Older rows were taken back, so that rows of this chunk were not sent.
    private(set) var isHeldBack = false
    /// Keys, values and the headers of dead letters together.
    let bytes: Int

    /// - throws: `DatabaseError` when the rows are no pending events.
    init(rows: RecordRows<PendingEvent>, epoch: Int64, beginsPass: Bool) throws {
        self.rows = rows
        self.epoch = epoch
        self.beginsPass = beginsPass
        events = try (0..<rows.count).map(rows.record)
        outstanding = events.count
        bytes = events.reduce(0) { $0 + $1.bytes }
        acknowledged.reserveCapacity(events.count)
    }

    func settle(_ index: Int, delivered: Bool) {
        outstanding -= 1
        if delivered { acknowledged.append(events[index].id) } else { undelivered += 1 }
    }

    /// The pass has to begin again before more is sent.
    func holdBack() { isHeldBack = true }

    /// No report will come for the rows that are still outstanding.
    func abandon() {
        isHeldBack = true
        undelivered += outstanding
        outstanding = 0
    }
}
