import Foundation
import Text

/// A document on its way to JSON.
enum JSONNode {
    case null
    /// True, false, or a number.
    case word(String)
    case string(String)
    case array([JSONNode])
    case object([String: JSONNode])

    /// With sorted keys, on lines of its own.
    func text(indentation: String = "") -> String {
        let inner = indentation + "  "
        switch self {
        case .null: return "null"
        case .word(let word): return word
        case .string(let string): return string.jsonQuoted
        case .array(let elements):
            return Self.lines("[", elements.map { inner + $0.text(indentation: inner) }, indentation + "]")
        case .object(let members):
            let lines = members.sorted { $0.key < $1.key }
                .map { "\(inner)\($0.key.jsonQuoted) : \($0.value.text(indentation: inner))" }
            return Self.lines("{", lines, indentation + "}")
        }
    }

    private static func lines(_ open: String, _ lines: [String], _ close: String) -> String {
        lines.isEmpty ? open + close.drop { $0 == " " } : "\(open)\n\(lines.joined(separator: ",\n"))\n\(close)"
    }
}

/// Makes a ``JSONNode`` of a value. A key whose value is missing is null: keys do not come and go.
///
/// Foundation's encoder leaves such keys out.
struct JSONNodeEncoder: Encoder {
    let target: JSONTarget
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func encode(_ value: some Encodable) throws -> JSONNode {
        let target = JSONTarget()
        try JSONNodeEncoder(target: target, codingPath: []).encode(value)
        return target.node
    }

    fileprivate func encode(_ value: some Encodable) throws {
        switch value {
        case let date as Date: target.value = .string(date.formatted(.iso8601))
        case let url as URL: target.value = .string(url.absoluteString)
        default: try value.encode(to: self)
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if target.members == nil { target.members = [:] }
        return KeyedEncodingContainer(JSONObjectContainer(target: target, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if target.elements == nil { target.elements = [] }
        return JSONArrayContainer(target: target, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONValueContainer(target: target, codingPath: codingPath)
    }
}

/// Where a value comes to stand.
final class JSONTarget {
    fileprivate var value = JSONNode.null
    fileprivate var elements: [JSONTarget]?
    fileprivate var members: [String: JSONTarget]?

    fileprivate var node: JSONNode {
        if let members { return .object(members.mapValues(\.node)) }
        return elements.map { .array($0.map(\.node)) } ?? value
    }
}

private struct JSONObjectContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let target: JSONTarget
    let codingPath: [any CodingKey]

    private func encoder(_ key: any CodingKey) -> JSONNodeEncoder {
        let member = JSONTarget()
        target.members?[key.stringValue] = member
        return JSONNodeEncoder(target: member, codingPath: codingPath + [key])
    }

    func encodeNil(forKey key: Key) { _ = encoder(key) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try encoder(key).encode(value) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> { encoder(key).container(keyedBy: keyType) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { JSONNodeEncoder(target: target, codingPath: codingPath) }
    func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }

    private func encodeOrNull(_ value: (some Encodable)?, _ key: Key) throws {
        if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try encodeOrNull(value, key) }
    func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws { try encodeOrNull(value, key) }
}

private struct JSONArrayContainer: UnkeyedEncodingContainer {
    let target: JSONTarget
    let codingPath: [any CodingKey]
    var count: Int { target.elements?.count ?? 0 }

    private func encoder() -> JSONNodeEncoder {
        let element = JSONTarget()
        target.elements?.append(element)
        return JSONNodeEncoder(target: element, codingPath: codingPath)
    }

    func encodeNil() { _ = encoder() }
    func encode<T: Encodable>(_ value: T) throws { try encoder().encode(value) }

    func nestedContainer<NestedKey: CodingKey>(keyedBy keyType: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
        encoder().container(keyedBy: keyType)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }
    func superEncoder() -> any Encoder { encoder() }
}

private struct JSONValueContainer: SingleValueEncodingContainer {
    let target: JSONTarget
    let codingPath: [any CodingKey]

    func encodeNil() { target.value = .null }
    func encode(_ value: Bool) { target.value = .word(value ? "true" : "false") }
    func encode(_ value: String) { target.value = .string(value) }
    func encode(_ value: Double) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(
                value, EncodingError.Context(codingPath: codingPath, debugDescription: "JSON has no such number"))
        }
        target.value = .word(value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)")
    }
    func encode(_ value: Float) throws { try encode(Double(value)) }
    func encode(_ value: Int) { target.value = .word("\(value)") }
    func encode(_ value: Int8) { target.value = .word("\(value)") }
    func encode(_ value: Int16) { target.value = .word("\(value)") }
    func encode(_ value: Int32) { target.value = .word("\(value)") }
    func encode(_ value: Int64) { target.value = .word("\(value)") }
    func encode(_ value: UInt) { target.value = .word("\(value)") }
    func encode(_ value: UInt8) { target.value = .word("\(value)") }
    func encode(_ value: UInt16) { target.value = .word("\(value)") }
    func encode(_ value: UInt32) { target.value = .word("\(value)") }
    func encode(_ value: UInt64) { target.value = .word("\(value)") }
    func encode<T: Encodable>(_ value: T) throws {
        try JSONNodeEncoder(target: target, codingPath: codingPath).encode(value)
    }
}
