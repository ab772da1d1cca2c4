extension Connection {
    /// Waits for a lock that the application gives a meaning, and holds it until the transaction ends.
    public func lockUntilTransactionEnds(_ key: Int64) throws {
        try execute("SELECT pg_advisory_xact_lock($1)", key)
    }
}
