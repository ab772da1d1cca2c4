import Contracts
import Testbed
import Testing

@testable import Finance

/// The rows of `domain.md` §6.13 on exchange rates and sales tax, each by its words.
@Suite("Exchange rates and sales tax (domain.md §6.13)")
struct ExchangeRateAndTaxRowsTests {
    private static func setup() -> FinanceSetup {
        var parameters = ProjectParameters()
        parameters.milestoneItemSalesTaxGroup = "SERVICE"
        return sampleSetup(
            {
                $0.exchangeRates["EUR"] = [.init(validFrom: .first, rate: ExchangeRate(110))]
                $0.fixedRates[.init(contract: "FIXED", currency: "EUR")] = ExchangeRate(100)
                $0.lineProperties[.chargeable] = LineProperty(
                    id: "Charge", name: "Chargeable", chargeable: true, accruesRevenue: true)
                $0.lineProperties[.notAvailable] = LineProperty(
                    id: "None", name: "None", chargeable: false, accruesRevenue: false)
                for (name, kind) in [
                    ("Consulting", TransactionClass.time), ("Travel", .expense), ("Fee", .fee), ("Hardware", .material),
                ] {
                    $0.categories[name] = ProjectCategory(
                        id: name, transactionClass: kind, itemSalesTaxGroup: "I-\(name)")
                }
            }, parameters: parameters)
    }

    @Test("The transaction currency of the unbilled actual is Finance's, converted with the legal entity's rates")
    func transactionCurrency() throws {
        let line = try JournalLineDraft(actual(1, .unbilledSales) { $0.currency = "EUR" }, setup: Self.setup())
        #expect(line.currency == "EUR" && line.amount == Money(1600) && line.accountingAmount == Money(1760))
    }

    @Test("Unless the contract has a fixed exchange rate agreement, which applies to the sales side only")
    func fixedRate() throws {
        func accounting(_ type: TransactionType) throws -> Money {
            try JournalLineDraft(
                actual(1, type) {
                    $0.currency = "EUR"
                    $0.contractNumber = "FIXED"
                }, setup: Self.setup()
            ).accountingAmount
        }
        #expect(try accounting(.unbilledSales) == Money(1600))
        #expect(try accounting(.cost) == Money(1760))
    }

    @Test("Cost in company currency has no conversion (rate 100)")
    func costInCompanyCurrency() throws {
        let line = try JournalLineDraft(actual(1, .cost), setup: Self.setup())
        #expect(line.exchangeRate == .parity && line.accountingAmount == line.amount)
    }

    @Test("The invoice reverses WIP with the same rates that were used at accrual")
    func sameRates() throws {
        let account = LedgerAccount(postingType: .wipSalesValue, mainAccount: "1")
        let accrual = StandingAccrual(
            amount: PostedAmount(amount: Money(100), accounting: Money(108), reporting: Money(90)), wip: account,
            accruedRevenue: LedgerAccount(postingType: .accruedRevenueSalesValue, mainAccount: "2"))
        let today = Conversion(
            rate: ExchangeRate(120), currencyPrecision: 2, accountingPrecision: 2,
            reporting: .init(rate: ExchangeRate(95), precision: 2, basis: .transaction))
        let line = try InvoiceLineAmounts(
            Money(100), isChargeable: true, codes: [], accrual: accrual, conversion: today)
        var voucher = InvoiceVoucher()
        if let accrual = line.accrualReversed { voucher.takeBack(accrual) }
        #expect(
            voucher.entries[account]
                == PostedAmount(amount: -Money(100), accounting: -Money(108), reporting: -Money(90)))
        #expect(line.revenue == PostedAmount(amount: Money(100), accounting: Money(120), reporting: Money(95)))
    }

    @Test(
        "Item group of time, expense and fee: always from the project category",
        arguments: [(TransactionClass.time, "Consulting"), (.expense, "Travel"), (.fee, "Fee")])
    func fromCategory(kind: TransactionClass, category: String) throws {
        var setup = Self.setup()
        setup.releasedProducts["P"] = "WARE"
        let found = try setup.itemSalesTaxGroup(of: kind, category: setup.categories[category], product: "P")
        #expect(found == "I-\(category)")
    }

    @Test("Milestone: group by the same method; item group from the fixed price milestone item sales tax group")
    func milestone() throws {
        let setup = Self.setup()
        #expect(try setup.itemSalesTaxGroup(of: .milestone, category: setup.categories["Consulting"]) == "SERVICE")
    }

    @Test("With discounts, tax is on the amount after discount: the line's amount")
    func afterDiscount() throws {
        let code = SalesTaxCode(code: "T", name: "T", percentage: Percentage(10), included: false)
        #expect(try SalesTax(on: Money(90), codes: [code], precision: 2).taxes[0].amount == Money(9))
    }

    @Test(
        "Only the tax groups are editable, and only on lines that have sales tax",
        arguments: [
            (TransactionType.cost, TransactionClass.time, false, false, false),
            (.unbilledSales, .time, false, false, true), (.unbilledSales, .material, true, false, true),
            (.resourcingUnitCost, .time, false, false, true), (.interOrganizationalSales, .expense, false, false, true),
            (.billedSales, .time, false, true, true), (.billedSales, .time, true, true, false),
            (.billedSales, .milestone, false, false, true), (.billedSales, .milestone, false, true, false),
        ])
    func editable(
        type: TransactionType, kind: TransactionClass, isReversal: Bool, isOnProposal: Bool, isEditable: Bool
    ) {
        let line = TaxableLine(
            lineNumber: 1, actualId: id(1), transactionType: type, transactionClass: kind, isReversal: isReversal,
            groups: SalesTaxGroups(salesTaxGroup: nil, itemSalesTaxGroup: nil))
        #expect((line.refusal(hasProposalLine: isOnProposal) == nil) == isEditable)
    }
}
