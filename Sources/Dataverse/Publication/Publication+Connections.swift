import Bus
import Contracts
import Database

extension Publication {
    /// Publishes every due connection of two actuals whose company is known.
    func publishConnections() throws {
        try publish(Self.dueConnections, reason: 10, waitingList: "connections_waiting") { row in
            let message = TransactionConnected(
                connectionId: try row.guid(0), rowVersion: Int(try row.int64(1)), company: try row[2, as: Company.self],
                transaction1Id: try row.guid(3), transaction1Role: try row.string(4),
                transaction1Type: try row.string(5), transaction2Id: try row.guid(6),
                transaction2Role: try row.string(7), transaction2Type: try row.string(8))
            try outbox.append(message, traceId: try row.optionalGUID(9) ?? message.transaction1Id)
            outcome.connections += 1
        }
    }

    private static let dueConnections = """
        SELECT t.connection_id, t.row_version, n.company,
            t.transaction1_id, t.transaction1_role, t.transaction1_type,
            t.transaction2_id, t.transaction2_role, t.transaction2_type,
            a.invoice_id,
            CASE WHEN a.actual_id IS NULL THEN 'actual' WHEN n.company IS NULL THEN 'company' END,
            CASE WHEN a.actual_id IS NULL THEN t.transaction1_id ELSE a.contracting_unit_id END
        FROM due_connections d
        JOIN transaction_connections t ON t.connection_id = d.connection_id
        LEFT JOIN actuals a ON a.actual_id = t.transaction1_id
        LEFT JOIN actual_companies n ON n.actual_id = t.transaction1_id
        """
}
