import Bus
import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

@Suite("Staging of actuals (design §4)")
struct StagingActualTests {
    @Test("A row is staged as it was sent")
    func stages() throws {
        let world = try FinanceWorld(configured: false)
        let sent = actual(1_001, .billedSales) {
            $0.description = "Kick-off"
            $0.resource = "Ada"
            $0.reversedActualId = id(7)
            $0.adjustmentStatus = .adjusted
        }
        try world.stage([sent], partition: 3)
        let rows = try world.connection.records(
            StagedActual.self, "SELECT \(StagedActual.columnList) FROM actuals_staging")
        let staged = try #require(rows.first?.actual)
        #expect(rows.count == 1 && staged == sent)
        #expect(staged.actualId == sent.actualId)
        #expect(staged.amount == sent.amount && staged.quantity == sent.quantity && staged.price == sent.price)
        #expect(staged.documentDate == sent.documentDate)
        #expect(staged.description == "Kick-off" && staged.resource == "Ada")
        #expect(staged.unbilledActualId == sent.unbilledActualId && staged.reversedActualId == id(7))
        #expect(staged.adjustmentStatus == .adjusted && staged.billingStatus == nil)
        #expect(try world.texts("SELECT partition || '=' || count FROM invoice_arrivals") == ["3=1"])
        #expect(try world.count("invoices_to_check") == 1)
        #expect(try world.count("staging_batches_pending") == 1)
    }

    @Test("The lanes of the rows add up to the digest of the control totals")
    func lanes() throws {
        let world = try FinanceWorld(configured: false)
        let billed = (1...40).map { actual(1_000 + $0, .billedSales) }
        try world.stage(billed)
        try world.confirm([try confirmation(of: billed)])
        let invoice = InvoiceCheckStore.Invoice(company: "usmf", invoiceId: id(1, 9))
        let totals = try BilledSales(invoice: invoice, connection: world.connection).totals(in: "USD")
        #expect(totals.count == 40)
        #expect(try totals == confirmation(of: billed).totals)
    }

    @Test(
        "Of several versions of a row in one batch the newest wins, in any order",
        arguments: [[1, 3, 2], [3, 2, 1], [2, 3, 3]])
    func newestInBatch(versions: [Int]) throws {
        let world = try FinanceWorld(configured: false)
        try world.stage(
            versions.map { version in
                actual(1_001, .billedSales) {
                    $0.rowVersion = version
                    $0.amount = Money(version)
                }
            })
        #expect(try world.texts("SELECT row_version || ' ' || amount FROM actuals_staging") == ["3 3.0000"])
        #expect(try world.texts("SELECT sum(count)::text FROM invoice_arrivals") == ["1"])
    }

