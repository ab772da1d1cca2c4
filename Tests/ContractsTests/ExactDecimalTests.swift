import Contracts
import Testing

struct ExactDecimalTests {
    @Test(
        "A plain decimal is read, and written with all its places",
        arguments: [
            ("0", "0.0000"), ("-0", "0.0000"), ("1", "1.0000"), ("1600.0000", "1600.0000"), ("0.0001", "0.0001"),
            ("-0.0001", "-0.0001"), ("-1234.56", "-1234.5600"), ("007.50", "7.5000"), ("1.50000000", "1.5000"),
            ("999999999999999.9999", "999999999999999.9999"), ("-999999999999999.9999", "-999999999999999.9999"),
            ("000000000000000000000001", "1.0000"),
        ])
    func readAndWritten(_ text: String, _ written: String) throws {
        let money = try Money(text)
        #expect(money.description == written)
        #expect(try Money(money.description) == money)
    }

    @Test(
        "What is no plain decimal is refused",
        arguments: [
            "", "-", ".", "1.", ".5", "+1", " 1", "1 ", "1,5", "1e3", "1.2.3", "--1", "1-", "0x10", "NaN", "Infinity",
            "１", "1_000", "1\0",
        ])
    func notADecimal(_ text: String) {
        #expect(throws: DecimalProblem.notADecimal) { try Money(text) }
    }

    @Test(
        "Places beyond the scale are refused unless they are zero", arguments: ["0.00001", "1.23456", "-0.000000001"])
    func tooManyPlaces(_ text: String) throws {
        #expect(throws: DecimalProblem.tooManyPlaces) { try Money(text) }
        #expect(try ExchangeRate(text).description.hasPrefix(text))
    }

    @Test("What is computed is asked whether it has more digits than a type holds")
    func checked() throws {
        let most = try Money("999999999999999.9999")
        #expect(try most.checked() == most && (-most).checked() == -most)
        #expect(throws: DecimalProblem.tooLarge) { try (most + Money(units: 1)).checked() }
    }

    @Test("More digits than a type holds are refused")
    func tooLarge() throws {
        #expect(throws: DecimalProblem.tooLarge) { try Money("1000000000000000") }
        #expect(throws: DecimalProblem.tooLarge) { try Money(String(repeating: "9", count: 5_000)) }
        #expect(throws: DecimalProblem.tooLarge) { try ExchangeRate("100000000") }
        #expect(throws: DecimalProblem.tooLarge) { try Percentage("1000") }
        #expect(try ExchangeRate("99999999.9999999999").description == "99999999.9999999999")
        #expect(try Percentage("999.999999").description == "999.999999")
        #expect(try Quantity("-8.25").description == "-8.2500")
    }

    @Test("The largest product of two values is an error of its own, as a text that is too long is")
    func largestProduct() throws {
        let most = try Money("999999999999999.9999")
        let rate = try ExchangeRate("99999999.9999999999")
        let percentage = try Percentage("999.999999")
        #expect(throws: DecimalProblem.tooLarge) { try most.converted(at: rate, precision: 4) }
        #expect(throws: DecimalProblem.tooLarge) { try Money(Quantity(units: most.units), at: most, precision: 0) }
        #expect(throws: DecimalProblem.tooLarge) { try most.part(percentage, precision: 4) }
        #expect(throws: DecimalProblem.tooLarge) { try most.rounded(to: 2) }
        #expect(throws: DecimalProblem.tooLarge) { try (-most).rounded(to: 0) }
        #expect(try most.share(most, of: most, precision: 4) == most)
        #expect(try most.includedPart(percentage, ofAll: percentage, precision: 4) < most)
    }

    @Test("A number of units beyond what can be read is written in full")
    func widestText() {
        #expect(Money(units: Int128.max).description == "17014118346046923173168730371588410.5727")
        #expect(Money(units: Int128.min).description == "-17014118346046923173168730371588410.5728")
        #expect(ExchangeRate(units: 1).description == "0.0000000001")
    }

    @Test("Values add, subtract, negate and compare by their units")
    func arithmetic() throws {
        var sum = Money.zero
        for text in ["0.10", "0.20", "-0.05"] { sum += try Money(text) }
        #expect(sum == (try Money("0.25")))
        sum -= Money(1)
        #expect(sum == -(try Money("0.75")))
        #expect(Money(2) - Money(3) == Money(-1))
        #expect(Money(-1) < Money.zero)
    }
}
