/// Two transactions of Dataverse belong together, each in a role (`domain.md` §3, §4.2).
public struct TransactionConnected: Message, Hashable {
    public static var topic: TopicName { .transactionConnected }

    /// The Dataverse connection.
    public var connectionId: GUID
    /// The row's version in Dataverse; the highest wins.
    public var rowVersion: Int
    /// The legal entity of the first transaction.
    public var company: Company
    /// The first transaction.
    public var transaction1Id: GUID
    /// Its role: *Billed Sales*, *Reversing*, *Replacing*, …
    public var transaction1Role: String
    /// Its table's logical name, `msdyn_actual`.
    public var transaction1Type: String
    /// The second transaction.
    public var transaction2Id: GUID
    /// Its role: *Unbilled Sales*, *Original*, …
    public var transaction2Role: String
    /// Its table's logical name.
    public var transaction2Type: String

    public init(
        connectionId: GUID,
        rowVersion: Int,
        company: Company,
        transaction1Id: GUID,
        transaction1Role: String,
        transaction1Type: String,
        transaction2Id: GUID,
        transaction2Role: String,
        transaction2Type: String
    ) {
        self.connectionId = connectionId
        self.rowVersion = rowVersion
        self.company = company
        self.transaction1Id = transaction1Id
        self.transaction1Role = transaction1Role
        self.transaction1Type = transaction1Type
        self.transaction2Id = transaction2Id
        self.transaction2Role = transaction2Role
        self.transaction2Type = transaction2Type
    }

    @inlinable
    public static func fields<Coder: FieldCoder>(
        _ field: inout Coder, of message: Self?
    ) throws(ContractError) -> Self {
        TransactionConnected(
            connectionId: try field.id("connectionId", message?.connectionId),
            rowVersion: try field.integer("rowVersion", message?.rowVersion),
            company: try field.company("company", message?.company),
            transaction1Id: try field.id("transaction1Id", message?.transaction1Id),
            transaction1Role: try field.text("transaction1Role", message?.transaction1Role, most: 100),
            transaction1Type: try field.text("transaction1Type", message?.transaction1Type, most: 100),
            transaction2Id: try field.id("transaction2Id", message?.transaction2Id),
            transaction2Role: try field.text("transaction2Role", message?.transaction2Role, most: 100),
            transaction2Type: try field.text("transaction2Type", message?.transaction2Type, most: 100))
    }

    public var key: String { transaction1Id.description }
}
