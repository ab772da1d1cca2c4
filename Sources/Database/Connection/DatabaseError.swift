/// What PostgreSQL refused, or why it could not be asked.
public struct DatabaseError: Error, Hashable, Sendable {
    /// PostgreSQL's code of five characters, such as `23505`; nil when the error is not the server's.
    public internal(set) var sqlState: String?
    /// `ERROR`, `FATAL` or `PANIC`; nil when the error is not the server's.
    public internal(set) var severity: String?
    /// What is wrong, in one sentence.
    public internal(set) var message: String
    /// More about it. It may quote values of rows, so it is not part of the description.
    public internal(set) var detail: String?
    /// What to do, if the server has an idea.
    public internal(set) var hint: String?
    public internal(set) var constraint: String?
    public internal(set) var table: String?
    public internal(set) var column: String?
    /// The SQL, without the values of its parameters.
    public internal(set) var statement: String?
    /// The session is over: take a new connection, and try again.
    public internal(set) var isConnectionLost = false
    /// The connection was lost while it committed: the transaction may have taken effect or not, so look before
    /// doing it again.
    public internal(set) var isCommitUnknown = false

    /// An error of the client's own.
    public init(message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    public var isUniqueViolation: Bool { sqlState == "23505" }
    public var isSerializationFailure: Bool { sqlState == "40001" }
    public var isDeadlock: Bool { sqlState == "40P01" }
    /// A lock was not given within `lock_timeout`, or at once with `NOWAIT`.
    public var isLockTimeout: Bool { sqlState == "55P03" }
    /// The statement was cancelled: by a ``CancelHandle``, an operator, or a statement timeout.
    public var isCancelled: Bool { sqlState == "57014" }
    /// The session is with a server that takes no writes: a standby, or a primary that has become one in a fail-over.
    public var isReadOnly: Bool { sqlState == "25006" }
    /// The session is over, or is with a server that is no longer the one to talk to.
    public var needsNewConnection: Bool { isConnectionLost || isReadOnly }
    public var isDiskFull: Bool { sqlState == "53100" }
    /// The role may not do that.
    public var isInsufficientPrivilege: Bool { sqlState == "42501" }

    /// A prepared statement no longer fits the schema; prepared again, it will.
    var isStalePlan: Bool {
        sqlState == "26000" || sqlState == "0A000" && message.contains("cached plan must not change result type")
    }

    /// The same may well succeed a little later: the server is away, full or busy, was told to stop a statement, is not the
    /// primary at the moment, or another transaction was in the way.
    public var isTransient: Bool {
        isConnectionLost || isReadOnly || isCancelled || isSerializationFailure || isDeadlock || isLockTimeout
            || isStalePlan
            || sqlState?.hasPrefix("53") == true
    }
}

extension DatabaseError: CustomStringConvertible {
    /// One line: what is wrong, what to do, and in which statement; no values of parameters.
    public var description: String {
        var text = message
        if let sqlState { text += " (SQLSTATE \(sqlState))" }
        if let hint { text += "; \(hint)" }
        if isCommitUnknown { text += "; it is not known whether the transaction was committed" }
        if let statement {
            let words = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            text += words.count > 100 ? " in: \(words.prefix(100))…" : " in: \(words)"
        }
        return text
    }
}
