/// Why an invoice was not confirmed. Nothing was written.
public struct ConfirmationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The invoice as it was asked for.
    public let invoice: String
    /// What is wrong, and what to do; of many line details the first few.
    public let problems: [String]

    public init(invoice: String, problems: [String]) {
        self.invoice = invoice
        self.problems = problems
    }

    public var description: String { "invoice \(invoice) was not confirmed: " + problems.joined(separator: "; ") }
}
