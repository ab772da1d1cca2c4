/// A decimal number of a fixed scale, kept as a whole number of its smallest unit.
///
/// Money, quantities and rates are exact from end to end: a value is never
/// held in a floating-point type, in Swift or in a database column.
public protocol ExactDecimal: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// How many decimal places a value has.
    static var scale: Int { get }

    /// The most digits that a value read from outside may have, decimal
    /// places included, so that no product of two values overflows.
    static var mostDigits: Int { get }

    /// The value times ten to the power of ``scale``.
    var units: Int128 { get }

    init(units: Int128)
}

/// Why a text is not a decimal of the wanted scale.
public enum DecimalProblem: Error, Hashable, Sendable {
    /// It is not a plain decimal: `-1234.5600`, without exponent or blanks.
    case notADecimal
    /// It has more decimal places than the scale holds, and they are not zero.
    case tooManyPlaces
    /// It has more digits than the type holds.
    case tooLarge
}

extension ExactDecimal {
    public static var zero: Self { Self(units: 0) }

    /// Reads a plain decimal from ASCII text.
    ///
    /// - throws: ``DecimalProblem`` when the text is no decimal of this scale.
    ///   Surplus places that are zero are no loss, and accepted.
    public init(parsing text: UnsafeRawBufferPointer) throws(DecimalProblem) {
        var index = 0
        let negative = text.first == UInt8(ascii: "-")
        if negative { index = 1 }
        var units: Int128 = 0
        var digits = 0
        var places = -1
        var hasDigit = false
        while index < text.count {
            let byte = text[index]
            index += 1
            if byte == UInt8(ascii: "."), places < 0, hasDigit {
                places = 0
                continue
            }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { throw .notADecimal }
            hasDigit = true
            if places >= Self.scale {
                guard byte == UInt8(ascii: "0") else { throw .tooManyPlaces }
                places += 1
                continue
            }
            units = units * 10 + Int128(byte &- UInt8(ascii: "0"))
            if places >= 0 {
                places += 1
            } else if units != 0 {
                digits += 1
                guard digits <= Self.mostDigits - Self.scale else { throw .tooLarge }
            }
        }
        guard hasDigit, places != 0 else { throw .notADecimal }
        var missing = Self.scale - max(0, places)
        while missing > 0 {
            units *= 10
            missing -= 1
        }
        self.init(units: negative ? -units : units)
    }

    /// Reads a plain decimal.
    ///
    /// - throws: ``DecimalProblem`` when the text is no decimal of this scale.
    public init(_ text: String) throws(DecimalProblem) {
        var copy = text
        self = try copy.withUTF8 { bytes in
            Result { () throws(DecimalProblem) in try Self(parsing: UnsafeRawBufferPointer(bytes)) }
        }.get()
    }

    public init(_ whole: Int) {
        self.init(units: Int128(whole) * powerOfTen(Self.scale))
    }

    /// The value, if it has no more digits than one that is read from outside may have: a column holds no more. What is
    /// computed, converted or summed has to be asked.
    ///
    /// - throws: ``DecimalProblem/tooLarge``.
    public func checked() throws(DecimalProblem) -> Self {
        guard units.magnitude < powerOfTen(Self.mostDigits).magnitude else { throw .tooLarge }
        return self
    }

    /// The value with all its decimal places, as it is written on the bus: `-1234.5600`.
    public var description: String {
        String(unsafeUninitializedCapacity: 48) { write(to: UnsafeMutableRawBufferPointer($0)) }
    }

    public static func < (left: Self, right: Self) -> Bool { left.units < right.units }
    public static func + (left: Self, right: Self) -> Self { Self(units: left.units + right.units) }
    public static func - (left: Self, right: Self) -> Self { Self(units: left.units - right.units) }
    public static prefix func - (value: Self) -> Self { Self(units: -value.units) }
    public static func += (left: inout Self, right: Self) { left = left + right }
    public static func -= (left: inout Self, right: Self) { left = left - right }
}

func powerOfTen(_ exponent: Int) -> Int128 {
    var power: Int128 = 1
    for _ in 0..<exponent { power *= 10 }
    return power
}

extension ExactDecimal {
    /// Writes ``description`` at the start of a buffer of at least 48 bytes,
    /// without making a string, and returns the number of bytes.
    @discardableResult
    public func write(to buffer: UnsafeMutableRawBufferPointer) -> Int {
        var digits: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
        return withUnsafeMutableBytes(of: &digits) { reversed in
            var rest = units.magnitude
            var count = 0
            while rest > UInt128(UInt64.max) {
                let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
                reversed[count] = UInt8(truncatingIfNeeded: remainder) + UInt8(ascii: "0")
                rest = quotient
                count += 1
            }
            var small = UInt64(truncatingIfNeeded: rest)
            while small > 0 || count <= Self.scale {
                reversed[count] = UInt8(truncatingIfNeeded: small % 10) + UInt8(ascii: "0")
                small /= 10
                count += 1
            }
            var position = 0
            if units < 0 {
                buffer[0] = UInt8(ascii: "-")
                position = 1
            }
            while count > 0 {
                if count == Self.scale {
                    buffer[position] = UInt8(ascii: ".")
                    position += 1
                }
                count -= 1
                buffer[position] = reversed[count]
                position += 1
            }
            return position
        }
    }
}
