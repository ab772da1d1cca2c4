import Contracts

/// The lines that add to an invoice, each rounded once to its currency, against the amount of the invoice's header
/// (`domain.md` §9.28).
struct RoundedLines: Hashable {
    /// The sum of the rounded lines.
    private(set) var sum = Money.zero
    /// How many of them have more places than their currency.
    private(set) var fractions = 0

    mutating func add(_ sent: Money, rounded: Money) {
        sum += rounded
        if rounded != sent { fractions += 1 }
    }

    /// What the header's amount, rounded likewise, is more than the lines: a penny difference.
    ///
    /// - parameter precision: that of the transaction currency.
    /// - returns: nil when it is more than rounding explains, half of the smallest unit for each line with a fraction.
    func difference(of header: Money, precision: Int) -> Money? {
        guard let rounded = try? header.rounded(to: precision) else { return nil }
        let difference = rounded - sum
        let explained = Money.smallestUnit(precision: precision).units * Int128(fractions)
        return difference.units.magnitude * 2 <= explained.magnitude ? difference : nil
    }
}
