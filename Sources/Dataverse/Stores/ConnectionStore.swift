import Bus
import Contracts
import Database

/// The table `transaction_connections`.
struct ConnectionStore {
    let connection: Connection

    /// Writes new connections.
    ///
    /// - throws: `DatabaseError`.
    func insert(_ connections: CopyRows) throws {
        try connection.copy(connections, of: TransactionConnection.self, into: TransactionConnection.table)
    }

    /// What each of some actuals is connected to as the first transaction, by the ids of the connections.
    ///
    /// - throws: `DatabaseError`.
    func links(of actualIds: [GUID]) throws -> [GUID: ActualLinks] {
        var links: [GUID: ActualLinks] = [:]
        // Looks up each actual, in a table of any size: a join may read all of it.
        try connection.forEachRecord(
            ConnectedActual.self,
            """
            SELECT t.*, \(BasisActual.columnList(of: "b", prefix: "basis_"))
            FROM unnest($1::uuid[]) AS a (actual_id) CROSS JOIN LATERAL (
                SELECT t.transaction1_id, t.transaction1_role, t.transaction2_id, t.transaction2_role, t.row_version
                FROM transaction_connections t
                WHERE t.transaction1_id = a.actual_id AND \(Self.standsOn)
                ORDER BY t.connection_id OFFSET 0
            ) t
            LEFT JOIN LATERAL (
                SELECT b.*, t.transaction1_role = \(ConnectionRole.reversing.sql) AND \(Self.takesBack("b.actual_id"))
                    AS is_reversal
                FROM actuals b WHERE b.actual_id = t.transaction2_id OFFSET 0
            ) b ON true
            """, actualIds
        ) { row in
            links[row.transaction1Id, default: ActualLinks()].add(
                ActualFacts.Link(actualId: row.transaction2Id, rowVersion: row.rowVersion, basis: row.basis),
                as: row.transaction2Role)
        }
        return links
    }

    /// An actual that two line details of an invoice bill, or correct, if there is one.
    ///
    /// - throws: `DatabaseError`.
    func billedTwice(on invoiceId: GUID) throws -> GUID? {
        try connection.optionalValue(
            GUID.self,
            """
            SELECT c.transaction2_id FROM invoice_line_details d
            JOIN transaction_connections c ON c.transaction1_id = d.invoice_line_detail_id
            WHERE d.invoice_id = $1 AND c.transaction1_role IN (\([ConnectionRole.billedSales, .replacing].sql))
                AND c.transaction2_type = \(ConnectedTable.actual.sql)
            GROUP BY c.transaction2_id HAVING count(DISTINCT d.invoice_line_detail_id) > 1 LIMIT 1
            """, invoiceId)
    }

    /// Whether an actual takes back another one, as a condition.
    private static func takesBack(_ actualId: String) -> String {
        """
        EXISTS (
            SELECT FROM transaction_connections t2 WHERE t2.transaction1_id = \(actualId)
                AND t2.transaction1_type = \(ConnectedTable.actual.sql)
                AND t2.transaction1_role = \(ConnectionRole.reversing.sql)
                AND t2.transaction2_role = \(ConnectionRole.original.sql))
        """
    }

    /// Whether both transactions of a connection `t` are actuals.
    static let isBetweenActuals =
        "t.transaction1_type = \(ConnectedTable.actual.sql) AND t.transaction2_type = \(ConnectedTable.actual.sql)"

    /// Whether by a connection `t` one actual stands on another: a billed sale on its unbilled sale, a reversal on its
    /// original.
    static let standsOn = """
        \(isBetweenActuals) AND (
            t.transaction1_role = \(ConnectionRole.billedSales.sql)
                AND t.transaction2_role = \(ConnectionRole.unbilledSales.sql)
            OR t.transaction1_role = \(ConnectionRole.reversing.sql)
                AND t.transaction2_role = \(ConnectionRole.original.sql))
        """

    /// The connections of which something is the first transaction, as a table.
    ///
    /// A condition on the role outside of it: inside, the planner may take the index of replacements, which it thinks empty
    /// as long as nothing was analyzed, and read all of it for each row.
    static func connections(from transaction1Id: String) -> String {
        "(SELECT * FROM transaction_connections WHERE transaction1_id = \(transaction1Id) OFFSET 0)"
    }

    /// The first roles of the connections that an actual's message tells of.
    static let toldByActuals: [ConnectionRole] = [.billedSales, .reversing]
}

/// A connection, as its first actual's message tells of it.
private struct ConnectedActual: Record {
    var transaction1Id: GUID
    var transaction2Id: GUID
    var transaction2Role: ConnectionRole
    var rowVersion: Int
    /// Nil while it is not here.
    var basis: BasisActual?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ConnectedActual(
            transaction1Id: try column("transaction1_id", row?.transaction1Id),
            transaction2Id: try column("transaction2_id", row?.transaction2Id),
            transaction2Role: try column("transaction2_role", row?.transaction2Role),
            rowVersion: try column("row_version", row?.rowVersion),
            basis: try column.optionalRecord("basis_", presentIf: "actual_id", row?.basis))
    }
}