    @Test("A newer version replaces an unprocessed row; an older one and the same one change nothing")
    func newestWins() throws {
        let world = try FinanceWorld(configured: false)
        func version(_ version: Int, _ amount: Int) -> ActualCreated {
            actual(1_001, .billedSales) {
                $0.rowVersion = version
                $0.amount = Money(amount)
            }
        }
        try world.stage([version(2, 20), actual(1, .cost)])
        let before = try world.content()
        try world.stage([version(1, 10), version(2, 99)])
        #expect(try world.content() == before)
        try world.stage([version(5, 50), actual(2, .cost)])
        #expect(
            try world.texts("SELECT row_version || ' ' || amount FROM actuals_staging WHERE invoice_id IS NOT NULL")
                == ["5 50.0000"])
        #expect(try world.count("actuals_staging") == 3)
        #expect(try world.texts("SELECT sum(count)::text FROM invoice_arrivals") == ["1"])
    }

    @Test("A row that moves to another invoice, or company, is counted there and no longer here")
    func moves() throws {
        let world = try FinanceWorld(configured: false)
        try world.stage([actual(1_001, .billedSales), actual(1_002, .billedSales)])
        try world.stage([
            actual(1_001, .billedSales) {
                $0.rowVersion = 2
                $0.invoiceId = id(2, 9)
            },
            actual(1_002, .billedSales) {
                $0.rowVersion = 2
                $0.company = "demf"
            },
        ])
        #expect(
            try world.texts(
                "SELECT data_area_id || right(invoice_id::text, 1) || '=' || sum(count) FROM invoice_arrivals "
                    + "GROUP BY data_area_id, invoice_id ORDER BY 1") == ["demf1=1", "usmf1=0", "usmf2=1"])
        #expect(try world.texts("SELECT DISTINCT data_area_id FROM actuals_staging ORDER BY 1") == ["demf", "usmf"])
        #expect(try world.count("actuals_staging") == 2)
    }

    @Test("A row whose line is not posted has it made anew, and one whose status alone changed does not")
    func drafted() throws {
        let world = try FinanceWorld()
        try world.stage([actual(1, .unbilledSales), actual(2, .unbilledSales)])
        try world.importAll()
        let vouchers = try world.texts("SELECT voucher FROM integration_journal_lines ORDER BY line_number")
        try world.stage([
            actual(1, .unbilledSales) {
                $0.rowVersion = 2
                $0.billingStatus = .customerInvoicePosted
            },
            actual(2, .unbilledSales) {
                $0.rowVersion = 2
                $0.amount = Money(1700)
            },
        ])
        #expect(try world.count("actuals_to_import") == 1)
        try world.importAll()
        #expect(
            try world.texts("SELECT amount::text FROM integration_journal_lines ORDER BY line_number")
                == ["1600.0000", "1700.0000"])
        #expect(try world.texts("SELECT voucher FROM integration_journal_lines ORDER BY line_number") == vouchers)
        #expect(try world.count("out_of_sync_actuals") == 0 && world.count("actuals_to_import") == 0)
    }

    @Test("A posted row keeps its amount, takes the new status, and goes to the out-of-sync list")
    func processed() throws {
        let world = try FinanceWorld()
        try world.stage([actual(1, .unbilledSales), actual(2, .unbilledSales)])
        try world.importAll()
        try world.postJournals()
        try world.stage([
            actual(1, .unbilledSales) {
                $0.rowVersion = 2
                $0.billingStatus = .customerInvoicePosted
            },
            actual(2, .unbilledSales) {
                $0.rowVersion = 2
                $0.amount = Money(1700)
            },
        ])
        #expect(
            try world.texts(
                "SELECT amount || ' ' || coalesce(billing_status, '') FROM actuals_staging ORDER BY actual_id")
                == ["1600.0000 Customer Invoice Posted", "1600.0000 "])
        let outOfSync = try OutOfSync.list(world.connection, company: "usmf")
        #expect(outOfSync.map(\.actualId) == [id(2)] && outOfSync.map(\.changes) == ["amount"])
        #expect(outOfSync.map(\.amount) == [Money(1600)] && outOfSync.map(\.newAmount) == [Money(1700)])
        #expect(try FinanceCounts.load(world.connection).outOfSync == 1)
        try world.importAll()
        #expect(try world.count("integration_journal_lines") == 2)
        try world.stage([actual(2, .unbilledSales) { $0.rowVersion = 3 }])
        #expect(try OutOfSync.list(world.connection, company: "usmf").isEmpty)
    }

    @Test("Whatever the order, the duplicates and the versions, the newest version of each row is staged and counted")
    func model() throws {
        var generator = SeededRandom()
        let seed = generator.description
        print("\(seed)")
        let world = try FinanceWorld(configured: false)
        var newest: [GUID: ActualCreated] = [:]
        var sent: [ActualCreated] = []
        for _ in 0..<60 {
            var batch: [ActualCreated] = []
            for _ in 0..<Int.random(in: 1...30, using: &generator) {
                if let old = sent.randomElement(using: &generator), Int.random(in: 0..<4, using: &generator) == 0 {
                    batch.append(old)
                    continue
                }
                let number = Int.random(in: 1...120, using: &generator)
                let row = actual(number, number % 3 == 0 ? .cost : .billedSales) {
                    // The amount follows from the version: one version of a row is one fact.
                    $0.rowVersion = Int.random(in: 1...50, using: &generator)
                    $0.amount = Money($0.rowVersion * 1_000 + number)
                    $0.company = ($0.rowVersion * 7 + number) % 5 == 0 ? "demf" : "usmf"
                    if $0.transactionType == .billedSales { $0.invoiceId = id(($0.rowVersion + number) % 4, 9) }
                }
                batch.append(row)
            }
            sent += batch
            for row in batch where newest[row.actualId].map({ $0.rowVersion < row.rowVersion }) ?? true {
                newest[row.actualId] = row
            }
            try world.stage(batch.map { ($0, partition: Int32($0.actualId.low % 3)) })
        }
        let staged = try world.connection.query(
            "SELECT actual_id, row_version, amount, data_area_id FROM actuals_staging")
        #expect(staged.count == newest.count, "\(seed)")
        for row in staged {
            let expected = newest[try row[0, as: GUID.self]]
            #expect(try row.int(1) == expected?.rowVersion, "\(seed)")
            #expect(try row[2, as: Money.self] == expected?.amount, "\(seed)")
            #expect(try row.string(3) == expected?.company.rawValue, "\(seed)")
        }
        var counts: [String: Int] = [:]
        for row in newest.values {
            if let invoice = row.invoiceId { counts["\(row.company) \(invoice)", default: 0] += 1 }
        }
        let counted = try world.texts(
            "SELECT data_area_id || ' ' || invoice_id || ' ' || sum(count) FROM invoice_arrivals "
                + "GROUP BY data_area_id, invoice_id HAVING sum(count) <> 0")
        #expect(Set(counted) == Set(counts.map { "\($0.key) \($0.value)" }), "\(seed)")
    }

    @Test("A batch that is written again after a rollback is written once")
    func writtenAgain() throws {
        struct Rollback: Error {}
        let world = try FinanceWorld(configured: false)
        let collector = try ActualCreatedHandler(choices: world.choices).makeCollector()
        try world.add([actual(1_001, .billedSales), actual(1, .cost)], to: collector) { _ in 0 }
        #expect(throws: Rollback.self) {
            try world.connection.transaction {
                try collector.write(to: world.connection)
                throw Rollback()
            }
        }
        try world.connection.transaction { try collector.write(to: world.connection) }
        #expect(try world.count("actuals_staging") == 2)
        #expect(try world.texts("SELECT sum(count)::text FROM invoice_arrivals") == ["1"])
    }
}
