import Contracts
import Testing

@testable import Finance

/// The customer invoice row of `domain.md` §6.12, one test a profile, and credits.
@Suite("Posting proposals")
struct ProposalPostingTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    /// Posts an unbilled sale, and the proposal that bills it.
    private func invoice(project: String, amount: String = "75") throws -> [String] {
        let unbilled = try world.journal("J", [.unbilled(amount, project: project)])[0]
        try world.post(.journal, "J")
        try world.proposal("P", [ProposalLineSample(project: project, amount: amount, unbilled: unbilled)])
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        return try world.invoiceEntries("P")
    }

    @Test("T&M without WIP: Dr customer, Cr invoiced revenue")
    func withoutWIP() throws {
        #expect(
            try invoice(project: "PLAIN") == ["customer-balance - 75.00 75.00", "invoiced-revenue PLAIN -75.00 -75.00"])
    }

    @Test("T&M with WIP: Dr customer, Cr invoiced revenue, and Cr WIP, Dr accrued revenue")
    func withWIP() throws {
        #expect(
            try invoice(project: "WIP") == [
                "customer-balance - 75.00 75.00", "invoiced-revenue WIP -75.00 -75.00",
                "wip-sales-value WIP -75.00 -75.00",
                "accrued-revenue-sales-value WIP 75.00 75.00",
            ])
        #expect(try world.balance(.wipSalesValue) == "0.00")
        #expect(try world.balance(.accruedRevenueSalesValue) == "0.00")
    }

    private func milestone(_ amount: String, project: String, reversing: GUID? = nil) -> ProposalLineSample {
        ProposalLineSample(
            transactionClass: .milestone, method: .fixedPrice, project: project, amount: amount, reversing: reversing)
    }

    @Test("Fixed price without WIP: Dr customer, Cr invoiced revenue on-account")
    func fixedPriceToProfitAndLoss() throws {
        try world.proposal("P", [milestone("5000", project: "FPPL")])
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        #expect(
            try world.invoiceEntries("P") == [
                "customer-balance - 5000.00 5000.00", "invoiced-revenue-on-account FPPL -5000.00 -5000.00",
            ])
    }

    @Test("Fixed price by completed contract or percentage: Dr customer, Cr WIP invoiced on-account")
    func fixedPriceToBalance() throws {
        try world.proposal("P", [milestone("5000", project: "FPBAL")])
        try world.post(.proposal, "P")
        #expect(
            try world.invoiceEntries("P") == [
                "customer-balance - 5000.00 5000.00", "wip-invoiced-on-account FPBAL -5000.00 -5000.00",
            ])
        #expect(try world.count("on_account_transactions", "transaction_origin = 'Milestone' AND amount = 5000") == 1)
    }

    @Test("E17: 1 h at cost 50 and bill 75 leaves a margin of 25, and nothing in WIP")
    func e17() throws {
        let actuals = try world.journal("E17", [.cost("50"), .unbilled("75")])
        try world.post(.journal, "E17")
        #expect(try world.entries("E17-1") == ["cost WIP 50.00 50.00", "payroll-allocation WIP -50.00 -50.00"])
        #expect(
            try world.entries("E17-2")
                == ["wip-sales-value WIP 75.00 75.00", "accrued-revenue-sales-value WIP -75.00 -75.00"])
        try world.proposal("PE17", [ProposalLineSample(amount: "75", unbilled: actuals[1])])
        try world.post(.proposal, "PE17")
        #expect(
            try world.invoiceEntries("PE17") == [
                "customer-balance - 75.00 75.00", "invoiced-revenue WIP -75.00 -75.00",
                "wip-sales-value WIP -75.00 -75.00",
                "accrued-revenue-sales-value WIP 75.00 75.00",
            ])
        #expect(
            try world.text(
                """
                SELECT (-sum(accounting_amount))::numeric(19, 2)::text FROM ledger_entries
                WHERE posting_type IN ('cost', 'invoiced-revenue', 'accrued-revenue-sales-value')
                """) == "25.00")
    }

    @Test("E6: 8 h invoiced unedited take back 1,600 and book 1,600, with voucher, number, date and due date")
    func e6() throws {
        let unbilled = try world.journal("E6", [.cost("800"), .unbilled("1600")])[1]
        try world.post(.journal, "E6")
        let billed = try world.proposal(
            "PE6", terms: "Net 60", [ProposalLineSample(quantity: "8", amount: "1600", unbilled: unbilled)])[0]
        try world.post(.proposal, "PE6")
        #expect(try world.balance(.wipSalesValue) == "0.00")
        #expect(try world.balance(.invoicedRevenue) == "-1600.00")
        let invoice = try #require(try CustomerInvoices(world.connection).find("PE6").first)
        #expect(invoice.number == "CIV-000001")
        #expect(invoice.voucher == "PSV-000003")
        #expect(invoice.invoiceDate.description == "2026-04-01")
        #expect(invoice.dueDate.description == "2026-05-31")
        #expect(invoice.invoiceAmount.description == "1600.0000")
        let detail = try world.text(
            "SELECT convert_from(payload, 'UTF8') FROM outbox WHERE topic = 'accounting-detail' ORDER BY id DESC LIMIT 1"
        )
        #expect(detail.contains(#""actualId":"\#(billed)""#))
        #expect(detail.contains(#""voucher":"PSV-000003""#))
        #expect(detail.contains(#""sourceNumber":"PE6""#))
        let posted = try world.text("SELECT convert_from(payload, 'UTF8') FROM outbox WHERE topic = 'invoice-posted'")
        #expect(posted.contains(#""customerInvoiceNumber":"CIV-000001""#))
        #expect(posted.contains(#""detailCount":1"#))
        #expect(posted.contains(#""detailAccountingAmount":"1600.0000""#))
        #expect(posted.contains(#""status":"Posted""#))
        #expect(try world.count("number_sequence_gaps") == 0)
    }

    @Test("E11: a milestone of 5,000, credited later, leaves nothing on-account and nothing owed")
    func e11() throws {
        try world.journal("E11", [.cost("800", project: "FPPL")])
        try world.post(.journal, "E11")
        let billed = try world.proposal("P1", [milestone("5000", project: "FPPL")])[0]
        try world.post(.proposal, "P1")
        try world.proposal("P2", [milestone("-5000", project: "FPPL", reversing: billed)])
        try world.post(.proposal, "P2")
        #expect(
            try world.invoiceEntries("P2") == [
                "customer-balance - -5000.00 -5000.00", "invoiced-revenue-on-account FPPL 5000.00 5000.00",
            ])
        #expect(try world.balance(.invoicedRevenueOnAccount) == "0.00")
        #expect(try world.balance(.customerBalance) == "0.00")
        #expect(try world.text("SELECT sum(amount)::numeric(19, 2)::text FROM on_account_transactions") == "0.00")
    }

    @Test("8 h corrected to 6 h ends with 400 of open WIP, and 1,200 of revenue (§6.12)")
    func correction() throws {
        let unbilled = try world.journal("J1", [.unbilled("1600")])[0]
        try world.post(.journal, "J1")
        let billed = try world.proposal(
            "P1", [ProposalLineSample(amount: "1600", unbilled: unbilled, tax: "ONE")])[0]
        try world.post(.proposal, "P1")
        // The correction's new unbilled rows: 6 h that are billed again, 2 h that stay open.
        let replacing = try world.journal("J2", [.unbilled("1200"), .unbilled("400")])[0]
        try world.post(.journal, "J2")
        try world.proposal(
            "P2",
            [
                ProposalLineSample(amount: "-1600", unbilled: unbilled, reversing: billed, tax: "ONE"),
                ProposalLineSample(amount: "1200", unbilled: replacing, tax: "ONE"),
            ])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        #expect(
            try world.invoiceEntries("P2") == [
                "customer-balance - -430.00 -430.00", "invoiced-revenue WIP 400.00 400.00", "sales-tax WIP 30.00 30.00",
                "wip-sales-value WIP -1200.00 -1200.00", "accrued-revenue-sales-value WIP 1200.00 1200.00",
            ])
        #expect(try world.balance(.wipSalesValue) == "400.00")
        #expect(try world.balance(.accruedRevenueSalesValue) == "-400.00")
        #expect(try world.balance(.invoicedRevenue) == "-1200.00")
        #expect(try world.balance(.salesTax) == "-90.00")
    }

    @Test("A correction waits for the invoice of its original, and goes on by itself once that is posted (§9.26)")
    func correctionWaits() throws {
        let unbilled = try world.journal("J1", [.unbilled("1600")])[0]
        try world.post(.journal, "J1")
        let billed = try world.proposal("P1", [ProposalLineSample(amount: "1600", unbilled: unbilled)])[0]
        try world.proposal("P2", isReady: false, [ProposalLineSample(amount: "-1600", reversing: billed)])
        #expect(
            try world.text("SELECT has_corrections || status FROM invoice_proposals WHERE proposal_number = 'P2'")
                == "trueOpen")
        #expect(try world.importAll().proposals.isEmpty)
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        #expect(try world.importAll().proposals.map(\.number) == ["P2"])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        #expect(
            try world.invoiceEntries("P2")
                == ["customer-balance - -1600.00 -1600.00", "invoiced-revenue WIP 1600.00 1600.00"])
        #expect(try world.balance(.invoicedRevenue) == "0.00")
    }

    @Test("Non-chargeable and complimentary lines carry the voucher and add nothing (§9.9)")
    func notChargeable() throws {
        let unbilled = try world.journal(
            "J",
            [
                .unbilled("100"), .unbilled("400", billingType: .nonChargeable),
                .unbilled("50", billingType: .complimentary),
            ])
        try world.post(.journal, "J")
        try world.proposal(
            "P",
            [
                ProposalLineSample(amount: "100", unbilled: unbilled[0], tax: "ONE"),
                ProposalLineSample(billingType: .nonChargeable, amount: "400", unbilled: unbilled[1], tax: "ONE"),
                ProposalLineSample(billingType: .complimentary, amount: "50", unbilled: unbilled[2], tax: "ONE"),
            ])
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        #expect(
            try world.invoiceEntries("P").prefix(2) == [
                "customer-balance - 107.50 107.50", "invoiced-revenue WIP -100.00 -100.00",
            ])
        #expect(
            try world.count(
                "outbox", "topic = 'accounting-detail' AND convert_from(payload, 'UTF8') LIKE '%PSV-000004%'") == 3)
        #expect(try world.text("SELECT line_count::text FROM project_invoices") == "3")
    }

    @Test("Retainers: billed as prepayment, applied as deduction, to WIP invoiced on-account (§9.11)")
    func retainers() throws {
        let unbilled = try world.journal(
            "J", [.unbilled("-1000", .retainer), .unbilled("800"), .unbilled("800", .retainer)])
        try world.post(.journal, "J")
        try world.proposal(
            "P1", [ProposalLineSample(transactionClass: .retainer, amount: "1000", unbilled: unbilled[0])])
        try world.post(.proposal, "P1")
        #expect(
            try world.invoiceEntries("P1")
                == ["customer-balance - 1000.00 1000.00", "wip-invoiced-on-account WIP -1000.00 -1000.00"])
        try world.proposal(
            "P2",
            [
                ProposalLineSample(amount: "800", unbilled: unbilled[1]),
                ProposalLineSample(transactionClass: .retainer, amount: "-800", unbilled: unbilled[2]),
            ])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        #expect(
            try world.text(
                "SELECT string_agg(transaction_origin || amount::int, ' ' ORDER BY amount DESC) FROM on_account_transactions"
            )
                == "Prepayment1000 Deduction-800")
        #expect(try world.balance(.wipInvoicedOnAccount) == "-200.00")
        #expect(try world.balance(.invoicedRevenue) == "-800.00")
        #expect(try world.balance(.customerBalance) == "1000.00")
    }
}
