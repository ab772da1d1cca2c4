import Bus
import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("Drafts and pending proposals follow set-up and Dataverse (domain.md §6.13)")
struct RenewalTests {
    private let world: FinanceWorld

    init() throws { world = try FinanceWorld() }

    private static let fixedRate = (
        "    fiscal-periods:\n      - {from: 2026-01-01, to: 2026-08-31",
        "    fixed-rate-agreements:\n      - {contract: C1, currency: EUR, rate: 150}\n"
            + "    fiscal-periods:\n      - {from: 2026-01-01, to: 2026-08-31"
    )

    private let unbilled = actual(1, .unbilledSales) { $0.currency = "EUR" }
    private let billed = actual(1_001, .billedSales) { $0.currency = "EUR" }

    private func confirm(_ rows: [ActualCreated], version: Int = 1) throws {
        var confirmed = try confirmation(of: rows, version: version)
        confirmed.currency = rows[0].currency
        try world.confirm([confirmed])
    }

    private var reason: String? {
        get throws { try ProposalSummary.list(world.connection).first?.reason }
    }

    @Test("A fixed rate that is agreed after import holds for the draft that is posted next")
    func fixedRateAtPosting() throws {
        try world.stage([unbilled])
        try world.importAll()
        let voucher = try world.texts("SELECT voucher FROM integration_journal_lines")
        try world.configure([Self.fixedRate])
        try world.postJournals()
        #expect(try world.texts("SELECT accounting_amount::text FROM project_transactions") == ["2400.0000"])
        #expect(try world.texts("SELECT voucher FROM project_transactions") == voucher)
        #expect(try world.balance(.wipSalesValue) == "2400.00")
    }

    @Test("A fixed rate that is agreed after import is in the draft after the next import")
    func fixedRateAtImport() throws {
        try world.stage([unbilled])
        try world.importAll()
        try world.configure([Self.fixedRate])
        try world.importAll()
        #expect(try world.texts("SELECT accounting_amount::text FROM integration_journal_lines") == ["2400.0000"])
    }

    @Test(
        "A fixed rate that is agreed later holds for a pending proposal, with or without an import between",
        arguments: [true, false])
    func fixedRateOfProposal(imports: Bool) throws {
        try world.stage([unbilled, billed])
        try confirm([billed])
        try world.importAll()
        try world.postJournals()
        try world.importAll()
        try world.configure([Self.fixedRate])
        if imports { try world.importAll() }
        try world.postProposals()
        #expect(try world.texts("SELECT exchange_rate::int::text FROM project_invoices") == ["150"])
    }

    @Test("A draft whose rate was taken away leaves its journal, is blocked, and comes back with the rate")
    func rateTakenAway() throws {
        try world.stage([unbilled, actual(2, .unbilledSales)])
        try world.importAll()
        try world.configure([("EUR: {2026-01-01: 108, 2026-10-01: 110}", "GBP: {2026-01-01: 126}")])
        try world.postJournals()
        #expect(try world.count("project_transactions") == 1)
        #expect(try BlockedRows.list(world.connection).map(\.code) == [.noExchangeRate])
        try world.configure()
        #expect(try world.importAll().journalLines == 1)
    }

    @Test("A journal that its last line leaves is gone, and its number is not given out again")
    func emptied() throws {
        try world.stage([unbilled])
        try world.importAll()
        try world.configure([("EUR: {2026-01-01: 108, 2026-10-01: 110}", "GBP: {2026-01-01: 126}")])
        #expect(try world.post(.journal, "USPM-000001").error?.contains("no line that can be posted") == true)
        try world.importAll()
        #expect(try world.count("integration_journals") == 0)
        #expect(try world.count("number_sequence_gaps", "reason LIKE '%last line%'") == 1)
    }

    @Test(
        "A period that is closed after import: posting refuses the draft, the next import moves it to an open one, and a reset lets it be posted"
    )
    func closedPeriod() throws {
        try world.stage([unbilled])
        try world.importAll()
        try world.configure([
            ("{from: 2026-09-01, to: 2026-12-31, status: open}", "{from: 2026-10-01, to: 2026-12-31, status: open}")
        ])
        #expect(try world.post(.journal, "USPM-000001").error?.contains("in a period that is closed") == true)
        try world.importAll()
        try world.reset("USPM-000001")
        try world.postJournals()
        #expect(try world.texts("SELECT accounting_date::text FROM project_transactions") == ["2026-10-01"])
    }

    @Test("The tax groups of a pending proposal are those of set-up")
    func taxGroups() throws {
        try world.stage([unbilled, billed])
        try confirm([billed])
        try world.importAll()
        try world.postJournals()
        try world.importAll()
        try world.configure([("Consulting: {class: Time, item-sales-tax-group: FULL", "Consulting: {class: Time")])
        try world.importAll()
        #expect(try world.count("invoice_proposal_lines", "item_sales_tax_group IS NULL") == 1)
        #expect(try ProposalSummary.list(world.connection).map(\.status) == [.ready])
    }

    @Test("A proposal whose totals are newer than its lines is not posted; the next import gives it all of them")
    func incomplete() throws {
        let all = (1...4).map { number in
            actual(1_000 + number, .billedSales) {
                $0.billingMethod = .fixedPrice
                $0.unbilledActualId = nil
                $0.amount = Money(number % 2 == 0 ? -300 : 300)
            }
        }
        try world.stage(Array(all.prefix(2)))
        try confirm(Array(all.prefix(2)))
        try world.importAll()
        try confirm(all, version: 2)
        try world.stage(Array(all.suffix(2)))
        let outcome = try world.post(.proposal, "PRO-1")
        #expect(outcome.status == "Error" && outcome.error?.contains("confirmed anew") == true)
        #expect(try world.importAll().proposals.map(\.lines) == [4])
        #expect(try reason == nil)
        try world.postProposals()
        #expect(try world.texts("SELECT line_count::text FROM project_invoices") == ["4"])
    }

