public import Database

/// What waits, and for what.
public struct WaitingGroup: Hashable, Sendable, Encodable {
    /// `actuals`, `transaction connections` or `invoices`.
    public let kind: String
    /// The reason, in the domain's terms: `waiting for project 5d8f…`.
    public let reason: String
    /// How many rows wait for it.
    public let count: Int
}

/// Everything that is captured and not published, by reason.
public struct WaitingList {
    private let connection: Connection

    public init(connection: Connection) { self.connection = connection }

    /// The reasons, those with the most rows first.
    ///
    /// - throws: `DatabaseError`.
    public func groups(limit: Int = 1_000) throws -> [WaitingGroup] {
        try connection.query(
            """
            SELECT * FROM (
                SELECT 'actuals', waiting_for, waiting_for_id::text, count(*) AS rows
                FROM actuals_waiting GROUP BY 1, 2, 3
                UNION ALL
                SELECT 'transaction connections', waiting_for, waiting_for_id::text, count(*)
                FROM connections_waiting GROUP BY 1, 2, 3
                UNION ALL
                SELECT 'invoices', waiting_for, waiting_for_id::text, count(*)
                FROM invoices_waiting GROUP BY 1, 2, 3
            ) w ORDER BY rows DESC, 1, 2, 3 LIMIT $1
            """, limit
        ).map { row in
            WaitingGroup(
                kind: try row.string(0),
                reason: Waiting.sentence(try row.string(1), id: try row.optionalString(2)), count: try row.int(3))
        }
    }
}
