import Bus
import Contracts
import Database
import Foundation
import Testbed
import Testing

@testable import Finance

@Suite("Import of journal lines (domain.md §6.10)")
struct ImportJournalTests {
    @Test("Point 1: one line an actual, cost and unbilled sales apart; billed sales make none")
    func lines() throws {
        let world = try FinanceWorld()
        try world.stage([
            actual(1, .unbilledSales),
            actual(2, .cost) {
                $0.price = Money(100)
                $0.amount = Money(800)
            }, actual(1_001, .billedSales),
        ])
        let report = try world.importAll()
        #expect(report.journals == [.init(company: "usmf", number: "USPM-000001", lines: 2)])
        #expect(report.blocked.isEmpty)
        let journal = try #require(try JournalSummary.list(world.connection).first)
        #expect(journal.journalDescription == "Project Operations integration journal 2026-09-01")
        #expect(try journal.periodStart == day("2026-09-01"))
        #expect(journal.amounts == ["USD": Money(2400)] && journal.lineCount == 2 && journal.status == .draft)
        let lines = try JournalLineSummary.list(world.connection, company: "usmf", journal: "USPM-000001")
        #expect(lines.map(\.lineNumber) == [1, 2])
        #expect(lines.map(\.voucher) == ["V-00000001", "V-00000002"])
        #expect(lines.map(\.lineProperty) == ["Charge", "Cost"])
        #expect(lines.map(\.transactionType) == [.unbilledSales, .cost])
        #expect(lines.map(\.price) == [Money(200), Money(100)] && lines.map(\.amount) == [Money(1600), Money(800)])
        #expect(try world.count("number_sequence_gaps") == 0)
    }

    @Test("A second run does nothing, and a replay of every message changes nothing")
    func idempotent() throws {
        let world = try FinanceWorld()
        let unbilled = (1...5).map { actual($0, .unbilledSales) }
        let billed = (1_001...1_005).map { actual($0, .billedSales) }
        let confirmed = try confirmation(of: billed)
        func sendAll() throws {
            try world.stage(unbilled)
            try world.stage(billed)
            try world.confirm([confirmed])
        }
        try sendAll()
        try world.importAll()
        let before = try world.content()
        #expect(try world.importAll().journals.isEmpty)
        #expect(try world.content() == before)
        try sendAll()
        #expect(try world.importAll().journals.isEmpty)
        #expect(try world.content() == before)
        try world.postJournals()
        #expect(try world.importAll().proposals.map(\.lines) == [5])
        let ready = try world.content()
        try sendAll()
        #expect(try world.importAll().proposals.isEmpty)
        #expect(try world.content() == ready)
        #expect(try world.count("staging_batches_pending") == 0 && world.count("invoices_to_check") == 0)
    }

    @Test(
        "Points 2 and 3: days, months, years, all; so many lines a header at most",
        arguments: [
            ("days", ["2026-09-01 2", "2026-09-02 2", "2026-10-01 2"]),
            ("months", ["2026-09-01 3", "2026-09-01 1", "2026-10-01 2"]),
            ("years", ["2026-01-01 3", "2026-01-01 3"]), ("all", [" 3", " 3"]),
        ])
    func periods(unit: String, journals: [String]) throws {
        let world = try FinanceWorld(
            ("journal-period-unit: months", "journal-period-unit: \(unit)"),
            ("journal-line-limit: 200", "journal-line-limit: 3"))
        let dates = try ["2026-09-01", "2026-09-02", "2026-10-01"].map { try day($0) }
        try world.stage(
            (0..<6).map { number in
                actual(number, .cost) {
                    $0.documentDate = dates[number / 2]
                    $0.accountingDate = dates[number / 2]
                }
            })
        try world.importAll()
        let made = try JournalSummary.list(world.connection)
        #expect(made.map { "\($0.periodStart.map(\.description) ?? "") \($0.lineCount)" } == journals)
        #expect(made.map(\.number) == made.indices.map { "USPM-00000\($0 + 1)" })
    }

