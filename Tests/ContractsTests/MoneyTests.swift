import Contracts
import Testbed
import Testing

/// `domain.md` §9.4, §9.6, §9.8.
struct MoneyTests {
    @Test(
        "Halves are rounded away from zero",
        arguments: [
            ("0.005", 2, "0.0100"), ("-0.005", 2, "-0.0100"), ("0.0049", 2, "0.0000"), ("-0.0049", 2, "0.0000"),
            ("1.005", 2, "1.0100"), ("2.5", 0, "3.0000"), ("-2.5", 0, "-3.0000"), ("3.5", 0, "4.0000"),
            ("0.4999", 0, "0.0000"), ("-0.5", 0, "-1.0000"), ("1.2345", 4, "1.2345"), ("1.2345", 3, "1.2350"),
            ("-1.2345", 3, "-1.2350"), ("1.2344", 3, "1.2340"), ("7", 9, "7.0000"), ("7.5", -1, "8.0000"),
        ])
    func rounding(_ amount: String, _ precision: Int, _ rounded: String) throws {
        #expect(try Money(amount).rounded(to: precision).description == rounded)
    }

    @Test(
        "An amount is converted at a rate per 100 units, rounded once",
        arguments: [
            ("100", "100", 2, "100.0000"), ("1600.00", "108.25", 2, "1732.0000"), ("0.01", "50", 2, "0.0100"),
            ("-0.01", "50", 2, "-0.0100"), ("0.01", "49.9999999999", 2, "0.0000"),
            ("10000", "0.6543210987", 0, "65.0000"),
            ("33.33", "112.3456789012", 2, "37.4400"), ("-33.33", "112.3456789012", 2, "-37.4400"),
            ("0", "99999999.9999999999", 2, "0.0000"),
        ])
    func conversion(_ amount: String, _ rate: String, _ precision: Int, _ converted: String) throws {
        #expect(try Money(amount).converted(at: ExchangeRate(rate), precision: precision).description == converted)
    }

    @Test("Parity converts every amount to itself")
    func parity() throws {
        for amount in try ["0.01", "-19.99", "999999999999999.9999"].map({ try Money($0) }) {
            #expect(try amount.converted(at: .parity, precision: 4) == amount)
        }
    }

    @Test(
        "Tax on top is a percentage of the amount",
        arguments: [
            ("100", "7.5", 2, "7.5000"), ("0.07", "7.5", 2, "0.0100"), ("-100.10", "19", 2, "-19.0200"),
            ("33.33", "0", 2, "0.0000"), ("10", "8.875", 2, "0.8900"),
        ])
    func tax(_ amount: String, _ percentage: String, _ precision: Int, _ tax: String) throws {
        #expect(try Money(amount).part(Percentage(percentage), precision: precision).description == tax)
    }

    @Test(
        "Tax that is included is taken out of the amount",
        arguments: [
            ("119", "19", "19", 2, "19.0000"), ("-119", "19", "19", 2, "-19.0000"),
            ("107.50", "7.5", "7.5", 2, "7.5000"),
            ("110", "6", "10", 2, "6.0000"), ("110", "4", "10", 2, "4.0000"), ("1", "19", "19", 2, "0.1600"),
            ("100", "0", "0", 2, "0.0000"),
        ])
    func includedTax(
        _ amount: String, _ percentage: String, _ all: String, _ precision: Int, _ tax: String
    ) throws {
        let part = try Money(amount).includedPart(Percentage(percentage), ofAll: Percentage(all), precision: precision)
        #expect(part.description == tax)
    }

    @Test(
        "A part of what was computed is in proportion, and all of it for the whole",
        arguments: [
            ("437.50", "-5000", "5000", "-437.5000"), ("437.50", "-2500", "5000", "-218.7500"),
            ("2.92", "-11.1111", "33.3333", "-0.9700"), ("-0.01", "1", "-3", "0.0000"), ("0.05", "50", "100", "0.0300"),
        ])
    func share(_ computed: String, _ part: String, _ whole: String, _ share: String) throws {
        #expect(try Money(computed).share(Money(part), of: Money(whole), precision: 2).description == share)
    }

    @Test("Quantity times price is rounded to the currency's precision")
    func quantityTimesPrice() throws {
        #expect(try Money(try Quantity("7.5"), at: try Money("133.335"), precision: 2) == Money("1000.01"))
        #expect(try Money(try Quantity("-7.5"), at: try Money("133.335"), precision: 2) == Money("-1000.01"))
        #expect(try Money(try Quantity("0.25"), at: try Money("1"), precision: 0) == .zero)
    }

    @Test(
        "A person reads as many places as the currency has, or all when more are needed",
        arguments: [
            ("1234.5", 2, "1234.50"), ("1234.5", 0, "1234.5000"), ("1234", 0, "1234"), ("-0.5", 2, "-0.50"),
            ("0.005", 2, "0.0050"), ("1.2345", 4, "1.2345"),
        ])
    func text(_ amount: String, _ precision: Int, _ text: String) throws {
        #expect(try Money(amount).text(precision: precision) == text)
    }
}
