/// A JSON number without exponent and surplus zeros: `1.2E+3` is `1200`, `5e-1` is `0.5`, `1.50` is `1.5`.
///
/// Gives nil for what is no JSON number, and for one of more than 60 places.
public func plainDecimal(_ number: UnsafeRawBufferPointer) -> [UInt8]? {
    let (zero, nine, point) = (UInt8(ascii: "0"), UInt8(ascii: "9"), UInt8(ascii: "."))
    let parts = number.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
    let isNegative = number.first == UInt8(ascii: "-")
    let mantissa = parts[0].dropFirst(isNegative ? 1 : 0)
    var exponent = 0
    if parts.count == 2 {
        guard let given = Int(String(decoding: parts[1], as: UTF8.self)) else { return nil }
        exponent = given
    }
    let halves = mantissa.split(separator: point, maxSplits: 1, omittingEmptySubsequences: false)
    var digits = halves.flatMap { $0 }
    guard halves.allSatisfy({ !$0.isEmpty }), digits.allSatisfy({ (zero...nine).contains($0) }) else { return nil }
    var places = halves.count == 2 ? halves[1].count : 0
    while places > 0, digits.last == zero {
        digits.removeLast()
        places -= 1
    }
    if digits.allSatisfy({ $0 == zero }) { return [zero] }
    guard exponent.magnitude <= 60, digits.count <= 60 else { return nil }
    places -= exponent
    if places < 0 { digits += repeatElement(zero, count: -places) }
    places = max(places, 0)
    while places > 0, digits.last == zero {
        digits.removeLast()
        places -= 1
    }
    if digits.count <= places {
        digits.insert(contentsOf: repeatElement(zero, count: places + 1 - digits.count), at: 0)
    }
    let whole = digits.dropLast(places).drop { $0 == zero }
    var plain = isNegative ? [UInt8(ascii: "-")] : []
    plain += whole.isEmpty ? [zero] : Array(whole)
    if places > 0 { plain += [point] + digits.suffix(places) }
    return plain
}
