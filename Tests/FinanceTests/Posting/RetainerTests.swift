import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// Retainers, which are invoiced first and deducted from later invoices (`domain.md` §6.7, §9.11).
@Suite("A retainer is deducted after it was invoiced")
struct RetainerTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    private func retainer(_ amount: String, unbilled: GUID) -> ProposalLineSample {
        ProposalLineSample(transactionClass: .retainer, amount: amount, unbilled: unbilled)
    }

    /// Posts the open balances of retainers, which have vouchers and no ledger entries.
    private func balances(_ amounts: String...) throws -> [GUID] {
        let actuals = try world.journal("J", amounts.map { .unbilled($0, .retainer) })
        #expect(try world.post(.journal, "J") == .init(status: "Posted"))
        return actuals
    }

    private func onAccount() throws -> [String] {
        try world.texts(
            """
            SELECT proposal_number || ' ' || transaction_origin || ' ' || amount::numeric(19, 2)
            FROM on_account_transactions ORDER BY 1
            """)
    }

    @Test("A retainer of 1,000 is a prepayment, and 400 of it applied, then 600, are deductions")
    func applied() throws {
        let open = try balances("-1000", "-600")
        try world.proposal("P1", [retainer("1000", unbilled: open[0])])
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        try world.proposal("P2", [retainer("-400", unbilled: open[0]), ProposalLineSample(amount: "400")])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        try world.proposal("P3", [retainer("-600", unbilled: open[1]), ProposalLineSample(amount: "700")])
        #expect(try world.post(.proposal, "P3") == .init(status: "Posted"))
        #expect(try onAccount() == ["P1 Prepayment 1000.00", "P2 Deduction -400.00", "P3 Deduction -600.00"])
        #expect(try world.balance(.wipInvoicedOnAccount) == "0.00")
        #expect(try world.balance(.customerBalance) == "1100.00")
    }

    @Test("A deduction waits until the invoice of its retainer is posted, and goes on by itself")
    func waits() throws {
        let open = try balances("-1000")
        try world.proposal("P1", [retainer("1000", unbilled: open[0])])
        try world.proposal("P2", isReady: false, [retainer("-400", unbilled: open[0])])
        #expect(
            try world.text("SELECT waiting_for FROM invoice_proposals WHERE proposal_number = 'P2'")
                == "waiting for a retainer to be posted: proposal P1; it deducts retainers that are not invoiced: "
                + "400.0000 more than there are")
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        #expect(try world.importAll().proposals.map(\.number) == ["P2"])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
    }

    @Test("A deduction whose retainer has not come waits, and goes on when that is posted")
    func comesFirst() throws {
        let open = try balances("-1000")
        try world.proposal("P2", isReady: false, [retainer("-400", unbilled: open[0])])
        try world.proposal("P1", [retainer("1000", unbilled: open[0])])
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        #expect(try world.importAll().proposals.map(\.number) == ["P2"])
    }

    @Test("Of two invoices that deduct more than there is, the second is not posted")
    func tooMuch() throws {
        let open = try balances("-1000")
        try world.proposal("P1", [retainer("1000", unbilled: open[0])])
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        try world.proposal("P2", [retainer("-700", unbilled: open[0])])
        try world.proposal("P3", [retainer("-700", unbilled: open[0])])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        let rows = try world.rowsPosted()
        let refused = try world.post(.proposal, "P3")
        #expect(refused.status == "Error")
        #expect(refused.error?.contains("400.0000 more than there are of contract C-1") == true)
        #expect(try world.rowsPosted() == rows)
    }

    @Test("A retainer of another contract covers nothing")
    func otherContract() throws {
        let open = try balances("-1000")
        try world.proposal("P1", [retainer("1000", unbilled: open[0])])
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        let contract = RetainerBalance(
            posted: try OnAccountTransactionStore(connection: world.connection).retainers(
                of: "C-2", currency: "USD", company: "usmf"),
            own: Money(-1))
        #expect(!contract.isCovered)
    }
}

