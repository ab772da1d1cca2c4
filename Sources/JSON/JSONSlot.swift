/// One value of a document, as a view into its reader's memory: valid until the reader's next read.
public struct JSONSlot {
    public enum Kind: UInt8, Sendable {
        /// The object has no such member.
        case missing
        case null
        case `false`
        case `true`
        case number
        case string
        case object
        case array
    }

    public let kind: Kind
    /// A string unescaped, with U+FFFD where it holds no character (malformed UTF-8, half a surrogate pair); a number,
    /// object or array as its raw JSON text, so that no digit is lost.
    public let bytes: UnsafeRawBufferPointer

    @inlinable
    public init(kind: Kind, bytes: UnsafeRawBufferPointer) {
        self.kind = kind
        self.bytes = bytes
    }

    /// The bytes as text: a string's characters, the digits of a number, the JSON of an object or array; nil when the
    /// member is missing or null.
    public var text: String? {
        kind == .missing || kind == .null ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// A whole number, however it is written: `1200` is `1.2E+3` and `1200.0`; nil for anything else.
    public var integer: Int64? {
        guard kind == .number else { return nil }
        return parseInt64(bytes) ?? plainDecimal(bytes).flatMap { $0.withUnsafeBytes(parseInt64) }
    }

    /// Whether a string holds neither U+0000 nor U+FFFD, which stands where no character could be read.
    public var isReadable: Bool {
        for (index, byte) in bytes.enumerated() {
            if byte == 0 { return false }
            if byte == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] == 0xBD {
                return false
            }
        }
        return true
    }

    /// True or false; nil for anything else.
    public var bool: Bool? {
        switch kind {
        case .true: true
        case .false: false
        default: nil
        }
    }
}
