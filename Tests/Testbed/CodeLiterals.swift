public import Contracts

// Tests write codes as texts; the product takes none unchecked.

extension Company: ExpressibleByStringLiteral {
    public init(stringLiteral code: String) {
        guard let company = Company(code) else { preconditionFailure("\"\(code)\" is not \(Company.expected)") }
        self = company
    }
}

extension CurrencyCode: ExpressibleByStringLiteral {
    public init(stringLiteral code: String) {
        guard let currency = CurrencyCode(code) else { preconditionFailure("\"\(code)\" is not \(Self.expected)") }
        self = currency
    }
}
