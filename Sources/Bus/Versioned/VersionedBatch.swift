public import Database

/// The rows of a batch for a ``VersionedTable``, as they came.
///
/// - parameter Row: a row of the table.
/// - parameter Key: of the table. Its order should be the database's, so that two processes lock rows in one order.
/// - parameter Note: what the store wants to know of a row besides, such as where it counts.
public struct VersionedBatch<Row: Record, Key: Comparable, Note> {
    /// A row that came.
    public struct Arrival {
        public let key: Key
        public let version: Int
        public let note: Note
        /// Its place among the rows, in the order in which they came.
        @usableFromInline let row: Int

        @usableFromInline
        init(key: Key, version: Int, note: Note, row: Int) {
            self.key = key
            self.version = version
            self.note = note
            self.row = row
        }
    }

    @usableFromInline var arrivals: [Arrival] = []
    @usableFromInline var encoded = CopyRows()

    public init() {}

    public var isEmpty: Bool { arrivals.isEmpty }

    /// Adds a row.
    ///
    /// - throws: `DatabaseError` when a value does not fit its column; nothing is added then.
    @inlinable
    public mutating func append(_ row: Row, key: Key, version: Int, note: Note) throws {
        let place = encoded.rowCount
        try encoded.append(row)
        arrivals.append(Arrival(key: key, version: version, note: note, row: place))
    }

    /// The newest version of each key, in the order of the keys; of equal versions the one that came first.
    @inlinable
    public func newest() -> [Arrival] {
        var sorted = arrivals
        sorted.sort { left, right in
            if left.key != right.key { return left.key < right.key }
            return left.version != right.version ? left.version > right.version : left.row < right.row
        }
        var kept = 0
        for index in sorted.indices where index == 0 || sorted[index].key != sorted[kept - 1].key {
            sorted[kept] = sorted[index]
            kept += 1
        }
        sorted.removeLast(sorted.count - kept)
        return sorted
    }

    /// All rows of some keys, whatever their versions, in the order in which they came.
    public func arrivals(where isWanted: (Key) -> Bool) -> [Arrival] { arrivals.filter { isWanted($0.key) } }

    /// Of each key, the first row that says something else than another one of the same version: there is no newer one of
    /// the two.
    @inlinable
    public func contradictions() -> [Arrival] {
        let first = newest()
        guard first.count < arrivals.count else { return [] }
        var found: [Arrival] = []
        for arrival in arrivals.sorted(by: { ($0.key, $0.row) < ($1.key, $1.row) }) {
            guard found.last?.key != arrival.key, let kept = Self.find(arrival.key, in: first) else { continue }
            if kept.version == arrival.version, !encoded.areEqual(kept.row, arrival.row) { found.append(arrival) }
        }
        return found
    }

    /// - parameter sorted: by key.
    @inlinable
    static func find(_ key: Key, in sorted: [Arrival]) -> Arrival? {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low].key == key ? sorted[low] : nil
    }

    /// The encoded rows of these arrivals, in their order.
    ///
    /// - parameter first: replaces the `int8` in the first column, such as the number of a batch that was not known when
    ///   the rows were encoded.
    @inlinable
    public func rows(of arrivals: [Arrival], first: Int64? = nil) -> CopyRows {
        var rows = CopyRows()
        for arrival in arrivals {
            if let first {
                rows.append(row: arrival.row, of: encoded, first: first)
            } else {
                rows.append(row: arrival.row, of: encoded)
            }
        }
        return rows
    }

    /// Forgets all rows, and keeps the memory.
    public mutating func removeAll() {
        arrivals.removeAll(keepingCapacity: true)
        encoded.removeAll(keepingCapacity: true)
    }
}

extension VersionedBatch.Arrival: Sendable where Key: Sendable, Note: Sendable {}
extension VersionedBatch: Sendable where Key: Sendable, Note: Sendable {}

extension VersionedBatch where Note == Void {
    /// Adds a row of which the store needs nothing besides.
    ///
    /// - throws: `DatabaseError` when a value does not fit its column; nothing is added then.
    @inlinable
    public mutating func append(_ row: Row, key: Key, version: Int) throws {
        try append(row, key: key, version: version, note: ())
    }
}
