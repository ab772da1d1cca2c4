import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// What another system posted before the cut-over, and beginning balances (`domain.md` §6.10.17, §9.17).
@Suite struct OpeningRowTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    private func opening(_ type: TransactionType, _ amount: String, voucher: String = "OLD-1") throws -> ActualCreated {
        ActualCreated(
            actualId: world.newId(), rowVersion: 1, company: "usmf", projectNumber: "WIP", contractNumber: "C-1",
            customerAccount: "US-001", transactionType: type, transactionClass: .time,
            billingType: type == .cost ? .notAvailable : .chargeable, currency: "USD", currencyPrecision: 2,
            quantity: Quantity(1), price: try Money(amount), amount: try Money(amount),
            documentDate: try day("2025-06-15"), accountingDate: try day("2025-06-15"), category: "Work",
            openingVoucher: voucher)
    }

    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    /// `actual voucher amount tax` of each accounting detail that was published of an actual.
    private func details(of actual: GUID) throws -> [String] {
        try world.texts(
            """
            SELECT d ->> 'voucher' || ' ' || (d ->> 'accountingAmount')::numeric(19, 2) || ' ' || (d ->> 'postingVersion')
            FROM (SELECT convert_from(payload, 'UTF8')::jsonb AS d FROM outbox WHERE topic = 'accounting-detail') details
            WHERE d ->> 'actualId' = '\(actual)'
            """)
    }

    @Test("An unbilled sale that was posted before counts as posted at once: its own voucher, and no ledger entries")
    func openingRow() throws {
        let sale = try opening(.unbilledSales, "1600")
        try world.stage([sale])
        try world.importAll()
        try world.work()
        #expect(try world.texts("SELECT kind || ' ' || status FROM integration_journals") == ["Opening Posted"])
        #expect(try world.texts("SELECT voucher || ' ' || accrued FROM project_transactions") == ["OLD-1 false"])
        #expect(try world.count("ledger_entries") == 0)
        #expect(try details(of: sale.actualId) == ["OLD-1 1600.00 1"])
        // The period of then is closed, or never was, and its date is kept.
        #expect(try world.text("SELECT accounting_date::text FROM project_transactions") == "2025-06-15")
        #expect(try world.count("number_sequence_gaps") == 0)
    }

    @Test("An invoice of what was posted before takes no accrual back for it")
    func invoice() throws {
        let sale = try opening(.unbilledSales, "1600")
        try world.stage([sale])
        try world.importAll()
        try world.work()
        try world.proposal("P1", [ProposalLineSample(amount: "1600", unbilled: sale.actualId)])
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        #expect(
            try world.invoiceEntries("P1") == [
                "customer-balance - 1600.00 1600.00", "invoiced-revenue WIP -1600.00 -1600.00",
            ])
        #expect(try world.text("SELECT accrual_reversed::real::text FROM project_invoice_lines") == "0")
    }

    @Test("A reversal of what was posted before has a voucher of ours and no ledger entries, whatever came first")
    func reversal() throws {
        let sale = try opening(.unbilledSales, "1600", voucher: "USV-000000001")
        // A voucher of ours with the number of the other system's has entries.
        try world.journal("J", [.cost("100")])
        try world.post(.journal, "J")
        let ours = try world.voucher("J-1")
        var same = sale
        same.openingVoucher = ours
        try world.stage([same])
        try world.importAll()
        try world.work()
        let entries = try world.count("ledger_entries")
        let back = try world.journal("K", [.unbilled("-1600", reversing: sale.actualId)])
        #expect(try world.post(.journal, "K") == .init(status: "Posted"))
        #expect(try world.count("ledger_entries") == entries)
        #expect(try details(of: back[0]).count == 1)
    }

    @Test("A credit of an invoice of before the cut-over takes back revenue, the tax of its day and the customer")
    func credit() throws {
        var billed = try opening(.billedSales, "1000", voucher: "OLD-INV")
        billed.billingMethod = .timeAndMaterial
        billed.invoiceId = world.newId()
        billed.unbilledActualId = world.newId()
        billed.projectNumber = "PLAIN"
        billed.category = "Work ONE"
        billed.accountingDate = try day("2026-01-31")
        try world.stage([billed])
        try world.importAll()
        #expect(try world.count("integration_journals") == 0)
        // The rate of later is not that of then.
        try world.connection.executeScript(
            """
            UPDATE sales_tax_rates SET valid_to = '2026-01-31' WHERE sales_tax_code = 'STATE';
            INSERT INTO sales_tax_rates VALUES ('usmf', 'STATE', '2026-02-01', NULL, 50);
            """)
        try world.proposal(
            "P1",
            [ProposalLineSample(project: "PLAIN", amount: "-1000", reversing: billed.actualId, tax: "ONE")])
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        #expect(
            try world.invoiceAccounts("P1") == [
                "customer-balance A-customer-balance -1075.00", "invoiced-revenue A-invoiced-revenue 1000.00",
                "sales-tax A-sales-tax 75.00",
            ])
    }

    private func beginningBalances(on date: String = "2026-01-31") throws -> FinanceWorld {
        try FinanceWorld(
            setup: FinanceWorld.postingSetup,
            ("    parameters:\n", "    parameters:\n      beginning-balance-date: \(date)\n"))
    }

    @Test("What is dated on the beginning-balance date or before goes to a journal of its own, without ledger entries")
    func beginningBalance() throws {
        let world = try beginningBalances(on: "2026-01-01")
        let before = try world.journal("B", [.cost("100"), .unbilled("160")])
        let after = try world.journal("A", [.cost("100")])
        #expect(
            try world.texts("SELECT kind || ' ' || status FROM integration_journals ORDER BY journal_number") == [
                "Beginning balance Draft", "Integration Draft",
            ])
        for name in ["B", "A"] { #expect(try world.post(.journal, name) == .init(status: "Posted")) }
        #expect(try world.entries("B-1").isEmpty && world.entries("B-2").isEmpty)
        #expect(try world.entries("A-1").count == 2)
        #expect(
            try world.texts("SELECT actual_id::text FROM project_transactions WHERE accrued ORDER BY 1").isEmpty)
        #expect(try world.count("project_transactions") == 3)
        #expect(Set(before).isDisjoint(with: after))
        // The invoice takes no accrual back.
        try world.proposal("P1", [ProposalLineSample(amount: "160", unbilled: before[1])])
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        #expect(try world.invoiceEntries("P1").allSatisfy { !$0.contains("wip") && !$0.contains("accrued") })
    }

    @Test("A line leaves the journal of beginning balances when set-up moves their date, until one is posted")
    func movedDate() throws {
        let world = try beginningBalances()
        try world.journal("B", [.cost("100")])
        try world.configure([("    parameters:\n", "    parameters:\n      beginning-balance-date: 2025-12-31\n")])
        try world.importAll()
        #expect(try world.texts("SELECT kind FROM integration_journals") == ["Integration"])

        let posted = try beginningBalances()
        try posted.journal("B", [.cost("100")])
        try posted.post(.journal, "B")
        let error = try #require(throws: (any Error).self) { try posted.configure([]) }
        #expect("\(error)".contains("beginning-balance-date of company usmf was 2026-01-31"))
    }
}
