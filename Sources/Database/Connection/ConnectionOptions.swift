/// What a session is set to.
public struct ConnectionOptions: Sendable {
    /// How long a transaction may do nothing before the server ends the session, so that a frozen process can't hold
    /// its locks for ever. Nil: for ever.
    public var idleInTransactionTimeout: Duration? = .seconds(60)

    /// How long a statement waits for a lock. Nil: for ever.
    public var lockTimeout: Duration?

    /// How long a statement may take. Nil: for ever.
    public var statementTimeout: Duration?

    /// Is told the server's warnings, on the connection's thread.
    public var onWarning: (@Sendable (String) -> Void)?

    /// Whether the server refuses whatever would change something. Temporary tables are refused too.
    public var isReadOnly = false

    /// Is done with a new connection before anything else.
    public var onOpening: (@Sendable (Connection) throws -> Void)?

    /// Is done at the end of each transaction, in it: when it throws, the transaction is rolled back.
    public var beforeCommit: (@Sendable (Connection) throws -> Void)?

    public init(
        idleInTransactionTimeout: Duration? = .seconds(60), lockTimeout: Duration? = nil,
        statementTimeout: Duration? = nil, onWarning: (@Sendable (String) -> Void)? = nil
    ) {
        self.idleInTransactionTimeout = idleInTransactionTimeout
        self.lockTimeout = lockTimeout
        self.statementTimeout = statementTimeout
        self.onWarning = onWarning
    }

    /// The server notices within half a minute that the client's host is gone, also inside a `COPY` that the client feeds,
    /// where no other timeout applies. (A client that is only frozen keeps answering: see `LockWatch`.)
    private static let watchingTheClient = """
        SET tcp_keepalives_idle = 10;
        SET tcp_keepalives_interval = 5;
        SET tcp_keepalives_count = 3;
        SET tcp_user_timeout = 25000
        """

    /// The statement that sets a session to it.
    ///
    /// Without just-in-time compilation: PostgreSQL would compile statements for longer than they take, for half a second
    /// and up to twenty, when it takes a new table for a large one or is told not to scan a table.
    var script: String {
        """
        SET timezone = 'UTC';
        SET jit = off;
        SET client_min_messages = warning;
        SET idle_in_transaction_session_timeout = \(idleInTransactionTimeout.milliseconds);
        SET lock_timeout = \(lockTimeout.milliseconds);
        SET statement_timeout = \(statementTimeout.milliseconds);
        \(isReadOnly ? "SET default_transaction_read_only = on;" : "")
        \(Self.watchingTheClient)
        """
    }
}

extension Duration? {
    /// At least 1, as 0 means for ever.
    fileprivate var milliseconds: Int64 {
        guard let self else { return 0 }
        return max(1, self.milliseconds)
    }
}

extension Duration {
    /// Whole milliseconds, as the server takes times.
    public var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