    @Test("Point 2: a draft is filled by later runs; if it is unavailable, being posted, a new one is made")
    func fills() throws {
        let world = try FinanceWorld(("journal-line-limit: 200", "journal-line-limit: 10"))
        try world.stage((1...3).map { actual($0, .cost) })
        try world.importAll()
        try world.stage((4...5).map { actual($0, .cost) })
        #expect(try world.importAll().journals == [.init(company: "usmf", number: "USPM-000001", lines: 2)])
        try world.connection.execute(
            """
            INSERT INTO posting_requests (command_id, data_area_id, kind, number, requested_by)
            VALUES (gen_random_uuid(), 'usmf', 'journal', 'USPM-000001', 'accountant')
            """)
        try world.stage([actual(6, .cost)])
        #expect(try world.importAll().journals == [.init(company: "usmf", number: "USPM-000002", lines: 1)])
        try world.connection.execute(
            """
            INSERT INTO posting_requests (command_id, data_area_id, kind, number, requested_by, status)
            VALUES (gen_random_uuid(), 'usmf', 'journal', 'USPM-000002', 'accountant', 'Processing')
            """)
        try world.stage((7...30).map { actual($0, .cost) })
        #expect(try world.importAll().journals.map(\.lines) == [10, 10, 4])
        let lines = try JournalLineSummary.list(world.connection, company: "usmf", journal: "USPM-000001")
        #expect(lines.map(\.lineNumber) == [1, 2, 3, 4, 5])
    }

