import Bus
import Contracts
import Database

/// Reads pages of the Dataverse Web API into the captured tables.
///
/// A load is spooled, checked whole, and merged in one transaction: nothing
/// is half-loaded, and loading twice changes nothing.
final class Capture {
    private let connection: Connection
    private let tables: [CapturedTable]
    private let pages: PageCapture
    private let spool: Spool

    /// - throws: `DatabaseError` when the columns of the captured tables cannot be listed.
    init(connection: Connection, configuration: DataverseConfiguration) throws {
        self.connection = connection
        tables = try CapturedTable.all(configuration)
        pages = PageCapture(tables: tables)
        spool = Spool(connection: connection)
    }

    /// Reads all pages of some sources into the spool.
    ///
    /// - parameter progress: is told how many rows have been read.
    /// - throws: ``CaptureError``, `DatabaseError`.
    func read(_ sources: [any PageSource], progress: (Int) -> Void) throws {
        func write(_ pending: PageCapture.Pending) throws {
            try spool.write(&pending.rows, of: pending.table)
            progress(spool.rows.values.reduce(0, +))
        }
        for source in sources { try pages.read(source, spool: write) }
        for pending in pages.pending.values { try write(pending) }
    }

    /// Merges what was read, in a transaction.
    ///
    /// - returns: what it did to each table of which rows were read.
    /// - throws: ``CaptureError`` when a row contradicts another, or what was confirmed here; `DatabaseError`.
    func merge(_ changes: ChangeSet) throws -> [LoadReport.Table] {
        let rows = CapturedRowStore(connection: connection, spool: spool, changes: changes)
        try refuseConfirmedHere(rows)
        var reports: [LoadReport.Table] = []
        for table in tables {
            let read = spool.rows[table.name] ?? 0
            let skipped = pages.pending[table.entitySet]?.skipped ?? 0
            let gone = pages.pending[table.entitySet]?.deleted ?? []
            let frames = pages.pending[table.entitySet]?.frames ?? []
            if try UnfinishedPageStore(connection: connection).note(frames, of: table.entitySet) {
                changes.noteFinished(table.entitySet)
            }
            guard read + skipped + gone.count > 0 else { continue }
            let deleted = gone.isEmpty ? 0 : try rows.delete(gone, of: table)
            if read > 0 { try refuseContradictions(of: table, rows) }
            let (new, changed) = read > 0 ? try rows.merge(table) : (0, 0)
            reports.append(
                LoadReport.Table(
                    name: table.name, new: new, changed: changed, unchanged: read - new - changed, deleted: deleted,
                    skipped: skipped))
        }
        return reports
    }

    /// Marks the drafts that were read as ours.
    ///
    /// - returns: how many were not yet.
    /// - throws: `DatabaseError`.
    func markOurs() throws -> Int {
        guard spool.rows[Invoice.table] != nil else { return 0 }
        return try InvoiceStore(connection: connection).markOurs(loaded: spool)
    }

    /// Takes the spool away.
    func close() { try? spool.drop() }

    /// Keeps the newest of each row's pages, unless they say two things.
    private func refuseContradictions(of table: CapturedTable, _ rows: CapturedRowStore) throws {
        guard try rows.hasDuplicates(of: table) else { return }
        if let row = try rows.contradiction(in: table) {
            throw CaptureError(
                file: pages.sources[row.place.source], row: row.place.row, field: table.key.field,
                problem: "\(row.id) stands in the load twice with the same version and different content: also in "
                    + "\(pages.sources[row.other.source]), row \(row.other.row); load only the page that is right")
        }
        try rows.removeDuplicates(of: table)
    }

    /// Refuses what Dataverse says of an invoice that we confirmed: it would
    /// be there twice. A row that was captured before the confirmation, and
    /// is loaded again, says nothing new.
    private func refuseConfirmedHere(_ rows: CapturedRowStore) throws {
        guard try InvoiceStore(connection: connection).hasConfirmedHere() else { return }
        let ofInvoices = [Invoice.table, InvoiceLine.table, InvoiceLineDetail.table, Actual.table]
        for table in tables where ofInvoices.contains(table.name) && spool.rows[table.name] != nil {
            guard let row = try rows.rowOfInvoiceConfirmedHere(in: table) else { continue }
            throw CaptureError(
                file: pages.sources[row.place.source], row: row.place.row,
                problem: "a row of invoice \(row.invoiceNumber), which was confirmed here and not in Dataverse; "
                    + "leave the invoice out of the export")
        }
    }
}
