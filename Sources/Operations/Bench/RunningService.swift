import Service

/// A service of the bus that runs in this process until it is stopped.
final class RunningService {
    private let shutdown: GracefulShutdown
    private let outer: GracefulShutdown
    private let ended = BoundedQueue<Bool>(capacity: 1)

    /// - parameter outer: ends the waiting for it.
    init(until outer: GracefulShutdown, _ make: (GracefulShutdown) -> any Service) {
        self.outer = outer
        let shutdown = GracefulShutdown()
        self.shutdown = shutdown
        let service = make(shutdown)
        Task.detached { [ended] in
            do {
                try await service.run()
                ended.close()
            } catch {
                ended.fail(error)
            }
        }
    }

    /// Waits until something has come true, looking every few milliseconds.
    ///
    /// - throws: what the service throws, or `body`; `CancellationError` when the service has ended,
    ///   or on a shutdown.
    func wait(until body: () throws -> Bool) throws {
        while try !body() {
            _ = try ended.pop(timeout: .milliseconds(5))
            if ended.isFinished { throw CancellationError() }
            if outer.isRequested {
                try stop()
                throw CancellationError()
            }
        }
    }

    func stop() throws {
        shutdown.request()
        while !ended.isFinished { _ = try ended.pop(timeout: .seconds(1)) }
    }
}