    @Test("Point 4: the accounting date moves to the next open period; the transaction date is never moved")
    func dates() throws {
        let world = try FinanceWorld()
        let closed = try day("2026-08-27")
        try world.stage([
            actual(1, .unbilledSales) {
                $0.documentDate = closed
                $0.accountingDate = closed
                $0.currency = "EUR"
            }
        ])
        try world.importAll()
        let line = try #require(
            try JournalLineSummary.list(world.connection, company: "usmf", journal: "USPM-000001").first)
        #expect(try line.transactionDate == closed && line.accountingDate == day("2026-09-01"))
        #expect(line.exchangeRate == ExchangeRate(108) && line.accountingAmount == Money(1728))
    }

    @Test(
        "A row that set-up lacks something for is blocked with code and cure, and goes on by itself",
        arguments: [
            ("no-exchange-rate", "GBP", "Consulting", TransactionType.unbilledSales),
            ("no-project-category", "USD", "Travel", .unbilledSales), ("no-line-property", "USD", "Consulting", .cost),
        ])
    func blocked(code: String, currency: CurrencyCode, category: String, type: TransactionType) throws {
        let gaps = [("Not Available", "Complimentary")]
        let world = try FinanceWorld(configured: false)
        try world.configure(gaps)
        try world.stage([
            actual(1, type) {
                $0.currency = currency
                $0.category = category
            }, actual(2, .unbilledSales),
        ])
        let report = try world.importAll()
        #expect(report.journalLines == 1)
        #expect(report.blocked.map(\.code.rawValue) == [code] && report.blocked.map(\.rows) == [1])
        #expect(try world.importAll().blocked.map(\.code.rawValue) == [code])
        try world.configure([
            ("EUR: {2026-01-01: 108", "GBP: {2026-01-01: 126}\n      EUR: {2026-01-01: 108"),
            ("      Fee: {", "      Travel: {class: Expense}\n      Fee: {"),
        ])
        let later = try world.importAll()
        #expect(later.journalLines == 1 && later.blocked.isEmpty)
        #expect(try world.count("integration_journal_lines") == 2 && world.count("blocked_actuals") == 0)
    }

    @Test("A closed period without an open one after it blocks")
    func noPeriod() throws {
        let world = try FinanceWorld()
        try world.stage([actual(1, .cost) { $0.accountingDate = $0.accountingDate.adding(days: 400) }])
        let report = try world.importAll()
        #expect(report.blocked.map(\.code.rawValue) == ["no-open-period"])
        #expect(report.blocked.first?.reason.contains("no open period in or after accounting date 2027-") == true)
    }

    @Test("A company that is not configured blocks its rows, and no other's")
    func company() throws {
        let world = try FinanceWorld()
        try world.stage([
            actual(1, .cost) { $0.company = "frmf" }, actual(2, .cost), actual(3, .cost) { $0.company = "demf" },
        ])
        let report = try world.importAll()
        #expect(report.journals.map(\.company) == ["demf", "usmf"])
        #expect(report.blocked.map { "\($0.company) \($0.code.rawValue)" } == ["frmf company-not-configured"])
        #expect(
            try world.texts("SELECT journal_number FROM integration_journal_lines ORDER BY 1") == [
                "DEPM-000001", "USPM-000001",
            ])
    }

    @Test("A type that has no journal line, and a company without number sequences, are blocked")
    func others() throws {
        let world = try FinanceWorld()
        try world.stage([actual(1, .projectContract)])
        #expect(try world.importAll().blocked.map(\.code.rawValue) == ["no-journal-line"])
        let bare = try FinanceWorld(configured: false)
        try bare.configure([("      integration-journal: {prefix: USPM-}\n", "")])
        try bare.stage([actual(1, .cost)])
        #expect(try bare.importAll().blocked.map(\.code.rawValue) == ["no-number-sequence"])
        try bare.configure()
        #expect(try bare.importAll().journalLines == 1)
    }

    @Test(
        "A reversal takes the rate of the row that it reverses, wherever that one comes",
        arguments: [[[1], [2]], [[1, 2]], [[2], [1]]])
    func reversal(batches: [[Int]]) throws {
        let world = try FinanceWorld()
        let october = try day("2026-10-05")
        let rows = [
            actual(1, .unbilledSales) { $0.currency = "EUR" },
            actual(2, .unbilledSales) {
                $0.currency = "EUR"
                $0.amount = -$0.amount
                $0.accountingDate = october
                $0.reversedActualId = id(1)
            },
        ]
        for batch in batches { try world.stage(batch.map { rows[$0 - 1] }) }
        #expect(try world.importAll().journalLines == 2)
        #expect(
            try world.texts("SELECT exchange_rate::int::text FROM integration_journal_lines") == ["108", "108"])
        #expect(try world.texts("SELECT sum(accounting_amount)::int::text FROM integration_journal_lines") == ["0"])
    }

    @Test("A reversal waits for the row that it reverses while that one is blocked")
    func reversalOfBlocked() throws {
        let world = try FinanceWorld()
        try world.stage([
            actual(1, .unbilledSales) { $0.currency = "GBP" },
            actual(2, .unbilledSales) {
                $0.currency = "GBP"
                $0.amount = -$0.amount
                $0.reversedActualId = id(1)
            },
        ])
        #expect(Set(try world.importAll().blocked.map(\.code.rawValue)) == ["no-exchange-rate", "waits-for-reversed"])
        try world.configure([("EUR: {2026-01-01: 108", "GBP: {2026-01-01: 126}\n      EUR: {2026-01-01: 108")])
        #expect(try world.importAll().blocked.isEmpty)
        #expect(try world.count("integration_journal_lines") == 2)
    }

    @Test("Point 10, 515258: journals deleted again and again lose no actual")
    func deletes() throws {
        let world = try FinanceWorld(("journal-line-limit: 200", "journal-line-limit: 4"))
        try world.stage((1...10).map { actual($0, .cost) })
        try world.importAll()
        for _ in 0..<4 {
            for journal in try JournalSummary.list(world.connection) {
                _ = try JournalDeletion.delete(journal.number, of: "usmf", on: world.connection)
            }
            #expect(try world.count("integration_journal_lines") == 0)
            #expect(try world.count("actuals_to_import") == 10 && world.count("blocked_actuals") == 0)
            #expect(try world.importAll().journalLines == 10)
            #expect(try world.count("actuals_to_import") == 0)
        }
        #expect(try world.count("blocked_actuals") == 0)
        #expect(try world.texts("SELECT count(DISTINCT actual_id)::text FROM integration_journal_lines") == ["10"])
        // Every number that was given out is a line's, or a recorded gap.
        #expect(
            try world.texts("SELECT sum(last - first + 1)::text FROM number_sequence_gaps WHERE sequence = 'voucher'")
                == ["40"])
        #expect(
            try world.texts(
                "SELECT sum(last - first + 1)::text FROM number_sequence_gaps WHERE sequence = 'integration-journal'")
                == ["12"])
    }

    @Test("An import that fails gives back the numbers that it had taken")
    func numbersOfAFailure() throws {
        let world = try FinanceWorld()
        try world.stage((1...10).map { actual($0, .cost) })
        try world.connection.executeScript(
            "ALTER TABLE integration_journal_lines ADD CONSTRAINT refused CHECK (line_number < 5) NOT VALID")
        #expect(try world.importAll().failures.map(\.company) == ["usmf"])
        #expect(try world.count("number_sequence_gaps", "sequence = 'voucher'") == 0)
        try world.connection.executeScript("ALTER TABLE integration_journal_lines DROP CONSTRAINT refused")
        #expect(try world.importAll().journalLines == 10)
        #expect(
            try world.texts(
                "SELECT (next - 1)::text FROM number_sequences WHERE sequence = 'voucher' AND data_area_id = 'usmf'")
                == world.texts(
                    "SELECT max(substring(voucher FROM '[0-9]+$')::int)::text FROM integration_journal_lines"))
        #expect(
            try world.texts(
                "SELECT (max(n) - min(n))::text FROM (SELECT substring(voucher FROM '[0-9]+$')::int AS n FROM integration_journal_lines) v"
            ) == ["9"])
    }

    @Test("A posted journal, and one that is about to be posted, cannot be deleted")
    func deletionRefused() throws {
        let world = try FinanceWorld()
        try world.stage([actual(1, .cost)])
        try world.importAll()
        try world.connection.execute(
            """
            INSERT INTO posting_requests (command_id, data_area_id, kind, number, requested_by)
            VALUES (gen_random_uuid(), 'usmf', 'journal', 'USPM-000001', 'accountant')
            """)
        let requested = #expect(throws: JournalRefusal.self) {
            try JournalDeletion.delete("USPM-000001", of: "usmf", on: world.connection)
        }
        #expect(requested?.reason.contains("about to be posted") == true)
        try world.connection.execute("UPDATE posting_requests SET status = 'Posted'")
        try world.connection.execute("UPDATE integration_journals SET status = 'Posted'")
        let posted = #expect(throws: JournalRefusal.self) {
            try JournalDeletion.delete("USPM-000001", of: "usmf", on: world.connection)
        }
        #expect(posted?.reason.contains("Posted") == true)
        #expect(throws: JournalRefusal.self) {
            try JournalDeletion.delete("X", of: "usmf", on: world.connection)
        }
    }

    @Test("An import that is interrupted after a chunk goes on where it was")
    func interrupted() throws {
        let world = try FinanceWorld()
        for batch in 0..<4 { try world.stage((0..<9_000).map { actual(batch * 9_000 + $0, .cost) }) }
        var chunks = 0
        let report = try ImportFromStaging(pool: world.pool).run(
            onProgress: { _ in chunks += 1 }, isCancelled: { chunks > 0 })
        #expect(report.journalLines == 27_000)
        #expect(try world.importAll().journalLines == 9_000)
        #expect(try world.count("integration_journal_lines") == 36_000)
        #expect(try world.count("integration_journals") == 180)
    }
}
