import Contracts
import Testing

@testable import Finance

@Suite("An invoice's amount and its rounded lines (domain.md §9.28)")
struct RoundedLinesTests {
    private func difference(
        of lines: [String], from header: String, precision: Int = 2
    ) throws -> String? {
        var rounded = RoundedLines()
        for line in lines {
            let sent = try Money(line)
            rounded.add(sent, rounded: try sent.rounded(to: precision))
        }
        return try rounded.difference(of: Money(header), precision: precision)?.description
    }

    @Test(
        "Up to half of the smallest unit for each line with a fraction is a penny difference",
        arguments: [
            (["33.3333"], "33.3333", 2, "0.0000"), (["33.3333"], "33.33", 2, "0.0000"),
            (["33.3333", "33.3333", "33.3333"], "99.9999", 2, "0.0100"),
            (["33.3333", "33.3333", "33.3333"], "100", 2, "0.0100"),
            (["0.005", "0.005"], "0.01", 2, "-0.0100"), (["-0.005", "-0.005"], "-0.01", 2, "0.0100"),
            (["100.4", "100.4", "100.4"], "301.2", 0, "1.0000"), (["1.2345", "1.2345"], "2.469", 3, "-0.0010"),
            (["10", "20"], "30", 2, "0.0000"), ([], "0", 2, "0.0000"),
        ])
    func pennies(lines: [String], header: String, precision: Int, penny: String) throws {
        #expect(try difference(of: lines, from: header, precision: precision) == penny)
    }

    @Test(
        "More than that is no rounding: the invoice is held",
        arguments: [
            (["33.3333"], "33.34"), (["33.3333", "33.3333", "33.3333"], "100.01"), (["10", "20"], "30.01"),
            (["75"], "74"), ([], "0.01"),
        ])
    func held(lines: [String], header: String) throws { #expect(try difference(of: lines, from: header) == nil) }
}
