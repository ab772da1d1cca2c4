import Bus
import Contracts
import Database

/// Reads pages of the Dataverse Web API into the captured tables.
///
/// A load is spooled, checked whole, and merged in one transaction: nothing
/// is half-loaded, and loading twice changes nothing. A row that cannot be
/// read costs itself alone.
final class Capture {
    private let connection: Connection
    private let tables: [CapturedTable]
    private let pages: PageCapture
    private let spool: Spool

    /// - throws: `DatabaseError` when the columns of the captured tables cannot be listed.
    ///
    /// - parameter readsVouchers: whether vouchers of actuals are taken note of.
    init(connection: Connection, configuration: DataverseConfiguration, readsVouchers: Bool = false) throws {
        self.connection = connection
        tables = try CapturedTable.all(configuration, readsVouchers: readsVouchers)
        pages = PageCapture(tables: tables)
        spool = Spool(connection: connection)
    }

    /// What cannot be read, and was left out.
    var refused: RefusedRows { pages.refused }

    /// Reads all pages of some sources into the spool.
    ///
    /// - parameter progress: is told how many rows have been read.
    /// - throws: ``CaptureError`` when a source cannot be read, `DatabaseError`.
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
        let unfinished = UnfinishedPageStore(connection: connection)
        var reports: [LoadReport.Table] = []
        for table in tables {
            guard let pending = pages.pending[table.entitySet] else { continue }
            if try unfinished.note(pending.frames, of: table.entitySet) { changes.noteFinished(table.entitySet) }
            let report = try merge(pending, read: spool.rows[table.name] ?? 0, rows)
            if report.hasRows { reports.append(report) }
        }
        return reports
    }

    private func merge(
        _ pending: PageCapture.Pending, read: Int, _ rows: CapturedRowStore
    ) throws -> LoadReport.Table {
        let table = pending.table
        var report = LoadReport.Table(name: table.name, skipped: pending.skipped)
        if !pending.deleted.isEmpty {
            let outcome = try rows.delete(pending.deleted, of: table)
            report.deleted = outcome.deleted
            report.skipped += pending.deleted.count - outcome.deleted
            if outcome.published > 0 {
                report.notes.append(
                    LoadNote(
                        table: table.name, rows: outcome.published,
                        text:
                            "deleted in Dataverse after Finance was told of them: they are withdrawn there, or listed by "
                            + "errors out-of-sync where they are posted"))
            }
            if outcome.invoicedMilestones > 0 {
                report.notes.append(
                    LoadNote(
                        table: table.name, rows: outcome.invoicedMilestones,
                        text: "deleted in Dataverse, and on a confirmed invoice or revised by a correction; they stay"))
            }
            if outcome.ofConfirmedHere > 0 {
                report.notes.append(
                    LoadNote(
                        table: table.name, rows: outcome.ofConfirmedHere,
                        text: "deleted in Dataverse, of an invoice that was confirmed here; they stay"))
            }
        }
        guard read > 0 else { return report }
        let hasDuplicates = try rows.hasDuplicates(of: table)
        let unsaid = pending.unsaid ?? .none
        try rows.fillMissing(pending.lacking.subtracting(unsaid), in: table, hasDuplicates: hasDuplicates)
        if hasDuplicates {
            try refuseContradictions(of: table, rows)
            try rows.removeDuplicates(of: table)
        }
        try refuseLacking(pending, rows)
        if let skipped = try rows.skippedAfterPublication(in: table) {
            report.notes.append(
                LoadNote(
                    table: table.name, rows: skipped.rows, file: pages.sources[skipped.place.source],
                    row: skipped.place.row,
                    text: "set to Skip Sync after Finance was told of them: they are withdrawn there, or listed by "
                        + "errors out-of-sync where they are posted"))
        }
        for kind in try rows.kinds(in: table) {
            guard
                let problem = AllowedActual.problem(of: kind.transactionType, kind.transactionClass, kind.billingMethod)
            else { continue }
            report.notes.append(
                LoadNote(
                    table: table.name, rows: kind.rows, file: pages.sources[kind.source],
                    text: "taken, and not to be posted: \(problem)"))
        }
        (report.new, report.changed) = try rows.merge(table, unsaid: unsaid)
        report.unchanged = read - report.new - report.changed
        guard report.unchanged > 0 else { return report }
        try countLeftOut(of: table, unsaid: unsaid, rows, &report)
        return report
    }

    /// Tells rows that the load leaves as they are from rows that say the same.
    private func countLeftOut(
        of table: CapturedTable, unsaid: MissingMembers, _ rows: CapturedRowStore, _ report: inout LoadReport.Table
    ) throws {
        for overruled in try rows.overruled(in: table, unsaid: unsaid) {
            report.unchanged -= overruled.rows
            report.overruled += overruled.rows
            report.notes.append(
                LoadNote(
                    table: table.name, rows: overruled.rows, file: pages.sources[overruled.place.source],
                    row: overruled.place.row,
                    text: overruled.isOlder
                        ? "of an older version than what is here, and something else in them; left out"
                        : "of the version that is here, and something else in them; left out. Two exports contradict "
                            + "each other: load a newer one"))
        }
        let deleted =
            try DeletedRowStore(connection: connection).hasDeletions(of: table.name)
            ? rows.deletedBefore(in: table) : 0
        guard deleted > 0 else { return }
        report.unchanged -= deleted
        report.skipped += deleted
        report.notes.append(LoadNote(table: table.name, rows: deleted, text: "deleted in Dataverse; left out"))
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

    /// Refuses a load that says two things of one row's version.
    private func refuseContradictions(of table: CapturedTable, _ rows: CapturedRowStore) throws {
        guard let row = try rows.contradiction(in: table) else { return }
        throw CaptureError(
            file: pages.sources[row.place.source], row: row.place.row, field: table.key.field,
            problem: "\(row.id) stands in the load twice with the same version and different content: also in "
                + "\(pages.sources[row.other.source]), row \(row.other.row); load only the page that is right")
    }

    /// Refuses a new row without the members that it needs: nothing is stored that could stand for them.
    private func refuseLacking(_ pending: PageCapture.Pending, _ rows: CapturedRowStore) throws {
        let table = pending.table
        let needed = table.needed.intersection(pending.lacking)
        guard !needed.isEmpty, let row = try rows.rowThatLacks(needed, in: table) else { return }
        let lacking = needed.intersection(MissingMembers(rawValue: row.missing))
        // What is needed most is named first.
        let columns = table.readColumns(in: lacking).sorted { $0.column.isRequired && !$1.column.isRequired }
        let hint = columns.lazy.compactMap { pending.hints[$0.place] }.first
        throw CaptureError(
            file: pages.sources[row.place.source], row: row.place.row,
            field: hint == nil ? columns.first?.column.field ?? table.onlyRows?.field : nil,
            problem: hint ?? PageCapture.notSelected)
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
