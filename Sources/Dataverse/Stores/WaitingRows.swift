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

        /// The list of a captured table's rows; nil when they wait for nothing.
        init?(of table: String) {
            switch table {
            case Actual.table: self = .actuals
            case TransactionConnection.table: self = .connections
            case Invoice.table: self = .invoices
            default: return nil
            }
        }

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
        try rows.append(WaitingRow(id: id, reason: reason))
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

    /// A query of the ids of a list's rows that wait for one thing.
    static func those(of list: List, for waitingFor: Waiting) -> String {
        "SELECT id FROM \(list.rawValue) WHERE waiting_for = \(waitingFor.sql)"
    }

    /// How many rows wait.
    ///
    /// - throws: `DatabaseError`.
    func count() throws -> Int { try connection.value(Int.self, "SELECT count(*) FROM \(list.rawValue)") }

    /// How many of some rows wait.
    ///
    /// - throws: `DatabaseError`.
    func count(among ids: [GUID]) throws -> Int {
        try connection.value(Int.self, "SELECT count(*) FROM \(list.rawValue) WHERE id = ANY ($1)", ids)
    }

    /// What rows wait for, and how many for each, the most first.
    ///
    /// - throws: `DatabaseError`.
    func groups(limit: Int) throws -> [Group] {
        try connection.records(
            Group.self,
            """
            SELECT \(WaitingReason.columnList), count(*) AS count FROM \(list.rawValue)
            GROUP BY \(WaitingReason.columnList) ORDER BY count DESC, \(WaitingReason.columnList) LIMIT $1
            """, limit)
    }

    /// What rows wait for, whichever one it is, with the first row of each.
    ///
    /// - throws: `DatabaseError`.
    func causes() throws -> [Cause] {
        try connection.records(
            Cause.self,
            """
            SELECT caused.count, example.* FROM (
                SELECT waiting_for, count(*) AS count, min(id::text)::uuid AS id FROM \(list.rawValue) GROUP BY waiting_for
            ) caused JOIN \(list.rawValue) example USING (id)
            """)
    }

    /// Rows that wait for the like.
    struct Cause: Record {
        var count: Int
        var example: WaitingRow

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Cause(count: try column("count", row?.count), example: try column.record("", row?.example))
        }
    }

    /// Rows that wait for the same.
    struct Group: Record {
        var reason: WaitingReason
        var count: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Group(reason: try column.record("", row?.reason), count: try column("count", row?.count))
        }
    }
}

/// A row that waits.
struct WaitingRow: Record {
    var id: GUID
    var reason: WaitingReason

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        WaitingRow(id: try column("id", row?.id), reason: try column.record("", row?.reason))
    }
}

extension WaitingReason: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        WaitingReason(
            try column("waiting_for", row?.waitingFor), try column("waiting_for_id", row?.id),
            try column("waiting_detail", row?.detail))
    }
}
