import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// What an accountant asks of the ledger and the subledger, of one small month.
@Suite("Reports of the ledger")
struct LedgerReportTests {
    let world: FinanceWorld

    /// In March 40 of cost and 100 USD and 200 EUR (at 110.55) of unbilled sales; in April the 100 are invoiced with 7.5 %.
    init() throws {
        world = try FinanceWorld(setup: FinanceWorld.postingSetup)
        let actuals = try world.journal(
            "J", [.cost("40"), .unbilled("100"), .unbilled("200", project: "WIP2", currency: "EUR")])
        #expect(try world.post(.journal, "J").status == "Posted")
        try world.proposal("P", [.init(amount: "100", unbilled: actuals[1], tax: "ONE")])
        #expect(try world.post(.proposal, "P").status == "Posted")
    }

    private func scope(_ from: String? = nil, _ to: String? = nil) throws -> ReportScope {
        ReportScope(company: "usmf", from: try from.map(day), to: try to.map(day))
    }

    private func text(_ line: TrialBalance.Line) -> String {
        "\(line.period?.description ?? "all") \(line.account) \(line.opening.text(precision: 0)) "
            + "\(line.debit.text(precision: 2)) \(line.credit.text(precision: 2)) \(line.closing.text(precision: 2))"
    }

    @Test("A trial balance has opening, debit, credit and closing of each account and month, and sums to zero")
    func trialBalance() throws {
        let balance = try TrialBalance(scope(), per: .month, on: world.connection)
        #expect(
            balance.lines.map(text) == [
                "2026-03-01 A-accrued-revenue-sales-value 0 0.00 321.10 -321.10",
                "2026-03-01 A-cost 0 40.00 0.00 40.00",
                "2026-03-01 A-payroll-allocation 0 0.00 40.00 -40.00",
                "2026-03-01 A-wip-sales-value 0 321.10 0.00 321.10",
                "2026-04-01 A-accrued-revenue-sales-value -321.1000 100.00 0.00 -221.10",
                "2026-04-01 A-cost 40 0.00 0.00 40.00", "2026-04-01 A-customer-balance 0 107.50 0.00 107.50",
                "2026-04-01 A-invoiced-revenue 0 0.00 100.00 -100.00",
                "2026-04-01 A-payroll-allocation -40 0.00 0.00 -40.00", "2026-04-01 A-sales-tax 0 0.00 7.50 -7.50",
                "2026-04-01 A-wip-sales-value 321.1000 0.00 100.00 221.10",
            ])
        #expect(balance.totals.map(\.isBalanced) == [true, true])
        #expect(balance.totals.map(\.debit) == [try Money("361.1"), try Money("207.5")])
        #expect(balance.lines.last?.postingTypes == "WIP sales value")
    }

    @Test("What was booked before the first day is in the opening balance, also when nothing was booked since")
    func openingBalance() throws {
        let april = try TrialBalance(scope("2026-04-01", "2026-04-30"), per: .all, on: world.connection)
        let perMonth = try TrialBalance(scope(), per: .month, on: world.connection)
        let first = try day("2026-04-01")
        let inApril = perMonth.lines.filter { $0.period == first }
        #expect(april.lines.map(\.opening) == inApril.map(\.opening))
        #expect(april.lines.map(\.closing) == inApril.map(\.closing))
        let may = try TrialBalance(scope("2026-05-01"), per: .month, on: world.connection)
        #expect(may.lines.map(\.opening) == inApril.map(\.closing))
        #expect(may.lines.allSatisfy { $0.debit == .zero && $0.credit == .zero && $0.period == nil })
        #expect(try TrialBalance(scope(nil, "2026-03-30"), per: .month, on: world.connection).lines.isEmpty)
        #expect(try TrialBalance(ReportScope(company: "demf"), per: .month, on: world.connection).lines.isEmpty)
    }

    @Test(
        "Periods are months, quarters, years, fiscal periods, or all days together",
        arguments: [
            (ReportPeriod.month, ["2026-03-01", "2026-04-01"]), (.quarter, ["2026-01-01", "2026-04-01"]),
            (.year, ["2026-01-01"]), (.fiscal, ["2026-01-01"]), (.all, ["all"]),
        ])
    func periods(period: ReportPeriod, starts: [String]) throws {
        let balance = try TrialBalance(scope(), per: period, on: world.connection)
        let found = balance.totals.map { $0.period?.description ?? "all" }
        #expect(found == starts)
        #expect(balance.totals.allSatisfy { $0.isBalanced })
    }

    @Test("A ledger that was changed by hand does not balance, and says so")
    func unbalanced() throws {
        try world.connection.execute(
            "UPDATE ledger_entries SET accounting_amount = accounting_amount + 1 WHERE main_account = 'A-sales-tax'")
        let balance = try TrialBalance(scope(), per: .month, on: world.connection)
        #expect(balance.totals.map(\.isBalanced) == [true, false])
        let tax = try SalesTaxByCode(scope(), per: .month, on: world.connection)
        #expect(tax.totals.map(\.agrees) == [false])
    }

    @Test("Sales tax is summed by code and period, in the currency of the invoices and in that of the books")
    func salesTax() throws {
        try world.proposal(
            "E", currency: "EUR", [.init(amount: "200", tax: "ONE"), .init(amount: "10", tax: "CITYONLY")])
        #expect(try world.post(.proposal, "E").status == "Posted")
        let tax = try SalesTaxByCode(scope(), per: .quarter, on: world.connection)
        #expect(
            tax.lines.map {
                "\($0.period?.description ?? "") \($0.code) \($0.currency) \($0.invoices): \($0.base) \($0.tax) "
                    + "\($0.accountingBase) \($0.accountingTax)"
            } == [
                "2026-04-01 CITY EUR 1: 10.0000 0.2100 11.0600 0.2300",
                "2026-04-01 STATE EUR 1: 200.0000 15.0000 221.1000 16.5800",
                "2026-04-01 STATE USD 1: 100.0000 7.5000 100.0000 7.5000",
            ])
        #expect(tax.totals.map(\.agrees) == [true])
        #expect(tax.totals.map(\.accountingTax) == [try Money("24.31")])
        #expect(try SalesTaxByCode(scope("2026-05-01"), per: .month, on: world.connection).lines.isEmpty)
    }

    @Test("Work in progress agrees with the ledger's accounts, and a project on which it does not is named")
    func workInProgress() throws {
        func read(_ scope: ReportScope, all: Bool = false) throws -> [String] {
            var projects: [String] = []
            _ = try WorkInProgress.read(scope, all: all, on: world.connection) {
                projects.append(
                    "\($0.projectNumber ?? "lent") \($0.accrued) \($0.invoiced) \($0.wipOnLedger) "
                        + "\($0.accruedRevenueOnLedger) \($0.agrees)")
            }
            return projects
        }
        let open = "WIP2 221.1000 0.0000 221.1000 221.1000 true"
        #expect(try read(scope()) == [open])
        #expect(try read(scope(), all: true) == ["WIP 100.0000 100.0000 0.0000 0.0000 true", open])
        #expect(try read(scope(nil, "2026-03-31")) == ["WIP 100.0000 0.0000 100.0000 100.0000 true", open])
        let totals = try WorkInProgress.read(scope(), on: world.connection) { _ in }
        #expect(totals.map(\.balance) == [try Money("221.1")])
        #expect(totals.map(\.wipOnLedger) == totals.map(\.balance))

        try world.connection.execute(
            """
            UPDATE ledger_entries SET project_number = 'WIP2' WHERE project_number = 'WIP'
                AND posting_type = $1 AND accounting_amount < 0
            """, PostingType.wipSalesValue)
        #expect(
            try read(scope()) == [
                "WIP 100.0000 100.0000 100.0000 0.0000 false", "WIP2 221.1000 0.0000 121.1000 221.1000 false",
            ])
    }

    @Test("What a company lends is in progress without a project, and agrees")
    func lent() throws {
        try world.journal("L", [JournalLineSample(type: .interOrganizationalSales, amount: "6")])
        #expect(try world.post(.journal, "L").status == "Posted")
        var lent: [WorkInProgress] = []
        _ = try WorkInProgress.read(scope(), on: world.connection) { if $0.projectNumber == nil { lent.append($0) } }
        #expect(lent.map(\.balance) == [Money(6)])
        #expect(lent.map(\.agrees) == [true])
    }

    @Test("A project's subledger has its cost and sales with their invoices, and what it was invoiced on-account")
    func subledger() throws {
        try world.proposal("M", [.init(transactionClass: .milestone, method: .fixedPrice, amount: "5000")])
        #expect(try world.post(.proposal, "M").status == "Posted")
        var lines: [String] = []
        let totals = try ProjectSubledger.read(project: "WIP", scope(), on: world.connection) {
            lines.append(
                "\($0.accountingDate) \($0.kind) \($0.amount) \($0.accountingAmount) \($0.isAccrued) "
                    + "\($0.customerInvoiceNumber ?? "-")")
        }
        #expect(
            lines == [
                "2026-03-31 Cost 40.0000 40.0000 false -",
                "2026-03-31 Unbilled Sales 100.0000 100.0000 true CIV-000001",
                "2026-04-01 Milestone 5000.0000 5000.0000 false CIV-000002",
            ])
        #expect(
            totals.map { "\($0.kind) \($0.transactions) \($0.amount)" } == [
                "Cost 1 40.0000", "Milestone 1 5000.0000", "Unbilled Sales 1 100.0000",
            ])
        let march = try ProjectSubledger.read(project: "WIP", scope(nil, "2026-03-31"), on: world.connection) { _ in }
        #expect(march.map(\.kind) == ["Cost", "Unbilled Sales"])
        #expect(try ProjectSubledger.read(project: "NONE", scope(), on: world.connection) { _ in }.isEmpty)
    }

    @Test("A voucher says what it is of; a number that is not in use says why")
    func vouchers() throws {
        let lookup = VoucherLookup(world.connection)
        let invoice = try #require(try CustomerInvoices(world.connection).find("P").first)
        let source = try #require(try lookup.sources(of: invoice.voucher).first)
        #expect(source.kind == .proposal && source.number == "P" && source.customerInvoiceNumber == invoice.number)
        var entries: [LedgerEntry] = []
        try lookup.forEachEntry(of: invoice.voucher) { entries.append($0) }
        #expect(entries.map(\.entryNumber) == [1, 2, 3, 4, 5])
        #expect(entries.reduce(.zero) { $0 + $1.accountingAmount } == .zero)

        let line = try #require(try lookup.sources(of: try world.voucher("J-2"), company: "usmf").first)
        #expect(line.kind == .journal && line.lineNumber == 2 && line.isPosted && line.projectNumber == "WIP")
        #expect(try lookup.sources(of: try world.voucher("J-2"), company: "demf").isEmpty)

        try world.journal("D", [.cost("1")])
        let unused = try world.voucher("D-1")
        _ = try JournalDeletion.delete(world.number("D"), of: "usmf", on: world.connection)
        #expect(try lookup.sources(of: unused).isEmpty)
        #expect(try lookup.gap(of: unused)?.contains("deleted") == true)
        #expect(try lookup.gap(of: "NONE") == nil)
    }
}
