import Contracts
import Testbed
import Testing
import YAML

@testable import Database
@testable import Finance

@Suite("Line discounts and fees (domain.md §6.13, §9.12)")
struct LineDiscountTests {
    /// Discounts are posted to the category Discount, fees to Fee.
    static let separately = FinanceWorld.postingSetup
        .replacing(
            "journal-period-unit: days", with: "journal-period-unit: days\n      line-discount-category: Discount"
        )
        .replacing(
            "Work: {class: Time, default: true}",
            with: """
                Work: {class: Time, default: true}
                      Discount: {class: Fee}
                      Fee: {class: Fee, default: true}
                """
        )
        .replacing(
            "invoiced-revenue: {company: A-invoiced-revenue}",
            with: "invoiced-revenue: {company: A-revenue, categories: {Discount: A-discount, Fee: A-fee}}")
    /// Sales are posted after discounts.
    static let net = separately.replacing("      line-discount-category: Discount\n", with: "")

    private func world(_ setup: String) throws -> FinanceWorld { try FinanceWorld(setup: setup) }

    /// Eight hours at 200, less a discount of 10 %; nil for no fee.
    ///
    /// - returns: the unbilled sales of the hours and of their fee.
    private func sales(_ world: FinanceWorld, fee: String? = nil) throws -> [GUID] {
        var hours = JournalLineSample.unbilled("1440")
        hours.discount = "160"
        let sale = try world.journal("J", [hours])
        try world.post(.journal, "J")
        guard let fee else { return sale }
        var line = JournalLineSample.unbilled(fee, .fee)
        line.source = sale[0]
        let fees = try world.journal("F", [line])
        try world.post(.journal, "F")
        return sale + fees
    }

    private func billed(_ unbilled: GUID, fee: String? = nil, tax: String? = nil) -> ProposalLineSample {
        ProposalLineSample(
            amount: fee == nil ? "1440" : "1490", discount: "160", fee: fee, unbilled: unbilled, tax: tax)
    }

