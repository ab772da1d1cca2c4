import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// What a correction takes back when set-up has changed since its original was posted (`domain.md` §9.26).
@Suite("A correction takes back what its original was posted with")
struct TakenBackTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    /// Posts a milestone of 5,000, changes set-up, and posts its credit.
    private func creditMilestone(_ change: String) throws -> [String] {
        func milestone(_ amount: String, _ reversing: GUID? = nil) -> ProposalLineSample {
            ProposalLineSample(
                transactionClass: .milestone, method: .fixedPrice, project: "FPBAL", amount: amount,
                reversing: reversing)
        }
        try world.connection.executeScript("UPDATE project_parameters SET milestone_item_sales_tax_group = 'ONE'")
        let billed = try world.proposal("P1", [milestone("5000")])[0]
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        #expect(
            try world.invoiceAccounts("P1") == [
                "customer-balance A-customer-balance 5375.00",
                "wip-invoiced-on-account A-wip-invoiced-on-account -5000.00",
                "sales-tax A-sales-tax -375.00",
            ])
        try world.connection.executeScript(change)
        try world.proposal("P2", [milestone("-5000", billed)])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        #expect(try world.text("SELECT DISTINCT transaction_origin FROM on_account_transactions") == "Milestone")
        return try world.invoiceAccounts("P2")
    }

    @Test(
        "A credit: the taxes, accounts and treatment of then, whatever has changed",
        arguments: [
            "UPDATE sales_tax_rates SET percentage = 9.25",
            "UPDATE sales_tax_rates SET valid_to = '2026-01-31' WHERE sales_tax_code = 'STATE'",
            "UPDATE sales_tax_codes SET included = true",
            "DELETE FROM item_sales_tax_groups",
            "INSERT INTO item_sales_tax_groups VALUES ('usmf', 'ONE', 'CITY')",
            "DELETE FROM sales_tax_group_defaults",
            "UPDATE project_parameters SET milestone_item_sales_tax_group = NULL",
            "UPDATE posting_accounts SET main_account = 'B-' || posting_type",
            "INSERT INTO posting_accounts SELECT 'usmf', posting_type, 'project', 'FPBAL', 'B' FROM posting_accounts",
            "INSERT INTO posting_accounts SELECT 'usmf', posting_type, 'contract', 'C-1', 'B' FROM posting_accounts",
            "UPDATE accounting_profiles SET time_and_material = 'no-wip', fixed_price = 'no-wip'",
            "DELETE FROM posting_accounts WHERE posting_type = 'wip-invoiced-on-account'",
            "UPDATE line_properties SET chargeable = false",
        ])
    func credit(change: String) throws {
        #expect(
            try creditMilestone(change) == [
                "customer-balance A-customer-balance -5375.00",
                "wip-invoiced-on-account A-wip-invoiced-on-account 5000.00",
                "sales-tax A-sales-tax 375.00",
            ])
        #expect(
            try world.texts(
                """
                SELECT sales_tax_code || ' ' || percentage::real || ' ' || included || ' ' || sum(tax_amount)::real
                FROM sales_tax_transactions GROUP BY sales_tax_code, percentage, included
                """) == ["STATE 7.5 false 0"])
    }

    @Test("A credit and what is billed anew at another rate stand side by side on one invoice")
    func twoRates() throws {
        let billed = try world.proposal("P1", [ProposalLineSample(project: "PLAIN", amount: "5000", tax: "BOTH")])[0]
        try world.post(.proposal, "P1")
        try world.connection.executeScript(
            """
            UPDATE sales_tax_rates SET percentage = 7 WHERE sales_tax_code = 'STATE';
            UPDATE posting_accounts SET main_account = 'B-customer' WHERE posting_type = 'customer-balance';
            """)
        try world.proposal(
            "P2",
            [
                ProposalLineSample(project: "PLAIN", amount: "-5000", reversing: billed, tax: "BOTH"),
                ProposalLineSample(project: "PLAIN", amount: "4000", tax: "BOTH"),
            ])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        #expect(
            try world.texts(
                """
                SELECT sales_tax_code || ' ' || percentage::real || ' ' || base_amount::real || ' ' || tax_amount::real
                FROM sales_tax_transactions JOIN project_invoices USING (data_area_id, voucher)
                WHERE proposal_number = 'P2' ORDER BY sales_tax_code, percentage
                """) == ["CITY 2.125 -1000 -21.25", "STATE 7 4000 280", "STATE 7.5 -5000 -375"])
        #expect(
            try world.invoiceAccounts("P2") == [
                "customer-balance A-customer-balance -5481.25", "customer-balance B-customer 4365.00",
                "invoiced-revenue A-invoiced-revenue 1000.00", "sales-tax A-sales-tax 116.25",
            ])
        #expect(try world.balance(account: "A-customer-balance") == "0.00")
    }

    @Test("A credit of a part takes its tax in proportion; a line is credited once, so that a second one waits")
    func partialCredit() throws {
        let billed = try world.proposal("P1", [ProposalLineSample(project: "PLAIN", amount: "33.34", tax: "BOTH")])[0]
        try world.post(.proposal, "P1")
        try world.connection.executeScript("UPDATE sales_tax_rates SET percentage = 50")
        func credit(_ number: String, _ amount: String, isReady: Bool) throws {
            try world.proposal(
                number, isReady: isReady,
                [ProposalLineSample(project: "PLAIN", amount: amount, reversing: billed, tax: "BOTH")])
        }
        try credit("P2", "-11.11", isReady: true)
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        try credit("P3", "-22.23", isReady: false)
        #expect(
            try world.texts("SELECT sales_taxes::text FROM project_invoice_lines ORDER BY proposal_number")
                == ["{0.7100,2.5000}", "{-0.2400,-0.8300}"])
    }

    @Test("A line that was credited is not credited again, and the refusal says of which proposal it is")
    func creditedTwice() throws {
        let billed = try world.proposal(
            "P1", ["5000", "5000"].map { ProposalLineSample(project: "PLAIN", amount: $0) })
        try world.post(.proposal, "P1")
        func credit(_ number: String, of billed: GUID, _ amount: String) throws {
            try world.proposal(number, [ProposalLineSample(project: "PLAIN", amount: amount, reversing: billed)])
        }
        try credit("P2", of: billed[0], "-5000")
        try credit("P3", of: billed[1], "-5000")
        try world.connection.execute(
            "UPDATE invoice_proposal_lines SET reversed_actual_id = $1 WHERE proposal_number = 'P3'", billed[0])
        #expect(try world.post(.proposal, "P2").status == "Posted")
        let rows = try world.rowsPosted()
        #expect(
            try world.post(.proposal, "P3").error?.contains(
                "it takes 5000.0000 back of a line of proposal P1, which is 5000.0000, and of which 0.0000 is still there"
            )
                == true)
        #expect(try world.rowsPosted() == rows)
    }

    @Test("A credit whose original is on no posted invoice is refused")
    func originalNotPosted() throws {
        let billed = try world.proposal("P1", [ProposalLineSample(project: "PLAIN", amount: "5000")])[0]
        try world.post(.proposal, "P1")
        try world.proposal("P2", [ProposalLineSample(project: "PLAIN", amount: "-5000", reversing: billed)])
        try world.connection.executeScript("DELETE FROM project_invoice_lines")
        #expect(
            try world.post(.proposal, "P2").error?.contains(
                "the billed sale \(billed) that it takes back is on no posted invoice") == true)
    }

    @Test(
        "An invoice: WIP and accrued revenue from the accounts on which they stand",
        arguments: [
            "UPDATE posting_accounts SET main_account = 'B-' || posting_type",
            "INSERT INTO posting_accounts SELECT 'usmf', posting_type, 'category', 'Work', 'B' FROM posting_accounts",
            "DELETE FROM posting_accounts WHERE posting_type = 'wip-sales-value'",
            "UPDATE accounting_profiles SET time_and_material = 'no-wip'",
            "UPDATE line_properties SET accrue_revenue = false",
        ])
    func accrual(change: String) throws {
        let unbilled = try world.journal("J", [.unbilled("1600", currency: "EUR")])[0]
        try world.post(.journal, "J")
        #expect(try world.balance(account: "A-wip-sales-value") == "1768.80")
        try world.connection.executeScript(change)
        try world.proposal(
            "P", currency: "EUR", date: "2026-07-01", [ProposalLineSample(amount: "1600", unbilled: unbilled)])
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        #expect(try world.balance(account: "A-wip-sales-value") == "0.00")
        #expect(try world.balance(account: "A-accrued-revenue-sales-value") == "0.00")
        #expect(try world.balance(.wipSalesValue) == "0.00")
    }

    @Test(
        "A journal's reversal: from the accounts of its original, whether these are sales, costs or another company's",
        arguments: [
            JournalLineSample.unbilled("1600"), .cost("50"), .cost("50", .expense), .cost("50", .material),
            JournalLineSample(type: .resourcingUnitCost, billingType: .notAvailable, amount: "40"),
            JournalLineSample(type: .interOrganizationalSales, amount: "60"), .unbilled("-300"),
        ],
        [
            "UPDATE posting_accounts SET main_account = 'B-' || posting_type",
            "INSERT INTO posting_accounts SELECT 'usmf', posting_type, 'project', 'WIP', 'B' FROM posting_accounts",
            """
            UPDATE accounting_profiles SET time_and_material = 'no-wip';
            UPDATE line_properties SET chargeable = false, accrue_revenue = false;
            DELETE FROM posting_accounts;
            """,
        ])
    func reversal(line: JournalLineSample, change: String) throws {
        let original = try world.journal("J1", [line])[0]
        try world.post(.journal, "J1")
        try world.connection.executeScript(change)
        var reversal = line
        reversal.amount = line.amount.hasPrefix("-") ? String(line.amount.dropFirst()) : "-\(line.amount)"
        reversal.reversing = original
        try world.journal("J2", [reversal])
        #expect(try world.post(.journal, "J2") == .init(status: "Posted"))
        #expect(
            try world.texts("SELECT main_account FROM ledger_entries GROUP BY 1 HAVING sum(accounting_amount) <> 0")
                == [])
        #expect(try world.count("ledger_entries") == 4)
    }

    @Test("A reversal of what was not accrued books nothing, even where revenue is accrued by then")
    func reversalOfNothing() throws {
        let original = try world.journal("J1", [.unbilled("1600", project: "PLAIN")])[0]
        try world.post(.journal, "J1")
        try world.connection.executeScript("UPDATE accounting_profiles SET time_and_material = 'with-wip'")
        try world.journal("J2", [.unbilled("-1600", project: "PLAIN", reversing: original)])
        #expect(try world.post(.journal, "J2") == .init(status: "Posted"))
        #expect(try world.count("ledger_entries") == 0)
    }

    @Test("A reversal beside its original in one journal is booked where that is", arguments: [1, 100])
    func besideItsOriginal(chunk: Int) throws {
        try world.connection.executeScript(
            "INSERT INTO posting_accounts VALUES ('usmf', 'wip-sales-value', 'project', 'WIP', 'B-wip')")
        let original = try world.journal("J", [.unbilled("1600"), .unbilled("-1600", project: "OTHER")])[0]
        try world.connection.execute(
            "UPDATE integration_journal_lines SET reversed_actual_id = $1 WHERE amount < 0", original)
        #expect(try world.post(.journal, "J", chunk: chunk) == .init(status: "Posted"))
        #expect(try world.balance(account: "B-wip") == "0.00")
        #expect(try world.balance(.wipSalesValue, project: "WIP") == "0.00")
    }

    @Test(
        "A reversal that is posted before its original is booked where set-up says, and the original on the same accounts",
        arguments: [
            ["UPDATE posting_accounts SET main_account = 'B'"],
            ["UPDATE accounting_profiles SET time_and_material = 'no-wip'"],
            ["UPDATE line_properties SET accrue_revenue = false", "UPDATE line_properties SET accrue_revenue = true"],
        ])
    func beforeItsOriginal(changes: [String]) throws {
        let original = try world.journal("J1", [.unbilled("1600"), .unbilled("10")])[0]
        try world.journal("J2", [.unbilled("-1600", reversing: original)])
        if changes.count > 1 { try world.connection.executeScript(changes[0]) }
        #expect(try world.post(.journal, "J2") == .init(status: "Posted"))
        #expect(try world.count("reversals_posted_first") == 1)
        try world.connection.executeScript(changes.last ?? "")
        #expect(try world.post(.journal, "J1") == .init(status: "Posted"))
        #expect(
            try world.texts(
                """
                SELECT main_account FROM ledger_entries WHERE abs(amount) = 1600 GROUP BY 1
                HAVING sum(accounting_amount) <> 0
                """) == [])
        #expect(try world.count("ledger_entries", "abs(amount) = 1600") == (changes.count > 1 ? 0 : 4))
        #expect(
            try world.count(
                "project_transactions", "abs(amount) = 1600 AND accrued") == (changes.count > 1 ? 0 : 2))
        #expect(try world.count("reversals_posted_first") == 0)
    }

    @Test("Two journals that reverse rows of each other are posted side by side")
    func reversingEachOther() throws {
        let one = try world.journal("J1", [.unbilled("100"), .unbilled("-200", project: "PLAIN")])
        let other = try world.journal("J2", [.unbilled("200"), .unbilled("-100", project: "PLAIN")])
        for (reversal, original) in [(one[1], other[0]), (other[1], one[0])] {
            try world.connection.execute(
                "UPDATE integration_journal_lines SET reversed_actual_id = $1 WHERE actual_id = $2", original, reversal)
        }
        for name in ["J1", "J2"] { #expect(try world.post(.journal, name) == .init(status: "Posted")) }
        #expect(
            try world.texts(
                "SELECT main_account FROM ledger_entries GROUP BY 1 HAVING sum(accounting_amount) <> 0") == [])
        #expect(try world.count("reversals_posted_first") == 0)
    }

    @Test("A reversal whose original could not be posted is set apart with it")
    func originalRefused() throws {
        try world.connection.executeScript("DELETE FROM posting_accounts WHERE posting_type = 'expense-offset'")
        let original = try world.journal("J", [.cost("1600", .expense), .cost("-1600"), .unbilled("10")])[0]
        try world.connection.execute(
            "UPDATE integration_journal_lines SET reversed_actual_id = $1 WHERE amount < 0", original)
        #expect(try world.post(.journal, "J").note?.contains("posted without 2 lines") == true)
        #expect(
            try world.texts("SELECT error_code FROM integration_journal_lines WHERE error IS NOT NULL ORDER BY 1")
                == ["no-posting-account", "waits-for-reversed"])
        #expect(try world.balance(.wipSalesValue) == "10.00")
    }
}
