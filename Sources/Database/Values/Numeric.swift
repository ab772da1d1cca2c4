/// An exact decimal: `unscaled / 10^scale`.
///
/// `1.5` and `1.50` are different values: they differ in scale.
public struct Numeric: Hashable, Sendable, CustomStringConvertible {
    public let unscaled: Int128

    /// How many digits stand after the decimal point; not negative, at most 16,383.
    public let scale: Int

    public init(unscaled: Int128, scale: Int) {
        precondition((0...16_383).contains(scale), "a numeric's scale is between 0 and 16,383")
        self.unscaled = unscaled
        self.scale = scale
    }

    /// The decimal text, such as `-0.0500`.
    public var description: String {
        let digits = String(unscaled.magnitude)
        let sign = unscaled < 0 ? "-" : ""
        guard scale > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }
}
