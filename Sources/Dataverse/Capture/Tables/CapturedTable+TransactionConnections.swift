extension CapturedTable {
    /// Transaction connections (`domain.md` §3). Ids and roles are texts there.
    static let transactionConnections = CapturedTable(
        entitySet: "msdyn_transactionconnections", name: "transaction_connections",
        columns: [
            .required("msdyn_transactionconnectionid", "connection_id", .id),
            .required("msdyn_transaction1", "transaction1_id", .id),
            .required("msdyn_transaction1role", "transaction1_role", .text(most: 100)),
            .required("msdyn_transaction1type", "transaction1_type", .text(most: 100)),
            .required("msdyn_transaction2", "transaction2_id", .id),
            .required("msdyn_transaction2role", "transaction2_role", .text(most: 100)),
            .required("msdyn_transaction2type", "transaction2_type", .text(most: 100)),
        ])
}
