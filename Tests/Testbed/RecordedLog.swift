public import Service
import Synchronization

/// Lines that were logged.
public final class RecordedLog: Sendable {
    private let lines = Mutex<[String]>([])

    public init() {}

    public var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(log: self) }
        logger.logLevel = .debug
        return logger
    }

    public func contains(_ text: String) -> Bool { lines.withLock { $0.contains { $0.contains(text) } } }

    public var text: String { lines.withLock { $0.joined(separator: "\n") } }

    public func add(_ line: String) { lines.withLock { $0.append(line) } }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var logLevel = Logger.Level.debug
        var metadata: Logger.Metadata = [:]

        func log(level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata?) {
            let values = (metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
            log.add("\(level.rawValue) \(message)\(values)")
        }
    }
}
