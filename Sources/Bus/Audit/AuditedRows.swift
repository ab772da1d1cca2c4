/// Rows of a table as an operator's action finds and leaves them, by one column that names them.
public struct AuditedRows: Sendable {
    let table: String
    let key: String

    /// - parameters:
    ///   - table: whose rows are narrow.
    ///   - key: the column, of text, by which an operator names them.
    public init(_ table: String, by key: String) {
        self.table = table
        self.key = key
    }

    /// What is looked at before and after: the rows of some keys, as JSON.
    public func standing(_ keys: [String]) -> OperatorRun.Standing {
        { try OperatorActionStore.rows(self, keys, on: $0) }
    }

    /// The versions of the schema.
    public static let migrations = AuditedRows("schema_migrations", by: "name")
    /// How far consumers have come.
    public static let positions = AuditedRows("consumer_positions", by: "consumer")
    /// Where the database belongs.
    public static let clusterBinding = AuditedRows("cluster_binding", by: "topic_prefix")
}
