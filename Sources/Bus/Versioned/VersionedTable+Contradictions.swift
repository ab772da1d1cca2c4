public import Database

/// A row that says something else than the one that is in its table in the same version.
public struct VersionedContradiction<Row: Record>: Record {
    public let arriving: Row
    public let standing: Row

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        VersionedContradiction(
            arriving: try column.record("arriving_", row?.arriving),
            standing: try column.record("standing_", row?.standing))
    }
}

extension VersionedTable {
    /// The rows that contradict what is in the table: the same version, and something else in it. ``merge(_:on:)`` drops
    /// them, as it drops what comes twice.
    ///
    /// - parameter rows: one of each key.
    /// - throws: `DatabaseError`.
    public func contradictions(of rows: CopyRows, on connection: Connection) throws -> [VersionedContradiction<Row>] {
        guard !rows.isEmpty else { return [] }
        try connection.executeScript(temporaryTables)
        try connection.plan(.lookUpByKey)
        try connection.copy(rows, of: Row.self, into: arriving)
        return try connection.records(
            VersionedContradiction<Row>.self,
            """
            SELECT \(Row.columnList(of: "a", prefix: "arriving_")), \(Row.columnList(of: "t", prefix: "standing_"))
            FROM \(arriving) a JOIN \(name) t ON \(match("t", "a")) AND t.\(version) = a.\(version)
            WHERE ROW(\(Row.columnList(of: "t"))) IS DISTINCT FROM ROW(\(Row.columnList(of: "a")))
            """)
    }
}
