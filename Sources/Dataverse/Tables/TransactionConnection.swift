import Contracts
import Database

/// A transaction connection (`domain.md` §3). Ids, roles and types are texts in Dataverse.
struct TransactionConnection: CapturedRow {
    static let entitySet = "msdyn_transactionconnections"
    static let table = "transaction_connections"

    var connectionId: GUID
    var rowVersion = 1
    var transaction1Id: GUID
    var transaction1Role: String
    var transaction1Type: String
    var transaction2Id: GUID
    var transaction2Role: String
    var transaction2Type: String

    var id: GUID { connectionId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        TransactionConnection(
            connectionId: try column("connection_id", row?.connectionId, .id("msdyn_transactionconnectionid")),
            rowVersion: try column("row_version", row?.rowVersion),
            transaction1Id: try column("transaction1_id", row?.transaction1Id, .id("msdyn_transaction1")),
            transaction1Role: try column(
                "transaction1_role", row?.transaction1Role, .identifier("msdyn_transaction1role", most: 100)),
            transaction1Type: try column(
                "transaction1_type", row?.transaction1Type, .identifier("msdyn_transaction1type", most: 100)),
            transaction2Id: try column("transaction2_id", row?.transaction2Id, .id("msdyn_transaction2")),
            transaction2Role: try column(
                "transaction2_role", row?.transaction2Role, .identifier("msdyn_transaction2role", most: 100)),
            transaction2Type: try column(
                "transaction2_type", row?.transaction2Type, .identifier("msdyn_transaction2type", most: 100)))
    }
}
