/// An amount of money in some currency, at scale 4 (`domain.md` §1.1).
public struct Money: ExactDecimal {
    public static var scale: Int { 4 }
    public static var mostDigits: Int { 19 }
    public let units: Int128
    public init(units: Int128) { self.units = units }
}

/// A quantity of hours, pieces or anything else that is billed, at scale 4 (`domain.md` §1.1).
public struct Quantity: ExactDecimal {
    public static var scale: Int { 4 }
    public static var mostDigits: Int { 19 }
    public let units: Int128
    public init(units: Int128) { self.units = units }
}

/// An exchange rate as Finance keeps it: accounting currency per 100 units of
/// the transaction currency, at scale 10; 100 is parity (`domain.md` §9.6).
public struct ExchangeRate: ExactDecimal {
    public static var scale: Int { 10 }
    public static var mostDigits: Int { 18 }
    public let units: Int128
    public init(units: Int128) { self.units = units }

    /// The rate of a currency to itself.
    public static let parity = ExchangeRate(100)
}

/// A percentage, at scale 6: a sales tax of 7.5 % is 7.500000.
public struct Percentage: ExactDecimal {
    public static var scale: Int { 6 }
    public static var mostDigits: Int { 9 }
    public let units: Int128
    public init(units: Int128) { self.units = units }
}

// Computed amounts have the range of parsed ones: what is out of it is an error of the one value, and never gets as far as
// a database column or an overflow.
extension Money {
    /// The amount in the accounting currency: amount × rate ÷ 100, rounded
    /// once, to the accounting currency's precision (`domain.md` §9.4, §9.6).
    ///
    /// - throws: ``DecimalProblem/tooLarge``.
    public func converted(at rate: ExchangeRate, precision: Int) throws(DecimalProblem) -> Money {
        try Money(roundedFrom: units * rate.units, scale: Money.scale + ExchangeRate.scale + 2, precision: precision)
    }

    /// The part of the amount that a percentage is, rounded to the
    /// currency's precision (`domain.md` §9.4).
    ///
    /// - throws: ``DecimalProblem/tooLarge``.
    public func part(_ percentage: Percentage, precision: Int) throws(DecimalProblem) -> Money {
        try Money(
            roundedFrom: units * percentage.units, scale: Money.scale + Percentage.scale + 2, precision: precision)
    }

    /// The part of a tax-included amount that is one tax:
    /// amount × percentage ÷ (100 + all percentages), rounded to the
    /// currency's precision (`domain.md` §9.8).
    ///
    /// - throws: ``DecimalProblem/tooLarge``.
    public func includedPart(
        _ percentage: Percentage, ofAll all: Percentage, precision: Int
    ) throws(DecimalProblem) -> Money {
        let divisor = (Percentage(100) + all).units
        return try Money(
            roundedQuotient: units * percentage.units, by: divisor, scale: Money.scale, precision: precision
        ).checked()
    }

    /// The amount × part ÷ whole, rounded to the currency's precision: what of a sum concerns a part of what it was
    /// computed on (`domain.md` §9.26).
    ///
    /// - parameter whole: not zero, and at least as large as the part.
    /// - throws: ``DecimalProblem/tooLarge``.
    public func share(_ part: Money, of whole: Money, precision: Int) throws(DecimalProblem) -> Money {
        try Money(roundedQuotient: units * part.units, by: whole.units, scale: Money.scale, precision: precision)
            .checked()
    }

    /// Quantity × price, rounded to the currency's precision (`domain.md` §9.4).
    ///
    /// - throws: ``DecimalProblem/tooLarge``.
    public init(_ quantity: Quantity, at price: Money, precision: Int) throws(DecimalProblem) {
        try self.init(
            roundedFrom: quantity.units * price.units, scale: Quantity.scale + Money.scale, precision: precision)
    }

    /// Rounds to a number of decimal places, halves away from zero (`domain.md` §9.4).
    ///
    /// - throws: ``DecimalProblem/tooLarge``.
    public func rounded(to precision: Int) throws(DecimalProblem) -> Money {
        try Money(roundedFrom: units, scale: Money.scale, precision: precision)
    }

    /// The smallest amount of a currency: 0.01 at two places.
    ///
    /// - parameter precision: the currency's decimal places; at most ``scale`` count.
    public static func smallestUnit(precision: Int) -> Money {
        Money(units: powerOfTen(scale - min(max(0, precision), scale)))
    }

    /// The one place where a product is rounded.
    private init(roundedFrom value: Int128, scale: Int, precision: Int) throws(DecimalProblem) {
        self = try Money(roundedQuotient: value, by: 1, scale: scale, precision: precision).checked()
    }

    /// `value ÷ divisor`, where `value` has `scale` decimal places, rounded
    /// half away from zero to `precision` places (at most ``scale``).
    private init(roundedQuotient value: Int128, by divisor: Int128, scale: Int, precision: Int) {
        let kept = min(max(0, precision), Money.scale)
        let step = divisor * powerOfTen(scale - kept)
        let doubled = value.magnitude * 2 + step.magnitude
        let quotient = Int128(doubled / (step.magnitude * 2))
        let signed = (value < 0) == (step < 0) ? quotient : -quotient
        self.init(units: signed * powerOfTen(Money.scale - kept))
    }
}

extension Money {
    /// The amount as a person reads it, with as many places as its currency
    /// has, or all of them when more are needed: `1234.50`.
    public func text(precision: Int) -> String {
        let isWhole = units % Money.smallestUnit(precision: precision).units == 0
        let places = isWhole ? min(max(0, precision), Money.scale) : Money.scale
        let text = description
        return String(text.dropLast(places == 0 ? Money.scale + 1 : Money.scale - places))
    }
}
