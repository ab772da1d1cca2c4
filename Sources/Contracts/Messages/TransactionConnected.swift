public import JSON

/// Two transactions of Dataverse belong together, each in a role (`domain.md` §3, §4.2).
public struct TransactionConnected: Message, Hashable {
    public static var topic: TopicName { .transactionConnected }

    /// The Dataverse connection.
    public var connectionId: GUID
    /// The row's version in Dataverse; the highest wins.
    public var rowVersion: Int
    /// The legal entity of the first transaction.
    public var company: String
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
        company: String,
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

    public static let fields = [
        "connectionId", "rowVersion", "company", "transaction1Id", "transaction1Role", "transaction1Type",
        "transaction2Id", "transaction2Role", "transaction2Type",
    ]

    public init(from fields: borrowing MessageFields, choices: ChoiceTables) throws(ContractError) {
        connectionId = try fields.guid(0)
        rowVersion = try fields.integer(1)
        company = try fields.company(2)
        transaction1Id = try fields.guid(3)
        transaction1Role = try fields.text(4, most: 100)
        transaction1Type = try fields.text(5, most: 100)
        transaction2Id = try fields.guid(6)
        transaction2Role = try fields.text(7, most: 100)
        transaction2Type = try fields.text(8, most: 100)
    }

    public func write(to json: inout JSONWriter, choices: ChoiceTables) throws(ContractError) {
        json.beginObject()
        json.member("connectionId", connectionId)
        json.member("rowVersion", rowVersion)
        json.member("company", company)
        json.member("transaction1Id", transaction1Id)
        json.member("transaction1Role", transaction1Role)
        json.member("transaction1Type", transaction1Type)
        json.member("transaction2Id", transaction2Id)
        json.member("transaction2Role", transaction2Role)
        json.member("transaction2Type", transaction2Type)
        json.endObject()
    }

    public var key: String { transaction1Id.description }
}
