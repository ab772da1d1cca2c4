public import Database
public import Service
import Synchronization

/// One connection that is made anew when it is lost.
///
/// Used by one thread at a time; others may see how long it has been at its work, and ``cut()`` it.
public final class DatabaseSession: @unchecked Sendable {
    // Safe to hand from thread to thread: `connection` is touched only by the
    // thread that the owner lets use the session.
    private let url: String
    private let applicationName: String
    private let logger: Logger
    private var connection: Connection?
    private let activity = Mutex(Activity())

    private struct Activity: Sendable {
        var busySince: ContinuousClock.Instant?
        var process: Int32?
        var cancel: CancelHandle?
    }

    public init(url: String, applicationName: String, logger: Logger) {
        self.url = url
        self.applicationName = applicationName
        self.logger = logger
    }

    /// Does something in one transaction, as often as it takes: a database
    /// that is away, full or busy is waited for, and so is another
    /// transaction that is in the way.
    ///
    /// - throws: `CancellationError` when a shutdown is asked for while
    ///   waiting; every other error of `body` at once.
    public func perform<T>(shutdown: GracefulShutdown, _ body: (Connection) throws -> T) throws -> T {
        activity.withLock { $0.busySince = .now }
        defer { activity.withLock { $0.busySince = nil } }
        return try RetryPolicy().run(until: shutdown, logger: logger, failed: discardLost) {
            let connection = try open()
            return try connection.transaction(retries: 0) { try body(connection) }
        }
    }

    /// The connection, made when there is none or it was lost.
    ///
    /// - throws: `DatabaseError` when the database cannot be reached.
    public func open() throws -> Connection {
        if let connection, connection.isUsable { return connection }
        let fresh = try Connection(url: url, applicationName: applicationName) { cancel in
            activity.withLock { $0.cancel = cancel }
        }
        activity.withLock { $0.process = fresh.backendProcess }
        connection = fresh
        return fresh
    }

    private func discardLost(_ error: any Error) {
        if let error = error as? DatabaseError, error.needsNewConnection { discard() }
    }

    /// Forgets the connection, so that the next use makes a new one.
    public func discard() {
        connection = nil
        activity.withLock { $0.cancel = nil }
    }

    /// For how long ``perform(shutdown:_:)`` has not come to its end; nil when it is not under way.
    var busyFor: Duration? { activity.withLock { $0.busySince }.map { .now - $0 } }

    /// The server's process of the connection, as in `pg_stat_activity`.
    var serverProcess: Int32? { activity.withLock { $0.process } }

    /// Cuts the connection, from any thread: what waits for an answer gets an error instead, as when the network fails.
    func cut() { activity.withLock { $0.cancel }?.disconnect() }
}
