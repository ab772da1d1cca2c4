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

    /// What each of some actuals is connected to as the first transaction: by the first connection of each kind.
    ///
    /// - throws: `DatabaseError`.
    func links(of actualIds: [GUID]) throws -> [GUID: ActualLinks] {
        var links: [GUID: ActualLinks] = [:]
        // Looks up each actual, in a table of any size: a join may read all of it.
        try connection.forEachRecord(
            ConnectedActual.self,
            """
            SELECT t.* FROM unnest($1::uuid[]) AS a (actual_id) CROSS JOIN LATERAL (
                SELECT \(ConnectedActual.columnList(of: "t")) FROM transaction_connections t
                WHERE t.transaction1_id = a.actual_id AND \(Self.isBetweenActuals)
                    AND (t.transaction1_role = \(ConnectionRole.billedSales.sql)
                            AND t.transaction2_role = \(ConnectionRole.unbilledSales.sql)
                        OR t.transaction1_role = \(ConnectionRole.reversing.sql)
                            AND t.transaction2_role = \(ConnectionRole.original.sql))
                ORDER BY t.connection_id OFFSET 0
            ) t
            """, actualIds
        ) { row in
            let link = ActualFacts.Link(actualId: row.transaction2Id, rowVersion: row.rowVersion)
            var known = links[row.transaction1Id] ?? ActualLinks()
            if row.transaction1Role == .billedSales {
                known.unbilledSale = known.unbilledSale ?? link
            } else {
                known.original = known.original ?? link
            }
            links[row.transaction1Id] = known
        }
        return links
    }

    /// An unbilled sale that two line details of an invoice bill, if there is one.
    ///
    /// - throws: `DatabaseError`.
    func unbilledSaleBilledTwice(on invoiceId: GUID) throws -> GUID? {
        try connection.optionalValue(
            GUID.self,
            """
            SELECT c.transaction2_id FROM invoice_line_details d
            JOIN transaction_connections c ON c.transaction1_id = d.invoice_line_detail_id
            WHERE d.invoice_id = $1 AND c.transaction1_role = \(ConnectionRole.billedSales.sql)
                AND c.transaction2_type = \(ConnectedTable.actual.sql)
            GROUP BY c.transaction2_id HAVING count(DISTINCT d.invoice_line_detail_id) > 1 LIMIT 1
            """, invoiceId)
    }

    /// Whether both transactions of a connection `t` are actuals.
    static let isBetweenActuals =
        "t.transaction1_type = \(ConnectedTable.actual.sql) AND t.transaction2_type = \(ConnectedTable.actual.sql)"

    /// The first roles of the connections that an actual's message tells of.
    static let toldByActuals: [ConnectionRole] = [.billedSales, .reversing]
}

/// A connection, as its first actual's message tells of it.
private struct ConnectedActual: Record {
    var transaction1Id: GUID
    var transaction1Role: ConnectionRole
    var transaction2Id: GUID
    var rowVersion: Int

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ConnectedActual(
            transaction1Id: try column("transaction1_id", row?.transaction1Id),
            transaction1Role: try column("transaction1_role", row?.transaction1Role),
            transaction2Id: try column("transaction2_id", row?.transaction2Id),
            rowVersion: try column("row_version", row?.rowVersion))
    }
}
