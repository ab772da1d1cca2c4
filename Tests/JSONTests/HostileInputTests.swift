import Foundation
import JSON
import Testbed
import Testing

extension SeededRandom {
    /// A document of random shape, spacing and escapes.
    mutating func document(levels: Int = 5) -> String {
        let space = ["", "", "", " ", "\n", "\t ", "\r\n"].randomElement(using: &self)!
        let value: String
        switch Int.random(in: 0..<(levels > 0 ? 9 : 6), using: &self) {
        case 0: value = ["true", "false", "null"].randomElement(using: &self)!
        case 1: value = "\(Int64.random(in: -1000...1000, using: &self))"
        case 2: value = "\(Int32.random(in: 0...99, using: &self)).\(UInt16.random(in: 0...9999, using: &self))e-3"
        case 3...5: value = string()
        case 6, 7:
            let count = Int.random(in: 0..<6, using: &self)
            let members = (0..<count).map {
                "\(space)\"\($0)\(string().dropFirst())\(space):\(document(levels: levels - 1))"
            }
            value = "{" + members.joined(separator: ",") + "\(space)}"
        default:
            let count = Int.random(in: 0..<6, using: &self)
            value = "[" + (0..<count).map { _ in document(levels: levels - 1) }.joined(separator: ",") + "\(space)]"
        }
        return space + value + space
    }

    private mutating func string() -> String {
        let parts = [
            "a", "msdyn_", "0123456789abcdef", " ", "{", "}", "[", "]", ":", ",", "é", "€", "😀", "\\n", "\\\"", "\\\\",
            "\\/",
            "\\u0041", "\\u00e9", "\\ud83d\\ude00", "\\u20ac", "\\b\\f\\r\\t", "\u{7f}",
        ]
        let count = Int.random(in: 0..<8, using: &self)
        return "\"" + (0..<count).map { _ in parts.randomElement(using: &self)! }.joined() + "\""
    }
}

