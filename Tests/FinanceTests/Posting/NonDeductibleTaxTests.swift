import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// The part of a sales tax that is not deductible (`domain.md` §6.13).
@Suite("Sales tax that is not deductible")
struct NonDeductibleTaxTests {
    private func world(_ parameter: String) throws -> FinanceWorld {
        try FinanceWorld(
            setup: FinanceWorld.postingSetup,
            ("journal-period-unit: days", "journal-period-unit: days\n      non-deductible-sales-tax: \(parameter)"),
            ("{name: State tax, percentage: 7.5}", "{name: State tax, percentage: 7.5, non-deductible: 33}"))
    }

    private func taxes(_ world: FinanceWorld) throws -> [String] {
        try world.texts(
            """
            SELECT concat_ws(' ', proposal_number, tax_amount::numeric(9, 2), non_deductible_amount::numeric(9, 2))
            FROM sales_tax_transactions JOIN project_invoices USING (data_area_id, voucher) ORDER BY 1
            """)
    }

    @Test("By default the whole tax is owed, and the tax transaction tells the part")
    func payable() throws {
        let world = try world("payable")
        try world.proposal("P", [ProposalLineSample(amount: "100", tax: "ONE")])
        try world.post(.proposal, "P")
        #expect(
            try world.invoiceEntries("P").prefix(3) == [
                "customer-balance - 107.50 107.50", "invoiced-revenue WIP -100.00 -100.00",
                "sales-tax WIP -7.50 -7.50",
            ])
        #expect(try taxes(world) == ["P 7.50 2.48"])
    }

    @Test("Where set-up says so it goes with the line's amount, and the customer owes the same")
    func lineAccount() throws {
        let world = try world("line-account")
        try world.proposal("P", [ProposalLineSample(amount: "100", tax: "ONE")])
        try world.post(.proposal, "P")
        #expect(
            try world.invoiceEntries("P").prefix(3) == [
                "customer-balance - 107.50 107.50", "invoiced-revenue WIP -102.48 -102.48",
                "sales-tax WIP -5.02 -5.02",
            ])
        #expect(
            try world.text("SELECT concat_ws(' ', line_amount, sales_tax_amount) FROM project_invoices")
                == "100.0000 7.5000")
    }

    @Test("A credit takes it back from where it was booked, whatever set-up says by then")
    func credit() throws {
        let world = try world("line-account")
        let billed = try world.proposal("P1", [ProposalLineSample(amount: "100", tax: "ONE")])[0]
        try world.post(.proposal, "P1")
        try world.connection.executeScript(
            """
            UPDATE project_parameters SET non_deductible_sales_tax = 'payable';
            UPDATE sales_tax_codes SET non_deductible = 80
            """)
        try world.proposal("P2", [ProposalLineSample(amount: "-100", reversing: billed, tax: "ONE")])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        #expect(try world.balance(.invoicedRevenue) == "0.00" && world.balance(.salesTax) == "0.00")
        #expect(try taxes(world) == ["P1 7.50 2.48", "P2 -7.50 -2.48"])
    }

    @Test("Parts that take a tax back take the part of it back to the cent")
    func parts() throws {
        let code = SalesTaxCode(
            code: "T", name: "T", percentage: try Percentage("7.5"), included: false,
            nonDeductible: try Percentage("33"))
        let original = try SalesTax(on: Money(100), codes: [code], precision: 2)
        #expect(original.taxes[0].nonDeductible.description == "2.4800")
        var line = CreditedLine(
            proposalNumber: "P", amount: Money(100), salesTaxes: original.taxes.map(\.amount),
            booking: InvoiceLineBooking(
                project: "P", revenue: LedgerAccount(postingType: .invoicedRevenue, mainAccount: "4"),
                isChargeable: true, customer: LedgerAccount(postingType: .customerBalance, mainAccount: "1"),
                salesTaxCodes: [code], salesTax: LedgerAccount(postingType: .salesTax, mainAccount: "2")),
            rates: PostingRates(accounting: .parity))
        let parts = try ["-33.33", "-33.33", "-33.34"].map { try line.take(Money($0), precision: 2).taxes[0] }
        #expect(parts.reduce(.zero) { $0 + $1.amount } == -original.taxes[0].amount)
        #expect(parts.reduce(.zero) { $0 + $1.nonDeductible } == -original.taxes[0].nonDeductible)
    }
}
