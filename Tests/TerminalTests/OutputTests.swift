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
