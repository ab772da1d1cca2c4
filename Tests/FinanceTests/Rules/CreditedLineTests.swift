import Bus
import Contracts
import Testing

@testable import Finance

@Suite("What a credit takes back (domain.md §9.26)")
struct CreditedLineTests {
    private func original(
        _ amount: String, _ taxes: [(percentage: String, included: Bool, amount: String)]
    ) throws -> CreditedLine {
        CreditedLine(
            proposalNumber: "P1", amount: try Money(amount), salesTaxes: try taxes.map { try Money($0.amount) },
            booking: InvoiceLineBooking(
                project: "P", revenue: LedgerAccount(postingType: .invoicedRevenue, mainAccount: "4"),
                isChargeable: true, customer: LedgerAccount(postingType: .customerBalance, mainAccount: "1"),
                salesTaxCodes: try taxes.enumerated().map { index, tax in
                    SalesTaxCode(
                        code: "T\(index)", name: "T\(index)", percentage: try Percentage(tax.percentage),
                        included: tax.included)
                }, salesTax: LedgerAccount(postingType: .salesTax, mainAccount: "2")),
            rates: PostingRates(accounting: .parity))
    }

    @Test("All of a line: its tax, code by code, to the cent")
    func whole() throws {
        var line = try original("33.34", [("2.125", false, "0.71"), ("7.5", false, "2.50")])
        let tax = try line.take(Money("-33.34"), precision: 2)
        #expect(tax.taxes.map(\.amount.description) == ["-0.7100", "-2.5000"])
        #expect(tax.taxes.map(\.base.description) == ["-33.3400", "-33.3400"])
        #expect(tax.net.description == "-33.3400")
    }

    @Test("All of a line whose amount contained its tax: the net of then")
    func included() throws {
        var line = try original("100", [("19", true, "15.32"), ("5", true, "4.03")])
        let tax = try line.take(Money("-100"), precision: 2)
        #expect(tax.net.description == "-80.6500")
        #expect(tax.taxes.map(\.base.description) == ["-80.6500", "-80.6500"])
    }

    @Test("Parts take in proportion, and the last one takes the rest")
    func parts() throws {
        var line = try original("100", [("8.75", false, "8.75")])
        let taxes = try ["-33.33", "-33.33", "-33.34"].map {
            try line.take(Money($0), precision: 2).taxes[0].amount.description
        }
        // 2.916375 each, rounded, and what is left of 8.75.
        #expect(taxes == ["-2.9200", "-2.9200", "-2.9100"])
    }

    @Test("A negative line is taken back by a positive credit")
    func negative() throws {
        var line = try original("-300", [("7.5", false, "-22.50")])
        #expect(try line.take(Money("100"), precision: 2).taxes[0].amount.description == "7.5000")
        #expect(try line.take(Money("200"), precision: 2).taxes[0].amount.description == "15.0000")
    }

    @Test("A line of nothing is taken back by nothing")
    func nothing() throws {
        var line = try original("0", [("7.5", false, "0")])
        #expect(try line.take(.zero, precision: 2).taxes[0].amount == .zero)
    }

    @Test(
        "More than is left, or of the same sign, is refused with both amounts",
        arguments: [("200", "-500"), ("200", "-200.01"), ("200", "200"), ("-200", "-1"), ("-200", "201"), ("0", "-1")])
    func tooMuch(amount: String, credit: String) throws {
        var line = try original(amount, [])
        let refusal = #expect(throws: LineRefusal.self) { try line.take(Money(credit), precision: 2) }
        #expect(refusal?.reason.code == .creditExceedsOriginal)
        #expect(try refusal?.reason.sentence.contains("which is \(Money(amount))") == true)
    }

    @Test("A line is credited once: a second credit of all of it finds nothing")
    func twice() throws {
        var line = try original("5000", [])
        _ = try line.take(Money("-5000"), precision: 2)
        let refusal = #expect(throws: LineRefusal.self) { try line.take(Money("-5000"), precision: 2) }
        #expect(refusal?.reason.sentence.contains("of which 0.0000 is still there") == true)
    }
}
