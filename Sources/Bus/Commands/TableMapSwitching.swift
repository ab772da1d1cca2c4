public import Database

/// Pauses and resumes maps. Running consumers follow within seconds, and who starts later follows at once.
///
/// A paused map's messages stay in the log, in their order, for as long as the log keeps them; its partitions stay with the
/// consumer, which goes on with all others.
public enum TableMapSwitching {
    /// Pauses a map, and those that depend on it.
    ///
    /// - parameter alone: leave those that depend on it running.
    /// - returns: the maps that run no longer, or are paused for themselves from now on; none when nothing changes.
    /// - throws: `DatabaseError`.
    public static func pause(
        _ map: TableMap, alone: Bool = false, because reason: String? = nil, on connection: Connection
    ) throws -> [TableMap] {
        try change(map, "maps pause", reason, on: connection) { TableMapChange.pausing(map, alone: alone, $0) }
    }

    /// Resumes a map, and those that were paused with it.
    ///
    /// - parameter alone: leave those that were paused with it as they are.
    /// - returns: the maps that change; none when it runs.
    /// - throws: `DatabaseError`.
    public static func resume(
        _ map: TableMap, alone: Bool = false, because reason: String? = nil, on connection: Connection
    ) throws -> [TableMap] {
        try change(map, "maps resume", reason, on: connection) { TableMapChange.resuming(map, alone: alone, $0) }
            .filter { map in try TableMapStore.switches(on: connection)[map]?.state == .running }
    }

    private static func change(
        _ map: TableMap, _ action: String, _ reason: String?, on connection: Connection,
        _ changes: ([TableMap: TableMapSwitch]) -> [TableMapChange]
    ) throws -> [TableMap] {
        try connection.transaction {
            try TableMapStore.lock(on: connection)
            let before = try TableMapStore.switches(on: connection)
            let changes = changes(before)
            for change in changes {
                try TableMapStore.apply(change, by: OperatorAction.currentActor, because: reason, on: connection)
                try OperatorActionStore.record(
                    OperatorAction(
                        action, of: change.map.rawValue, because: reason,
                        before: text(before[change.map]?.state ?? .running, before[change.map]?.pausedWith),
                        after: text(change.state, change.pausedWith)), on: connection)
            }
            return changes.map(\.map)
        }
    }

    /// Labels have nothing that JSON would escape.
    private static func text(_ state: TableMapState, _ with: TableMap?) -> String {
        #"{"state":"\#(state.rawValue)","pausedWith":\#(with.map { "\"\($0.rawValue)\"" } ?? "null")}"#
    }
}
