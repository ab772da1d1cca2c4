import Bus
import Contracts
import Database

/// The waiting lists: rows that are captured and not published, and what each waits for.
struct WaitingRows {
    /// A list, and its table.
    enum List: String, CaseIterable, Sendable {
        case actuals = "actuals_waiting"
        case connections = "connections_waiting"
        case invoices = "invoices_waiting"

        /// What it lists, as people call it.
        var title: String {
            switch self {
            case .actuals: "actuals"
            case .connections: "transaction connections"
            case .invoices: "invoices"
            }
        }
    }

    let connection: Connection
    let list: List
    private var rows = CopyRows()

    init(_ list: List, connection: Connection) {
        self.connection = connection
        self.list = list
    }

    /// - throws: `DatabaseError`.
    mutating func append(_ id: GUID, _ reason: WaitingReason) throws {
        try rows.append(WaitingRow(id: id, waitingFor: reason.waitingFor, waitingForId: reason.id))
    }

    /// Writes what was appended, and forgets it.
    ///
    /// - throws: `DatabaseError`.
    mutating func write() throws {
        try connection.copy(rows, of: WaitingRow.self, into: list.rawValue)
        rows.removeAll(keepingCapacity: true)
    }

    /// Takes rows off the list.
    ///
    /// - throws: `DatabaseError`.
    func remove(_ ids: [GUID]) throws {
        try connection.execute("DELETE FROM \(list.rawValue) WHERE id = ANY ($1)", ids)
    }

    /// How many rows wait.
    ///
    /// - throws: `DatabaseError`.
    func count() throws -> Int { try connection.value(Int.self, "SELECT count(*) FROM \(list.rawValue)") }

    /// What rows wait for, and how many for each, the most first.
    ///
    /// - throws: `DatabaseError`.
    func groups(limit: Int) throws -> [Group] {
        try connection.records(
            Group.self,
            """
            SELECT waiting_for, waiting_for_id, count(*) AS count FROM \(list.rawValue)
            GROUP BY waiting_for, waiting_for_id ORDER BY count DESC, waiting_for, waiting_for_id LIMIT $1
            """, limit)
    }

    /// Rows that wait for the same.
    struct Group: Record {
        var waitingFor: Waiting
        var waitingForId: GUID?
        var count: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Group(
                waitingFor: try column("waiting_for", row?.waitingFor),
                waitingForId: try column("waiting_for_id", row?.waitingForId), count: try column("count", row?.count))
        }
    }
}

/// A row that waits.
private struct WaitingRow: Record {
    var id: GUID
    var waitingFor: Waiting
    /// The row whose arrival wakes it.
    var waitingForId: GUID?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        WaitingRow(
            id: try column("id", row?.id), waitingFor: try column("waiting_for", row?.waitingFor),
            waitingForId: try column("waiting_for_id", row?.waitingForId))
    }
}
