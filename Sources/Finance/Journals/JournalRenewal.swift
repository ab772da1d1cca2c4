import Bus
import Contracts
import Database

/// Makes lines of a journal that is not posted anew, of the rows as they are staged now and by the set-up of now
/// (`domain.md` §6.13). A line keeps its place and its voucher; one that can be made no longer leaves the journal, and its
/// row is blocked with the reason.
struct JournalRenewal {
    let company: Company
    let connection: Connection
    let setup: FinanceSetup
    /// Whether a line may move to another accounting date because its period is closed now. Import moves it, for everybody
    /// to see; posting refuses it.
    let movesDates: Bool

    /// So many lines are made anew at once.
    private static let chunk = 20_000

    private var journals: JournalStore { JournalStore(company: company, connection: connection) }

    /// Makes all lines anew, those that take others back last. The journal is locked by the caller.
    ///
    /// - throws: `DatabaseError`.
    func renewAll(_ number: String) throws {
        for areReversals in [false, true] {
            var last = 0
            while true {
                let lines = try journals.lines(
                    of: number, areReversals: areReversals, after: last, limit: Self.chunk)
                guard let end = lines.last else { break }
                try renew(lines, of: number)
                last = end.lineNumber
            }
        }
        try journals.setSetupVersion(setup.version, of: number)
    }

    /// Makes the lines of some actuals anew. The journal is locked by the caller.
    ///
    /// - throws: `DatabaseError`.
    func renew(_ actuals: [GUID], of number: String) throws {
        try renew(journals.lines(of: number, actuals: actuals), of: number)
    }

    /// Makes anew what is not as it should be when the journal is posted: everything after a change of set-up, else what
    /// changed since, and what was drafted before its original got the rate that it has.
    ///
    /// - parameter setupVersion: the set-up by which the lines were made.
    /// - throws: ``PostingRefusal`` when no line is left; `DatabaseError`.
    func bringUpToDate(_ number: String, setupVersion: Int) throws {
        if setupVersion < setup.version {
            try renewAll(number)
        } else {
            let stale = try journals.staleActuals(of: number)
            guard !stale.isEmpty else { return }
            try renew(stale, of: number)
        }
        guard try journals.isEmpty(number) else { return }
        throw PostingRefusal(
            .noLines,
            "journal \(number) has no line that can be posted as set-up and actuals are now; "
                + "\"ledgerbus finance import-from-staging\" says why")
    }

    private func renew(_ lines: [IntegrationJournalLine], of number: String) throws {
        // What takes a line back has been booked with what the line says.
        let mirrored = try journals.reversedBefore(lines.map(\.draft.actualId))
        let lines = lines.filter { !mirrored.contains($0.draft.actualId) }
        guard !lines.isEmpty else { return }
        let actuals = StagedActualStore(connection: connection)
        let queue = ImportQueueStore(connection: connection)
        let ids = lines.map(\.draft.actualId)
        let all = try actuals.rows(ids)
        let staged = all.filter { !$0.withdrawn }
        let invalid =
            setup.parameters.validatesActuals ? Set(all.lazy.filter(\.withdrawn).map(\.actualId)) : []
        let drafts = try JournalDrafting(
            company: company, connection: connection, setup: setup, learnsAll: true
        ).draft(
            staged.filter { $0.company == company })
        let renewed = Dictionary(uniqueKeysWithValues: drafts.lines.map { ($0.actualId, $0) })
        let kind = try journals.kind(of: number)
        // Lines in a period that is closed by now stay as they are, for posting to refuse.
        let closed =
            movesDates || !kind.hasLedgerEntries
            ? [] : Set(lines.lazy.map(\.draft).filter { !setup.isOpen($0.accountingDate) }.map(\.actualId))
        var changed: [IntegrationJournalLine] = []
        var removed: [IntegrationJournalLine] = []
        var moved: [StagedActualStore.Key] = staged.lazy.filter { $0.company != company }.map {
            StagedActualStore.Key(company: $0.company, actualId: $0.actualId)
        }
        for var line in lines where !closed.contains(line.draft.actualId) {
            guard !invalid.contains(line.draft.actualId) else {
                line.error = InvalidActual.blockage.reason
                line.errorCode = InvalidActual.blockage.code
                changed.append(line)
                continue
            }
            guard let draft = renewed[line.draft.actualId] else {
                removed.append(line)
                continue
            }
            let unit = setup.parameters.journalPeriodUnit
            if unit.start(of: draft.transactionDate) != unit.start(of: line.draft.transactionDate)
                || kind != drafts.kinds[draft.actualId] ?? .integration
            {
                // It belongs to a journal of another period or kind.
                removed.append(line)
                moved.append(StagedActualStore.Key(company: company, actualId: draft.actualId))
            } else if draft != line.draft || line.errorCode == .invalidActual {
                line.draft = draft
                line.error = nil
                line.errorCode = nil
                changed.append(line)
            }
        }
        try journals.replace(changed, of: number)
        try remove(removed, of: number, because: "its actual is not booked as it was")
        try BlockedActualStore(connection: connection).block(
            drafts.blocked.filter { !closed.contains($0.actualId) }, of: company, setupVersion: setup.version)
        try queue.appendAgain(moved)
    }

    /// Takes lines out of a journal; their vouchers are not given out again.
    ///
    /// - throws: `DatabaseError`.
    private func remove(_ lines: [IntegrationJournalLine], of number: String, because reason: String) throws {
        guard !lines.isEmpty else { return }
        try journals.remove(lines.map(\.lineNumber), of: number)
        try NumberSequenceStore(connection: connection).recordGaps(
            lines.map(\.voucher), of: .voucher, company: company, reason: "line left journal \(number): \(reason)")
    }
}
