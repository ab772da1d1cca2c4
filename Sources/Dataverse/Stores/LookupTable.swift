import Bus
import Contracts
import Database

/// The rows of a table that others refer to, each read once.
///
/// Used within one transaction, in which the table does not change.
struct LookupTable<Row: CapturedRow> {
    private var rows: [GUID: Row?] = [:]
    private var missing: Set<GUID> = []
    /// What was wanted last: rows of one project or contract come one after the other.
    private var last: GUID?

    /// How many rows are kept for the next chunk.
    private var most: Int { 50_000 }

    /// Notes that a row will be asked for.
    mutating func want(_ id: GUID?) {
        guard let id, id != last else { return }
        last = id
        if rows[id] == nil { missing.insert(id) }
    }

    /// Reads the wanted rows.
    ///
    /// - throws: `DatabaseError`.
    mutating func read(from connection: Connection) throws {
        guard !missing.isEmpty else { return }
        let found = try connection.records(
            Row.self, "SELECT \(Row.columnList) FROM \(Row.table) WHERE \(Row.key) = ANY ($1)", Array(missing))
        for id in missing { rows[id] = .some(nil) }
        for row in found { rows[row.id] = row }
        missing.removeAll(keepingCapacity: true)
    }

    /// Forgets the rows when they have become many, before the next are wanted.
    mutating func bound() {
        guard rows.count > most else { return }
        rows.removeAll(keepingCapacity: true)
        last = nil
    }

    /// A row that was wanted and read; nil when it is not here.
    subscript(id: GUID?) -> Row? { id.flatMap { rows[$0] ?? nil } }
}
