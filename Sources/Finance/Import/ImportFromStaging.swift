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
    private let setups = SetupCache()

    /// - parameter pool: of at least two connections for each import that runs at once.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Imports what can be imported now.
    ///
    /// - parameter company: the only company; nil for all.
    /// - parameter invoice: the only invoice that is looked at, whether something changed about it or not; nil for all
    ///   about which something changed. Journal lines are made as ever.
    /// - parameter onProgress: is told the journal and proposal lines made so far, after each chunk.
    /// - parameter isCancelled: asked between chunks; when it says yes, the import returns with what it did.
    /// - returns: what was done, and what could not be: a company or an invoice that cannot be imported stops no other.
    /// - throws: `DatabaseError` when the database is away, or wants a person. What was done stays done.
    public func run(
        company: Company? = nil, invoice: GUID? = nil, onProgress: (Int) -> Void = { _ in },
        isCancelled: () -> Bool = { false }
    ) throws -> ImportReport {
        try pool.withConnection { connection in
            var report = ImportReport()
            let isForced = invoice != nil
            for company in try companies(connection, only: company) where !isCancelled() {
                try alone(&report, company) { report in
                    try importJournals(company, connection, &report, onProgress, isCancelled)
                }
            }
            try markOutdated(connection, company: company)
            for invoice in try invoices(connection, company: company, only: invoice) where !isCancelled() {
                try alone(&report, invoice.company, invoice: invoice.invoiceId) { report in
                    try importProposal(of: invoice, connection, isForced: isForced, &report)
                    onProgress(report.journalLines + report.proposalLines)
                }
            }
            report.blocked = try BlockedRows.list(connection)
            return report
        }
    }

    /// Does something that concerns one company, or one invoice, alone: what is wrong with it stops no other.
    ///
    /// - throws: `DatabaseError` that is not about the data.
    private func alone(
        _ report: inout ImportReport, _ company: Company, invoice: GUID? = nil,
        _ body: (inout ImportReport) throws -> Void
    ) throws {
        let reason: String
        do {
            return try body(&report)
        } catch let error as NumberSequenceError {
            reason = "\(error)"
        } catch let gap as SetupGap {
            reason = gap.reason
        } catch let error as DatabaseError where error.refusedValue != nil {
            reason = "\(error)"
        }
        report.failures.append(ImportReport.Failure(company: company, invoiceId: invoice, reason: reason))
    }

    private func importProposal(
        of invoice: InvoiceCheckStore.Invoice, _ connection: Connection, isForced: Bool, _ report: inout ImportReport
    ) throws {
        let proposal = ProposalImport(invoice: invoice, connection: connection, pool: pool, setups: setups)
        switch try proposal.run(isForced: isForced) {
        case .nothing: break
        case .ready(let number, let lines):
            report.proposals.append(.init(company: invoice.company, number: number, lines: lines))
        case .waiting(let number, let reason):
            report.waiting.append(
                .init(company: invoice.company, number: number, invoiceId: invoice.invoiceId, reason: reason))
        }
    }

    /// Has the proposals looked at whose lines an older set-up made.
    private func markOutdated(_ connection: Connection, company: Company?) throws {
        try InvoiceCheckStore(connection: connection).mark(
            ProposalStore.ready(
                before: SetupStore(connection: connection).version(), company: company, on: connection))
    }

    private func importJournals(
        _ company: Company, _ connection: Connection, _ report: inout ImportReport, _ onProgress: (Int) -> Void,
        _ isCancelled: () -> Bool
    ) throws {
        let journals = JournalImport(company: company, connection: connection, pool: pool, setups: setups)
        let setupVersion = try SetupStore(connection: connection).version()
        func repeatUntilDone(_ importChunk: () throws -> JournalImport.Outcome) throws {
            while !isCancelled() {
                let outcome = try importChunk()
                for (number, lines) in outcome.journals { report.add(lines, toJournal: number, of: company) }
                onProgress(report.journalLines)
                if !outcome.goesOn { break }
            }
        }
        while try !isCancelled() && journals.renewJournal(before: setupVersion) {}
        try repeatUntilDone(journals.importBatches)
        let wait = try setups.validationWait(of: company, on: connection)
        let validating = wait > 0 ? try ImportQueueStore(connection: connection).waitingRows(of: company) : 0
        if validating > 0 { report.validating.append(.init(company: company, rows: validating, minutes: wait)) }
        var lastBlocked = GUID.zero
        try repeatUntilDone { try journals.importBlocked(before: setupVersion, after: &lastBlocked) }
        var lastQueued = GUID.zero
        try repeatUntilDone { try journals.importQueued(after: &lastQueued) }
        // Billed sales that were blocked hold up their invoice.
        let blocked = BlockedActualStore(connection: connection)
        try InvoiceCheckStore(connection: connection).mark(blocked.invoices(of: company, before: setupVersion))
    }

    /// The companies that may have something to import.
    private func companies(_ connection: Connection, only company: Company?) throws -> [Company] {
        if let company { return [company] }
        let setupVersion = try SetupStore(connection: connection).version()
        let queued = try ImportQueueStore(connection: connection).companies()
        let blocked = try BlockedActualStore(connection: connection).companies(before: setupVersion)
        let outdated = try JournalStore.companies(withUnpostedBefore: setupVersion, on: connection)
        return Set(queued + blocked + outdated).sorted()
    }

    /// The invoices to look at.
    private func invoices(
        _ connection: Connection, company: Company?, only invoice: GUID?
    ) throws -> [InvoiceCheckStore.Invoice] {
        guard let invoice else { return try InvoiceCheckStore(connection: connection).marked(company: company) }
        return try ProposalStore.invoices(invoice, company: company, on: connection)
    }
}

extension GUID {
    /// The lowest of all.
    fileprivate static let zero = GUID(high: 0, low: 0)
}
