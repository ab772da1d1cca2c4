import Foundation
import Synchronization
import Testing

@testable import Service

/// Keeps what is logged.
final class LogRecorder: Sendable {
    let text = Mutex("")

    func logger(level: Logger.Level = .info, format: StreamLogHandler.Format = .text) -> Logger {
        Logger(label: "finance-consumer") { label in
            StreamLogHandler(
                label: label, level: level, format: format, now: { Date(timeIntervalSince1970: 1_795_262_400.125) },
                write: { line in self.text.withLock { $0 += line } })
        }
    }

    var lines: [String] { text.withLock { $0 }.split(separator: "\n").map(String.init) }
}

struct LoggerTests {
    private let recorder = LogRecorder()

    @Test func aLineHasTimeLevelLabelMessageAndSortedMetadata() {
        var logger = recorder.logger()
        logger[metadataKey: "topic"] = "actual-created"
        logger.info("caught up", metadata: ["lag": "0", "partitions": ["0", "1"]])
        #expect(
            recorder.lines == [
                "2026-11-21T12:00:00.125Z info finance-consumer: caught up lag=0 partitions=\"[0, 1]\" topic=actual-created"
            ])
    }

    @Test func nothingBreaksALine() {
        recorder.logger().error(
            "a\nb\u{1B}", metadata: ["why": "said \"no\"\tthen left", "empty": "", "path": #"C:\x"#])
        #expect(
            recorder.lines == [
                #"2026-11-21T12:00:00.125Z error finance-consumer: a\nb\u{1b} empty="" path="C:\\x" why="said \"no\"\tthen left""#
            ])
    }

    @Test func aJSONLineParsesBack() throws {
        recorder.logger(format: .json).warning("a\n\"b\"\u{1}", metadata: ["level": "7", "ids": ["x", "y"]])
        let line = try #require(recorder.lines.first)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["message"] as? String == "a\n\"b\"\u{1}")
        #expect(object["level"] as? String == "warning")
        #expect(object["metadata.level"] as? String == "7")
        #expect(object["ids"] as? [String] == ["x", "y"])
    }

    @Test func linesBelowTheLevelAreNotEvenMade() {
        func costly() -> Logger.Message {
            Issue.record("The message was made.")
            return ""
        }
        recorder.logger(level: .warning).info(costly())
        #expect(recorder.lines.isEmpty)
    }

    @Test func theLinesOwnMetadataWins() {
        var logger = recorder.logger()
        logger[metadataKey: "lag"] = "1"
        logger.info("x", metadata: ["lag": "2"])
        #expect(recorder.lines.first?.hasSuffix("x lag=2") == true)
    }
}
