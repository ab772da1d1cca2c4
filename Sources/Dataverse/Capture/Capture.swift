import Bus
public import Contracts
public import Database

/// What a load did.
public struct CaptureReport: Hashable, Sendable {
    /// What it did to one table.
    public struct Table: Hashable, Sendable {
        /// Our table's name.
        public let name: String
        public let new: Int
        public let changed: Int
        public let unchanged: Int
        /// Rows that Dataverse deleted, and so are deleted here.
        public let deleted: Int
        /// Rows that are no project's (another order type).
        public let skipped: Int
    }

    /// The tables of which pages were read.
    public let tables: [Table]
    /// How many draft invoices were marked as ours.
    public let markedAsOurs: Int
    /// How many messages were written to the outbox, by topic.
    public let published: [TopicName: Int]
}

/// Loads pages of the Dataverse Web API.
///
/// A load is spooled, checked whole, and merged in one transaction, together
/// with the messages that it makes publishable: nothing is half-loaded, and
/// loading twice changes nothing.
public struct Capture {
    private let connection: Connection
    private let configuration: DataverseConfiguration
    private let tables: [CapturedTable]

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
        self.tables = CapturedTable.all(configuration)
    }

    /// Loads all pages of the inputs.
    ///
    /// - parameter asOurs: marks the draft invoices of the load as ours:
    ///   this database confirms them, not Dataverse.
    /// - parameter progress: is told what is done, and how many of it: rows read, messages written.
    /// - throws: ``CaptureError``; `DatabaseError`; `ContractError` when a
    ///   label's code is not configured.
    public func load(
        _ inputs: [CaptureInput], asOurs: Bool = false, progress: @escaping (String, Int) -> Void = { _, _ in }
    ) throws -> CaptureReport {
        let spool = Spool(connection: connection)
        defer { try? spool.drop() }
        let pages = PageCapture(tables: tables)
        var rows: [String: Int] = [:]
        func write(_ pending: PageCapture.Pending) throws {
            rows[pending.table.name, default: 0] += pending.rows.rowCount
            try spool.write(pending)
            progress("rows read", rows.values.reduce(0, +))
        }
        for input in inputs { try pages.read(input, spool: write) }
        for pending in pages.pending.values { try write(pending) }
        return try connection.transaction {
            try merge(pages, rows: rows, asOurs: asOurs, progress)
        }
    }

    private func merge(
        _ pages: PageCapture, rows: [String: Int], asOurs: Bool, _ progress: @escaping (String, Int) -> Void
    ) throws -> CaptureReport {
        try ChangedRows.lock(connection)
        try ChangedRows.create(tables, on: connection)
        let merge = Merge(connection: connection, sources: pages.sources)
        try OwnInvoices(connection: connection, sources: pages.sources)
            .refuseCaptured(tables.filter { rows[$0.name] ?? 0 > 0 })
        var reports: [CaptureReport.Table] = []
        for table in tables {
            let read = rows[table.name] ?? 0
            let skipped = pages.pending[table.entitySet]?.skipped ?? 0
            let gone = pages.pending[table.entitySet]?.deleted ?? []
            guard read + skipped + gone.count > 0 else { continue }
            let deleted = gone.isEmpty ? 0 : try merge.delete(gone, of: table)
            let (new, changed) = read > 0 ? try merge.merge(table) : (0, 0)
            reports.append(
                CaptureReport.Table(
                    name: table.name, new: new, changed: changed, unchanged: read - new - changed, deleted: deleted,
                    skipped: skipped))
        }
        let marked =
            asOurs && rows["invoices"] ?? 0 > 0
            ? try OwnInvoices(connection: connection, sources: pages.sources).markDrafts() : 0
        let companiesChanged = try UnitCompanies(connection: connection).replace(configuration.unitCompanies)
        let outcome = try Publication(connection: connection, choices: configuration.choices, progress: progress)
            .publish(companiesChanged: companiesChanged)
        return CaptureReport(
            tables: reports, markedAsOurs: marked,
            published: [
                .invoiceConfirmed: outcome.invoices, .actualCreated: outcome.actuals,
                .transactionConnected: outcome.connections,
            ])
    }
}
