import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// A company that keeps its books in dollars and reports in pounds (`domain.md` §6.13, §7 invariant 4, §9.5–9.7).
@Suite("The reporting currency")
struct ReportingCurrencyTests {
    /// The set-up of postings, with pounds for the reports: a dollar is 0.7777 of them, a euro 0.8611 and 0.9333 from July.
    static func setup(from basis: String = "transaction", rates: String? = nil) -> String {
        let known =
            basis == "accounting"
            ? "USD: {2026-01-01: 77.77}"
            : "USD: {2026-01-01: 77.77}, EUR: {2026-01-01: 86.11, 2026-07-01: 93.33}"
        return FinanceWorld.postingSetup
            .replacing(
                "    accounting-currency: USD\n",
                with:
                    "    accounting-currency: USD\n    reporting-currency: GBP\n    reporting-currency-from: \(basis)\n"
            )
            .replacing(
                "    fixed-rate-agreements:",
                with: "    reporting-exchange-rates: {\(rates ?? known)}\n    fixed-rate-agreements:")
    }

    /// `type amount accounting reporting` of each entry of a voucher.
    private func entries(_ world: FinanceWorld, _ voucher: String) throws -> [String] {
        try world.texts(
            """
            SELECT concat_ws(' ', posting_type, amount::numeric(19, 2), accounting_amount::numeric(19, 2),
                reporting_amount::numeric(19, 2)) FROM ledger_entries WHERE voucher = '\(voucher)' ORDER BY entry_number
            """)
    }

    private func invoiceEntries(_ world: FinanceWorld, _ proposal: String) throws -> [String] {
        try entries(world, world.text("SELECT voucher FROM project_invoices WHERE proposal_number = '\(proposal)'"))
    }

    /// What stands on a posting type in the reporting currency.
    private func reported(_ world: FinanceWorld, _ type: PostingType) throws -> String {
        try world.text(
            "SELECT sum(reporting_amount)::text FROM ledger_entries WHERE posting_type = '\(type.rawValue)'")
    }

