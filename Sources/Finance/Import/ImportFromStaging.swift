import Bus
public import Contracts
public import Database

/// *Import from staging* (`domain.md` §6.10): makes journal lines of cost and unbilled sales, and proposal lines of the
/// billed sales of invoices that are complete and ready.
///
/// Safe to run twice at once: rows are taken under a lock, a chunk at a time, and no actual gets a second line.
/// Its cost follows what is new: staged batches not taken yet, blocked rows whose set-up changed, and invoices about
/// which something changed.
public struct ImportFromStaging: Sendable {
    private let pool: ConnectionPool

    /// - parameter pool: of at least two connections for each import that runs at once.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Imports what can be imported now.
    ///
    /// - parameter company: the only company; nil for all.
    /// - parameter invoice: the only invoice that is looked at, whether something changed about it or not; nil for all
    ///   about which something changed. Journal lines are made as ever.
    /// - parameter onProgress: is told the journal and proposal lines made so far, after each chunk.
    /// - parameter isCancelled: asked between chunks; when it says yes, the import returns with what it did.
    /// - throws: `DatabaseError`; ``NumberSequenceError`` when a sequence is used up. What was done stays done.
    public func run(
        company: String? = nil, invoice: GUID? = nil, onProgress: (Int) -> Void = { _ in },
        isCancelled: () -> Bool = { false }
    ) throws -> ImportReport {
        try pool.withConnection { connection in
            var report = ImportReport()
            for company in try companies(connection, only: company) where !isCancelled() {
                try importJournals(company, connection, &report, onProgress, isCancelled)
            }
            for (company, invoiceId) in try invoices(connection, company: company, only: invoice) where !isCancelled() {
                let proposal = ProposalImport(
                    company: company, invoiceId: invoiceId, connection: connection, pool: pool)
                switch try proposal.run(isForced: invoice != nil) {
                case .nothing: break
                case .ready(let number, let lines):
                    report.proposals.append(.init(company: company, number: number, lines: lines))
                    onProgress(report.journalLines + report.proposalLines)
                case .waiting(let number, let reason):
                    report.waiting.append(
                        .init(company: company, number: number, invoiceId: invoiceId, reason: reason))
                }
            }
            report.blocked = try BlockedActuals.summary(connection)
            return report
        }
    }

    private func importJournals(
        _ company: String, _ connection: Connection, _ report: inout ImportReport, _ onProgress: (Int) -> Void,
        _ isCancelled: () -> Bool
    ) throws {
        let journals = JournalImport(company: company, connection: connection, pool: pool)
        let setupVersion = try FinanceSetup.currentVersion(connection)
        func tell(_ outcome: JournalImport.Outcome) {
            for (number, lines) in outcome.journals { report.add(lines, toJournal: number, of: company) }
            onProgress(report.journalLines)
        }
        while !isCancelled() {
            let outcome = try journals.importBatches()
            tell(outcome)
            if !outcome.goesOn { break }
        }
        var after = GUID(high: 0, low: 0)
        while !isCancelled() {
            let outcome = try journals.importBlocked(setupVersion: setupVersion, after: &after)
            tell(outcome)
            if !outcome.goesOn { break }
        }
        // Billed sales that were blocked hold up their invoice.
        try connection.execute(
            """
            INSERT INTO invoices_to_check (data_area_id, invoice_id)
            SELECT DISTINCT data_area_id, invoice_id FROM blocked_actuals
            WHERE data_area_id = $1 AND invoice_id IS NOT NULL AND setup_version < $2
            """, company, setupVersion)
    }

    /// The companies that may have something to import.
    private func companies(_ connection: Connection, only company: String?) throws -> [String] {
        if let company { return [company] }
        return try connection.query(
            """
            SELECT data_area_id FROM staging_batches_pending
            UNION SELECT data_area_id FROM companies WHERE EXISTS (
                SELECT FROM blocked_actuals b WHERE b.data_area_id = companies.data_area_id
                    AND b.setup_version < (SELECT version FROM setup_version))
            ORDER BY 1
            """
        ).map { try $0.string(0) }
    }

    /// The invoices to look at.
    private func invoices(
        _ connection: Connection, company: String?, only invoice: GUID?
    ) throws -> [(company: String, invoiceId: GUID)] {
        let rows =
            if let invoice {
                try connection.query(
                    """
                    SELECT data_area_id, invoice_id FROM invoice_proposals
                    WHERE invoice_id = $1 AND ($2::text IS NULL OR data_area_id = $2)
                    """, invoice, company)
            } else {
                try connection.query(
                    """
                    SELECT data_area_id, invoice_id FROM invoices_to_check
                    WHERE $1::text IS NULL OR data_area_id = $1 GROUP BY 1, 2 ORDER BY min(mark)
                    """, company)
            }
        return try rows.map { (try $0.string(0), try $0.guid(1)) }
    }
}
