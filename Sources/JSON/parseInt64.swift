/// Parses a whole number as JSON writes it: digits with no leading zero, and a minus sign if it is negative.
///
/// Gives nil for anything else (a plus sign, spaces, a fraction, an exponent, no digits), and for what `Int64` cannot
/// hold.
public func parseInt64(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let first = isNegative ? 1 : 0
    // No Int64 has more than 19 digits.
    guard bytes.count > first, bytes.count - first <= 19 else { return nil }
    if bytes[first] == UInt8(ascii: "0") { return bytes.count == 1 ? 0 : nil }

    var magnitude: UInt64 = 0
    for index in first..<bytes.count {
        let digit = bytes[index] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        magnitude = magnitude &* 10 &+ UInt64(digit)
    }
    if isNegative {
        return magnitude <= Int64.min.magnitude ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
    }
    return Int64(exactly: magnitude)
}
