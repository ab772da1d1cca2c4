import Service
import Synchronization
import Testing

/// Lines that were logged.
final class RecordedLog: Sendable {
    private let lines = Mutex<[String]>([])

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(log: self) }
        logger.logLevel = .debug
        return logger
    }

    func contains(_ text: String) -> Bool { lines.withLock { $0.contains { $0.contains(text) } } }

    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }

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

/// A service that runs until it is stopped.
final class RunningService: Sendable {
    let log: RecordedLog
    let shutdown: GracefulShutdown
    private let task: Task<Void, any Error>

    init(_ make: (GracefulShutdown, Logger) -> any Service) {
        log = RecordedLog()
        shutdown = GracefulShutdown()
        let service = make(shutdown, log.logger)
        task = Task { [log] in
            do {
                try await service.run()
            } catch {
                log.add("failed: \(error)")
                throw error
            }
        }
    }

    /// Tells it to stop, and waits until it has.
    ///
    /// - Throws: what it failed with.
    func stop() async throws {
        shutdown.request()
        try await task.value
    }

    /// Waits until it ends by itself, and gives its error.
    func failure() async -> (any Error)? {
        do {
            try await task.value
            return nil
        } catch {
            return error
        }
    }
}

/// Returns when the condition holds; fails after two minutes.
func eventually(
    _ what: @autoclosure () -> String = "it did not come to hold", sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(120)
    while try !condition() {
        try #require(ContinuousClock.now < deadline, "\(what())", sourceLocation: sourceLocation)
        try await Task.sleep(for: .milliseconds(10))
    }
}

extension Tag {
    /// Takes more than some seconds.
    @Tag static var long: Self
}
