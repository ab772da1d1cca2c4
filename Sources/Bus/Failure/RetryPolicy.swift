public import Service

/// How work is tried again for which the outside world was unwell: the one place where a retry is decided.
///
/// The error's ``Disposition`` says whether, the back-off when, and a shutdown ends the wait:
///
/// ```swift
/// try RetryPolicy().run(until: shutdown, logger: logger) {
///     try importOnce()
/// }
/// ```
public struct RetryPolicy: Sendable {
    private let backoff: Backoff

    /// - parameter maximum: the longest wait between two attempts. The first is short, since a transaction that was in the
    ///   way has mostly ended by then.
    public init(maximum: Duration = .seconds(30)) {
        backoff = Backoff(initial: .milliseconds(20), maximum: maximum)
    }

    /// Does something, as often as it takes, and says so once, then seldom.
    ///
    /// An attempt that lasted longer than the longest wait had its success: the waits begin anew.
    ///
    /// - parameter outage: for a body that goes on for long, and tells it itself that all is well.
    /// - parameter failed: is told of each failure that is tried again, before the wait; it clears up after the attempt.
    /// - throws: `CancellationError` when a shutdown is asked for while waiting; at once what `failed` throws, and every
    ///   error of `body` whose disposition is not ``Disposition/retry``.
    public func run<T>(
        until shutdown: GracefulShutdown, logger: Logger, outage: Outage? = nil,
        failed: (any Error) throws -> Void = { _ in }, _ body: () throws -> T
    ) throws -> T {
        var backoff = backoff
        let outage = outage ?? Outage(logger: logger)
        while true {
            let start = ContinuousClock.now
            do {
                let result = try body()
                outage.isOver()
                return result
            } catch  where Disposition(of: error) == .retry {
                try failed(error)
                if .now - start > backoff.maximum { backoff.reset() }
                let delay = backoff.next()
                outage.failed(error, retryingIn: delay)
                if shutdown.wait(upTo: delay) { throw CancellationError() }
            }
        }
    }
}