@Suite("Input of any kind")
struct HostileInputTests {
    static let sample = #"""
        {"actualId":"5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d","text":"a\u00e9\ud83d\ude00\"\\ å","amount":-1600.0000e-2,
        "list":[1,[],{},{"x":[true,false,null]}],"none":null,"object":{"a":"b\n","c":{"d":[0]}}}
        """#

    /// A copy with nothing after it, so that the address sanitizer sees a read too far.
    static func read(_ reader: FieldReader, _ bytes: [UInt8]) throws {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { memory.deallocate() }
        memory.copyBytes(from: bytes)
        try reader.read(UnsafeRawBufferPointer(memory))
    }

    @Test("A document cut short at any byte is refused")
    func refusesTruncation() throws {
        let bytes = Array(Self.sample.utf8)
        let reader = FieldReader(fields: ["actualId", "text", "amount", "list", "none"])
        try Self.read(reader, bytes)
        #expect(reader[1].text == "aé😀\"\\ å")
        for length in bytes.indices {
            #expect(throws: JSONError.self) { try Self.read(reader, Array(bytes[..<length])) }
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array(bytes[..<length])) }
        }
    }

    @Test("A page cut short at any byte is refused")
    func refusesTruncatedPages() throws {
        let bytes = Array("{\"@odata.context\":\"c\",\"value\":[\(Self.sample),{},\(Self.sample)]}".utf8)
        let page = JSONPageReader(fields: ["actualId", "text"])
        try bytes.withUnsafeBytes { try page.open($0) }
        for length in bytes.indices {
            #expect(throws: JSONError.self) { try Array(bytes[..<length]).withUnsafeBytes { try page.open($0) } }
        }
    }

    @Test("Random bytes, and random changes to a document, are refused or mean the same to every reader")
    func readersAgreeOnRandomBytes() throws {
        var random = SeededRandom()
        let seed = random.description
        print("random bytes: \(seed)")
        let names = ["actualId", "text", "amount", "list", "none"]
        let reader = FieldReader(fields: names)
        let page = JSONPageReader(fields: ["actualId", "text"])
        let alphabet = Array("{}[]:,\"\\u0d8 eE+-.tfn\n".utf8)
        var objects = 0
        var rows = 0
        let rounds = 20_000
        for round in 0..<rounds {
            var bytes: [UInt8]
            switch round % 3 {
            case 0:
                bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in .random(in: 0 ... .max, using: &random)
                }
            case 1:
                bytes = (0..<Int.random(in: 0..<100, using: &random)).map { _ in alphabet.randomElement(using: &random)!
                }
            default:
                bytes = Array("{\"value\":[\(Self.sample)],\"text\":1}".utf8)
                for _ in 0..<Int.random(in: 1..<4, using: &random) {
                    bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0 ... .max, using: &random)
                }
            }
            let whole = Result { () throws(JSONError) in try JSONValue(parsing: bytes) }
            var isObject = false
            if case .success(.object) = whole { isObject = true }
            let isRead = (try? Self.read(reader, bytes)) != nil
            objects += isRead ? 1 : 0
            #expect(isRead == isObject || (isRead && whole.isDuplicateMember), "\(seed), round \(round)")
            guard (try? bytes.withUnsafeBytes({ try page.open($0) })) != nil else { continue }
            var texts: [[String]] = []
            while (try? page.nextRow()) == true {
                texts.append([])
                page.forEachMember { _, value in texts[texts.count - 1].append(value.text ?? "") }
            }
            rows += texts.count
            guard case .success(.object(let object)) = whole, case .array(let elements)? = object["value"] else {
                continue
            }
            for (row, element) in zip(texts, elements) {
                guard case .object(let members) = element else { continue }
                #expect(row.count == members.members.count, "\(seed), round \(round)")
            }
        }
        #expect((1..<rounds).contains(objects), "\(seed)")
        #expect(rows > 0, "\(seed)")
    }

    @Test("Documents mean what Foundation says they mean")
    func agreesWithFoundation() throws {
        var random = SeededRandom()
        let seed = random.description
        print("documents against Foundation: \(seed)")
        for _ in 0..<2_000 {
            let text = random.document()
            let value = try JSONValue(parsing: text)
            let other = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
            #expect(Self.isSame(value, other), "\(seed): \(text)")
        }
    }

    @Test("Changed documents are accepted and refused as by Foundation")
    func refusesWhatFoundationRefuses() throws {
        var random = SeededRandom()
        let seed = random.description
        print("changed documents against Foundation: \(seed)")
        let alphabet = Array("{}[]:,\"\\/u0d8 eE+-.1tfnrl\n\ta".utf8)
        for _ in 0..<20_000 {
            var bytes = Array(random.document(levels: 3).utf8)
            let at = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[at] = alphabet.randomElement(using: &random)!
            case 1: bytes.insert(alphabet.randomElement(using: &random)!, at: at)
            default: bytes.remove(at: at)
            }
            let refused: JSONError?
            do {
                // Foundation refuses half a surrogate pair.
                if "\(try JSONValue(parsing: bytes))".unicodeScalars.contains("\u{FFFD}") { continue }
                refused = nil
            } catch {
                refused = error
            }
            if let refused, Self.isRefusedHereOnly(refused, bytes) { continue }
            let accepts = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            #expect(accepts == (refused == nil), "\(seed): \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    /// Foundation takes the last of two members, and a comma before a closing brace.
    static func isRefusedHereOnly(_ error: JSONError, _ bytes: [UInt8]) -> Bool {
        if case .duplicateMember = error.kind { return true }
        guard let offset = error.offset, bytes.indices.contains(offset), "]}".utf8.contains(bytes[offset]) else {
            return false
        }
        return bytes[..<offset].last { !" \n\r\t".utf8.contains($0) } == UInt8(ascii: ",")
    }

    static func isSame(_ value: JSONValue, _ other: Any) -> Bool {
        switch value {
        case .null: return other is NSNull
        case .bool(let value): return other as? Bool == value
        case .number(let text): return (other as? NSNumber)?.doubleValue == Double(text)
        case .string(let text): return (other as? String)?.utf8.elementsEqual(text.utf8) == true
        case .array(let elements):
            guard let others = other as? [Any], others.count == elements.count else { return false }
            return zip(elements, others).allSatisfy { isSame($0, $1) }
        case .object(let object):
            guard let others = other as? [String: Any], others.count == object.members.count else { return false }
            return object.members.allSatisfy { member in others[member.name].map { isSame(member.value, $0) } ?? false }
        }
    }
}

extension Result<JSONValue, JSONError> {
    fileprivate var isDuplicateMember: Bool {
        guard case .failure(let error) = self, case .duplicateMember = error.kind else { return false }
        return true
    }
}
