/// Why bytes are no message of their topic, or a value cannot be put into one.
public enum ContractError: Error, Hashable, Sendable {
    /// The value is not one JSON object.
    case notJSON(String)
    /// A required field is not there, or null.
    case missing(field: String)
    /// A field holds something else than it should.
    case malformed(field: String, expected: String)
    /// A choice code that is neither published nor configured. The message is
    /// good, and waits for the line of configuration that names the code.
    case unknownChoice(column: String, code: Int)
    /// A meaning whose code is not published, and not configured.
    case unconfiguredChoice(column: String, label: String)
    /// Two fields contradict each other.
    case contradiction(String)
}

extension ContractError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notJSON(let reason): "the value is not a JSON object: \(reason)"
        case .missing(let field): "field \"\(field)\" is missing"
        case .malformed(let field, let expected): "field \"\(field)\" is not \(expected)"
        case .unknownChoice(let column, let code):
            "code \(code) of \(column) is unknown; name it in the configuration: choices.\(column).\(code): LABEL"
        case .unconfiguredChoice(let column, let label):
            "\"\(label)\" of \(column) has no published code; add it to the configuration: "
                + "choices.\(column).CODE: \(label)"
        case .contradiction(let problem): problem
        }
    }
}
