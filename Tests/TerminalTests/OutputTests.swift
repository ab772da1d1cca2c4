import Foundation
import Synchronization
import Testing

@testable import Terminal

struct OutputTests {
    @Test func jsonHasSortedKeysAndOneNewlineAtItsEnd() throws {
        struct Line: Encodable { var url = "a/b", amount = "12.50", at = Date(timeIntervalSince1970: 0) }
        #expect(
            try JSONOutput.string(Line()) == """
                {
                  "amount" : "12.50",
                  "at" : "1970-01-01T00:00:00Z",
                  "url" : "a/b"
                }

                """)
    }

    @Test func aKeyWithoutAValueIsNullInsteadOfMissing() throws {
        struct Part: Encodable { var name: String?, count: Int64?, share: Double?, isLast: Bool?, at: Date? }
        struct Whole: Encodable {
            var part: Part?, other: Part? = Part(), parts = [Part?.none], named = ["a": 1], none: [Int] = []
        }
        let text = try JSONOutput.string(Whole())
        let whole = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(whole.keys.sorted() == ["named", "none", "other", "part", "parts"])
        #expect(whole["part"] is NSNull)
        #expect((whole["parts"] as? [Any])?.first is NSNull)
        let other = try #require(whole["other"] as? [String: Any])
        #expect(other.keys.sorted() == ["at", "count", "isLast", "name", "share"])
        #expect(other.values.allSatisfy { $0 is NSNull })
    }

    @Test func jsonHoldsNumbersAndTextsExactly() throws {
        struct Values: Encodable {
            var most = Int64.max, least = Int64.min, third = 1.0 / 3, whole = 2.0, large = 1e300, yes = true
            var text = "\u{1B}[2J\u{9B}\u{202E}\r\n\0\u{2028}👩‍💻\u{E0041}\"\\"
        }
        let text = try JSONOutput.string(Values())
        #expect(
            text.unicodeScalars.allSatisfy {
                $0 == "\n" || !$0.properties.isBidiControl && $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
            })
        struct Back: Decodable {
            var most: Int64, least: Int64, third: Double, whole: Double, large: Double, yes: Bool, text: String
        }
        let back = try JSONDecoder().decode(Back.self, from: Data(text.utf8))
        let values = Values()
        #expect(back.most == values.most && back.least == values.least && back.yes)
        #expect(back.third == values.third && back.whole == values.whole && back.large == values.large)
        #expect(Array(back.text.unicodeScalars) == Array(values.text.unicodeScalars))
    }

    @Test func aValueCannotBreakOutOfItsPlaceInALine() {
        let value = "x\u{1B}[2J\r\nINVOICE 2"
        let line: PrintedText = "invoice \(value)\n  of \(7)"
        #expect(line.text == "invoice x\\u{1b}[2J\\r\\nINVOICE 2\n  of 7")
        #expect(PrintedText(lines: "1 Main Street\nSpringfield\u{7}").text == "1 Main Street\nSpringfield\\u{7}")
    }

    /// A progress line on a clock that the test sets.
    private final class Screen: Sendable {
        let seconds = Mutex(0)
        let text = Mutex("")

        func line(isTerminal: Bool, total: Int?) -> ProgressLine {
            ProgressLine(
                "loading", total: total, isTerminal: isTerminal,
                elapsed: { .seconds(self.seconds.withLock { $0 }) },
                write: { text in self.text.withLock { $0 += text } })
        }
    }

    @Test func progressOverwritesItsLineOnATerminal() {
        let screen = Screen()
        let line = screen.line(isTerminal: true, total: 10_000)
        screen.seconds.withLock { $0 = 2 }
        line.update(done: 3000)
        line.update(done: 4000)
        line.finish()
        line.update(done: 4001)
        #expect(
            screen.text.withLock { $0 }
                == "\r\u{1B}[Kloading: 3,000 of 10,000, 1,500/s, 2 s\r\u{1B}[Kloading: 4,000 of 10,000, 2,000/s, 2 s\n")
    }

    @Test func progressElsewhereIsALineEveryTenSeconds() {
        let screen = Screen()
        let line = screen.line(isTerminal: false, total: nil)
        for second in 0..<75 {
            screen.seconds.withLock { $0 = second }
            line.update(done: (second + 1) * 100)
        }
        #expect(screen.text.withLock { $0 }.split(separator: "\n").count == 7)
        #expect(screen.text.withLock { $0 }.hasSuffix("loading: 7,100, 101/s, 1 min 10 s\n"))
    }

    @Test func aShortCommandSaysNothingElsewhere() {
        let screen = Screen()
        let line = screen.line(isTerminal: false, total: 5)
        line.update(done: 5)
        line.finish()
        #expect(screen.text.withLock { $0 }.isEmpty)
    }
}
