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
    /// A string unescaped; a number, object or array as its raw JSON text, so that no digit is lost.
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

    /// A number without fraction and exponent; nil for anything else.
    public var integer: Int64? { kind == .number ? parseInt64(bytes) : nil }

    /// True or false; nil for anything else.
    public var bool: Bool? {
        switch kind {
        case .true: true
        case .false: false
        default: nil
        }
    }
}
