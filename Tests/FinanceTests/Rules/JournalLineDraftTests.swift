import Bus
import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("What import makes of an actual (domain.md §6.10)")
struct JournalLineDraftTests {
    private static func setup() throws -> FinanceSetup {
        try sampleSetup {
            $0.lineProperties = LinePropertyTests.setup.lineProperties
            $0.lineProperties[.notAvailable] = LineProperty(
                id: "Cost", name: "Cost", chargeable: false, accruesRevenue: false)
            $0.categories = LinePropertyTests.setup.categories
            $0.defaultCategories = LinePropertyTests.setup.defaultCategories
            $0.salesTaxGroupDefaults = [.customer: ["US-001": "DOM"]]
            $0.exchangeRates = ["EUR": [.init(validFrom: try day("2026-01-01"), rate: try ExchangeRate("108"))]]
        }
    }

    private func draft(
        _ type: TransactionType, reversedRates: PostingRates? = nil,
        _ change: (inout ActualCreated) -> Void = { _ in }
    ) throws -> JournalLineDraft {
        try JournalLineDraft(actual(1, type, change), setup: Self.setup(), reversedRates: reversedRates)
    }

    private func code(_ type: TransactionType, _ change: (inout ActualCreated) -> Void = { _ in }) -> FailureCode? {
        #expect(throws: Blockage.self) { try draft(type, change) }?.code
    }

    @Test("Cost: a line without tax groups")
    func cost() throws {
        let line = try draft(.cost) { $0.billingType = .notAvailable }
        #expect(line.linePropertyId == "Cost" && line.salesTaxGroup == nil && line.itemSalesTaxGroup == nil)
    }

    @Test("Unbilled sale: a line with the tax groups of customer and category")
    func sales() throws {
        let line = try draft(.unbilledSales)
        #expect(line.linePropertyId == "Charge" && line.salesTaxGroup == "DOM" && line.itemSalesTaxGroup == "FULL")
    }

    @Test(
        "Billed sale: a proposal line and no journal line; a project contract has none either",
        arguments: [TransactionType.billedSales, .projectContract])
    func none(type: TransactionType) {
        #expect(code(type) == .noJournalLine)
    }

    @Test("Accounting date in a closed period: the next open one; the project date is never moved")
    func date() throws {
        let closed = try day("2026-02-10")
        let line = try draft(.unbilledSales) {
            $0.documentDate = closed
            $0.accountingDate = closed
        }
        #expect(try line.accountingDate == day("2026-04-01") && line.transactionDate == closed)
    }

    @Test("No open period: blocked")
    func period() {
        #expect(code(.unbilledSales) { $0.accountingDate = $0.accountingDate.adding(days: 400) } == .noOpenPeriod)
    }

    @Test("Category that the company does not have: blocked; none: the default of its class")
    func category() throws {
        #expect(code(.unbilledSales) { $0.category = "Travel by balloon" } == .noProjectCategory)
        #expect(try draft(.unbilledSales) { $0.category = nil }.categoryId == "Consulting")
    }

    @Test("Billing type without line property: blocked")
    func lineProperty() {
        #expect(code(.unbilledSales) { $0.billingType = .complimentary } == .noLineProperty)
    }

    @Test("Missing rate: blocked; known: the amount is converted")
    func rate() throws {
        #expect(code(.unbilledSales) { $0.currency = "GBP" } == .noExchangeRate)
        #expect(try draft(.unbilledSales) { $0.currency = "EUR" }.accountingAmount == Money(1728))
    }

    @Test(
        "What is booked is the amount rounded once to its currency, and that converted (§9.28)",
        arguments: [
            ("33.3333", 2, "33.3300", "36.0000"), ("33.335", 2, "33.3400", "36.0100"),
            ("-33.335", 2, "-33.3400", "-36.0100"),
            ("100.5", 0, "101.0000", "109.0800"), ("1.2345", 3, "1.2350", "1.3300"), ("1.2345", 4, "1.2345", "1.3300"),
        ])
    func rounded(amount: String, precision: Int, booked: String, accounting: String) throws {
        let sent = try Money(amount)
        let line = try draft(.unbilledSales) {
            $0.currency = "EUR"
            $0.currencyPrecision = precision
            $0.amount = sent
        }
        #expect(line.amount.description == booked)
        #expect(line.accountingAmount.description == accounting)
    }

    @Test("An amount in the accounting currency has no more places than set-up gives that currency")
    func roundedInAccountingCurrency() throws {
        let sent = try Money("33.3333")
        let line = try draft(.unbilledSales) {
            $0.currencyPrecision = 4
            $0.amount = sent
        }
        #expect(try line.amount == Money("33.33") && line.accountingAmount == Money("33.33"))
    }

    @Test("An amount that grows too large when it is converted or rounded blocks its own row, and says so")
    func tooLarge() throws {
        let sent = try Money("999999999999999")
        let reason = try #require(throws: Blockage.self) {
            try draft(.unbilledSales) {
                $0.currency = "EUR"
                $0.amount = sent
            }
        }
        #expect(reason.code == .amountTooLarge)
        #expect(
            reason.reason.contains("999999999999999.0000, converted at 108.0000000000, has more than the 15 digits"))
        #expect(code(.unbilledSales) { $0.amount = Money(units: 9_999_999_999_999_999_999) } == .amountTooLarge)
    }

    @Test("A reversal takes the rate of the row that it reverses (§9.5)")
    func reversal() throws {
        let line = try draft(.unbilledSales, reversedRates: .init(accounting: ExchangeRate(120))) {
            $0.currency = "EUR"
        }
        #expect(line.exchangeRate == ExchangeRate(120) && line.accountingAmount == Money(1920))
    }
}
