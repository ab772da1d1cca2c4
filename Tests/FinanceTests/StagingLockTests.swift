import Bus
import Contracts
import Service
import Testbed
import Testing

@testable import Database
@testable import Finance

@Suite("Staging and import at once, on the same rows")
struct StagingLockTests {
    @Test("The same messages over three partitions at once are staged once, and counted once")
    func threePartitions() throws {
        let world = try FinanceWorld(configured: false)
        try world.stage([actual(1_000, .billedSales)])
        let rows = (0..<300).map { actual(1_000 + $0, .billedSales) { $0.rowVersion = 2 } }
        let writers = try (0..<3).map { partition in
            let collector = try ActualCreatedHandler(choices: world.choices).makeCollector()
            try world.add(rows, to: collector, partition: { _ in Int32(partition) })
            return Session(try world.database.connect(), collector).thread()
        }
        for writer in writers { try writer.join() }
        #expect(try world.count("actuals_staging", "row_version = 2") == 300)
        #expect(try world.texts("SELECT sum(count)::text FROM invoice_arrivals") == ["300"])
        #expect(try ArrivalRecount.run(isDry: true, on: world.connection) == [])
        try world.confirm([try confirmation(of: rows)])
        try #require(
            try ProposalSummary.list(world.connection).first.map { $0.arrived == 300 && $0.expected == 300 } ?? false)
    }

    @Test("Versions of the same rows that come over three partitions at once leave the newest")
    func newestOverThreePartitions() throws {
        let world = try FinanceWorld(configured: false)
        let writers = try (1...3).map { version in
            let collector = try ActualCreatedHandler(choices: world.choices).makeCollector()
            let rows = (0..<200).map { number in
                actual(1_000 + number, .billedSales) {
                    $0.rowVersion = version
                    $0.amount = Money(version)
                }
            }
            try world.add(rows, to: collector, partition: { _ in Int32(version) })
            return Session(try world.database.connect(), collector).thread()
        }
        for writer in writers { try writer.join() }
        #expect(try world.count("actuals_staging", "row_version = 3 AND amount = 3") == 200)
        #expect(try world.texts("SELECT sum(count)::text FROM invoice_arrivals") == ["200"])
    }

    @Test("A row that changes while import makes its line is made a line of as it is then")
    func changesDuringJournalImport() throws {
        let world = try FinanceWorld()
        try world.stage([actual(1, .unbilledSales), actual(2, .unbilledSales)])
        let pool = world.pool
        let importAll: @Sendable () throws -> Void = { _ = try ImportFromStaging(pool: pool).run() }
        try whileImportWaits(world, importAll) { collector in
            try world.add(
                [
                    actual(1, .unbilledSales) {
                        $0.rowVersion = 2
                        $0.amount = Money(100)
                        $0.quantity = Quantity(1)
                        $0.price = Money(100)
                    }
                ], to: collector, partition: { _ in 0 })
        }
        _ = try world.importAll()
        #expect(
            try world.texts("SELECT amount::text FROM integration_journal_lines ORDER BY amount") == [
                "100.0000", "1600.0000",
            ])
        #expect(try world.count("out_of_sync_actuals") == 0)
        #expect(try world.count("staging_batches_pending") == 0)
    }

    @Test("A billed sale that changes while import makes its line keeps the proposal waiting")
    func changesDuringProposalImport() throws {
        let world = try FinanceWorld()
        let billed = (1...2).map { actual(1_000 + $0, .billedSales) }
        try world.stage((1...2).map { actual($0, .unbilledSales) } + billed)
        try world.confirm([try confirmation(of: billed)])
        _ = try world.importAll()
        try world.postJournals()
        let pool = world.pool
        let importAll: @Sendable () throws -> Void = { _ = try ImportFromStaging(pool: pool).run() }
        try whileImportWaits(world, importAll) { collector in
            try world.add(
                [
                    actual(1_001, .billedSales) {
                        $0.rowVersion = 2
                        $0.amount = Money(1)
                    }
                ], to: collector, partition: { _ in 0 })
        }
        #expect(try world.count("invoice_proposal_lines") == 0)
        #expect(
            try world.importAll().waiting.first?.reason.contains("do not agree with the control totals") ?? false)
    }

    @Test("An import that is frozen in the middle of its lines stops no staging, which says whom it waited for")
    func frozenImport() async throws {
        let world = try FinanceWorld(configured: false)
        let frozen = Monitor(true)
        let holds = Monitor(false)
        let url = world.database.url
        let stopped = WorkerThread(name: "import") {
            let connection = try Connection(url: url, applicationName: "ledgerbus import-from-staging")
            try connection.transaction(retries: 0) {
                try connection.lockStagedRows()
                try connection.copyIn("COPY out_of_sync_actuals FROM STDIN (FORMAT binary)") { _ in
                    holds.withLock { $0 = true }
                    while frozen.wait(for: { $0 ? nil : true }) == nil {}
                    throw CancellationError()
                }
            }
        }
        while holds.wait(for: { $0 ? true : nil }) == nil {}
        try world.stage([actual(1, .cost)])
        let log = RecordedLog()
        let watch = LockWatch(.financeConsumer, databaseURL: url, logger: log.logger)
        watch.start()
        let collector = try ActualCreatedHandler(choices: world.choices).makeCollector()
        try world.add([actual(1, .cost) { $0.rowVersion = 2 }], to: collector, partition: { _ in 0 })
        let connection = try Connection(url: url, applicationName: Program.financeConsumer.rawValue)
        try Session(connection, collector).thread().join()
        watch.stop()
        #expect(try world.count("actuals_staging", "row_version = 2") == 1)
        #expect(log.contains("holder=ledgerbus import-from-staging (process"))
        frozen.withLock { $0 = false }
        #expect(throws: (any Error).self) { try stopped.join() }
    }

    @Test("A posting that takes long does not hold up staging of its invoice's rows")
    func longPosting() throws {
        let world = try FinanceWorld()
        let billed = [actual(1_001, .billedSales)]
        try world.stage([actual(1, .unbilledSales)] + billed)
        try world.confirm([try confirmation(of: billed)])
        _ = try world.importAll()
        try world.postJournals()
        #expect(try world.importAll().proposalLines == 1)
        let posting = try world.database.connect()
        try posting.executeScript("BEGIN; SELECT FROM invoice_proposals FOR UPDATE")
        let staging = try Connection(
            url: world.database.url, applicationName: "staging",
            options: ConnectionOptions(lockTimeout: .seconds(5)))
        let collector = try ActualCreatedHandler(choices: world.choices).makeCollector()
        try world.add([actual(1_001, .billedSales) { $0.rowVersion = 2 }], to: collector, partition: { _ in 0 })
        try staging.transaction { try collector.write(to: staging) }
        try posting.executeScript("COMMIT")
    }

    @Test("A recount says what differs, corrects it, and has the invoices looked at again")
    func recount() throws {
        let world = try FinanceWorld(configured: false)
        let billed = (0..<5).map { actual(1_000 + $0, .billedSales) }
        try world.stage(billed, partition: 2)
        try world.connection.executeScript(
            """
            UPDATE invoice_arrivals SET count = count + 2;
            INSERT INTO invoice_arrivals VALUES ('usmf', '\(id(2, 9))', 1, 3);
            DELETE FROM invoices_to_check
            """)
        let differences = [
            ArrivalRecount.Difference(company: "usmf", invoiceId: id(1, 9), counted: 7, arrived: 5),
            ArrivalRecount.Difference(company: "usmf", invoiceId: id(2, 9), counted: 3, arrived: 0),
        ]
        #expect(try ArrivalRecount.run(isDry: true, on: world.connection) == differences)
        #expect(try world.count("invoices_to_check") == 0)
        #expect(try ArrivalRecount.run(isDry: false, on: world.connection) == differences)
        #expect(try ArrivalRecount.run(isDry: false, on: world.connection) == [])
        #expect(try world.texts("SELECT sum(count)::text FROM invoice_arrivals") == ["5"])
        #expect(try world.count("invoices_to_check") == 2)
    }

    /// Runs an import that finds the staged rows locked when it has made its lines, changes rows meanwhile, and lets it
    /// go on.
    private func whileImportWaits(
        _ world: FinanceWorld, _ importAll: @escaping @Sendable () throws -> Void,
        _ change: (any MessageCollector) throws -> Void
    ) throws {
        let collector = try ActualCreatedHandler(choices: world.choices).makeCollector()
        try change(collector)
        try world.connection.executeScript("BEGIN")
        try world.connection.lockStagedRows()
        let importing = WorkerThread(name: "import") { try importAll() }
        let observer = try world.database.connect()
        try eventually {
            try observer.value(
                Bool.self,
                """
                SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
                    AND wait_event_type = 'Lock' AND wait_event = 'advisory')
                """)
        }
        try collector.write(to: world.connection)
        try world.connection.executeScript("COMMIT")
        try importing.join()
    }
}

/// A connection and what is written on it, by one thread.
private struct Session: @unchecked Sendable {
    let connection: Connection
    let collector: any MessageCollector

    init(_ connection: Connection, _ collector: any MessageCollector) {
        self.connection = connection
        self.collector = collector
    }

    func thread() -> WorkerThread<Void> {
        WorkerThread(name: "writer") { try connection.transaction { try collector.write(to: connection) } }
    }
}
