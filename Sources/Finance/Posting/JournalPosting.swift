import Bus
import Contracts
import Database

/// Posts an integration journal: project transactions, ledger entries and accounting details, all of its lines or none
/// (`domain.md` §6.11, §6.12).
struct JournalPosting {
    let companies: CompanyBookings
    let choices: ChoiceTables
    var chunk = PostedDocument.chunk

    /// Posts, in the caller's transaction.
    ///
    /// - throws: ``PostingRefusal`` when lines cannot be posted, with the reason of each; `DatabaseError`; what
    ///   `progress` throws.
    func post(
        _ request: ClaimedRequest, on connection: Connection, progress: PostingProgress
    ) throws -> PostedDocument {
        let store = JournalStore(company: request.company, connection: connection)
        guard let journal = try store.lockForPosting(request.number) else {
            throw PostingRefusal(
                .notFound,
                "company \(request.company) has no journal \(request.number); list them with \"ledgerbus finance journals\""
            )
        }
        guard journal.status.isPostable else { return .postedBefore(request, lines: journal.lineCount) }
        let bookings = try companies.bookings(
            company: request.company, version: journal.setupVersion, on: connection)
        if journal.status == .error { try store.forgetRefusals(request.number) }

        var rows = JournalRows(
            request: request, accountingCurrency: bookings.setup.accountingCurrency,
            outbox: try OutboxRows(choices: choices))
        let lineCount = try collectLines(of: request, bookings, store, into: &rows, progress)
        guard lineCount > 0 else {
            throw PostingRefusal(.noLines, "\(request.subject) has no lines: there is nothing to post")
        }
        try store.setPosted(request.number)
        try InvoiceCheckStore(connection: connection).markOpen(
            company: request.company, contracts: rows.salesContracts)
        return PostedDocument(lines: lineCount)
    }

    /// Reads, books and writes the lines, chunk by chunk; after a refusal it only looks for others.
    private func collectLines(
        of request: ClaimedRequest, _ bookings: Bookings, _ store: JournalStore, into rows: inout JournalRows,
        _ progress: PostingProgress
    ) throws -> Int {
        var refused = RefusedLines()
        var lineCount = 0
        var last = 0
        var isLastChunk = false
        while !isLastChunk {
            let lines = try store.linesToPost(request.number, after: last, limit: chunk)
            isLastChunk = lines.count < chunk
            for line in lines {
                do {
                    let booking = try bookings.booking(of: JournalLineBooking.Kind(line))
                    if refused.isEmpty { try rows.append(line, booking) }
                } catch let refusal as LineRefusal {
                    refused.refuse(line.lineNumber, refusal)
                }
            }
            last = lines.last?.lineNumber ?? last
            lineCount += lines.count
            if refused.isEmpty { try rows.write(to: store.connection) }
            try progress.checkpoint(rowsDone: lineCount)
        }
        if let refusal = refused.refusal(of: request.subject) { throw refusal }
        return lineCount
    }
}
