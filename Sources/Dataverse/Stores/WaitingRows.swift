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

        /// The waiting row's id.
        var key: String {
            switch self {
            case .actuals: "actual_id"
            case .connections: "connection_id"
            case .invoices: "invoice_id"
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
        rows.beginRow(columns: 3)
        id.append(to: &rows)
        reason.waitingFor.append(to: &rows)
        reason.id.append(to: &rows)
    }

    /// Writes what was appended, and forgets it.
    ///
    /// - throws: `DatabaseError`.
    mutating func write() throws {
        guard !rows.isEmpty else { return }
        try connection.copyIn(
            "COPY \(list.rawValue) (\(list.key), waiting_for, waiting_for_id) FROM STDIN (FORMAT binary)"
        ) { try $0.write(rows) }
        rows.removeAll(keepingCapacity: true)
    }

    /// Takes rows off the list.
    ///
    /// - throws: `DatabaseError`.
    func remove(_ ids: [GUID]) throws {
        try connection.execute("DELETE FROM \(list.rawValue) WHERE \(list.key) = ANY ($1)", ids)
    }

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
