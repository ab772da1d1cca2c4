// PostgreSQL's binary numeric: four 16-bit integers (number of digits, weight of the first digit, sign, decimals
// shown), then digits to the base 10,000, most significant first. Leading and trailing zero digits are left out.

private let powersOfTen: [UInt64] = [1, 10, 100, 1000, 10_000]

extension WireBytes {
    /// Appends `unscaled / 10^scale`, exactly.
    ///
    /// - parameter scale: between 0 and 16,383.
    public mutating func append(numeric unscaled: Int128, scale: Int) {
        precondition((0...16_383).contains(scale), "a numeric's scale is between 0 and 16,383")
        // Ten digits hold 2^127; the split of the last one may make it eleven.
        append(upTo: 8 + 2 * 12) { target in
            var groups: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
            return withUnsafeMutableBytes(of: &groups) { scratch in
                let digits = scratch.bindMemory(to: UInt16.self)
                let count = splitDigits(unscaled.magnitude, scale: scale, into: digits)
                var lowest = 0
                while lowest < count, digits[lowest] == 0 { lowest += 1 }
                let weight = count == lowest ? 0 : count - 1 - (scale + 3) / 4
                store(UInt16(count - lowest), at: target)
                store(UInt16(truncatingIfNeeded: weight), at: target + 2)
                store(unscaled < 0 ? 0x4000 : 0, at: target + 4)
                store(UInt16(scale), at: target + 6)
                var position = target + 8
                for index in stride(from: count - 1, through: lowest, by: -1) {
                    store(digits[index], at: position)
                    position += 2
                }
                return 8 + 2 * (count - lowest)
            }
        }
    }
}

/// Splits into digits to the base 10,000, least significant first, so that the decimal point falls between digits.
///
/// - returns: how many digits there are, the most significant of which is not zero.
private func splitDigits(_ magnitude: UInt128, scale: Int, into digits: UnsafeMutableBufferPointer<UInt16>) -> Int {
    var count = 0
    var rest = magnitude
    let decimalsInLast = scale % 4 == 0 ? 4 : scale % 4
    if rest > 0, decimalsInLast < 4 {
        let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: UInt128(powersOfTen[decimalsInLast]))
        digits[0] = UInt16(UInt64(remainder) * powersOfTen[4 - decimalsInLast])
        rest = quotient
        count = 1
    }
    // 128-bit division is slow: four digits at a time, then on in 64 bits.
    while rest > UInt128(UInt64.max) {
        let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10_000_000_000_000_000)
        var four = UInt64(remainder)
        for _ in 0..<4 {
            digits[count] = UInt16(four % 10_000)
            four /= 10_000
            count += 1
        }
        rest = quotient
    }
    var small = UInt64(rest)
    while small > 0 {
        digits[count] = UInt16(small % 10_000)
        small /= 10_000
        count += 1
    }
    return count
}

@inline(__always)
private func store(_ value: UInt16, at pointer: UnsafeMutableRawPointer) {
    pointer.storeBytes(of: value.bigEndian, as: UInt16.self)
}

/// A numeric as it came over the wire.
struct WireNumeric {
    /// Why a numeric can't be given as an integer of some scale.
    enum Problem: String, Error {
        case malformed = "is not a numeric"
        case notFinite = "is NaN or infinite"
        case tooPrecise = "has more decimals than are kept"
        case tooLarge = "does not fit in 128 bits"
    }

    private let bytes: UnsafeRawBufferPointer
    private let count: Int
    private let weight: Int
    private let isNegative: Bool

    /// How many decimals the server would show.
    let scale: Int

    init(_ bytes: UnsafeRawBufferPointer) throws(Problem) {
        guard bytes.count >= 8 else { throw .malformed }
        self.bytes = bytes
        count = Int(bytes.bigEndian(at: 0, as: UInt16.self))
        weight = Int(bytes.bigEndian(at: 2, as: Int16.self))
        let sign = bytes.bigEndian(at: 4, as: UInt16.self)
        scale = Int(bytes.bigEndian(at: 6, as: UInt16.self))
        guard sign == 0 || sign == 0x4000 else { throw .notFinite }
        guard bytes.count == 8 + 2 * count else { throw .malformed }
        isNegative = sign != 0
    }

    /// The value times `10^scale`.
    ///
    /// - throws: when that is no integer, or does not fit.
    func unscaled(at scale: Int) throws(Problem) -> Int128 {
        var magnitude: UInt128 = 0
        // The exponent, to the base 10,000, of the last digit that counts whole.
        let lastWhole = -(scale / 4)
        var index = 0
        var exponent = weight
        while index < count, exponent >= lastWhole {
            magnitude = try magnitude.times(10_000, plus: digit(index))
            index += 1
            exponent -= 1
        }
        while exponent >= lastWhole, magnitude > 0 {
            magnitude = try magnitude.times(10_000, plus: 0)
            exponent -= 1
        }
        if scale % 4 > 0 {
            var partial: UInt64 = 0
            if index < count, exponent == lastWhole - 1 {
                let rest = powersOfTen[4 - scale % 4]
                guard digit(index) % rest == 0 else { throw .tooPrecise }
                partial = digit(index) / rest
                index += 1
            }
            magnitude = try magnitude.times(powersOfTen[scale % 4], plus: partial)
        }
        while index < count {
            guard digit(index) == 0 else { throw .tooPrecise }
            index += 1
        }
        if isNegative, magnitude == Int128.min.magnitude { return .min }
        guard magnitude <= UInt128(Int128.max) else { throw .tooLarge }
        return isNegative ? -Int128(magnitude) : Int128(magnitude)
    }

    private func digit(_ index: Int) -> UInt64 {
        UInt64(bytes.bigEndian(at: 8 + 2 * index, as: UInt16.self))
    }
}

extension UInt128 {
    @inline(__always)
    fileprivate func times(_ factor: UInt64, plus digit: UInt64) throws(WireNumeric.Problem) -> UInt128 {
        // Nothing below 2^112 overflows here.
        if self >> 112 == 0 { return self &* UInt128(factor) &+ UInt128(digit) }
        let (product, overflow) = multipliedReportingOverflow(by: UInt128(factor))
        let (sum, carry) = product.addingReportingOverflow(UInt128(digit))
        guard !overflow, !carry else { throw .tooLarge }
        return sum
    }
}

extension UnsafeRawBufferPointer {
    /// An integer at an offset that is known to be inside.
    @inline(__always)
    func bigEndian<T: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: T.Type) -> T {
        T(bigEndian: loadUnaligned(fromByteOffset: offset, as: type))
    }
}
