import Database

/// How many messages are set aside for one cause.
struct SetAsideCount: Record {
    let code: FailureCode
    let count: Int64

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SetAsideCount(code: try column("code", row?.code), count: try column("count", row?.count))
    }

    /// Of dead letters that nobody has settled.
    ///
    /// - throws: `DatabaseError`.
    static func deadLetters(on connection: Connection) throws -> [SetAsideCount] {
        try connection.records(
            SetAsideCount.self,
            """
            SELECT code, count(*) AS count FROM dead_letters WHERE state IN (\(DeadLetterState.unsettled.sql))
            GROUP BY code ORDER BY code
            """)
    }

    /// Of messages that wait.
    ///
    /// - throws: `DatabaseError`.
    static func heldMessages(on connection: Connection) throws -> [SetAsideCount] {
        try connection.records(
            SetAsideCount.self, "SELECT code, count(*) AS count FROM held_messages GROUP BY code ORDER BY code")
    }
}