    @Test(
        "Amounts are computed from the transaction currency, or from the accounting currency where set-up says so",
        arguments: [("transaction", "86.1100"), ("accounting", "85.9700")])
    func basis(basis: String, amount: String) throws {
        let world = try FinanceWorld(setup: Self.setup(from: basis))
        try world.journal("J", [.unbilled("100", currency: "EUR")])
        try world.post(.journal, "J")
        // 100 EUR are 110.55 USD: 86.11 GBP by the rate of the euro, 85.97 by that of the dollar.
        #expect(
            try world.texts("SELECT reporting_amount::text FROM ledger_entries ORDER BY entry_number")
                == [amount, "-\(amount)"])
        #expect(try world.text("SELECT reporting_amount::text FROM project_transactions") == amount)
        #expect(try LedgerTotals.load(world.connection).unbalancedVouchers == 0)
    }

    @Test("What is in the reporting currency is at parity, and a contract's fixed rate is not about it")
    func ratesOfItsOwn() throws {
        let world = try FinanceWorld(
            setup: Self.setup(),
            ("EUR: {2026-01-01: 110.55, 2026-07-01: 120}", "EUR: {2026-01-01: 110.55}\n      GBP: {2026-01-01: 128.5}"))
        try world.journal("J", [.unbilled("100", currency: "GBP"), .unbilled("100", currency: "EUR")])
        try world.journal(
            "F", [JournalLineSample(contract: "C-FIX", currency: "EUR", amount: "100")])
        #expect(
            try world.texts(
                """
                SELECT concat_ws(' ', currency, accounting_amount, reporting_amount) FROM integration_journal_lines
                ORDER BY journal_number, line_number
                """) == [
                    "GBP 128.5000 100.0000", "EUR 110.5500 86.1100", "EUR 200.0000 86.1100",
                ])
    }

    @Test("A row whose reporting rate is missing is blocked with the cure, alone, and goes on when there is one")
    func missingRate() throws {
        let world = try FinanceWorld(setup: Self.setup(rates: "USD: {2026-01-01: 77.77}"))
        let (dollars, euros) = (
            actual(1, .unbilledSales) { $0.category = "Work" },
            actual(2, .unbilledSales) {
                $0.category = "Work"
                $0.currency = "EUR"
            }
        )
        try world.stage([dollars, euros])
        let report = try world.importAll()
        #expect(report.journals.map(\.lines) == [1])
        #expect(
            try world.texts("SELECT code || ': ' || reason FROM blocked_actuals") == [
                "no-exchange-rate: no exchange rate from EUR to the reporting currency GBP on \(euros.accountingDate); add one "
                    + "to reporting-exchange-rates"
            ])
        try world.configure([("USD: {2026-01-01: 77.77}", "USD: {2026-01-01: 77.77}, EUR: {2026-01-01: 90}")])
        #expect(try world.importAll().journals.map(\.lines) == [1])
        #expect(try world.count("blocked_actuals") == 0)
        #expect(try world.count("integration_journal_lines", "reporting_amount = 1440") == 1)
    }

    @Test("An invoice without a reporting rate is refused, and says which")
    func missingRateOfInvoice() throws {
        let world = try FinanceWorld(setup: Self.setup(rates: "USD: {2026-05-01: 77.77}"))
        try world.proposal("P", [.typed("100")])
        let outcome = try world.post(.proposal, "P")
        #expect(outcome.status == "Error")
        #expect(outcome.error?.contains("from USD to the reporting currency GBP on 2026-04-01") == true)
        #expect(try world.count("ledger_entries") == 0)
        #expect(try world.post(.proposal, "P", invoiceDate: "2026-05-01").status == "Posted")
    }

    @Test("A reversal takes the rates of what it reverses, in the reporting currency as well (§9.5)")
    func reversal() throws {
        let world = try FinanceWorld(setup: Self.setup())
        let sale = try world.journal("J", date: "2026-06-30", [.unbilled("100.01", currency: "EUR")])[0]
        try world.post(.journal, "J")
        try world.journal("R", date: "2026-07-31", [.unbilled("-100.01", currency: "EUR", reversing: sale)])
        try world.post(.journal, "R")
        #expect(try entries(world, world.voucher("R-1")).first == "wip-sales-value -100.01 -110.56 -86.12")
        #expect(try reported(world, .wipSalesValue) == "0.0000")
        #expect(try reported(world, .accruedRevenueSalesValue) == "0.0000")
    }

    @Test("An invoice takes WIP back at the rates of the accrual, and its voucher balances in every currency (519716)")
    func invoice() throws {
        let world = try FinanceWorld(setup: Self.setup())
        let sales = try world.journal(
            "J", date: "2026-06-30", ["33.33", "33.33", "33.34"].map { .unbilled($0, currency: "EUR") })
        try world.post(.journal, "J")
        try world.proposal(
            "P", currency: "EUR", date: "2026-08-01",
            zip(["33.33", "33.33", "33.34"], sales).map {
                ProposalLineSample(amount: $0, unbilled: $1, tax: "ONE")
            })
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        // 100 and three times 2.50 tax. In pounds: twice 31.11 and 31.12, three times 2.33, and 100.33 in one.
        #expect(
            try invoiceEntries(world, "P") == [
                "customer-balance 107.50 129.00 100.33", "invoiced-revenue -100.00 -120.01 -93.34",
                "sales-tax -7.50 -9.00 -6.99", "wip-sales-value -100.00 -110.56 -86.11",
                "accrued-revenue-sales-value 100.00 110.56 86.11", "penny-difference 0.00 0.01 0.00",
            ])
        #expect(try reported(world, .wipSalesValue) == "0.0000")
        #expect(
            try world.text(
                """
                SELECT concat_ws(' ', reporting_exchange_rate, reporting_invoice_amount, reporting_detail_amount)
                FROM project_invoices
                """) == "93.3300000000 100.3300 93.3400")
        #expect(try world.text("SELECT sum(reporting_tax_amount)::text FROM sales_tax_transactions") == "6.9900")
        #expect(try world.text("SELECT sum(reporting_accrual_reversed)::text FROM project_invoice_lines") == "86.1100")
    }

    @Test("What rounding leaves over in the reporting currency alone is booked as penny difference")
    func pennyDifference() throws {
        let world = try FinanceWorld(setup: Self.setup())
        try world.proposal("P", ["10.01", "10.01", "10.01"].map { .typed($0) })
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        // Three times 7.78, and 23.35 in one.
        #expect(
            try invoiceEntries(world, "P") == [
                "customer-balance 30.03 30.03 23.35", "invoiced-revenue-on-account -30.03 -30.03 -23.34",
                "penny-difference 0.00 0.00 -0.01",
            ])
    }

    @Test("Milestones and their credits are in the reporting currency too, at their own rates")
    func onAccount() throws {
        let world = try FinanceWorld(setup: Self.setup())
        func milestone(_ amount: String, _ reversing: GUID? = nil) -> ProposalLineSample {
            ProposalLineSample(
                transactionClass: .milestone, method: .fixedPrice, project: "FPBAL", amount: amount,
                reversing: reversing)
        }
        let billed = try world.proposal("P1", currency: "EUR", [milestone("100")])[0]
        try world.post(.proposal, "P1")
        try world.proposal("P2", currency: "EUR", date: "2026-07-01", [milestone("-100", billed)])
        try world.post(.proposal, "P2")
        #expect(
            try world.texts(
                """
                SELECT concat_ws(' ', amount, reporting_exchange_rate, reporting_amount) FROM on_account_transactions
                ORDER BY proposal_number
                """) == ["100.0000 86.1100000000 86.1100", "-100.0000 93.3300000000 -93.3300"])
        #expect(try LedgerTotals.load(world.connection).unbalancedVouchers == 0)
    }

    @Test("Nothing of a retainer that is used up stays on account, in the reporting currency as in the others (602728)")
    func retainer() throws {
        let world = try FinanceWorld(
            setup: Self.setup(),
            (
                "penny-difference: {company: A-penny-difference}",
                "penny-difference: {company: A-penny-difference}\n      exchange-difference: {company: A-exchange-difference}"
            ))
        func retainer(_ amount: String, _ unbilled: GUID) -> ProposalLineSample {
            ProposalLineSample(transactionClass: .retainer, amount: amount, unbilled: unbilled)
        }
        let open = try world.journal("J", [.unbilled("-100", .retainer, currency: "EUR")])[0]
        try world.post(.journal, "J")
        try world.proposal("P1", currency: "EUR", date: "2026-06-01", [retainer("100", open)])
        try world.post(.proposal, "P1")
        for (number, amount) in [("P2", "33.33"), ("P3", "66.67")] {
            try world.proposal(
                number, currency: "EUR", date: "2026-08-01",
                [retainer("-\(amount)", open), ProposalLineSample(amount: "200")])
            #expect(try world.post(.proposal, number) == .init(status: "Posted"))
        }
        #expect(try reported(world, .wipInvoicedOnAccount) == "0.0000")
        #expect(try world.balance(.wipInvoicedOnAccount) == "0.00")
        #expect(try world.text("SELECT sum(reporting_amount)::text FROM on_account_transactions") == "0.0000")
        // 100 EUR are 86.11 GBP when they are invoiced, and 93.33 when they are deducted.
        #expect(try reported(world, .exchangeDifference) == "7.2200")
        #expect(try LedgerTotals.load(world.connection).unbalancedVouchers == 0)
    }

    @Test(
        "The database itself takes no voucher that does not balance in the reporting currency, or lacks it",
        arguments: [
            ("5", "-4", "does not balance"), ("5", "NULL", "does not balance"),
            ("NULL", "NULL", "has an amount in the reporting currency"),
        ])
    func database(debit: String, credit: String, message: String) throws {
        let world = try FinanceWorld(setup: Self.setup())
        let error = #expect(throws: DatabaseError.self) {
            try world.connection.executeScript(
                """
                INSERT INTO ledger_entries (data_area_id, voucher, entry_number, accounting_date, posting_type,
                    main_account, currency, amount, accounting_amount, reporting_amount)
                VALUES ('usmf', 'V', 1, '2026-01-01', 'cost', 'A', 'USD', 6, 6, \(debit)),
                    ('usmf', 'V', 2, '2026-01-01', 'payroll-allocation', 'B', 'USD', -6, -6, \(credit))
                """)
        }
        #expect(error?.message.contains(message) == true)
    }

    @Test("Without a reporting currency nothing is in one")
    func none() throws {
        let world = try FinanceWorld(setup: FinanceWorld.postingSetup)
        try world.proposal("P", [.typed("100")])
        try world.post(.proposal, "P")
        #expect(try world.count("ledger_entries", "reporting_amount IS NOT NULL") == 0)
        #expect(try world.count("project_invoices", "reporting_invoice_amount IS NULL") == 1)
    }
}

