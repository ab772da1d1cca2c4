import Bus
import Contracts
import Database
import Service

/// Puts lines into integration journals: into a draft with room, else into new ones (`domain.md` §6.10.2, §6.10.3).
struct JournalFilling {
    let company: Company
    let parameters: ProjectParameters
    /// By which the lines were made.
    let setupVersion: Int
    let connection: Connection
    /// For number blocks, which are taken in transactions of their own.
    let pool: ConnectionPool

    private var journals: JournalStore { JournalStore(company: company, connection: connection) }

    /// Writes the lines, in the caller's transaction. What was posted before the cut-over is asked to be posted at once.
    ///
    /// - parameter openingVouchers: those that another system gave, by the actuals of opening rows.
    /// - returns: the journals and how many lines each of them got.
    /// - throws: ``NumberSequenceError``; `DatabaseError`.
    func write(
        _ drafts: JournalDrafting.Drafts, openingVouchers: [GUID: String] = [:]
    ) throws -> [(number: String, lines: Int)] {
        guard !drafts.lines.isEmpty else { return [] }
        let shares = try shares(drafts)
        let fresh = drafts.lines.count { openingVouchers[$0.actualId] == nil }
        let vouchers =
            try fresh == 0
            ? nil
            : NumberSequence.voucher.takeBlock(pool, company: company, count: fresh, purpose: "journal lines")
        CrashPoint.pass(.lineNumbersTaken)
        let numbers: [String]
        do {
            numbers = try number(shares)
            try writeJournals(shares, numbers)
            try writeLines(shares, numbers) { draft, used in
                if let voucher = openingVouchers[draft.actualId] { return voucher }
                used += 1
                return vouchers?.number(used - 1) ?? ""
            }
            try requestPosting(of: zip(shares, numbers).filter { $0.0.kind == .opening }.map(\.1))
        } catch {
            // The lines are rolled back. Without a database, the numbers stay recorded as a gap.
            try? vouchers?.giveBack(pool)
            throw error
        }
        try vouchers?.settle(used: fresh, on: connection)
        return zip(shares, numbers).map { ($1, $0.lines.count) }
    }

    private func shares(_ drafts: JournalDrafting.Drafts) throws -> [JournalShare] {
        guard !drafts.kinds.isEmpty else { return try shares(of: drafts.lines, .integration) }
        let lines = Dictionary(grouping: drafts.lines) { drafts.kinds[$0.actualId] ?? .integration }
        return try JournalKind.allCases.flatMap { try shares(of: lines[$0] ?? [], $0) }
    }

    private func shares(of lines: [JournalLineDraft], _ kind: JournalKind) throws -> [JournalShare] {
        try parameters.periods(of: lines).flatMap { period in
            let draft = try journals.lockDraft(of: kind, period: period.start)
            return parameters.shares(of: period.lines, kind: kind, period: period.start, draft: draft)
        }
    }

    /// Has the posting workers post journals of what was posted before: there is nothing to decide.
    private func requestPosting(of openings: [String]) throws {
        guard !openings.isEmpty else { return }
        let hash = try SHA256()
        try PostingRequestStore(connection: connection).record(
            openings.map {
                PostingRequested(
                    commandId: hash.digest("opening|\(company)|\($0)").guid, company: company, kind: .journal,
                    number: $0,
                    requestedBy: "import from staging")
            })
    }

    /// The number of each share's journal; new ones get theirs.
    private func number(_ shares: [JournalShare]) throws -> [String] {
        let fresh = shares.count { $0.draft == nil }
        guard fresh > 0 else { return shares.compactMap(\.draft?.number) }
        let block = try NumberSequence.integrationJournal.takeBlock(
            pool, company: company, count: fresh, purpose: "integration journals")
        var used = 0
        let numbers = shares.map { share in
            if let draft = share.draft { return draft.number }
            used += 1
            return block.number(used - 1)
        }
        try block.settle(used: used, on: connection)
        return numbers
    }

    private func writeJournals(_ shares: [JournalShare], _ numbers: [String]) throws {
        var fresh: [IntegrationJournal] = []
        for (share, number) in zip(shares, numbers) {
            if share.draft == nil {
                fresh.append(
                    IntegrationJournal(
                        company: company, number: number,
                        description: share.kind.title(period: share.period), kind: share.kind,
                        periodStart: share.period, lineCount: share.lines.count,
                        setupVersion: setupVersion))
            } else {
                try journals.addLines(share.lines.count, to: number)
            }
        }
        try journals.insert(fresh)
    }

    /// - parameter voucher: of a line, told how many numbers lines have used; counts those that this one uses.
    private func writeLines(
        _ shares: [JournalShare], _ numbers: [String], voucher: (JournalLineDraft, inout Int) -> String
    ) throws {
        try journals.insertLines { sink in
            var rows = CopyRows()
            var used = 0
            for (share, number) in zip(shares, numbers) {
                var lineNumber = share.draft?.lastLine ?? 0
                for draft in share.lines {
                    lineNumber += 1
                    try rows.append(
                        IntegrationJournalLine(
                            company: company, journalNumber: number, lineNumber: lineNumber,
                            voucher: voucher(draft, &used), draft: draft))
                }
                if rows.byteCount > 1 << 20 {
                    try sink.write(rows)
                    rows.removeAll(keepingCapacity: true)
                }
            }
            try sink.write(rows)
        }
    }
}
