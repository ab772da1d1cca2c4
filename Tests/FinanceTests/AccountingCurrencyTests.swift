import Contracts
import Service
import Synchronization
import Testbed
import Testing

@testable import Database
@testable import Finance

/// What is written in the accounting currency was computed with it, whoever configures meanwhile.
@Suite("The accounting currency")
struct AccountingCurrencyTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    /// The set-up of the world in pounds.
    private static let inPounds = FinanceWorld.postingSetup
        .replacing("accounting-currency: USD", with: "accounting-currency: GBP")
        .replacing("EUR: {2026-01-01: 110.55, 2026-07-01: 120}", with: "USD: {2026-01-01: 50}")

    private func configure(_ text: String, _ world: FinanceWorld) throws -> FinanceConfiguration.Applied {
        try FinanceConfiguration(parsing: Array(text.utf8), file: "finance.yaml").apply(to: world.connection)
    }

    @Test("It can change while nothing was computed with it")
    func changesWhileNothingIsThere() throws {
        let applied = try configure(Self.inPounds, world)
        #expect(applied.changes.contains { $0.section == nil && $0.after["accounting-currency"] == "GBP" })
        #expect(try FinanceSetup.load(world.connection, company: "usmf").accountingCurrency == "GBP")
    }

    @Test(
        "It stays, its decimal places and the reporting currency as well, as soon as there is a journal or an invoice",
        arguments: [
            inPounds, FinanceWorld.postingSetup + "\n    accounting-currency-precision: 3",
            ReportingCurrencyTests.setup(),
        ])
    func staysWithBooks(changed: String) throws {
        let other = try FinanceWorld(setup: FinanceWorld.postingSetup)
        try world.journal("J", [.cost("1")])
        try other.proposal("P", [.typed("10")])
        try other.postProposals()
        #expect(try other.count("integration_journals") == 0)
        for books in [world, other] {
            let before = try FinanceConfiguration(storedIn: books.connection).document
            let error = #expect(throws: (any Error).self) { try configure(changed, books) }
            #expect(error.map { "\($0)" }?.hasPrefix("finance.yaml:3: ") == true)
            #expect(error.map { "\($0)" }?.contains("cannot change any more") == true)
            #expect(try FinanceConfiguration(storedIn: books.connection).document == before)
        }
    }

    @Test("An import that read it first is written with it, and then it stays")
    func importFirst() throws {
        try stage()
        // Numbers are taken after set-up is read.
        let importing = try whileNumbersAreHeld {
            let importing = startImport()
            try world.database.untilWaiting(for: "import")
            let configuring = startConfiguring()
            try world.database.untilWaiting(for: "configure")
            return (importing, configuring)
        }
        #expect(try importing.0.join() == 1)
        #expect(throws: (any Error).self) { try importing.1.join() }
        #expect(try FinanceSetup.load(world.connection, company: "usmf").accountingCurrency == "USD")
        #expect(try world.texts("SELECT accounting_amount::text FROM integration_journal_lines") == ["1600.0000"])
    }

    @Test("An import that comes while it changes computes with the new one")
    func configureFirst() throws {
        try stage()
        let (configuring, importing) = try whileNumbersAreHeld {
            // Sequences are configured last.
            let configuring = startConfiguring()
            try world.database.untilWaiting(for: "configure")
            let importing = startImport()
            try world.database.untilWaiting(for: "import")
            return (configuring, importing)
        }
        try configuring.join()
        #expect(try importing.join() == 1)
        #expect(try FinanceSetup.load(world.connection, company: "usmf").accountingCurrency == "GBP")
        #expect(try world.texts("SELECT accounting_amount::text FROM integration_journal_lines") == ["800.0000"])
    }

    @Test("An invoice without a journal that is being posted is posted with it, and then it stays")
    func postingFirst() throws {
        try world.proposal("P", [.typed("10")])
        try world.request(.proposal, "P")
        let configuring = Mutex<WorkerThread<Void>?>(nil)
        let start = startConfiguring
        let worker = world.worker { [database = world.database] _ in
            configuring.withLock { $0 = start() }
            try database.untilWaiting(for: "configure")
        }
        #expect(try worker.workOnce(world.connection))
        #expect(throws: (any Error).self) { try configuring.withLock { $0 }?.join() }
        #expect(try world.texts("SELECT accounting_invoice_amount::text FROM project_invoices") == ["10.0000"])
        #expect(try FinanceSetup.load(world.connection, company: "usmf").accountingCurrency == "USD")
    }

    private func stage() throws {
        try world.stage([
            actual(1, .unbilledSales) {
                $0.projectNumber = "WIP"
                $0.category = "Work"
            }
        ])
    }

    /// Does something while nobody can take a number.
    private func whileNumbersAreHeld<T>(_ body: () throws -> T) throws -> T {
        let holder = try world.database.connect()
        return try holder.transaction {
            try holder.execute("SELECT FROM number_sequences FOR UPDATE")
            return try body()
        }
    }

    /// The lines that it made.
    private func startImport() -> WorkerThread<Int> {
        let url = world.database.url
        return WorkerThread(name: "import") {
            let pool = ConnectionPool(url: url, size: 2, applicationName: "import")
            return try ImportFromStaging(pool: pool).run().journalLines
        }
    }

    private var startConfiguring: @Sendable () -> WorkerThread<Void> {
        let url = world.database.url
        return {
            WorkerThread(name: "configure") {
                _ = try FinanceConfiguration(parsing: Array(Self.inPounds.utf8), file: "finance.yaml")
                    .apply(to: Connection(url: url, applicationName: "configure"))
            }
        }
    }
}
