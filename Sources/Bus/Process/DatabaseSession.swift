public import Database
public import Service

/// One connection that is made anew when it is lost.
///
/// Used by one thread at a time.
public final class DatabaseSession: @unchecked Sendable {
    // Safe to hand from thread to thread: `connection` is touched only by the
    // thread that the owner lets use the session.
    private let url: String
    private let applicationName: String
    private let logger: Logger
    private var connection: Connection?

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
        try RetryPolicy().run(until: shutdown, logger: logger, failed: discardLost) {
            let connection = try open()
            return try connection.transaction(retries: 0) { try body(connection) }
        }
    }

    /// The connection, made when there is none or it was lost.
    ///
    /// - throws: `DatabaseError` when the database cannot be reached.
    public func open() throws -> Connection {
        if let connection, connection.isUsable { return connection }
        let fresh = try Connection(url: url, applicationName: applicationName)
        connection = fresh
        return fresh
    }

    private func discardLost(_ error: any Error) {
        if let error = error as? DatabaseError, error.needsNewConnection { discard() }
    }

    /// Forgets the connection, so that the next use makes a new one.
    public func discard() { connection = nil }
}