/// A contract's retainers over several invoices, to the cent (`domain.md` §6.7, §6.12, §9.11).
@Suite("A contract's retainers, applied over several invoices and refunded, leave nothing on account")
struct RetainerSequenceTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    private func balances(_ amounts: String..., project: String = "WIP", currency: CurrencyCode = "USD") throws
        -> [GUID]
    {
        let name = "balances \(world.journals.count)"
        let actuals = try world.journal(
            name, amounts.map { .unbilled($0, .retainer, project: project, currency: currency) })
        #expect(try world.post(.journal, name) == .init(status: "Posted"))
        for number in actuals.indices { #expect(try world.entries("\(name)-\(number + 1)").isEmpty) }
        return actuals
    }

    private func retainer(
        _ amount: String, _ unbilled: GUID?, project: String = "WIP", method: BillingMethod = .timeAndMaterial,
        reversing: GUID? = nil
    ) -> ProposalLineSample {
        ProposalLineSample(
            transactionClass: .retainer, method: method, project: project, amount: amount, unbilled: unbilled,
            reversing: reversing)
    }

    private func post(
        _ number: String, _ lines: ProposalLineSample..., currency: CurrencyCode = "USD", date: String = "2026-04-01"
    ) throws -> [GUID] {
        let billed = try world.proposal(number, currency: currency, date: date, lines)
        #expect(try world.post(.proposal, number) == .init(status: "Posted"))
        #expect(try LedgerTotals.load(world.connection).unbalancedVouchers == 0)
        return billed
    }

    private func onAccount() throws -> OnAccountBalance {
        try #require(OnAccountBalance.list(world.connection, company: "usmf", contract: "C-1").first)
    }

    @Test("Two retainers, of which one is lowered; two on one invoice; a refund without other lines")
    func twoRetainers() throws {
        let open = try balances("-1000", "-500.50")
        _ = try post("P1", retainer("1000", open[0]))
        _ = try post("P2", retainer("500.50", open[1]), ProposalLineSample(amount: "100"))
        // 400 of the first, which leaves 600.
        _ = try post("P3", retainer("-400", open[0]), ProposalLineSample(amount: "400"))
        let rest = try balances("-600")
        // The rest of the first and 100.25 of the second, on one invoice.
        _ = try post(
            "P4", retainer("-600", rest[0]), retainer("-100.25", open[1]), ProposalLineSample(amount: "800"))
        let second = try balances("-400.25")
        #expect(try onAccount().retainers.description == "400.2500")
        // The second is refunded.
        _ = try post("P5", retainer("-400.25", second[0]))
        #expect(
            try world.invoiceEntries("P5") == [
                "customer-balance - -400.25 -400.25", "wip-invoiced-on-account WIP 400.25 400.25",
            ])
        let balance = try onAccount()
        #expect(balance.prepayments.description == "1500.5000" && balance.deductions.description == "-1500.5000")
        #expect(balance.balance == .zero && balance.accountingBalance == .zero)
        #expect(try world.balance(.wipInvoicedOnAccount) == "0.00")
        // What the customer owes is the work: 100 + 400 + 800.
        #expect(try world.balance(.customerBalance) == "1300.00")
        #expect(try world.balance(.invoicedRevenue) == "-1300.00")
    }

    @Test(
        "Under each profile, a retainer and what is applied of it book to the same account",
        arguments: [
            ("PLAIN", BillingMethod.timeAndMaterial, PostingType.wipInvoicedOnAccount),
            ("WIP", .timeAndMaterial, .wipInvoicedOnAccount), ("FPPL", .fixedPrice, .invoicedRevenueOnAccount),
            ("WIP", .fixedPrice, .wipInvoicedOnAccount),
        ])
    func profiles(project: String, method: BillingMethod, account: PostingType) throws {
        let open = try balances("-1000", project: project)
        _ = try post("P1", retainer("1000", open[0], project: project, method: method))
        #expect(
            try world.invoiceEntries("P1") == [
                "customer-balance - 1000.00 1000.00", "\(account.rawValue) \(project) -1000.00 -1000.00",
            ])
        _ = try post("P2", retainer("-300", open[0], project: project, method: method))
        #expect(try world.balance(account) == "-700.00")
        let rest = try balances("-700", project: project)
        _ = try post("P3", retainer("-700", rest[0], project: project, method: method))
        #expect(try world.balance(account) == "0.00" && world.balance(.customerBalance) == "0.00")
        #expect(try onAccount().accountingBalance == .zero)
    }

    @Test("5054918: the tax of the lines is not lowered by what is deducted")
    func taxIsNotSetOff() throws {
        let open = try balances("-1000")
        _ = try post("P1", retainer("1000", open[0]))
        _ = try post(
            "P2", retainer("-1000", open[0]), ProposalLineSample(amount: "1000", tax: "ONE"))
        #expect(
            try world.invoiceEntries("P2") == [
                "customer-balance - 75.00 75.00", "invoiced-revenue WIP -1000.00 -1000.00",
                "wip-invoiced-on-account WIP 1000.00 1000.00", "sales-tax WIP -75.00 -75.00",
                "wip-sales-value WIP -1000.00 -1000.00", "accrued-revenue-sales-value WIP 1000.00 1000.00",
            ])
        #expect(
            try world.text(
                "SELECT sales_tax_amount::numeric(19, 2)::text FROM project_invoices WHERE proposal_number = 'P2'")
                == "75.00")
    }

    @Test("Only where a group is configured is a retainer taxed, and what is deducted of it likewise")
    func taxed() throws {
        try world.configure([
            ("journal-line-limit: 1000000", "journal-line-limit: 1000000\n      retainer-item-sales-tax-group: ONE")
        ])
        let open = try balances("-1000")
        _ = try post("P1", retainer("1000", open[0]))
        #expect(try world.balance(.salesTax) == "-75.00")
        _ = try post("P2", retainer("-400", open[0]))
        #expect(try world.balance(.salesTax) == "-45.00")
        let rest = try balances("-600")
        _ = try post("P3", retainer("-600", rest[0]))
        #expect(try world.balance(.salesTax) == "0.00" && world.balance(.customerBalance) == "0.00")
        #expect(try onAccount().accountingBalance == .zero)
    }

    @Test("A retainer whose amount contains its tax covers deductions that contain theirs")
    func taxIncluded() throws {
        try world.configure([
            ("journal-line-limit: 1000000", "journal-line-limit: 1000000\n      retainer-item-sales-tax-group: INC")
        ])
        let open = try balances("-1190")
        _ = try post("P1", retainer("1190", open[0]))
        #expect(try onAccount().balance.description == "1000.0000")
        _ = try post("P2", retainer("-1190", open[0]))
        #expect(try world.balance(.salesTax) == "0.00" && world.balance(.wipInvoicedOnAccount) == "0.00")
    }

    @Test("In another currency, what is deducted leaves the account at the rate at which it was prepaid")
    func otherCurrency() throws {
        let open = try balances("-1000.01", currency: "EUR")
        _ = try post("P1", retainer("1000.01", open[0]), currency: "EUR")
        #expect(
            try world.invoiceEntries("P1") == [
                "customer-balance - 1000.01 1105.51", "wip-invoiced-on-account WIP -1000.01 -1105.51",
            ])
        // 333.33 at 110.55 is 368.50, at 120 it is 400.00.
        let second = try world.proposal(
            "P2", currency: "EUR", date: "2026-07-01", [retainer("-333.33", open[0])])
        #expect(second.count == 1)
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        #expect(
            try world.invoiceEntries("P2") == [
                "customer-balance - -333.33 -400.00", "wip-invoiced-on-account WIP 333.33 368.50",
                "penny-difference - 0.00 31.50",
            ])
        try world.configure([
            (
                "penny-difference: {company: A-penny-difference}",
                "penny-difference: {company: A-penny-difference}\n      exchange-difference: {company: A-exchange}"
            )
        ])
        let rest = try balances("-666.68", currency: "EUR")
        _ = try post("P3", retainer("-666.68", rest[0]), currency: "EUR", date: "2026-07-02")
        // What is left: 1,105.51 − 368.50.
        #expect(
            try world.invoiceEntries("P3") == [
                "customer-balance - -666.68 -800.02", "wip-invoiced-on-account WIP 666.68 737.01",
                "exchange-difference - 0.00 63.01",
            ])
        #expect(try world.balance(.wipInvoicedOnAccount) == "0.00")
        #expect(try onAccount().accountingBalance == .zero)
        // What is written back is at the rate of the invoice, as of any line.
        #expect(
            try world.texts(
                """
                SELECT convert_from(payload, 'UTF8')::json ->> 'accountingAmount' FROM outbox
                WHERE topic = 'accounting-detail' AND convert_from(payload, 'UTF8') LIKE '%"sourceNumber":"P3"%'
                """) == ["-800.0200"])
    }

    @Test("What is deducted leaves the account on which it was prepaid, wherever set-up books it today")
    func accountChanged() throws {
        let open = try balances("-1000")
        _ = try post("P1", retainer("1000", open[0]))
        try world.configure([("A-wip-invoiced-on-account", "A-elsewhere")])
        _ = try post("P2", retainer("-1000", open[0]))
        #expect(try world.balance(account: "A-wip-invoiced-on-account") == "0.00")
        #expect(try world.balance(account: "A-elsewhere") == "0.00")
    }

    @Test("A credit of a deduction gives it back, and it can be deducted again")
    func creditedDeduction() throws {
        let open = try balances("-1000")
        _ = try post("P1", retainer("1000", open[0]))
        let deducted = try post("P2", retainer("-1000", open[0]))
        _ = try post("P3", retainer("1000", nil, reversing: deducted[0]))
        #expect(try onAccount().balance == Money(1_000))
        let again = try balances("-1000")
        _ = try post("P4", retainer("-1000", again[0]))
        #expect(try onAccount().balance == .zero && world.balance(.wipInvoicedOnAccount) == "0.00")
    }

    @Test("A retainer that is used cannot be credited, and one that is not can")
    func creditedPrepayment() throws {
        let open = try balances("-1000")
        let billed = try post("P1", retainer("1000", open[0]))
        _ = try post("P2", retainer("-400", open[0]))
        try world.proposal("P3", isReady: false, [retainer("-1000", nil, reversing: billed[0])])
        #expect(
            try world.text("SELECT waiting_for FROM invoice_proposals WHERE proposal_number = 'P3'")
                .contains("400.0000 more than there are"))
    }

    @Test("A deduction of more than its open balance is held, with both amounts")
    func moreThanItsBalance() throws {
        let open = try balances("-1000", "-100")
        _ = try post("P1", retainer("1000", open[0]))
        try world.proposal("P2", isReady: false, [retainer("-400", open[1])])
        #expect(
            try world.text("SELECT waiting_for FROM invoice_proposals WHERE proposal_number = 'P2'")
                .contains("its amount is -400.0000, and that of \(open[1]) -100.0000: no more than that can be billed"))
    }
}
