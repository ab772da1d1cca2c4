/// Why something did not take effect, as it travels from where it is found to dead letters, rows, logs and lists.
public struct Reason: Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is, to be counted.
    public let code: FailureCode
    /// What is wrong and what to do, for a person.
    public let sentence: String

    public init(_ code: FailureCode, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }

    public var description: String { sentence }
}
