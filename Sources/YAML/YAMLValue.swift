/// A value to be written as YAML.
public indirect enum YAMLValue: Hashable, Sendable {
    /// A number, `true` or `false`, which is written as it is.
    case plain(String)
    /// A text, which is quoted where it has to be.
    case text(String)
    case sequence([YAMLValue])
    /// Members in their order.
    case mapping([Member])
    /// A mapping on one line: `{from: 2026-01-01, to: 2026-12-31}`.
    case row([Member])

    /// A key and its value.
    public struct Member: Hashable, Sendable {
        public var key: String
        public var value: YAMLValue

        public init(_ key: String, _ value: YAMLValue) {
            self.key = key
            self.value = value
        }
    }

    /// What a scalar says; nil when this is none.
    public var scalar: String? {
        switch self {
        case .plain(let text), .text(let text): text
        case .sequence, .mapping, .row: nil
        }
    }

    /// As a file's text. ``YAML/parse(_:file:)-(String,_)`` reads the same values from it.
    public func text() -> String { YAMLEmitter.text(of: self) }
}

/// As a JSON document, numbers as strings.
extension YAMLValue: Encodable {
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .plain("true"): try encode(true, to: encoder)
        case .plain("false"): try encode(false, to: encoder)
        case .plain(let text), .text(let text): try encode(text, to: encoder)
        case .sequence(let items):
            var list = encoder.unkeyedContainer()
            for item in items { try list.encode(item) }
        case .mapping(let members), .row(let members):
            var object = encoder.container(keyedBy: Key.self)
            for member in members { try object.encode(member.value, forKey: Key(stringValue: member.key)) }
        }
    }

    private func encode(_ value: some Encodable, to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