    @Test("Category set: journal and WIP post gross sales, the invoice posts the discount by itself")
    func posted() throws {
        let world = try world(Self.separately)
        let sale = try sales(world)
        #expect(
            try world.entries("J-1")
                == ["wip-sales-value WIP 1600.00 1600.00", "accrued-revenue-sales-value WIP -1600.00 -1600.00"])
        try world.proposal("P", [billed(sale[0])])
        #expect(try world.post(.proposal, "P").status == "Posted")
        #expect(
            try Set(world.invoiceAccounts("P")) == [
                "customer-balance A-customer-balance 1440.00", "invoiced-revenue A-revenue -1600.00",
                "invoiced-revenue A-discount 160.00", "wip-sales-value A-wip-sales-value -1600.00",
                "accrued-revenue-sales-value A-accrued-revenue-sales-value 1600.00",
            ])
        #expect(try world.balance(.wipSalesValue) == "0.00")
        #expect(try world.text("SELECT line_amount::numeric(19, 2)::text FROM project_invoices") == "1440.00")
        #expect(
            try world.text("SELECT accounting_amount::numeric(19, 2)::text FROM project_invoice_lines") == "1440.00")
    }

    @Test("Category not set: sales post net, and nothing is said of the discount")
    func netted() throws {
        let world = try world(Self.net)
        let sale = try sales(world)
        #expect(try world.entries("J-1").first == "wip-sales-value WIP 1440.00 1440.00")
        try world.proposal("P", [billed(sale[0])])
        #expect(try world.post(.proposal, "P").status == "Posted")
        #expect(
            try Set(world.invoiceAccounts("P")) == [
                "customer-balance A-customer-balance 1440.00", "invoiced-revenue A-revenue -1440.00",
                "wip-sales-value A-wip-sales-value -1440.00",
                "accrued-revenue-sales-value A-accrued-revenue-sales-value 1440.00",
            ])
    }

    @Test("Sales tax is on what is left after the discount, fee included", arguments: [nil, "50"] as [String?])
    func tax(fee: String?) throws {
        let world = try world(Self.separately)
        let sale = try sales(world, fee: fee)
        try world.proposal("P", [billed(sale[0], fee: fee, tax: "ONE")])
        #expect(try world.post(.proposal, "P").status == "Posted")
        #expect(
            try world.text("SELECT sales_tax_amount::numeric(19, 2)::text FROM project_invoices")
                == (fee == nil ? "108.00" : "111.75"))
    }

    @Test("A tax that is included is taken out of the line, its discount and its fee alike")
    func includedTax() throws {
        let world = try world(Self.separately)
        let sale = try sales(world)
        try world.proposal("P", [billed(sale[0], tax: "INC")])
        #expect(try world.post(.proposal, "P").status == "Posted")
        // 1,440 holds 229.92 of tax; 160 × 1,210.08 ÷ 1,440 = 134.45.
        let accounts = try Set(world.invoiceAccounts("P"))
        #expect(accounts.contains("invoiced-revenue A-revenue -1344.53"), "\(accounts)")
        #expect(accounts.contains("invoiced-revenue A-discount 134.45"))
        #expect(accounts.contains("sales-tax A-sales-tax -229.92"))
    }

    @Test("A fee is its own journal line, and folds into the line of its source, to the revenue of fees")
    func fee() throws {
        let world = try world(Self.separately)
        let sale = try sales(world, fee: "50")
        #expect(try world.entries("F-1").first == "wip-sales-value WIP 50.00 50.00")
        try world.proposal("P", [billed(sale[0], fee: "50")])
        #expect(try world.count("invoice_proposal_lines") == 1)
        #expect(try world.post(.proposal, "P").status == "Posted")
        #expect(
            try Set(world.invoiceAccounts("P")) == [
                "customer-balance A-customer-balance 1490.00", "invoiced-revenue A-revenue -1600.00",
                "invoiced-revenue A-discount 160.00", "invoiced-revenue A-fee -50.00",
                "wip-sales-value A-wip-sales-value -1650.00",
                "accrued-revenue-sales-value A-accrued-revenue-sales-value 1650.00",
            ])
        #expect(try world.text("SELECT fee_actual_id::text FROM project_invoice_lines") == sale[1].description)
        let reconciliation = AccruedRevenueReconciliation(company: "usmf", connection: world.connection)
        #expect(try reconciliation.detect(in: (try day("2026-01-01"))...(try day("2026-12-31"))).isEmpty)
    }

    @Test("A fee that is not posted holds the whole proposal up, and says how far it is (§6.10.13)")
    func missingFee() throws {
        let world = try world(Self.separately)
        let sale = try sales(world)
        let other = try world.journal("O", [.unbilled("100")])
        try world.post(.journal, "O")
        func waitingFor() throws -> String {
            try world.importAll()
            return try world.text("SELECT coalesce(waiting_for, status) FROM invoice_proposals")
        }
        try world.proposal(
            "P", isReady: false,
            [billed(sale[0], fee: "50"), ProposalLineSample(amount: "100", unbilled: other[0])])
        #expect(try waitingFor() == "waiting for the fee of 1 billed sale to arrive")
        #expect(try world.count("invoice_proposal_lines") == 0)
        var fee = JournalLineSample.unbilled("50", .fee)
        fee.source = sale[0]
        try world.journal("F", [fee])
        #expect(try waitingFor() == "waiting for the fee of 1 billed sale to be posted: journal \(world.number("F"))")
        try world.post(.journal, "F")
        #expect(try waitingFor() == "Ready")
        #expect(try world.post(.proposal, "P").status == "Posted")
        #expect(try world.balance(.wipSalesValue) == "0.00")
    }

    @Test("A fee of another amount than was posted blocks, and says so")
    func otherFee() throws {
        let world = try world(Self.separately)
        let sale = try sales(world, fee: "40")
        try world.proposal("P", isReady: false, [billed(sale[0], fee: "50")])
        #expect(
            try world.text("SELECT waiting_for FROM invoice_proposals").contains(
                "fee that was posted is of another amount"))
    }

    @Test("WIP is taken back as it stands, when discounts are posted otherwise by then")
    func changedBetween() throws {
        let world = try world(Self.separately)
        let sale = try sales(world)
        try world.connection.executeScript("UPDATE project_parameters SET line_discount_category = NULL")
        try world.proposal("P", [billed(sale[0])])
        #expect(try world.post(.proposal, "P").status == "Posted")
        #expect(
            try Set(world.invoiceAccounts("P")) == [
                "customer-balance A-customer-balance 1440.00", "invoiced-revenue A-revenue -1440.00",
                "wip-sales-value A-wip-sales-value -1600.00",
                "accrued-revenue-sales-value A-accrued-revenue-sales-value 1600.00",
            ])
    }

    @Test("A reversal takes back what its original booked, when discounts are posted otherwise by then")
    func reversal() throws {
        let world = try world(Self.separately)
        let sale = try sales(world)
        try world.connection.executeScript("UPDATE project_parameters SET line_discount_category = NULL")
        var reversal = JournalLineSample.unbilled("-1440", reversing: sale[0])
        reversal.discount = "-160"
        try world.journal("R", [reversal])
        #expect(try world.post(.journal, "R").status == "Posted")
        #expect(try world.entries("R-1").first == "wip-sales-value WIP -1600.00 -1600.00")
        #expect(try world.balance(.wipSalesValue) == "0.00")
    }

    @Test("A credit takes discount and fee back from where they were put, and leaves WIP alone")
    func credit() throws {
        let world = try world(Self.separately)
        let sale = try sales(world, fee: "50")
        let posted = try world.proposal("P", [billed(sale[0], fee: "50")])
        try world.post(.proposal, "P")
        try world.connection.executeScript("UPDATE posting_accounts SET main_account = 'B-' || main_account")
        try world.proposal(
            "C", [ProposalLineSample(amount: "-1490", discount: "-160", fee: "-50", reversing: posted[0])])
        #expect(try world.post(.proposal, "C").status == "Posted")
        #expect(
            try Set(world.invoiceAccounts("C")) == [
                "customer-balance A-customer-balance -1490.00", "invoiced-revenue A-revenue 1600.00",
                "invoiced-revenue A-discount -160.00", "invoiced-revenue A-fee 50.00",
            ])
    }

    @Test("Fractions: gross and net are each rounded once, and journal and invoice agree on both")
    func fractions() throws {
        let world = try world(Self.separately)
        var hours = JournalLineSample.unbilled("33.3333")
        hours.discount = "3.7037"
        let sale = try world.journal("J", [hours])
        try world.post(.journal, "J")
        #expect(try world.entries("J-1").first == "wip-sales-value WIP 37.04 37.04")
        try world.proposal(
            "P", [ProposalLineSample(amount: "33.3333", discount: "3.7037", unbilled: sale[0])])
        #expect(try world.post(.proposal, "P").status == "Posted")
        let accounts = try Set(world.invoiceAccounts("P"))
        #expect(accounts.contains("customer-balance A-customer-balance 33.33"))
        #expect(accounts.contains("invoiced-revenue A-revenue -37.04"))
        #expect(accounts.contains("invoiced-revenue A-discount 3.71"))
    }

    @Test("The category of discounts is one of class Fee")
    func category() throws {
        let file = Self.separately.replacing("line-discount-category: Discount", with: "line-discount-category: Work")
        let error = #expect(throws: YAMLError.self) {
            try FinanceConfiguration(parsing: Array(file.utf8), file: "finance.yaml")
        }
        #expect(error.map { "\($0)" }?.contains("class Fee") == true)
    }
}
