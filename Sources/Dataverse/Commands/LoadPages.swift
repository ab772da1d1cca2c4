public import Contracts
public import Database

/// What a load did.
public struct LoadReport: Hashable, Sendable {
    /// What it did to one table.
    public struct Table: Hashable, Sendable, Encodable {
        /// Our table's name.
        public let name: String
        public let new: Int
        public let changed: Int
        public let unchanged: Int
        /// Rows that Dataverse deleted, and so are deleted here.
        public let deleted: Int
        /// Rows that are no project's (another order type).
        public let skipped: Int
    }

    /// The tables of which pages were read.
    public let tables: [Table]
    /// The tables of which a page says that there is more than has come, by this load and those before it.
    public let unfinished: [UnfinishedTable]
    /// How many draft invoices were marked as ours.
    public let markedAsOurs: Int
    /// How many messages were written to the outbox, by topic.
    public let published: [TopicName: Int]
}

/// Loads pages of the Dataverse Web API, and publishes what is complete by
/// it, in one transaction.
public struct LoadPages {
    private let connection: Connection
    private let configuration: DataverseConfiguration

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    /// Loads all pages of some sources.
    ///
    /// - parameter asOurs: marks the draft invoices of the load as ours:
    ///   this database confirms them, not Dataverse.
    /// - parameter progress: is told what is done, and how many of it: rows read, messages written.
    /// - throws: ``CaptureError``; `DatabaseError`; `ContractError` when a
    ///   label's code is not configured.
    public func load(
        _ sources: [any PageSource], asOurs: Bool = false, progress: @escaping (String, Int) -> Void = { _, _ in }
    ) throws -> LoadReport {
        let capture = try Capture(connection: connection, configuration: configuration)
        defer { capture.close() }
        try capture.read(sources) { progress("rows read", $0) }
        return try connection.transaction {
            let changes = try ChangeSet(on: connection)
            let tables = try capture.merge(changes)
            let marked = asOurs ? try capture.markOurs() : 0
            let published = try changes.publish(configuration: configuration, progress: progress)
            return LoadReport(
                tables: tables, unfinished: try UnfinishedTables(connection: connection).tables(),
                markedAsOurs: marked, published: published.byTopic)
        }
    }
}
