import Bus
import Contracts
public import Database

/// Publishes actuals again that are out of sync, with their connections and the invoices that they are on
/// (`domain.md` §6.14, *Sync Actuals*). What Finance has already changes nothing there.
public struct ResyncActuals {
    /// What was published again.
    public struct Report: Hashable, Sendable, Encodable {
        /// How many actuals were chosen.
        public let chosen: Int
        /// How many messages were written to the outbox.
        public let actuals: Int
        public let connections: Int
        /// How many invoices are sent again as they were published.
        public let invoices: Int
        /// How many of the actuals still wait for something.
        public let waiting: Int
    }

    private let connection: Connection
    private let configuration: DataverseConfiguration

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    /// - throws: `DatabaseError`; `ContractError` when a label's code is not configured.
    public func resync(_ criteria: OutOfSyncCriteria) throws -> Report {
        try connection.transaction {
            let changes = try ChangeSet(on: connection)
            let ids = try OutOfSyncActuals(connection: connection).ids(criteria)
            try changes.note(
                Actual.table, key: Actual.key, changedBy: "SELECT unnest($1::uuid[]) AS \(Actual.key)", ids)
            try changes.note(
                TransactionConnection.table, key: TransactionConnection.key,
                changedBy: """
                    SELECT t.connection_id FROM transaction_connections t
                    WHERE t.transaction1_id = ANY ($1) AND \(ConnectionStore.isBetweenActuals)
                    """, ids)
            let published = try changes.publish(configuration: configuration)
            let invoices = try PublishedInvoiceStore(connection: connection).published(ofActuals: ids)
            let resent = try OutboxStore.resendNewest(.invoiceConfirmed, about: invoices, on: connection)
            return Report(
                chosen: ids.count, actuals: published.actuals, connections: published.connections,
                invoices: published.invoices + resent,
                waiting: try WaitingRows(.actuals, connection: connection).count(among: ids))
        }
    }
}
