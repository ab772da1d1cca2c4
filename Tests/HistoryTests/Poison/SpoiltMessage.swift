import Contracts
import JSON
import Testbed

/// A message as it is sent: right, or spoilt in some way.
struct SpoiltMessage {
    var key: [UInt8]?
    var value: [UInt8]?
    var headers: [(String, [UInt8])]
    /// What was done to it; empty when it is right.
    var damage = ""
}

extension SeededRandom {
    /// Spoils a message that was right: its fields, its bytes, its key, or its headers.
    mutating func spoil(_ object: JSONObject, _ message: inout SpoiltMessage) {
        var object = object
        let field = object.names.randomElement(using: &self) ?? ""
        let kind = Int.random(in: 0..<10, using: &self)
        switch kind {
        case 0:
            object[field] = nil
            message.damage = "without \(field)"
        case 1...4:
            let value = odd.randomElement(using: &self) ?? .null
            object[field] = value
            message.damage = "\(field) is \(value.text.prefix(40))"
        case 5:
            for field in object.names where Bool.random(using: &self) {
                object[field] = odd.randomElement(using: &self) ?? .null
            }
            message.damage = "many fields"
        default: break
        }
        var value = Array(JSONValue.object(object).text.utf8)
        switch kind {
        case 6:
            value = Array("\(String(decoding: value.dropLast(), as: UTF8.self)),\"\(field)\":null}".utf8)
            message.damage = "\(field) twice"
        case 7:
            for _ in 0...Int.random(in: 0...3, using: &self) { damage(&value) }
            message.damage = "damaged bytes"
        case 8:
            value = other(value)
            message.damage = "another value"
        default: break
        }
        message.value = value
        if kind == 8, Int.random(in: 0..<6, using: &self) == 0 { message.value = nil }
        if kind == 9 || Int.random(in: 0..<5, using: &self) == 0 {
            message.headers = oddHeaders
            message.key = oddKey
            if message.damage.isEmpty { message.damage = "its key and headers" }
        }
    }

    /// Values that no field, or not just any, takes.
    private var odd: [JSONValue] {
        let numbers = [
            "0", "-1", "-0", "1e5", "1e999", "0.00001", "1.5", "99999999999999999999999", "9223372036854775807",
            "-9223372036854775809", "192359999", "2147483648",
        ]
        let texts = [
            "", " ", "0", "-1", "NaN", "Infinity", "1e5", "999999999999999.9999", "99999999999999999.9999", "0.00001",
            "1.2345678901234567890", "2026-02-30", "0001-01-01", "9999-12-31", "-4713-01-01", "10000-01-01",
            "2026-11-21T10:00:00Z",
            "00000000-0000-0000-0000-000000000000", "not-a-guid", "ffffffff-ffff-ffff-ffff-ffffffffffff", "usmf",
            "USMF",
            "zz", "XXX", "usd", "' OR 1=1 --", "$1", "\\N", "\u{202E}txt", "\u{FEFF}a", "👩‍👩‍👧‍👦", "\u{1F600}", "e\u{301}",
            "\r\n\t", "\u{7F}", "\u{85}", "..\\..", "%s%n",
        ]
        // As they stand in the document.
        let raw = [
            #""a\u0000b""#, #""\ud800""#, #""\udc00\ud800""#, #""\uFFFF""#, "nul", "tru", "01", "+1", ".5", "1.", "'a'",
            String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000),
            String(repeating: #"{"a":"#, count: 500) + "1" + String(repeating: "}", count: 500),
            "\"" + String(repeating: "x", count: 100_000) + "\"", "\"" + String(repeating: "é", count: 33_000) + "\"",
            "1" + String(repeating: "0", count: 10_000), "0." + String(repeating: "0", count: 10_000),
        ]
        var values: [JSONValue] = [
            .null, .bool(true), .bool(false), .array([]), .array([.null]), .object(JSONObject()),
        ]
        values += numbers.map { .number($0) }
        values += texts.map { .string($0) }
        values += raw.map { .number($0) }
        return values
    }

    private mutating func other(_ value: [UInt8]) -> [UInt8] {
        switch Int.random(in: 0..<8, using: &self) {
        case 0: []
        case 1: Array(value.prefix(Int.random(in: 0..<value.count, using: &self)))
        case 2: (0..<Int.random(in: 1...300, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
        case 3: Array("[".utf8) + value + Array("]".utf8)
        case 4: value + value
        case 5: [0xEF, 0xBB, 0xBF] + value
        case 6: value.flatMap { [$0, 0] }
        default: Array("null".utf8)
        }
    }

    private var oddKey: [UInt8]? {
        mutating get {
            switch Int.random(in: 0..<5, using: &self) {
            case 0: nil
            case 1: []
            case 2: [UInt8](repeating: 0xFF, count: 65_000)
            case 3: Array("5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d".utf8)
            default: (0..<40).map { _ in UInt8.random(in: 0...255, using: &self) }
            }
        }
    }

    private var oddHeaders: [(String, [UInt8])] {
        mutating get {
            let names = [
                EventHeader.id, EventHeader.dataSchema, EventHeader.traceParent, EventHeader.type, EventHeader.time, "",
                "x",
                "é\u{202E}", "ledgerbus-reason", "ce_id ",
            ]
            let values: [[UInt8]] = [
                [], [0], [0xFF, 0xFE], Array("not-a-guid".utf8), Array("https://ledgerbus/schemas/".utf8),
                Array("https://ledgerbus/schemas/no-such-topic/99.0".utf8), Array("00-0-0-00".utf8),
                Array("00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-ff".utf8),
                [UInt8](repeating: 65, count: 70_000), Array("5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d".utf8),
            ]
            let count = [0, 1, 2, 5, 100].randomElement(using: &self) ?? 0
            return (0..<count).map { _ in
                (names.randomElement(using: &self) ?? "", values[Int.random(in: 0..<values.count, using: &self)])
            }.filter { count < 100 || $0.1.count < 1_000 }
        }
    }
}

extension JSONValue {
    /// The document; a number stands in it as it is.
    var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let raw): raw
        case .string(let text): Self.quoted(text)
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object(let object):
            "{" + object.members.map { "\(Self.quoted($0.name)):\($0.value.text)" }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return "\"\(escaped)\""
    }
}
