extension Connection {
    /// Waits for a lock that the application gives a meaning, and holds it until the transaction ends.
    public func lockUntilTransactionEnds(_ key: Int64) throws {
        try execute("SELECT pg_advisory_xact_lock($1)", key)
    }

    /// Takes a lock that the application gives a meaning, if it is free, and holds it until ``unlock(_:)`` or the end
    /// of the session.
    public func tryLock(_ key: Int64) throws -> Bool {
        try query("SELECT pg_try_advisory_lock($1)", key).single().bool(0)
    }

    /// Gives back what ``tryLock(_:)`` took.
    public func unlock(_ key: Int64) throws {
        try execute("SELECT pg_advisory_unlock($1)", key)
    }
}
