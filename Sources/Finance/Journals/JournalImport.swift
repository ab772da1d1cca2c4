import Bus
import Contracts
import Database

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

    /// Takes the oldest batches that are still to be imported.
    func importBatches() throws -> Outcome {
        try inTransaction {
            let batches = try queue.nextBatches(of: company, rows: Self.chunkRows)
            guard !batches.isEmpty else { return Outcome() }
            let staged = try actuals.unbilled(inBatches: batches, of: company)
            let journals = try take(staged) {
                // A row that changed is of another batch.
                guard try actuals.unbilledCount(inBatches: batches, of: company) == staged.count else {
                    throw StagedRowsChanged()
                }
                try queue.remove(batches, of: company)
            }
            return Outcome(journals: journals, goesOn: true)
        }
    }

    /// Looks again at rows that an older set-up blocked.
    ///
    /// - parameter after: the last row looked at before; moved on.
    func importBlocked(before setupVersion: Int, after: inout GUID) throws -> Outcome {
        try importAgain(after: &after) {
            try blocked.nextBlocked(of: company, before: setupVersion, after: $0, limit: Self.chunkRows)
        }
    }

    /// Takes single rows: those whose journal was deleted, and those that waited for another row.
    ///
    /// - parameter after: the last row looked at before; moved on.
    func importQueued(after: inout GUID) throws -> Outcome {
        try importAgain(after: &after) {
            try queue.nextActuals(of: company, after: $0, limit: Self.chunkRows)
        }
    }

    private func importAgain(after: inout GUID, _ next: (GUID) throws -> [GUID]) throws -> Outcome {
        let start = after
        let (outcome, last) = try inTransaction { () -> (Outcome, GUID) in
            let ids = try next(start)
            guard let last = ids.last else { return (Outcome(), start) }
            let keys = ids.map { StagedActualStore.Key(company: company, actualId: $0) }
            let staged = try actuals.rows(ids)
            let journals = try take(staged) {
                guard try actuals.areUnchanged(staged) else { throw StagedRowsChanged() }
                try blocked.unblock(keys)
                try queue.remove(keys)
            }
            return (Outcome(journals: journals, goesOn: true), last)
        }
        after = last
        return outcome
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
    /// - parameter settle: under the lock of the staged rows, makes sure that the rows are still as they were read, and
    ///   takes them off what is to be imported.
    private func take(
        _ staged: [ActualCreated], settle: () throws -> Void
    ) throws -> [(number: String, lines: Int)] {
        guard !staged.isEmpty else {
            try connection.lockStagedRows()
            try settle()
            return []
        }
        var chunk = DraftedLines()
        var journals: [(number: String, lines: Int)] = []
        let setupStore = SetupStore(connection: connection)
        try setupStore.hold(company, for: .use)
        let setupVersion = try setupStore.version()
        do {
            let setup = try setups.setup(of: company, version: setupVersion, on: connection)
            try requireSequences()
            chunk = try draft(staged, setup: setup)
            let filling = JournalFilling(
                company: company, parameters: setup.parameters, connection: connection, pool: pool)
            journals = try filling.write(chunk.lines)
        } catch let gap as SetupGap {
            chunk.blocked = staged.map { ($0.actualId, Blockage(gap)) }
        }
        try connection.lockStagedRows()
        try settle()
        try block(chunk.blocked, setupVersion: setupVersion)
        // Invoices of these contracts may say more exactly now what they wait for.
        let contracts = Set(
            chunk.lines.lazy.filter { $0.transactionType == .unbilledSales }.compactMap(\.contractNumber))
        try InvoiceCheckStore(connection: connection).markOpen(company: company, contracts: contracts)
        return journals
    }

    private struct DraftedLines {
        var lines: [JournalLineDraft] = []
        var blocked: [(actualId: GUID, blockage: Blockage)] = []

        mutating func append(_ actual: ActualCreated, _ draft: () throws(Blockage) -> JournalLineDraft) {
            do throws(Blockage) {
                lines.append(try draft())
            } catch {
                blocked.append((actual.actualId, error))
            }
        }
    }

    /// Reversals come last: the rows that they reverse may be in the same chunk.
    private func draft(_ staged: [ActualCreated], setup: FinanceSetup) throws -> DraftedLines {
        let isReversal = { ReversedRates.concern($0, accountingCurrency: setup.accountingCurrency) }
        let reversals = staged.filter(isReversal)
        var rates = ReversedRates(of: reversals)
        var drafted = DraftedLines()
        drafted.lines.reserveCapacity(staged.count)
        for actual in staged where !isReversal(actual) {
            drafted.append(actual) { () throws(Blockage) in try JournalLineDraft(actual, setup: setup) }
        }
        guard !rates.isEmpty else { return drafted }
        for line in drafted.lines { rates.learn(line) }
        let lines = JournalStore(company: company, connection: connection)
        for (actualId, original) in try lines.rates(of: rates.unknown) { rates.learn(actualId, original) }
        for actual in reversals {
            drafted.append(actual) { () throws(Blockage) in
                let line = try JournalLineDraft(actual, setup: setup, reversedRate: try rates.rate(for: actual))
                rates.learn(line)
                return line
            }
        }
        return drafted
    }

    private func block(_ rows: [(actualId: GUID, blockage: Blockage)], setupVersion: Int) throws {
        try blocked.block(rows, of: company, setupVersion: setupVersion)
        try queue.append(rows.filter { $0.blockage.isRetriedByEachImport }.map(\.actualId), of: company)
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
