extension BinaryInteger {
    /// The number with thousands separators, for people: `1,500`.
    public var grouped: String { String(self).groupedDecimal }
}

extension StringProtocol {
    /// A decimal number's text with thousands separators before the decimal point: `-1234567.891` is `-1,234,567.891`.
    public var groupedDecimal: String {
        let sign = prefix { $0 == "-" || $0 == "+" }
        let whole = dropFirst(sign.count).prefix { $0 != "." }
        let rest = dropFirst(sign.count + whole.count)
        var result = String(sign)
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { result += "," }
            result.append(digit)
        }
        return result + rest
    }
}
