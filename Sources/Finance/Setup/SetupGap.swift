/// What a company's set-up lacks for a row, and the cure.
///
/// A row that meets one is blocked, and goes on by itself when the gap is closed (design §4).
public struct SetupGap: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is lacking, as it is stored with a blocked row.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case companyNotConfigured = "company-not-configured"
        case noExchangeRate = "no-exchange-rate"
        case noLineProperty = "no-line-property"
        case noOpenPeriod = "no-open-period"
        case noProjectCategory = "no-project-category"
        case noAccountingProfile = "no-accounting-profile"
        case noPostingAccount = "no-posting-account"
    }

    public let code: Code
    /// What is wrong and what to do, in a sentence or two.
    public let reason: String

    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    public var description: String { reason }
}
