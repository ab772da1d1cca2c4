import Glibc

/// How much a transaction sees of others.
public enum Isolation: String, Sendable {
    case readCommitted = "READ COMMITTED"
    case repeatableRead = "REPEATABLE READ"
    case serializable = "SERIALIZABLE"
}

extension Connection {
    /// Does something in a transaction: it commits when the body returns, and is rolled back when it throws.
    ///
    /// The whole body is run again when another transaction was in the way (a serialization failure, a deadlock, a
    /// schema that changed under a prepared statement), after a short random wait; so it should only touch what it can
    /// touch twice.
    ///
    /// - parameter retries: how often it is run again before the error is thrown.
    /// - throws: what the body throws, or ``DatabaseError``. If the connection is lost during the commit, the error says
    ///   ``DatabaseError/isCommitUnknown``.
    @discardableResult
    public func transaction<T>(
        _ isolation: Isolation = .readCommitted, retries: Int = 5, _ body: () throws -> T
    ) throws -> T {
        guard !isInTransaction else {
            throw DatabaseError(message: "a transaction is already open on this connection; use a savepoint inside it")
        }
        var attempt = 0
        while true {
            do {
                return try attemptTransaction(isolation, body)
            } catch let error as DatabaseError where error.isWorthRepeating && attempt < retries && isUsable {
                attempt += 1
                // 5, 10, 20 … ms on average, so that those who collided don't meet again.
                usleep(UInt32.random(in: 0...(10_000 << UInt32(min(attempt - 1, 6)))))
            }
        }
    }

    /// Does something inside a transaction that can fail on its own: what it did is undone when it throws, and the
    /// transaction goes on.
    @discardableResult
    public func savepoint<T>(_ body: () throws -> T) throws -> T {
        savepointDepth += 1
        defer { savepointDepth -= 1 }
        let name = "savepoint_\(savepointDepth)"
        try runSimple("SAVEPOINT \(name)")
        do {
            let value = try body()
            try runSimple("RELEASE SAVEPOINT \(name)")
            return value
        } catch {
            // If even this fails, the transaction can't commit, and says so.
            _ = try? runSimple("ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)")
            throw error
        }
    }

    private func attemptTransaction<T>(_ isolation: Isolation, _ body: () throws -> T) throws -> T {
        try runSimple("BEGIN ISOLATION LEVEL \(isolation.rawValue)")
        let value: T
        do {
            value = try body()
            try beforeCommit?(self)
        } catch {
            // The first error is the one that matters; a session that can't even roll back is lost.
            _ = try? runSimple("ROLLBACK")
            throw error
        }
        try commit()
        return value
    }

    private func commit() throws {
        let result: QueryResult
        do {
            result = try runSimple("COMMIT")
        } catch var error as DatabaseError {
            if isUsable, isInTransaction { _ = try? runSimple("ROLLBACK") }
            // Even a server that says it goes down may have committed before it said so.
            error.isCommitUnknown = error.isConnectionLost
            throw error
        }
        guard result.commandTag == "COMMIT" else {
            throw DatabaseError(
                message: "the transaction was rolled back instead of committed, since one of its statements had failed")
        }
    }
}

extension DatabaseError {
    fileprivate var isWorthRepeating: Bool { isSerializationFailure || isDeadlock || isStalePlan }
}
