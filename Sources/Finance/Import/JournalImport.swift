import Bus
import Contracts
import Database

/// Makes journal lines of one company's staged rows, a chunk a transaction: an import that is interrupted goes on where
/// it was.
struct JournalImport {
    let company: String
    let connection: Connection
    let pool: ConnectionPool

    /// So many rows are taken at once, give or take a batch.
    static let chunkRows = 20_000

    /// What a chunk came to.
    struct Outcome {
        var journals: [(number: String, lines: Int)] = []
        /// Whether there may be more.
        var goesOn = false
    }

    /// Takes the oldest batches that are still to be imported.
    func importBatches() throws -> Outcome {
        try connection.transaction {
            try connection.lockStagedRows()
            try connection.findRowsByIndex()
            let batches = try nextBatches()
            guard !batches.isEmpty else { return Outcome() }
            let list = batches.map { String($0) }.joined(separator: ", ")
            let staged = try read(
                """
                SELECT \(StagedActual.columnList) FROM actuals_staging s
                WHERE s.batch_id IN (\(list)) AND s.data_area_id = \(company.sqlLiteral)
                    AND s.transaction_type <> 'Billed Sales'
                """)
            let journals = try take(staged)
            try connection.execute(
                "DELETE FROM staging_batches_pending WHERE data_area_id = $1 AND batch_id = ANY ($2)", company, batches)
            return Outcome(journals: journals, goesOn: true)
        }
    }

    /// Looks again at rows that were blocked by an older set-up, or only for a short time.
    ///
    /// - parameter after: the last row looked at before; moved on.
    func importBlocked(setupVersion: Int, after: inout GUID) throws -> Outcome {
        let start = after
        let (outcome, last) = try connection.transaction { () -> (Outcome, GUID) in
            try connection.lockStagedRows()
            try connection.findRowsByIndex()
            let staged = try read(
                """
                SELECT \(StagedActual.columnList) FROM blocked_actuals b JOIN actuals_staging s USING (actual_id)
                WHERE b.data_area_id = \(company.sqlLiteral) AND b.setup_version < \(setupVersion)
                    AND b.invoice_id IS NULL AND b.actual_id > '\(start)'
                ORDER BY b.actual_id LIMIT \(Self.chunkRows)
                """)
            guard let last = staged.last?.actualId else { return (Outcome(), start) }
            try BlockedActuals(company: company, connection: connection).unblock(staged.map(\.actualId))
            return (Outcome(journals: try take(staged), goesOn: true), last)
        }
        after = last
        return outcome
    }

    private func nextBatches() throws -> [Int64] {
        var batches: [Int64] = []
        var rows = 0
        for row in try connection.query(
            """
            SELECT batch_id, row_count FROM staging_batches_pending WHERE data_area_id = $1 ORDER BY batch_id LIMIT 1000
            """, company)
        {
            guard rows < Self.chunkRows else { break }
            batches.append(try row.int64(0))
            rows += try row.int(1)
        }
        return batches
    }

    private func read(_ query: String) throws -> [StagedActual] {
        var staged: [StagedActual] = []
        try connection.copyOut("COPY (\(query)) TO STDOUT (FORMAT binary)") { staged.append(try StagedActual($0)) }
        return staged
    }

    /// Makes lines of rows, and blocks those of which none can be made.
    private func take(_ staged: [StagedActual]) throws -> [(number: String, lines: Int)] {
        guard !staged.isEmpty else { return [] }
        var blocked: [(actualId: GUID, blockage: Blockage)] = []
        var drafts: [JournalLineDraft] = []
        var journals: [(number: String, lines: Int)] = []
        let setupVersion = try FinanceSetup.currentVersion(connection)
        do {
            let setup = try FinanceSetup.load(connection, company: company)
            try requireSequences()
            drafts = try draft(staged, setup: setup, blocked: &blocked)
            let filling = JournalFilling(
                company: company, parameters: setup.parameters, connection: connection, pool: pool)
            journals = try filling.write(drafts)
        } catch let gap as SetupGap {
            blocked = staged.map { ($0.actualId, Blockage(gap)) }
        } catch let blockage as Blockage {
            blocked = staged.map { ($0.actualId, blockage) }
        }
        try BlockedActuals(company: company, connection: connection).block(blocked, setupVersion: setupVersion)
        try markInvoices(of: drafts)
        return journals
    }

    /// Reversals come last: the rows that they reverse may be in the same chunk.
    private func draft(
        _ staged: [StagedActual], setup: FinanceSetup, blocked: inout [(actualId: GUID, blockage: Blockage)]
    ) throws -> [JournalLineDraft] {
        let isReversal = { (actual: StagedActual) in
            actual.reversedActualId != nil && actual.currency != setup.accountingCurrency
        }
        var rates = ReversedRates(company: company, reversed: staged.filter(isReversal).compactMap(\.reversedActualId))
        var drafts: [JournalLineDraft] = []
        drafts.reserveCapacity(staged.count)
        for actual in staged where !isReversal(actual) {
            do throws(Blockage) {
                let draft = try JournalLineDraft(actual, setup: setup, reversedRate: nil)
                rates.learn(draft)
                drafts.append(draft)
            } catch {
                blocked.append((actual.actualId, error))
            }
        }
        guard !rates.isEmpty else { return drafts }
        try rates.read(connection)
        for actual in staged where isReversal(actual) {
            do throws(Blockage) {
                let draft = try JournalLineDraft(actual, setup: setup, reversedRate: try rates.rate(for: actual))
                rates.learn(draft)
                drafts.append(draft)
            } catch {
                blocked.append((actual.actualId, error))
            }
        }
        return drafts
    }

    private func requireSequences() throws {
        let known = try connection.query("SELECT sequence FROM number_sequences WHERE data_area_id = $1", company)
            .map { try $0.string(0) }
        for sequence in [NumberSequence.integrationJournal, .voucher] where !known.contains(sequence.rawValue) {
            throw Blockage(
                code: "no-number-sequence",
                reason: NumberSequenceError.missing(company: company, sequence: sequence).description)
        }
    }

    /// Invoices of these contracts may say more exactly now what they wait for.
    private func markInvoices(of drafts: [JournalLineDraft]) throws {
        let contracts = Set(
            drafts.lazy.filter { $0.actual.transactionType == .unbilledSales }.compactMap(\.actual.contractNumber))
        guard !contracts.isEmpty else { return }
        try connection.execute(
            """
            INSERT INTO invoices_to_check (data_area_id, invoice_id)
            SELECT data_area_id, invoice_id FROM invoice_proposals
            WHERE data_area_id = $1 AND contract_number = ANY ($2) AND status = 'Open'
            """, company, Array(contracts))
    }
}
