import Foundation

/// A thread of its own for blocking work, with a result that can be waited for.
public final class WorkerThread<Success: Sendable>: Sendable {
    private let outcome = Monitor<Result<Success, any Error>?>(nil)

    /// Starts the thread. It finds the ``GracefulShutdown/current`` of who starts it.
    ///
    /// - Parameters:
    ///   - name: as debuggers and `top -H` show it, of which Linux keeps 15 characters.
    ///   - stackSize: in bytes; 8 MiB unless told.
    ///   - body: the work.
    public init(name: String, stackSize: Int = 8 << 20, _ body: @escaping @Sendable () throws -> Success) {
        startThread(name: name, stackSize: stackSize, body) { [outcome] result in
            outcome.withLock { $0 = result }
        }
    }

    /// Blocks until the work is done.
    ///
    /// - Throws: what the work threw.
    public func join() throws -> Success {
        while true {
            if let result = outcome.wait(for: { $0 }) { return try result.get() }
        }
    }

    /// Blocks until the work is done, or the time is up: then the result is nil, and the thread goes on.
    ///
    /// - Throws: what the work threw.
    public func join(upTo timeout: Duration) throws -> Success? {
        try outcome.wait(upTo: timeout) { $0 }?.get()
    }
}

/// Runs blocking work on a thread of its own and awaits it, so that no thread of Swift's pool is blocked.
///
/// The work is not interrupted when the task is cancelled; it should ask ``GracefulShutdown/current``, which it inherits.
///
/// - Parameters:
///   - name: as debuggers and `top -H` show it, of which Linux keeps 15 characters.
///   - stackSize: in bytes; 8 MiB unless told.
///   - body: the work.
/// - Throws: what the work threw.
public func runOnThread<Success: Sendable>(
    name: String, stackSize: Int = 8 << 20, _ body: @escaping @Sendable () throws -> Success
) async throws -> Success {
    try await withCheckedThrowingContinuation { continuation in
        startThread(name: name, stackSize: stackSize, body) { continuation.resume(with: $0) }
    }
}

private func startThread<Success: Sendable>(
    name: String, stackSize: Int, _ body: @escaping @Sendable () throws -> Success,
    _ completion: @escaping @Sendable (Result<Success, any Error>) -> Void
) {
    let shutdown = GracefulShutdown.inherited
    let thread = Thread {
        let result = GracefulShutdown.$inherited.withValue(shutdown) { Result { try body() } }
        completion(result)
    }
    thread.name = String(name.utf8.prefix(15)) ?? name
    thread.stackSize = stackSize
    thread.start()
}
