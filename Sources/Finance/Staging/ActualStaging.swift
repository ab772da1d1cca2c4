import Bus
import Contracts
import Database

/// Brings a batch of actuals into staging: the newest version of each (design §4).
///
/// The newest row version wins while a row is unprocessed. After that its status columns still update, and an amount or
/// quantity that changed goes to the out-of-sync list.
struct ActualStaging {
    let connection: Connection

    /// Where a row counts.
    struct Note {
        var company: Company
        var partition: Int32
        /// The invoice of a billed sale.
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
        try OutOfSyncStore(connection: connection).append(try actuals.updateProcessed())
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

    private func count(_ arrivals: InvoiceArrivals) throws {
        try InvoiceArrivalStore(connection: connection).add(arrivals)
        try InvoiceCheckStore(connection: connection).mark(arrivals.invoices)
    }
}