    @Test("A billed sale that changes after its proposal got lines has them made anew")
    func billedSaleChanges() throws {
        var row = actual(1_001, .billedSales) {
            $0.billingMethod = .fixedPrice
            $0.unbilledActualId = nil
        }
        try world.stage([row])
        try confirm([row])
        try world.importAll()
        row.rowVersion = 2
        row.projectNumber = "P2"
        try world.stage([row])
        #expect(try world.post(.proposal, "PRO-1").error?.contains("something about its invoice came") == true)
        try world.importAll()
        #expect(try world.texts("SELECT project_number FROM invoice_proposal_lines") == ["P2"])
    }

    @Test("A billed sale that moves to another invoice takes no line with it")
    func billedSaleMoves() throws {
        func row(_ number: Int, _ invoice: Int, version: Int = 1) -> ActualCreated {
            actual(1_000 + number, .billedSales) {
                $0.rowVersion = version
                $0.billingMethod = .fixedPrice
                $0.unbilledActualId = nil
                $0.invoiceId = id(invoice, 9)
            }
        }
        try world.stage([row(1, 1), row(2, 2)])
        try world.confirm([
            try confirmation(of: [row(1, 1)], number: "PRO-1", invoice: id(1, 9)),
            try confirmation(of: [row(2, 2)], number: "PRO-2", invoice: id(2, 9)),
        ])
        try world.importAll()
        try world.stage([row(1, 2, version: 2)])
        try world.confirm([
            try confirmation(of: [row(1, 2), row(2, 2)], number: "PRO-2", invoice: id(2, 9), version: 2)
        ])
        try world.importAll()
        try world.importAll()
        #expect(
            try world.texts("SELECT proposal_number || ' ' || status FROM invoice_proposals ORDER BY 1")
                == ["PRO-1 Open", "PRO-2 Ready"])
        #expect(try world.count("invoice_proposal_lines", "proposal_number = 'PRO-2'") == 2)
    }
}

@Suite("Actuals that Dataverse withdraws (domain.md §6.8)")
struct WithdrawalTests {
    private let world: FinanceWorld

    init() throws { world = try FinanceWorld() }

    private let row = actual(1, .unbilledSales)
    private let withdrawn = actual(1, .unbilledSales) {
        $0.rowVersion = 2
        $0.withdrawn = true
    }

    @Test("A row that is withdrawn before import is not booked")
    func staged() throws {
        try world.stage([row])
        try world.stage([withdrawn])
        #expect(try world.importAll().journalLines == 0)
        #expect(try OutOfSync.list(world.connection).isEmpty)
    }

    @Test("A row that is withdrawn before it comes, or that is withdrawn while it is blocked, is not booked")
    func early() throws {
        try world.stage([withdrawn, actual(2, .unbilledSales) { $0.currency = "GBP" }])
        try world.stage([row])
        try world.importAll()
        try world.stage([
            actual(2, .unbilledSales) {
                $0.rowVersion = 2
                $0.withdrawn = true
            }
        ])
        #expect(try world.importAll().blocked.isEmpty)
        #expect(try world.count("integration_journal_lines") == 0)
    }

    @Test(
        "A row that is withdrawn when it has a draft line loses it, whether import or posting comes first",
        arguments: [true, false])
    func drafted(imports: Bool) throws {
        try world.stage([row, actual(2, .cost)])
        try world.importAll()
        try world.stage([withdrawn])
        if imports { try world.importAll() }
        try world.postJournals()
        #expect(try world.texts("SELECT actual_id::text FROM project_transactions") == ["\(id(2))"])
        try world.importAll()
        #expect(try world.count("actuals_to_import") == 0 && world.count("blocked_actuals") == 0)
    }

    @Test("A row that is withdrawn after it was posted is out of sync, and says why")
    func posted() throws {
        try world.stage([row])
        try world.importAll()
        try world.postJournals()
        try world.stage([withdrawn])
        #expect(try OutOfSync.list(world.connection).map(\.changes) == ["withdrawn"])
        #expect(try FinanceCounts.load(world.connection).outOfSync == 1)
    }

    @Test("A billed sale that is withdrawn no longer counts for its invoice, and one that comes back does")
    func billed() throws {
        func billed(_ number: Int, version: Int = 1, withdrawn: Bool = false) -> ActualCreated {
            actual(1_000 + number, .billedSales) {
                $0.rowVersion = version
                $0.billingMethod = .fixedPrice
                $0.unbilledActualId = nil
                $0.withdrawn = withdrawn
            }
        }
        try world.stage([billed(1), billed(2)])
        try world.stage([billed(2, version: 2, withdrawn: true)])
        try world.confirm([try confirmation(of: [billed(1)])])
        #expect(try world.importAll().proposals.map(\.lines) == [1])
        try world.stage([billed(2, version: 3)])
        #expect(try world.importAll().waiting.first?.reason.hasPrefix("2 billed sales arrived") == true)
    }

    @Test("An invoice names the unbilled sale that was withdrawn")
    func unbilledOfInvoice() throws {
        let billed = actual(1_001, .billedSales)
        try world.stage([row, billed])
        try world.stage([withdrawn])
        try world.confirm([try confirmation(of: [billed])])
        #expect(try world.importAll().waiting.first?.reason.hasPrefix("1 unbilled sale withdrawn") == true)
    }
}
