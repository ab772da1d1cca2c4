/// What pausing or resuming a map does to it and to those that depend on it.
///
/// | asked for | does |
/// |---|---|
/// | pause | the map and its dependents that run are paused, these with it |
/// | pause alone | the map alone is paused |
/// | pause a paused map | nothing: who paused it first, and why, stays; a map that was paused with another is paused for itself |
/// | resume | the map runs, and so do those that were paused with it; one that was paused for itself stays |
/// | resume alone | the map alone runs; those that were paused with it are paused for themselves |
struct TableMapChange: Hashable {
    let map: TableMap
    let state: TableMapState
    /// The map that it is paused with; nil when it is paused for itself, or runs.
    var pausedWith: TableMap?

    /// - parameter switches: the maps that were ever paused, as they stand.
    static func pausing(_ map: TableMap, alone: Bool, _ switches: [TableMap: TableMapSwitch]) -> [TableMapChange] {
        var changes: [TableMapChange] = []
        let own = switches[map]
        if own?.state != .paused || own?.pausedWith != nil { changes.append(TableMapChange(map: map, state: .paused)) }
        guard !alone else { return changes }
        return changes
            + map.dependents.filter { switches[$0]?.state != .paused }.map {
                TableMapChange(map: $0, state: .paused, pausedWith: map)
            }
    }

    static func resuming(_ map: TableMap, alone: Bool, _ switches: [TableMap: TableMapSwitch]) -> [TableMapChange] {
        guard switches[map]?.state == .paused else { return [] }
        let followers = TableMap.allCases.filter { switches[$0]?.state == .paused && switches[$0]?.pausedWith == map }
        return [TableMapChange(map: map, state: .running)]
            + followers.map { TableMapChange(map: $0, state: alone ? .paused : .running) }
    }
}
