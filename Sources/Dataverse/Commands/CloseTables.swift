public import Contracts
public import Database

/// Takes tables for complete although a page says that there is more: what a person knows better than the pages.
public struct CloseTables {
    private let connection: Connection
    private let configuration: DataverseConfiguration

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    /// Closes a table, and publishes what waited for it.
    ///
    /// - parameter table: the Web API's name of its rows: `msdyn_actuals`.
    /// - returns: how many messages were written to the outbox, by topic; nil when the table is not open.
    /// - throws: `DatabaseError`; `ContractError` when a label's code is not configured.
    public func close(_ table: String) throws -> [TopicName: Int]? {
        try connection.transaction {
            let changes = try ChangeSet(on: connection)
            let store = UnfinishedPageStore(connection: connection)
            guard try store.openTables().contains(table) else { return nil }
            try store.replace([], of: table)
            changes.noteFinished(table)
            return try changes.publish(configuration: configuration).byTopic
        }
    }
}
