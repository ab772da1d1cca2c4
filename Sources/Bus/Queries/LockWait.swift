import Database

/// A session that waits for a lock, and one that holds it.
struct LockWait: Record {
    struct Session: Hashable, Record {
        /// The server's process.
        let process: Int32
        let applicationName: String

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Session(
                process: try column("process", row?.process),
                applicationName: try column("application_name", row?.applicationName))
        }
    }

    let waiting: Session
    let waitingMilliseconds: Int64
    let holder: LockHolder

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LockWait(
            waiting: try column.record("waiting_", row?.waiting),
            waitingMilliseconds: try column("waiting_milliseconds", row?.waitingMilliseconds),
            holder: try column.record("holder_", row?.holder))
    }

    /// All waits in this database.
    ///
    /// - throws: `DatabaseError`.
    static func all(on connection: Connection) throws -> [LockWait] {
        try connection.records(
            LockWait.self,
            """
            SELECT w.pid AS waiting_process, w.application_name AS waiting_application_name,
                (1000 * extract(epoch FROM clock_timestamp() - w.query_start))::bigint AS waiting_milliseconds,
                h.pid AS holder_process, h.application_name AS holder_application_name,
                coalesce(h.state, '') AS holder_state, coalesce(h.wait_event, '') AS holder_wait_event,
                coalesce(h.state_change::text, '') AS holder_since,
                coalesce((1000 * extract(epoch FROM clock_timestamp() - h.state_change))::bigint, 0)
                    AS holder_milliseconds,
                coalesce(c.bytes_processed, -1) AS holder_copied_bytes, coalesce(h.usename::text, '') AS holder_role
            FROM pg_stat_activity w CROSS JOIN LATERAL (SELECT DISTINCT unnest(pg_blocking_pids(w.pid)) AS pid) b
                JOIN pg_stat_activity h ON h.pid = b.pid LEFT JOIN pg_stat_progress_copy c ON c.pid = h.pid
            WHERE w.datname = current_database() AND w.wait_event_type = 'Lock'
            """)
    }

    /// Ends a session, whose transaction is rolled back.
    ///
    /// - returns: false when it has ended already.
    /// - throws: `DatabaseError` when this role may not.
    static func end(_ session: Session, on connection: Connection) throws -> Bool {
        try connection.value(Bool.self, "SELECT pg_terminate_backend($1)", session.process)
    }

    /// Those of some sessions at which the server does nothing, and has not for a while.
    ///
    /// - parameter milliseconds: for how long. Sessions that have ended count, too.
    /// - throws: `DatabaseError`.
    static func idle(_ processes: [Int32], milliseconds: Int64, on connection: Connection) throws -> [Int32] {
        guard !processes.isEmpty else { return [] }
        return try connection.values(
            Int32.self,
            """
            SELECT p.pid FROM unnest($1::int[]) AS p (pid) LEFT JOIN pg_stat_activity a ON a.pid = p.pid
            WHERE a.pid IS NULL OR a.state IS NULL OR (
                a.state <> 'active' AND a.state_change < clock_timestamp() - $2 * interval '1 millisecond')
            """, processes, milliseconds)
    }
}
