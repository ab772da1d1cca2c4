import Bus
import Contracts
import Database

/// Posts an invoice proposal of any size as the customer's invoice, in one transaction and in bounded memory
/// (`domain.md` §6.12, §6.13).
struct ProposalPosting {
    let companies: CompanyBookings
    /// Whose day the day of posting is.
    let zone: DayZone
    let choices: ChoiceTables
    var chunk = PostedDocument.chunk
    /// False for a posting that is only looked at, and rolled back.
    var publishes = true

    /// Posts, in the caller's transaction.
    ///
    /// - parameter takeNumber: takes a number, outside of this transaction.
    /// - throws: ``PostingRefusal``, `NumberSequenceError`, `DatabaseError`; what `progress` throws.
    func post(
        _ request: ClaimedRequest, on connection: Connection, progress: PostingProgress,
        takeNumber: (NumberSequence) throws -> NumberBlock
    ) throws -> PostedDocument {
        try SetupStore(connection: connection).hold(request.company, for: .use)
        let store = ProposalStore(company: request.company, connection: connection)
        guard let proposal = try store.lockForPosting(request.number) else {
            throw PostingRefusal(
                .notFound,
                "company \(request.company) has no proposal \(request.number); "
                    + "list them with \"ledgerbus finance proposals\"")
        }
        if proposal.status == .invoiced { return .postedBefore(request, lines: proposal.totalCount) }
        let customer = try proposal.checkPostable(company: request.company, number: request.number)
        try proposal.lost?.checkDecided()
        let bookings = try companies.bookings(
            company: request.company, version: proposal.setupVersion, on: connection)
        try proposal.checkApproved(number: request.number, parameters: bookings.setup.parameters)
        let terms = try InvoiceTerms(
            proposal, customer: customer, requestedDate: request.invoiceDate, today: zone.day(of: proposal.lockedAt),
            setup: bookings.setup)
        let voucher = proposal.lost == nil ? try takeNumber(.voucher) : nil

        var invoice = InvoiceRows(
            request: request, proposal: proposal, terms: terms,
            voucher: voucher?.number(0) ?? proposal.lost?.posted.voucher ?? "",
            accountingCurrency: bookings.setup.accountingCurrency,
            outbox: try OutboxRows(choices: choices, publishes: publishes))
        try collectLines(of: request, proposal, bookings, store, into: &invoice, progress)
        try invoice.checkTotals()
        try invoice.settleRetainers(setup: bookings.setup, on: connection)
        try checkRetainers(of: invoice, on: connection)
        let total = try invoice.writeVoucher(setup: bookings.setup, to: connection)
        try voucher?.settle(used: 1, on: connection)
        try store.setInvoiced(request.number)
        let checks = InvoiceCheckStore(connection: connection)
        try checks.markWaiting(for: request.number, of: request.company)
        if invoice.retainers.adds {
            try checks.markOpen(company: request.company, contracts: [proposal.contractNumber])
        }
        if let note = terms.note {
            try ExecutionLog(connection: connection).write(
                .warning, activity: "posting", subject: "\(request.company) \(request.subject)", note)
        }
        try companies.holdPeriods(open: [terms.invoiceDate], since: bookings, on: connection)
        try invoice.writeInvoice(total: total, on: connection)
        return PostedDocument(lines: invoice.count, note: terms.note)
    }

    /// Whether the retainers that the invoice deducts have been invoiced; its own lines are written by now.
    ///
    /// - throws: ``PostingRefusal``; `DatabaseError`.
    private func checkRetainers(of invoice: InvoiceRows, on connection: Connection) throws {
        guard invoice.retainers.takes else { return }
        let balance = RetainerBalance(
            posted: try OnAccountTransactionStore(connection: connection).retainers(
                of: invoice.proposal.contractNumber, currency: invoice.proposal.currency,
                company: invoice.request.company),
            own: .zero)
        guard balance.isCovered else {
            throw PostingRefusal(
                .retainerNotInvoiced,
                "\(invoice.request.subject) was not posted: \(balance.reason) of contract "
                    + "\(invoice.proposal.contractNumber); post the invoice of the retainer first")
        }
    }

    /// Reads, books and writes the lines, chunk by chunk; after a refusal it only looks for others.
    private func collectLines(
        of request: ClaimedRequest, _ proposal: ProposalToPost, _ bookings: Bookings, _ store: ProposalStore,
        into invoice: inout InvoiceRows, _ progress: PostingProgress
    ) throws {
        var refused = RefusedLines()
        var lineCount = 0
        var last = 0
        var isLastChunk = false
        while !isLastChunk {
            let lines = try store.linesToPost(request.number, after: last, limit: chunk)
            isLastChunk = lines.count < chunk
            var credited = try creditedLines(of: lines, company: request.company, on: store.connection)
            let openings = try openingLines(
                of: lines, besides: credited, company: request.company, on: store.connection)
            for line in lines {
                do {
                    try line.checkHeader(proposal, company: request.company, number: request.number)
                    try line.checkBilledSale(currency: proposal.currency)
                    if let original = line.reversedActualId, let opening = openings[original], credited[original] == nil
                    {
                        credited[original] = try CreditedLine(
                            opening, creditedBy: line, contract: proposal.contractNumber,
                            conversion: invoice.terms.conversion, bookings: bookings)
                    }
                    let booked =
                        if let original = line.reversedActualId {
                            try BookedInvoiceLine(credit: line, of: &credited[original], terms: invoice.terms)
                        } else {
                            try BookedInvoiceLine(
                                line, contract: proposal.contractNumber, terms: invoice.terms, bookings: bookings)
                        }
                    if refused.isEmpty { try invoice.append(line, booked) }
                } catch let refusal as LineRefusal {
                    refused.refuse(line.lineNumber, refusal)
                }
            }
            last = lines.last?.lineNumber ?? last
            lineCount += lines.count
            if refused.isEmpty { try invoice.writeLines(to: store.connection) }
            try progress.checkpoint(rowsDone: lineCount)
        }
        if let refusal = refused.refusal(of: request.subject) { throw refusal }
    }

    /// The posted lines that a chunk's credits take back.
    private func creditedLines(
        of lines: [ProposalLineToPost], company: Company, on connection: Connection
    ) throws -> [GUID: CreditedLine] {
        let originals = lines.compactMap(\.reversedActualId)
        guard !originals.isEmpty else { return [:] }
        return try InvoiceStore(connection: connection).creditedLines(of: originals, company: company)
    }

    /// What a chunk's credits take back that another system posted before the cut-over.
    private func openingLines(
        of lines: [ProposalLineToPost], besides known: [GUID: CreditedLine], company: Company, on connection: Connection
    ) throws -> [GUID: OpeningSale] {
        let originals = lines.compactMap(\.reversedActualId).filter { known[$0] == nil }
        guard !originals.isEmpty else { return [:] }
        return try InvoiceStore(connection: connection).openingSales(of: originals, company: company)
    }
}
