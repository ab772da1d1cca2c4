public import Service

/// A service that runs until it is stopped.
public final class RunningService: Sendable {
    public let log: RecordedLog
    public let shutdown: GracefulShutdown
    private let task: Task<Void, any Error>

    public init(_ make: (GracefulShutdown, Logger) -> any Service) {
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
    public func stop() async throws {
        shutdown.request()
        try await task.value
    }

    /// Waits until it ends by itself, and gives its error.
    public func failure() async -> (any Error)? {
        do {
            try await task.value
            return nil
        } catch {
            return error
        }
    }
}
