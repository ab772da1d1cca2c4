import JSON
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    static func text(_ body: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        body(&json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test("Members of every kind are written with their commas")
    func writesMembers() {
        let text = Self.text { json in
            json.beginObject()
            json.member("s", "a")
            json.member("absent", nil as String?)
            json.member("i", -12)
            json.member("b", true)
            memberNulls(&json)
            Array("1.50".utf8).withUnsafeBytes { json.member("raw", raw: $0) }
            json.member("id", quoted: 4) { buffer in
                buffer[0] = UInt8(ascii: "x")
                return 1
            }
            json.name("list")
            json.beginArray()
            json.element(1)
            json.element("two")
            json.beginObject()
            json.endObject()
            json.beginArray()
            json.endArray()
            json.element(false)
            json.endArray()
            json.name(dynamic: "na\"me")
            json.element(raw: "{}")
            json.endObject()
        }
        #expect(
            text
                == #"{"s":"a","i":-12,"b":true,"n":null,"raw":1.50,"id":"x","list":[1,"two",{},[],false],"na\"me":{}}"#)
    }

    private func memberNulls(_ json: inout JSONWriter) {
        json.name("n")
        json.elementNull()
        json.member("none", nil as Int?)
    }

    @Test(
        "Whole numbers are written to the bounds of Int",
        arguments: [
            0, 7, -7, 9, 10, 99, 100, 1_000_000, .max, .min, 999_999_999_999_999_999, 1_000_000_000_000_000_000,
        ])
    func writesWholeNumbers(value: Int) {
        #expect(Self.text { $0.element(value) } == "\(value)")
    }

    @Test("Every character reads back as it was written, at every place in a text")
    func escapesEveryCharacter() throws {
        let reader = FieldReader(fields: ["a"])
        var json = JSONWriter()
        let special =
            (0..<0x100).map { Character(Unicode.Scalar($0)!) } + ["\u{2028}", "€", "😀", "\u{10FFFF}", "\u{FFFF}"]
        for character in special {
            for length in 0..<18 {
                let before = String(repeating: "x", count: length)
                for text in [before + String(character), before + "\(character)é\(character)" + before] {
                    json.removeAll(keepingCapacity: true)
                    json.beginObject()
                    json.member("a", text)
                    json.endObject()
                    try json.withBytes { try reader.read($0) }
                    #expect(reader[0].kind == .string)
                    #expect(reader[0].bytes.elementsEqual(text.utf8))
                }
            }
        }
    }

    @Test("Control characters are escaped as JSON asks")
    func escapesControlCharacters() {
        #expect(
            Self.text { $0.element("\u{1}\u{8}\t\n\u{c}\r\u{1f}\"\\/\u{7f}") }
                == #""\u0001\b\t\n\f\r\u001f\"\\/"# + "\u{7f}\"")
    }

    @Test("The buffer grows, and can be emptied")
    func growsItsBuffer() throws {
        var json = JSONWriter(capacity: 0)
        json.element(String(repeating: "\u{1}", count: 100_000))
        #expect(json.count == 600_002)
        json.removeAll(keepingCapacity: false)
        #expect(json.count == 0)
        json.element(1)
        #expect(json.bytes == Array("1".utf8))
    }
}
