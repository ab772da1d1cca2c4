import Bus
import Contracts
import Database
import Service

/// Makes journal lines of one company's staged rows, a chunk a transaction: an import that is interrupted goes on where
/// it was.
struct JournalImport {
    let company: Company
    let connection: Connection
    let pool: ConnectionPool
    let setups: SetupCache

    /// So many rows are taken at once, give or take a batch.
    static let chunkRows = 20_000

    /// What a chunk came to.
    struct Outcome {
        var journals: [(number: String, lines: Int)] = []
        /// Whether there may be more.
        var goesOn = false
    }

    private var actuals: StagedActualStore { StagedActualStore(connection: connection) }
    private var blocked: BlockedActualStore { BlockedActualStore(connection: connection) }
    private var queue: ImportQueueStore { ImportQueueStore(connection: connection) }
    private var journals: JournalStore { JournalStore(company: company, connection: connection) }

    /// Makes the lines anew of a journal that is not posted, and that an older set-up made.
    ///
    /// - returns: false when there is none, or they are all being posted.
    func renewJournal(before setupVersion: Int) throws -> Bool {
        try inTransaction {
            try SetupStore(connection: connection).hold(company, for: .use)
            for number in try journals.unposted(before: setupVersion) where try journals.lockUnposted(number) {
                try JournalRenewal(
                    company: company, connection: connection, setup: try setups.setup(of: company, on: connection),
                    movesDates: true
                ).renewAll(number)
                try deleteIfEmpty([number])
                return true
            }
            return false
        }
    }

    /// Takes the oldest batches that are still to be imported; with actuals validation, those that have waited long enough.
    ///
    /// A row that has its line already, as its staging was lost and read again from Kafka, is looked at as one that changed.
    func importBatches() throws -> Outcome {
        do {
            return try importBatches(mayHaveLines: false)
        } catch let error as DatabaseError where error.isUniqueViolation {
            return try importBatches(mayHaveLines: true)
        }
    }

    private func importBatches(mayHaveLines: Bool) throws -> Outcome {
        try inTransaction {
            let batches = try queue.nextBatches(
                of: company, rows: Self.chunkRows, wait: setups.validationWait(of: company, on: connection))
            guard !batches.isEmpty else { return Outcome() }
            let staged = try actuals.unbilled(inBatches: batches, of: company)
            let lined = try mayHaveLines ? Set(journals.places(of: staged.map(\.actualId)).map(\.actualId)) : []
            let made = try take(staged.filter { !lined.contains($0.actualId) }, says: true) {
                // A row that changed is of another batch.
                guard try actuals.unbilledCount(inBatches: batches, of: company) == staged.count else {
                    throw StagedRowsChanged()
                }
                try queue.remove(batches, of: company)
                try queue.appendAgain(lined.sorted().map { StagedActualStore.Key(company: company, actualId: $0) })
            }
            return Outcome(journals: made, goesOn: true)
        }
    }

    /// Looks again at rows that an older set-up blocked.
    ///
    /// - parameter after: the last row looked at before; moved on.
    func importBlocked(before setupVersion: Int, after: inout GUID) throws -> Outcome {
        try importAgain(after: &after, says: true) {
            try blocked.nextBlocked(of: company, before: setupVersion, after: $0, limit: Self.chunkRows)
        }
    }

    /// Looks at single rows: those that lost their line, those that wait for another row, and those that changed since
    /// they have a line.
    ///
    /// - parameter after: the last row looked at before; moved on.
    func importQueued(after: inout GUID) throws -> Outcome {
        try importAgain(after: &after) {
            try queue.nextActuals(of: company, after: $0, limit: Self.chunkRows)
        }
    }

    private func importAgain(
        after: inout GUID, says: Bool = false, _ next: (GUID) throws -> [GUID]
    ) throws -> Outcome {
        let start = after
        let (outcome, last) = try inTransaction { () -> (Outcome, GUID) in
            let ids = try next(start)
            guard let last = ids.last else { return (Outcome(), start) }
            try SetupStore(connection: connection).hold(company, for: .use)
            let lines = try renewLines(of: ids)
            let rest = ids.filter { !lines.all.contains($0) }
            let staged = try actuals.rows(rest + lines.renewed.sorted())
            let here = staged.filter { $0.company == company && !$0.withdrawn && !lines.all.contains($0.actualId) }
            let journals = try take(here.filter { $0.transactionType != .billedSales }, learns: true, says: says) {
                guard try actuals.areUnchanged(staged) else { throw StagedRowsChanged() }
                try settle(ids, rest: rest, lines, billed: here.filter { $0.transactionType == .billedSales })
            }
            return (Outcome(journals: journals, goesOn: true), last)
        }
        after = last
        return outcome
    }

    /// Takes rows off the queue, under the lock of the staged rows, and notes what was posted before.
    private func settle(_ ids: [GUID], rest: [GUID], _ lines: RenewedLines, billed: [ActualCreated]) throws {
        _ = try actuals.learnOriginals(of: ids)
        func keys(_ ids: some Sequence<GUID>) -> [StagedActualStore.Key] {
            ids.map { StagedActualStore.Key(company: company, actualId: $0) }
        }
        try blocked.unblock(keys(rest))
        try queue.remove(keys(rest) + keys(lines.renewed) + keys(lines.posted))
        try OutOfSyncStore(connection: connection).note(actuals.unlikeTheirLines(lines.posted.sorted()))
        // A billed sale that learned what it takes back has its invoice looked at.
        try InvoiceCheckStore(connection: connection).mark(
            Set(
                billed.compactMap(\.invoiceId).map {
                    InvoiceCheckStore.Invoice(company: company, invoiceId: $0)
                }))
    }

