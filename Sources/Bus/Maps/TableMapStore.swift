import Contracts
public import Database

/// How a map was switched last.
public struct TableMapSwitch: Record, Hashable, Sendable {
    public let map: TableMap
    public let state: TableMapState
    /// The map that it was paused with; nil when it was paused for itself, or runs.
    public let pausedWith: TableMap?
    public let changedAt: Instant
    public let changedBy: String
    public let reason: String?

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        TableMapSwitch(
            map: try column("map", row?.map),
            state: try column("state", row?.state),
            pausedWith: try column("paused_with", row?.pausedWith),
            changedAt: try column("changed_at", row?.changedAt),
            changedBy: try column("changed_by", row?.changedBy),
            reason: try column("reason", row?.reason))
    }
}

/// The table `table_maps`: a row for each map into this side that was ever paused. One without a row runs.
public enum TableMapStore {
    /// - throws: `DatabaseError`.
    public static func switches(on connection: Connection) throws -> [TableMap: TableMapSwitch] {
        let rows = try connection.records(
            TableMapSwitch.self, "SELECT \(TableMapSwitch.columnList) FROM table_maps ORDER BY changed_at, map")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.map, $0) })
    }

    /// The maps that are paused, with since when, by whom and why.
    ///
    /// - throws: `DatabaseError`.
    public static func paused(on connection: Connection) throws -> [TableMapSwitch] {
        try switches(on: connection).values.filter { $0.state == .paused }
            .sorted {
                ($0.changedAt.microsecondsSince2000, $0.map.rawValue) < (
                    $1.changedAt.microsecondsSince2000, $1.map.rawValue
                )
            }
    }

    /// Lets one operator switch at a time, until the transaction ends.
    static func lock(on connection: Connection) throws {
        try connection.executeScript("LOCK TABLE table_maps IN SHARE ROW EXCLUSIVE MODE")
    }

    static func apply(_ change: TableMapChange, by actor: String, because reason: String?, on connection: Connection)
        throws
    {
        try connection.execute(
            """
            INSERT INTO table_maps (map, state, paused_with, changed_by, reason) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (map) DO UPDATE
            SET state = $2, paused_with = $3, changed_by = $4, reason = $5, changed_at = now()
            """, change.map, change.state, change.pausedWith, actor, reason)
    }
}
