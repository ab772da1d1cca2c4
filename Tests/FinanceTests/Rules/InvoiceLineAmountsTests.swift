import Contracts
import Testbed
import Testing

@testable import Finance

/// Sales tax, conversion and penny difference, without a database (`domain.md` §9.4–9.8).
@Suite("Amounts of an invoice line")
struct InvoiceLineAmountsTests {
    private let dollars = Conversion(rate: .parity, currencyPrecision: 2, accountingPrecision: 2)
    private func code(_ name: String, _ percentage: String, included: Bool = false) throws -> SalesTaxCode {
        SalesTaxCode(code: name, name: name, percentage: try Percentage(percentage), included: included)
    }

    private func post(_ amount: String, _ codes: [SalesTaxCode]) throws -> InvoiceLineAmounts {
        try InvoiceLineAmounts(
            try Money(amount), isChargeable: true, codes: codes, accrual: nil, conversion: dollars)
    }

    @Test("A tax is rounded by line and code, halves away from zero")
    func twoCodesRounded() throws {
        let codes = [try code("CITY", "2.125"), try code("STATE", "7.5")]
        let posting = try post("33.34", codes)
        // 0.708475 and 2.5005.
        #expect(posting.taxes.map(\.tax.amount.description) == ["0.7100", "2.5000"])
        #expect(posting.taxes.map(\.base.amount.description) == ["33.3400", "33.3400"])
        #expect(posting.revenue.amount.description == "33.3400")
        #expect(posting.salesTax.description == "3.2100")
        // 0.2 × 7.5 % = 0.015.
        #expect(try post("0.2", [codes[1]]).salesTax.description == "0.0200")
        #expect(try post("-0.2", [codes[1]]).salesTax.description == "-0.0200")
    }

    @Test("A tax that is included comes out of the amount: amount × r ÷ (100 + Σr)")
    func included() throws {
        let one = try post("119", [try code("INC", "19", included: true)])
        #expect(one.salesTax.description == "19.0000")
        #expect(one.revenue.amount.description == "100.0000")
        #expect(one.taxes[0].base.amount.description == "100.0000")
        let two = try post("100", [try code("INC", "19", included: true), try code("INC2", "5", included: true)])
        // 19 ÷ 124 and 5 ÷ 124 of 100.
        #expect(two.taxes.map(\.tax.amount.description) == ["15.3200", "4.0300"])
        #expect(two.revenue.amount.description == "80.6500")
    }

    @Test("A credit's tax is the mirror of the original's, and its accrual is left alone")
    func credit() throws {
        let sale = GUID(high: 1, low: 1)
        #expect(Correction.billedSale(sale, reversing: GUID(high: 1, low: 2)) == nil)
        #expect(Correction.billedSale(sale, reversing: nil) == sale)
        let credit = try post("-33.34", [try code("CITY", "2.125")])
        #expect(credit.salesTax.description == "-0.7100")
        #expect(credit.accrualReversed == nil)
        let accrual = StandingAccrual(
            amount: PostedAmount(amount: try Money("33.34"), accounting: try Money("33.34"), reporting: nil),
            wip: LedgerAccount(postingType: .wipSalesValue, mainAccount: "1"),
            accruedRevenue: LedgerAccount(postingType: .accruedRevenueSalesValue, mainAccount: "2"))
        let original = try InvoiceLineAmounts(
            try Money("33.34"), isChargeable: true, codes: [], accrual: accrual, conversion: dollars)
        #expect(original.accrualReversed == accrual)
    }

    @Test("A line is rounded to its currency before it is taxed and converted (§9.28)")
    func rounded() throws {
        let line = try post("33.3333", [try code("STATE", "8.75")])
        #expect(line.rounded.description == "33.3300" && line.revenue.amount.description == "33.3300")
        #expect(line.salesTax.description == "2.9200")
    }

    @Test("A line that is too large when it is taxed or converted is refused by itself")
    func tooLarge() throws {
        let gap = #expect(throws: SetupGap.self) { try post("999999999999999", [try code("T", "900")]) }
        #expect(gap?.code == .amountTooLarge)
        let dear = Conversion(rate: try ExchangeRate("127.5"), currencyPrecision: 2, accountingPrecision: 2)
        #expect(throws: SetupGap.self) {
            try InvoiceLineAmounts(
                try Money("999999999999999"), isChargeable: false, codes: [], accrual: nil, conversion: dear)
        }
    }

    @Test("What is not chargeable adds neither revenue nor tax, and is written back converted (§9.9, §9.22)")
    func notChargeable() throws {
        func free(_ amount: String, _ codes: [SalesTaxCode]) throws -> InvoiceLineAmounts {
            try InvoiceLineAmounts(
                try Money(amount), isChargeable: false, codes: codes, accrual: nil, conversion: dollars)
        }
        let line = try free("400", [try code("CITY", "2.125")])
        #expect(line.revenue == .zero && line.taxes.isEmpty)
        #expect(line.accounting == Money(400))
    }

    @Test("A yen has no decimals, in the line as in the tax")
    func currencyWithoutDecimals() throws {
        let yen = Conversion(rate: try ExchangeRate("0.66"), currencyPrecision: 0, accountingPrecision: 2)
        let posting = try InvoiceLineAmounts(
            try Money("1005"), isChargeable: true, codes: [try code("T", "10")], accrual: nil, conversion: yen)
        #expect(posting.salesTax.description == "101.0000")
        #expect(posting.taxes[0].tax.accounting.description == "0.6700")
        #expect(posting.revenue.accounting.description == "6.6300")
    }
}