    /// Rows that have a line.
    private struct RenewedLines {
        var all: Set<GUID> = []
        var renewed: Set<GUID> = []
        var posted: Set<GUID> = []
    }

    /// Makes the lines anew that rows have. One whose journal is being posted is left for the next import.
    private func renewLines(of ids: [GUID]) throws -> RenewedLines {
        var rows = RenewedLines()
        let places = try journals.places(of: ids)
        rows.all = Set(places.map(\.actualId))
        for (number, lines) in Dictionary(grouping: places, by: \.journalNumber).sorted(by: { $0.key < $1.key }) {
            guard lines[0].status.isRenewable else {
                rows.posted.formUnion(lines.map(\.actualId))
                continue
            }
            guard try journals.lockUnposted(number) else { continue }
            try JournalRenewal(
                company: company, connection: connection, setup: try setups.setup(of: company, on: connection),
                movesDates: true
            ).renew(lines.map(\.actualId), of: number)
            try deleteIfEmpty([number])
            rows.renewed.formUnion(lines.map(\.actualId))
        }
        return rows
    }

    /// Deletes journals that their last line has left.
    private func deleteIfEmpty(_ numbers: [String]) throws {
        for number in numbers where try journals.isEmpty(number) {
            _ = try journals.delete(number)
            try NumberSequenceStore(connection: connection).recordGaps(
                [number], of: .integrationJournal, company: company, reason: "journal \(number) lost its last line")
        }
    }

    private func inTransaction<T>(_ body: () throws -> T) throws -> T {
        while true {
            do {
                return try connection.transaction {
                    try connection.lockImport()
                    try connection.plan(.lookUpByKey)
                    return try body()
                }
            } catch is StagedRowsChanged {
                // Seldom: those that changed are of a later batch now.
                continue
            }
        }
    }

    /// Makes lines of rows, and blocks those of which none can be made.
    ///
    /// - parameter says: whether the execution log is told of rows that are blocked: not of those that each import looks at.
    /// - parameter settle: under the lock of the staged rows, makes sure that the rows are still as they were read, and
    ///   takes them off what is to be imported.
    private func take(
        _ staged: [ActualCreated], learns: Bool = false, says: Bool = false, settle: () throws -> Void
    ) throws -> [(number: String, lines: Int)] {
        guard !staged.isEmpty else {
            try connection.lockStagedRows()
            try settle()
            return []
        }
        var drafts = JournalDrafting.Drafts()
        var journals: [(number: String, lines: Int)] = []
        let setupStore = SetupStore(connection: connection)
        try setupStore.hold(company, for: .use)
        let setupVersion = try setupStore.version()
        do {
            let setup = try setups.setup(of: company, version: setupVersion, on: connection)
            try requireSequences()
            drafts = try JournalDrafting(
                company: company, connection: connection, setup: setup, learnsAll: learns
            ).draft(staged)
            let filling = JournalFilling(
                company: company, parameters: setup.parameters, setupVersion: setup.version, connection: connection,
                pool: pool)
            journals = try filling.write(
                drafts,
                openingVouchers: Dictionary(
                    staged.lazy.compactMap { actual in actual.openingVoucher.map { (actual.actualId, $0) } }
                ) { first, _ in first })
        } catch let gap as SetupGap {
            drafts.blocked = staged.map { ($0.actualId, Blockage(gap)) }
        }
        if !journals.isEmpty { CrashPoint.pass(.journalLinesWritten) }
        try connection.lockStagedRows()
        try settle()
        try blocked.block(drafts.blocked, of: company, setupVersion: setupVersion)
        if says { try log(drafts.blocked.map(\.blockage)) }
        // Invoices of these contracts may say more exactly now what they wait for.
        let sales = drafts.lines.lazy.filter { $0.transactionType == .unbilledSales }
        try InvoiceCheckStore(connection: connection).markOpen(company: company, contracts: sales.map(\.contractNumber))
        return journals
    }

    /// So many causes are said of one chunk.
    private static let mostCauses = 20

    /// Tells the execution log why rows made no line, once for each cause (`domain.md` §6.10.8).
    private func log(_ blockages: [Blockage]) throws {
        let causes = Dictionary(grouping: blockages, by: \.self).mapValues(\.count).sorted {
            ($1.value, $0.key.reason) < ($0.value, $1.key.reason)
        }
        for (blockage, count) in causes.prefix(Self.mostCauses) {
            try ExecutionLog(connection: connection).write(
                .warning, activity: "import from staging", subject: "\(company)",
                "\(count) row\(count == 1 ? "" : "s") made no journal line: \(blockage.reason)")
        }
    }

    private func requireSequences() throws {
        let known = try NumberSequenceStore(connection: connection).sequences(of: company)
        for sequence in [NumberSequence.integrationJournal, .voucher] where !known.contains(sequence) {
            throw SetupGap(
                .noNumberSequence,
                NumberSequenceError.missing(company: company, sequence: sequence).description)
        }
    }
}

/// Staging changed rows while lines were made of what they were.
private struct StagedRowsChanged: Error {}
