import Bus
import Contracts
import Database

/// A transaction connection as it came: a row of `transaction_connections` (`domain.md` §4.2).
struct ConnectedTransactions: Record {
    var connected: TransactionConnected

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ConnectedTransactions(
            connected: try column.message(row?.connected, renamed: ["company": "data_area_id"]))
    }
}

/// Which transactions belong together: `transaction_connections`.
///
/// Kept for related vouchers, for the trace of an actual, and for what a reversal takes back that does not say so itself.
struct ConnectionStore {
    let connection: Connection

    /// In the order of the table's key but for the company, of which a batch has few.
    struct Key: Comparable {
        var connectionId: GUID
        var company: Company

        static func < (left: Key, right: Key) -> Bool {
            left.connectionId != right.connectionId
                ? left.connectionId < right.connectionId : left.company < right.company
        }
    }

    /// Whether the first actual of a connection takes the second one back.
    static let isReversal = """
        transaction1_role = \(ConnectionRole.reversing.sql) AND transaction2_role = \(ConnectionRole.original.sql)
        AND transaction1_type = \(ConnectedTable.actual.sql) AND transaction2_type = \(ConnectedTable.actual.sql)
        """

    /// A query for the actuals that belong to one as cost and unbilled sale belong together.
    ///
    /// - parameter actual: an expression of its id.
    static func related(to actual: String) -> String {
        let pair = """
            transaction1_role = \(ConnectionRole.unbilledSales.sql) AND transaction2_role = \(ConnectionRole.cost.sql)
            """
        return """
            SELECT transaction2_id FROM transaction_connections WHERE transaction1_id = \(actual) AND \(pair)
            UNION SELECT transaction1_id FROM transaction_connections WHERE transaction2_id = \(actual) AND \(pair)
            """
    }

    typealias Batch = VersionedBatch<ConnectedTransactions, Key, Void>

    private static let table = VersionedTable<ConnectedTransactions>(
        "transaction_connections", key: ["data_area_id", "connection_id"], version: "row_version")

    /// Brings in the newest version of each connection.
    func write(_ batch: Batch) throws {
        guard !batch.isEmpty else { return }
        let rows = batch.rows(of: batch.newest())
        if try Self.table.insertAllNew(rows, on: connection) { return }
        if try Self.table.merge(rows, on: connection) > 0 { try Self.table.updateKnown(on: connection) }
    }
}
