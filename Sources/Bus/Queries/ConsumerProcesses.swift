import Database

/// The processes of consumers that are connected to a database: each has one session of the program's own name.
struct ConsumerProcesses: Record {
    let program: String
    let count: Int

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ConsumerProcesses(program: try column("program", row?.program), count: try column("count", row?.count))
    }

    /// By program.
    ///
    /// - throws: `DatabaseError`.
    static func count(on connection: Connection) throws -> [String: Int] {
        let rows = try connection.records(
            ConsumerProcesses.self,
            """
            SELECT application_name AS program, count(*) AS count FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = ANY ($1) GROUP BY application_name
            """, Program.services.map(\.rawValue))
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.program, $0.count) })
    }
}
