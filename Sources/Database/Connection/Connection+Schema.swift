extension Connection {
    /// How many tables, indexes and the like the schema `public` has.
    ///
    /// - throws: ``DatabaseError``.
    public func relationCount() throws -> Int {
        try value(
            Int.self,
            """
            SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'
            """)
    }

    /// Drops all that the schema `public` has.
    ///
    /// - throws: ``DatabaseError``.
    public func dropEverything() throws {
        try executeScript("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    }

    /// Has the server write what it keeps in memory.
    ///
    /// - throws: ``DatabaseError``.
    public func checkpoint() throws { try executeScript("CHECKPOINT") }

    /// The server's version, such as `15.6`.
    ///
    /// - throws: ``DatabaseError``.
    public func serverVersion() throws -> String { try value(String.self, "SHOW server_version") }
}
