import Foundation
import Testing

@testable import Text

struct EscapingTests {
    @Test(
        "What a terminal would act on is written out",
        arguments: [
            ("\u{1B}[2J", #"\u{1b}[2J"#), ("\u{9B}2J", #"\u{9b}2J"#), ("\u{85}", #"\u{85}"#), ("\u{7}", #"\u{7}"#),
            ("\u{7F}", #"\u{7f}"#), ("\0", #"\u{0}"#), ("a\r\nb", #"a\r\nb"#), ("a\rb", #"a\rb"#), ("a\nb", #"a\nb"#),
            ("a\tb", #"a\tb"#), ("\u{8}", #"\u{8}"#), ("\u{9D}0;title\u{9C}", #"\u{9d}0;title\u{9c}"#),
            ("\u{2028}", #"\u{2028}"#), ("\u{2029}", #"\u{2029}"#),
        ])
    func controls(text: String, shown: String) {
        #expect(text.escaped == shown)
    }

    @Test(
        "What turns the direction of writing is written out",
        arguments: Array(0x202A...0x202E) + Array(0x2066...0x2069) + [0x200E, 0x200F, 0x061C])
    func directions(value: Int) throws {
        let scalar = try #require(Unicode.Scalar(UInt32(value)))
        #expect("a\(scalar)b".escaped == "a\\u{\(String(value, radix: 16))}b")
        // Also where it is one character with its neighbour.
        #expect("e\u{301}\(scalar)\u{301}".escaped.contains("\\u{"))
    }

    @Test(
        "What cannot be seen is written out where it would mislead",
        arguments: [
            ("pay\u{200B}pal", #"pay\u{200b}pal"#), ("pay\u{200D}pal", #"pay\u{200d}pal"#),
            ("\u{FEFF}x", #"\u{feff}x"#), ("a\u{AD}b", #"a\u{ad}b"#), ("a\u{2060}b", #"a\u{2060}b"#),
            ("a\u{3164}b", #"a\u{3164}b"#), ("a\u{E0041}b", #"a\u{e0041}b"#), ("\u{200D}", #"\u{200d}"#),
        ])
    func invisible(text: String, shown: String) {
        #expect(text.escaped == shown)
    }

    @Test(
        "People's own words stay as they are",
        arguments: [
            "Ærøskøbing & Söhne", "請求書", "فاتورة", "חשבונית", "می\u{200C}خواهم", "क\u{94D}\u{200D}ष", "👩‍💻", "❤️",
            "e\u{301}",
            "C:\\x \"y\" 'z'", "", "1\u{A0}000,00\u{202F}€",
        ])
    func words(text: String) {
        #expect(text.escaped == text)
    }

    @Test("Lines that are kept cannot pass for lines of the program")
    func lines() {
        #expect("a\r\nb\u{1B}\nc\rd".escapedLines(indentation: "  ") == "a\n  b\\u{1b}\n  c\\rd")
    }

    @Test(
        "A JSON string reads back as it was, and has nothing in it that a terminal would act on",
        arguments: ["\u{1B}[2J\u{9B}\u{202E}\u{2028}\u{E0041}", "a\"b\\c\n\r\t\0", "請求書 👩‍💻 e\u{301}", "\u{7F}\u{200B}"])
    func json(text: String) throws {
        let quoted = text.jsonQuoted
        #expect(quoted.escaped == quoted)
        let back = try JSONSerialization.jsonObject(with: Data(quoted.utf8), options: .fragmentsAllowed) as? String
        #expect(back.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }
}
