/// Count, amount and digest of an invoice's billed sales that Finance has to
/// receive (design §4; `domain.md` §4.5, §9.18).
///
/// The totals do not depend on the order of the rows, and rows can be added
/// and taken away.
public struct ControlTotals: Hashable, Sendable {
    /// How many rows.
    public var count: Int
    /// The sum of the rows' amounts, in the invoice's currency.
    public var amount: Money
    /// The sum of the rows' digests.
    public var digest: ControlDigest

    public init(count: Int = 0, amount: Money = .zero, digest: ControlDigest = ControlDigest()) {
        self.count = count
        self.amount = amount
        self.digest = digest
    }

    public static func += (totals: inout ControlTotals, row: (amount: Money, digest: ControlDigest)) {
        totals.count += 1
        totals.amount += row.amount
        totals.digest = totals.digest + row.digest
    }
}

/// A SHA-256 digest as eight lanes of 32 bits, each summed modulo 2³².
public struct ControlDigest: Hashable, Sendable, CustomStringConvertible {
    public static let laneCount = 8

    /// The eight lanes, first bytes first.
    public var lanes: SIMD8<UInt32>

    public init(lanes: SIMD8<UInt32> = .zero) { self.lanes = lanes }

    /// The digest of one row: SHA-256 over `actual id|amount at scale 4|currency`.
    public init(actualId: GUID, amount: Money, currency: CurrencyCode, hash: SHA256) {
        let digest: SHA256.Digest = withUnsafeTemporaryAllocation(byteCount: 128, alignment: 8) { buffer in
            var position = actualId.write(to: buffer)
            buffer[position] = UInt8(ascii: "|")
            position += 1
            position += amount.write(to: UnsafeMutableRawBufferPointer(rebasing: buffer[position...]))
            buffer[position] = UInt8(ascii: "|")
            position += 1
            for byte in currency.rawValue.utf8 {
                buffer[position] = byte
                position += 1
            }
            return hash.digest(UnsafeRawBufferPointer(rebasing: buffer[..<position]))
        }
        lanes = SIMD8(
            UInt32(truncatingIfNeeded: digest.words.0.bigEndian >> 32),
            UInt32(truncatingIfNeeded: digest.words.0.bigEndian),
            UInt32(truncatingIfNeeded: digest.words.1.bigEndian >> 32),
            UInt32(truncatingIfNeeded: digest.words.1.bigEndian),
            UInt32(truncatingIfNeeded: digest.words.2.bigEndian >> 32),
            UInt32(truncatingIfNeeded: digest.words.2.bigEndian),
            UInt32(truncatingIfNeeded: digest.words.3.bigEndian >> 32),
            UInt32(truncatingIfNeeded: digest.words.3.bigEndian))
    }

    /// Reads the 64 hexadecimal digits of ``description``.
    public init?(_ text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") })
        else { return nil }
        var lanes = SIMD8<UInt32>()
        var rest = Substring(text)
        for lane in 0..<Self.laneCount {
            guard let value = UInt32(rest.prefix(8), radix: 16) else { return nil }
            lanes[lane] = value
            rest = rest.dropFirst(8)
        }
        self.lanes = lanes
    }

    /// 64 hexadecimal digits, first lane first.
    public var description: String {
        (0..<Self.laneCount).map { lane in
            let digits = String(lanes[lane], radix: 16)
            return String(repeating: "0", count: 8 - digits.utf8.count) + digits
        }.joined()
    }

    public static func + (left: ControlDigest, right: ControlDigest) -> ControlDigest {
        ControlDigest(lanes: left.lanes &+ right.lanes)
    }

    public static func - (left: ControlDigest, right: ControlDigest) -> ControlDigest {
        ControlDigest(lanes: left.lanes &- right.lanes)
    }
}
