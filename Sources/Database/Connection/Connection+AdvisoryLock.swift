extension Connection {
    /// Waits for a lock that the application gives a meaning, and holds it until the transaction ends.
    public func lockUntilTransactionEnds(_ key: Int64) throws {
        try execute("SELECT pg_advisory_xact_lock($1)", key)
    }

    /// Has the rest of the transaction wait for locks for so long at most: then it fails with an error that is a
    /// ``DatabaseError/isLockTimeout``.
    ///
    /// - throws: ``DatabaseError``.
    public func waitForLocks(upTo timeout: Duration) throws {
        try executeScript("SET LOCAL lock_timeout = \(max(1, timeout.milliseconds))")
    }
}

extension Connection {
    /// Waits for a lock that the application gives a meaning, and holds it until ``unlock(_:)``, or the connection ends.
    ///
    /// - throws: ``DatabaseError``.
    public func lockWhileOpen(_ key: Int64) throws { try execute("SELECT pg_advisory_lock($1)", key) }

    /// Gives up a lock.
    ///
    /// - throws: ``DatabaseError``.
    public func unlock(_ key: Int64) throws { try execute("SELECT pg_advisory_unlock($1)", key) }
}
