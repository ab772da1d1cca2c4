import Bus
import Contracts
import Database

/// Brings a batch of actuals into staging: the newest version of each (design §4).
///
/// The newest row version wins while a row is not posted: a line that is there already is made anew by the next import.
/// After that the row's status columns still update, and whatever else changed goes to the out-of-sync list.
struct ActualStaging {
    let connection: Connection

    /// Where a row counts.
    struct Note {
        var company: Company
        var partition: Int32
        /// The invoice of a billed sale that is not withdrawn.
        var billedOn: GUID?
    }

    typealias Batch = VersionedBatch<StagedActual, GUID, Note>

    private var actuals: StagedActualStore { StagedActualStore(connection: connection) }
    private var queue: ImportQueueStore { ImportQueueStore(connection: connection) }

    /// Writes the batch, in the caller's transaction.
    func write(_ batch: Batch) throws {
        guard !batch.isEmpty else { return }
        let newest = batch.newest()
        let batchId = try queue.nextBatchId()
        let rows = batch.rows(of: newest, first: batchId)
        // The common case: all of them are new.
        if try actuals.insertAllNew(rows) {
            var rowCounts: [Company: Int] = [:]
            var arrivals = InvoiceArrivals()
            for arrival in newest {
                rowCounts[arrival.note.company, default: 0] += 1
                guard let invoiceId = arrival.note.billedOn else { continue }
                arrivals.add(1, of: invoiceId, company: arrival.note.company, partition: arrival.note.partition)
            }
            try queue.append(batchId, rowCounts: rowCounts)
            try count(arrivals)
        } else {
            try merge(rows, batchId, partition: newest[0].note.partition)
        }
    }

    /// Merges rows some of which are there already.
    ///
    /// - parameter partition: one that the batch came over; the counts are kept under it.
    private func merge(_ rows: CopyRows, _ batchId: Int64, partition: Int32) throws {
        guard try actuals.merge(rows) > 0 else { return }
        try changeProcessed()
        var arrivals = InvoiceArrivals()
        for change in try actuals.invoiceChanges() {
            arrivals.add(change.count, of: change.invoiceId, company: change.company, partition: partition)
        }
        try count(arrivals)
        // The control totals of these invoices have to agree anew.
        try ProposalStore.forgetAgreement(of: arrivals.invoices, on: connection)
        // A row that changed is looked at as a new one.
        try BlockedActualStore(connection: connection).unblock(those: StagedActualStore.changedRows)
        try queue.remove(those: StagedActualStore.changedRows)
        try queue.append(batchId, rowCounts: try actuals.arrivingRowCounts())
        try actuals.updateKnown()
    }

    /// Takes rows that have a line already out of those that arrive, unless their line is of a proposal that is made anew.
    private func changeProcessed() throws {
        let changed = try actuals.changeProcessed()
        try OutOfSyncStore(connection: connection).note(changed.filter(\.isPosted).map(\.actual))
        try queue.appendAgain(
            changed.filter { !$0.isPosted && !$0.actual.changes.isEmpty }.map(\.key))
    }

    private func count(_ arrivals: InvoiceArrivals) throws {
        try InvoiceArrivalStore(connection: connection).add(arrivals)
        try InvoiceCheckStore(connection: connection).mark(arrivals.invoices)
    }
}
