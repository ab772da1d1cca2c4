import Contracts

/// Parts of a whole by percentages, which add up to it: the last takes what rounding leaves (`domain.md` §6.6, §9.4).
///
/// How Dataverse rounds them is not published; so it is where a contract line has several customers, and in a billing
/// schedule.
enum SplitBilling {
    /// - parameter shares: of 100 together.
    static func parts(of amount: Money, _ shares: [Percentage], precision: Int) -> [Money] {
        var rest = amount
        var parts: [Money] = []
        for share in shares.dropLast() {
            // A part is no larger than the whole, which fits.
            let part = (try? amount.part(share, precision: precision)) ?? .zero
            parts.append(part)
            rest -= part
        }
        return parts + [rest]
    }

    /// - parameter shares: of 100 together.
    static func parts(of quantity: Quantity, _ shares: [Percentage]) -> [Quantity] {
        parts(of: Money(units: quantity.units), shares, precision: Quantity.scale).map { Quantity(units: $0.units) }
    }

    /// What is wrong with shares; nil when nothing is.
    static func problem(_ shares: [Percentage]) -> String? {
        let sum = shares.reduce(Percentage.zero, +)
        if shares.contains(where: { $0 <= .zero }) { return "a percentage is not positive" }
        return sum == Percentage(100) ? nil : "the percentages add up to \(sum), and not to 100"
    }
}
