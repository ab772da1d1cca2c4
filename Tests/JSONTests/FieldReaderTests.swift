import JSON
import Testing

extension FieldReader {
    func read(_ text: String) throws {
        try Array(text.utf8).withUnsafeBytes { try read($0) }
    }
}

/// The description of the error that reading `text` throws.
func refusal(_ text: String, fields: [String] = ["a", "b"]) -> String? {
    do {
        try FieldReader(fields: fields).read(text)
        return nil
    } catch {
        return "\(error)"
    }
}

@Suite("Reading chosen members")
struct FieldReaderTests {
    @Test("Each kind of value fills its slot")
    func fillsSlots() throws {
        let reader = FieldReader(fields: ["null", "no", "yes", "number", "string", "object", "array", "absent"])
        try reader.read(
            #"{"null":null, "no":false,"yes" : true,"number":-1.50,"string":"a b","object":{"x":[1, {}]},"array":[ ]}"#)
        #expect(
            (0..<8).map { reader[$0].kind } == [.null, .false, .true, .number, .string, .object, .array, .missing])
        #expect(
            (0..<8).map { reader[$0].text } == [
                nil, "false", "true", "-1.50", "a b", #"{"x":[1, {}]}"#, "[ ]", nil,
            ])
        #expect(reader[1].bool == false)
        #expect(reader[2].bool == true)
    }

    @Test("Members may come in any order, among others")
    func takesAnyOrder() throws {
        let reader = FieldReader(fields: ["a", "b", "c"])
        try reader.read(#"{"x":{"a":9},"c":3,"y":[1,"b"],"a":1,"z":"\u00e9"}"#)
        #expect((0..<3).map { reader[$0].integer } == [1, nil, 3])
        try reader.read("{}")
        #expect((0..<3).allSatisfy { reader[$0].kind == .missing })
    }

    @Test(
        "Numbers keep every digit",
        arguments: [
            "1600.0000", "1e5", "-0.0001", "0", "-0", "123456789012345678901234567890.123456789", "1E+400", "0.1e-7",
        ])
    func keepsDigits(number: String) throws {
        let reader = FieldReader(fields: ["a"])
        for text in ["{\"a\":\(number)}", "{\"a\": \(number) }", "{\"a\":\(number),\"b\":1}"] {
            try reader.read(text)
            #expect(reader[0].kind == .number)
            #expect(reader[0].text == number)
        }
    }

    @Test(
        "Malformed numbers and words are refused",
        arguments: [
            "01", "-", "1.", ".5", "+1", "1e", "1e+", "0x1", "1_0", "NaN", "Infinity", "-a", "1a", "1\"", "tru", "True",
            "truex", "nul", "nullnull", "false0", "'a'", "undefined", "1 2", "\"a\"1", "\"a\" \"b\"", "", "\u{c}1",
            "1\u{c}",
        ])
    func refusesMalformedScalars(text: String) {
        for document in ["{\"a\":\(text)}", "{\"z\":\(text)}", "{\"a\":[\(text),1]}", "{\"a\":[{\"z\":\(text)}]}"] {
            if document == "{\"a\":[\(text),1]}" || !text.isEmpty { #expect(refusal(document) != nil, "\(document)") }
        }
        #expect(refusal("{\"a\":\(text)}") != nil)
    }

    @Test(
        "Strings are unescaped, names too",
        arguments: [
            (#"plain"#, "plain"), (#"\u0041\u00e9\u20AC"#, "Aé€"), (#"\ud83d\ude00!"#, "😀!"),
            (#"a\"b\\c\/d"#, "a\"b\\c/d"),
            (#"\b\f\n\r\t"#, "\u{8}\u{c}\n\r\t"), (#"\u0000"#, "\0"), ("åäö €😀", "åäö €😀"), ("", ""),
            // Half a surrogate pair is no character.
            (#"x\ud83d"#, "x\u{FFFD}"), (#"\ud83dx"#, "\u{FFFD}x"), (#"\ude00"#, "\u{FFFD}"),
            (#"\ud83d\u0041"#, "\u{FFFD}A"), (#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀"),
            (#"ends in backslash\\"#, "ends in backslash\\"), (#"\uD7FF\uE000\uFFFF"#, "\u{D7FF}\u{E000}\u{FFFF}"),
        ])
    func unescapes(escaped: String, text: String) throws {
        let reader = FieldReader(fields: [text, "other"])
        try reader.read("{\"\(escaped)\":\"\(escaped)\",\"other\" : \"\(escaped)\" }")
        #expect(reader[0].text == text)
        #expect(reader[1].text == text)
    }

    @Test(
        "Malformed escapes are refused, in strings that nobody asked for too",
        arguments: [
            #"\x"#, #"\u12"#, #"\u12g4"#, #"\U0041"#,
            #"\ud83d\ude0"#, #"\'"#, #"\0"#,
        ])
    func refusesMalformedEscapes(escape: String) {
        for document in [
            "{\"a\":\"\(escape)\"}", "{\"z\":\"\(escape)\"}", "{\"\(escape)\":1}", "{\"a\":[\"\(escape)\"]}",
            "{\"a\":{\"\(escape)\":1}}",
        ] {
            #expect(refusal(document)?.contains("an escape in a string is malformed") == true, "\(document)")
        }
    }

    @Test(
        "A document of the wrong shape is refused with the place and the reason",
        arguments: [
            ("", "line 1, byte 0: not JSON: there is nothing"),
            (" \n ", "line 2, byte 3: not JSON: there is nothing"),
            ("[1]", "line 1, byte 0: not a JSON object"),
            (" \"a\"", "line 1, byte 1: not a JSON object"),
            ("nonsense", "line 1, byte 0: not JSON: a word is none of true, false and null"),
            ("{\"a\":1", "line 1, byte 6: not JSON: a comma or } is missing"),
            ("{\n\"a\":[1,2}", "line 2, byte 10: not JSON: a comma or ] is missing"),
            ("{\"a\":1,}", "line 1, byte 7: not JSON: the name of a member is missing"),
            ("{\"a\":[1,]}", "line 1, byte 8: not JSON: a value is missing"),
            ("{\"a\" 1}", "line 1, byte 5: not JSON: a colon is missing after the name of a member"),
            ("{a:1}", "line 1, byte 1: not JSON: the name of a member is missing"),
            ("{\"a\":\"x}", "line 1, byte 5: not JSON: a string is not closed"),
            ("{\"a\":\"x\ny\"}", "line 1, byte 7: not JSON: a control character stands in a string"),
            ("{\"a\":1} {}", "line 1, byte 8: not JSON: something follows the end"),
            ("{\"a\":1}x", "line 1, byte 7: not JSON: something follows the end"),
            ("{\"a\":1,\"b\":2,\"a\":3}", "line 1, byte 13: member a stands twice"),
        ])
    func namesPlaceAndReason(text: String, reason: String) {
        #expect(refusal(text) == reason)
    }

    @Test(
        "What is not UTF-8 in a string is read as U+FFFD, and refused at its byte elsewhere",
        arguments: [
            [0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
            [0xE0, 0x80, 0x80],
        ] as [[UInt8]])
    func malformedUTF8(bytes: [UInt8]) throws {
        let reader = FieldReader(fields: ["å", "b"])
        func read(_ document: [UInt8]) throws { try document.withUnsafeBytes { try reader.read($0) } }
        try read(Array("{\"å\":\"x".utf8) + bytes + Array("y\", \"b\": 1}".utf8))
        let text = try #require(reader[0].text)
        #expect(text.hasPrefix("x\u{FFFD}") && text.hasSuffix("\u{FFFD}y"))
        #expect(reader[1].integer == 1)
        let error = #expect(throws: JSONError.self) { try read(Array("{\"å\":".utf8) + bytes + Array("1}".utf8)) }
        #expect(error == JSONError(.notJSON(reason: "the text is not UTF-8"), offset: 6, line: 1))
    }

    @Test("A character that is cut short is one U+FFFD, whatever is escaped and long beside it")
    func cutCharacter() throws {
        let long = String(repeating: "a\\n", count: 5_000)
        let bytes = Array("{\"a\":\"\(long)".utf8) + [0xF0, 0x9F, 0x98] + Array("\\\"\"}".utf8)
        let reader = FieldReader(fields: ["a"])
        try bytes.withUnsafeBytes { try reader.read($0) }
        #expect(reader[0].text == String(repeating: "a\n", count: 5_000) + "\u{FFFD}\"")
    }

    @Test("Names that look alike are told apart")
    func tellsNamesApart() throws {
        let names =
            (0..<200).map { "msdyn_column\($0)@OData.Community.Display.V1.FormattedValue" } + ["", "x", "xy", "é"]
        let reader = FieldReader(fields: names)
        let members = names.reversed().map { "\"\($0)\":\"\($0)\"" }.joined(separator: ",")
        try reader.read("{\(members),\"msdyn_column200@OData.Community.Display.V1.FormattedValue\":1}")
        for (index, name) in names.enumerated() { #expect(reader[index].text == name) }
    }

    @Test("Nesting is read to 256 levels and refused beyond")
    func limitsNesting() {
        func nested(_ levels: Int) -> String {
            "{\"a\":" + String(repeating: "[", count: levels) + String(repeating: "]", count: levels) + "}"
        }
        #expect(refusal(nested(256)) == nil)
        #expect(refusal(nested(257))?.hasSuffix("objects and arrays nest deeper than 256 levels") == true)
        #expect(refusal("{\"a\":" + String(repeating: "[{\"a\":", count: 1_000_000)) != nil)
        #expect(refusal(String(repeating: "[", count: 1_000_000)) != nil)
    }

    @Test("A large message is read after a small one")
    func growsItsBuffer() throws {
        let reader = FieldReader(fields: ["a"])
        try reader.read(#"{"a":"small"}"#)
        let large = String(repeating: "0123456789\\n", count: 100_000)
        try reader.read("{\"a\":\"\(large)\"}")
        #expect(reader[0].bytes.count == 1_100_000)
        try reader.read(#"{"a":"small"}"#)
        #expect(reader[0].text == "small")
    }
}

@Suite("Parsing whole numbers")
struct ParseInt64Tests {
    static func parse(_ text: String) -> Int64? { Array(text.utf8).withUnsafeBytes { parseInt64($0) } }

    @Test(
        "Whole numbers are read to the bounds of Int64",
        arguments: [
            0, 1, -1, 10, 192_350_006, .max, .min, .max - 1, .min + 1,
        ] as [Int64])
    func reads(value: Int64) {
        #expect(Self.parse("\(value)") == value)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "-", "+1", "01", "-0", "1.0", "1e3", " 1", "1 ", "9223372036854775808", "-9223372036854775809",
            "18446744073709551616", "99999999999999999999", "1a", "--1",
        ])
    func refuses(text: String) {
        #expect(Self.parse(text) == nil)
    }
}
