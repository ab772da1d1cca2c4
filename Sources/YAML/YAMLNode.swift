/// A value of a YAML file that knows where it stands.
public struct YAMLNode: Sendable {
    /// How a scalar is written: `5` and `true` are plain, `"5"` and block text are quoted.
    public enum ScalarStyle: Sendable {
        case plain
        case quoted
    }

    public enum Content: Sendable {
        case scalar(String, style: ScalarStyle)
        case sequence([YAMLNode])
        /// Members in the file's order, with different keys.
        case mapping([Member])
    }

    /// A key and its value.
    public struct Member: Sendable {
        public let key: String
        /// The line of the key, from 1.
        public let line: Int
        public let value: YAMLNode
    }

    public let content: Content
    /// The file, as errors call it.
    public let file: String
    /// The line on which the value starts, from 1.
    public let line: Int
    /// The column at which the value starts, from 1.
    public let column: Int
    /// The keys from the top to here, such as `topics.name` or `topics[0]`; empty at the top.
    public let path: String

    /// The members of a mapping, in the file's order; none when this is no mapping.
    public var entries: [(key: String, value: YAMLNode)] { members.map { ($0.key, $0.value) } }

    /// The value of a key; nil when it is not there, or this is no mapping.
    public subscript(key: String) -> YAMLNode? { members.first { $0.key == key }?.value }

    /// Whether nothing is written here, or `null` or `~`.
    public var isNull: Bool {
        if case .scalar(let text, .plain) = content { Self.nullTexts.contains(text) } else { false }
    }

    /// What says nothing when it is not quoted.
    static let nullTexts: Set<String> = ["", "~", "null", "Null", "NULL"]

    var members: [Member] { if case .mapping(let members) = content { members } else { [] } }

    /// An error about this node: `FILE:LINE: key "x" MESSAGE`.
    ///
    /// Also for callers that find a value out of bounds: `throw node.error("must be at least 1")`.
    public func error(_ message: String) -> YAMLError {
        YAMLError(file: file, line: line, message: path.isEmpty ? "the file \(message)" : "key \"\(path)\" \(message)")
    }
}
