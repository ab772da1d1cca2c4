public import Bus

/// What a company's set-up lacks for a row, and the cure.
///
/// A row that meets one is blocked, and goes on by itself when the gap is closed (design §4).
public struct SetupGap: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is lacking, as it is stored with a blocked row.
    public let code: FailureCode
    /// What is wrong and what to do, in a sentence or two.
    public let reason: String

    public init(_ code: FailureCode, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    public var description: String { reason }
}
