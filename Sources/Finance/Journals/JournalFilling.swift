import Bus
import Contracts
import Database

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

    /// Writes the lines, in the caller's transaction.
    ///
    /// - returns: the journals and how many lines each of them got.
    /// - throws: ``NumberSequenceError``; `DatabaseError`.
    func write(_ drafts: [JournalLineDraft]) throws -> [(number: String, lines: Int)] {
        guard !drafts.isEmpty else { return [] }
        var shares: [JournalShare] = []
        for period in parameters.periods(of: drafts) {
            let draft = try journals.lockDraft(of: period.start)
            shares += parameters.shares(of: period.lines, period: period.start, draft: draft)
        }
        let vouchers = try NumberSequence.voucher.takeBlock(
            pool, company: company, count: drafts.count, purpose: "journal lines")
        let numbers: [String]
        do {
            numbers = try number(shares)
            try writeJournals(shares, numbers)
            try writeLines(shares, numbers, vouchers)
        } catch {
            // The lines are rolled back. Without a database, the numbers stay recorded as a gap.
            try? vouchers.giveBack(pool)
            throw error
        }
        try vouchers.settle(used: drafts.count, on: connection)
        return zip(shares, numbers).map { ($1, $0.lines.count) }
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
                        description: "Project Operations integration journal"
                            + (share.period.map { " \($0)" } ?? ""),
                        periodStart: share.period, lineCount: share.lines.count,
                        setupVersion: setupVersion))
            } else {
                try journals.addLines(share.lines.count, to: number)
            }
        }
        try journals.insert(fresh)
    }

    private func writeLines(_ shares: [JournalShare], _ numbers: [String], _ vouchers: NumberBlock) throws {
        try journals.insertLines { sink in
            var rows = CopyRows()
            var written = 0
            for (share, number) in zip(shares, numbers) {
                var lineNumber = share.draft?.lastLine ?? 0
                for draft in share.lines {
                    lineNumber += 1
                    try rows.append(
                        IntegrationJournalLine(
                            company: company, journalNumber: number, lineNumber: lineNumber,
                            voucher: vouchers.number(written), draft: draft))
                    written += 1
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
