/// A legal entity's code: one to four letters or digits, in lower case (`domain.md` §4, Finance's `DataAreaId`).
public struct Company: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: String

    /// What a code has to be, for errors.
    public static let expected = "a company of one to four letters or digits"

    /// Takes a code in either case; nil when it is none.
    public init?(rawValue: String) {
        guard (1...4).contains(rawValue.utf8.count), rawValue.utf8.allSatisfy(isLetterOrDigit) else { return nil }
        self.rawValue = rawValue.utf8.contains(where: isCapital) ? rawValue.lowercased() : rawValue
    }

    /// Takes a code in either case; nil when it is none.
    public init?(_ code: String) { self.init(rawValue: code) }

    /// Takes a code in either case.
    ///
    /// - throws: ``ContractError`` when it is none.
    public init(checking code: String) throws(ContractError) {
        guard let company = Company(code) else { throw .malformed(field: "company", expected: Self.expected) }
        self = company
    }

    public var description: String { rawValue }

    /// Stands in where any company will do.
    public static let placeholder = Company(trusted: "zzzz")

    private init(trusted: String) { rawValue = trusted }

    public static func < (left: Company, right: Company) -> Bool { left.rawValue < right.rawValue }
}

/// An ISO 4217 currency code: three capital letters.
public struct CurrencyCode: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: String

    /// What a code has to be, for errors.
    public static let expected = "an ISO currency code such as \"USD\""

    /// nil when it is no code.
    public init?(rawValue: String) {
        guard rawValue.utf8.count == 3, rawValue.utf8.allSatisfy(isCapital) else { return nil }
        self.rawValue = rawValue
    }

    /// nil when it is no code.
    public init?(_ code: String) { self.init(rawValue: code) }

    /// - throws: ``ContractError`` when it is no code.
    public init(checking code: String) throws(ContractError) {
        guard let currency = CurrencyCode(code) else { throw .malformed(field: "currency", expected: Self.expected) }
        self = currency
    }

    public var description: String { rawValue }

    /// Stands in where any currency will do.
    public static let placeholder = CurrencyCode(trusted: "XXX")

    private init(trusted: String) { rawValue = trusted }

    public static func < (left: CurrencyCode, right: CurrencyCode) -> Bool { left.rawValue < right.rawValue }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: isCapital(byte)
    }
}

private func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