/// Which rate a credit has (`domain.md` §9.5).
@Suite("The exchange rate of a credit")
struct CreditExchangeRateTests {
    private func creditOfAMonthLater(_ parameter: String) throws -> FinanceWorld {
        let world = try FinanceWorld(
            setup: ReportingCurrencyTests.setup(),
            ("journal-period-unit: days", "journal-period-unit: days\n      credit-exchange-rate: \(parameter)"))
        let billed = try world.proposal(
            "P1", currency: "EUR", date: "2026-06-01",
            [ProposalLineSample(amount: "100", tax: "ONE"), ProposalLineSample(amount: "50", tax: "ONE")])
        try world.post(.proposal, "P1")
        try world.proposal(
            "P2", currency: "EUR", date: "2026-08-01",
            [
                ProposalLineSample(amount: "-100", reversing: billed[0], tax: "ONE"),
                ProposalLineSample(amount: "10", tax: "ONE"),
            ])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        #expect(try LedgerTotals.load(world.connection).unbalancedVouchers == 0)
        return world
    }

    private func revenue(_ world: FinanceWorld) throws -> String {
        try world.text(
            """
            SELECT concat_ws(' ', accounting_amount, reporting_amount) FROM ledger_entries
            JOIN project_invoices USING (data_area_id, voucher)
            WHERE proposal_number = 'P2' AND posting_type = 'invoiced-revenue'
            """)
    }

    @Test("That of its own invoice: the exchange difference is in revenue")
    func ownDate() throws {
        // 90 EUR at 120 and 93.33.
        #expect(try revenue(creditOfAMonthLater("invoice")) == "108.0000 84.0000")
    }

    @Test("That of the invoice that it takes back, where set-up says so; other lines of the invoice have their own")
    func original() throws {
        let world = try creditOfAMonthLater("original")
        // 100 EUR at 110.55 and 86.11 back, 10 EUR at 120 and 93.33.
        #expect(try revenue(world) == "98.5500 76.7800")
        #expect(
            try world.texts(
                """
                SELECT convert_from(payload, 'UTF8')::jsonb ->> 'exchangeRate' FROM outbox
                WHERE topic = 'accounting-detail' AND convert_from(payload, 'UTF8') LIKE '%"sourceNumber":"P2"%'
                ORDER BY 1
                """) == ["110.5500000000", "120.0000000000"])
        #expect(
            try world.text(
                "SELECT concat_ws(' ', base_amount, accounting_base_amount) FROM sales_tax_transactions t JOIN project_invoices USING (data_area_id, voucher) WHERE proposal_number = 'P2'"
            ) == "-90.0000 -98.5500")
    }
}
