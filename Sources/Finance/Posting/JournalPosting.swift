import Bus
import Contracts
import Database

/// Posts an integration journal: project transactions, ledger entries and accounting details (`domain.md` §6.11, §6.12).
///
/// Its lines are made anew first where set-up or actuals changed. Its good lines are posted, all of them or none. Those that
/// cannot be are moved to a journal of their own, which is then in error, if the parameter allows it; else, and when no line
/// can be posted, the journal itself is.
struct JournalPosting {
    let companies: CompanyBookings
    let choices: ChoiceTables
    var chunk = PostedDocument.chunk
    /// False for a posting that is only looked at, and rolled back.
    var publishes = true

    /// Posts, in the caller's transaction.
    ///
    /// - parameter takeNumber: takes a number, outside of this transaction.
    /// - throws: ``PostingRefusal`` when no line can be posted, with the reason of each; ``PeriodClosed``; `NumberSequenceError`; `DatabaseError`; what `progress` throws.
    func post(
        _ request: ClaimedRequest, on connection: Connection, progress: PostingProgress,
        takeNumber: (NumberSequence) throws -> NumberBlock
    ) throws -> PostedDocument {
        let store = JournalStore(company: request.company, connection: connection)
        guard let journal = try store.lockForPosting(request.number) else {
            throw PostingRefusal(
                .notFound,
                "company \(request.company) has no journal \(request.number); list them with \"ledgerbus finance journals\""
            )
        }
        if journal.status == .posted { return .postedBefore(request, lines: journal.lineCount) }
        guard journal.status.isPostable else {
            throw PostingRefusal(
                .inError,
                "\(request.subject) is in error: \(journal.postingError ?? "posting refused it"). Remove the cause, then "
                    + "\"ledgerbus finance journals reset \(request.number)\", and post again")
        }
        let bookings = try companies.bookings(
            company: request.company, version: journal.setupVersion, on: connection)
        try JournalRenewal(
            company: request.company, connection: connection, setup: bookings.setup, movesDates: false
        ).bringUpToDate(request.number, setupVersion: journal.linesSetupVersion)

        var lines = JournalLines(
            request: request, kind: journal.kind, bookings: bookings, store: store,
            rows: JournalRows(
                request: request, accountingCurrency: bookings.setup.accountingCurrency,
                outbox: try OutboxRows(choices: choices, publishes: publishes)))
        try lines.collect(chunk: chunk, progress)
        guard lines.count > 0 else {
            throw PostingRefusal(.noLines, "\(request.subject) has no lines: there is nothing to post")
        }
        let posted = lines.count - lines.refused.count
        if posted == 0 || !bookings.setup.parameters.transfersLinesWithPostingErrors,
            let refusal = lines.refused.refusal(of: request.subject)
        {
            throw refusal
        }
        try lines.writePairs()
        let note = try setApart(lines.refused, of: request, journal, store, takeNumber)
        try store.setPosted(request.number, lines: posted)
        try InvoiceCheckStore(connection: connection).markOpen(
            company: request.company, contracts: lines.rows.salesContracts)
        try companies.holdPeriods(open: lines.dates, since: bookings, on: connection)
        return PostedDocument(lines: posted, note: note)
    }

    /// Moves the refused lines to a journal of their own.
    ///
    /// - returns: what is to be said of it; nil when no line was refused.
    private func setApart(
        _ refused: RefusedLines, of request: ClaimedRequest, _ journal: JournalToPost, _ store: JournalStore,
        _ takeNumber: (NumberSequence) throws -> NumberBlock
    ) throws -> String? {
        guard let first = refused.first else { return nil }
        let block = try takeNumber(.integrationJournal)
        let lines = refused.count == 1 ? "1 line" : "\(refused.count) lines"
        let reason = "line \(first.line) of \(request.number): \(first.reason)"
        try store.setApart(
            IntegrationJournal(
                company: request.company, number: block.number(0),
                description: "\(lines) of \(request.number) that could not be posted", kind: journal.kind,
                periodStart: journal.periodStart, lineCount: refused.count, setupVersion: journal.setupVersion,
                originalNumber: request.number,
                status: .error, postingError: "\(lines) could not be posted: \(reason)",
                postingErrorCode: first.reason.code), from: request.number)
        try block.settle(used: 1, on: store.connection)
        let note = "posted without \(lines), now in journal \(block.number(0)): \(reason)"
        try ExecutionLog(connection: store.connection).write(
            .error, activity: "posting", subject: "\(request.company) \(request.subject)", note)
        return note
    }
}
