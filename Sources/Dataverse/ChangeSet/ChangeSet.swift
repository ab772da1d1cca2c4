import Bus
import Contracts
import Database

/// What a transaction changes in the captured tables: the ids of the rows, and what invoices gain or lose by it.
///
/// Whoever changes rows notes them here; publication takes from here what is to be looked at. The ids of one row at a
/// time would be a round trip each, and those of a load are many, so they are kept in temporary tables, which this type
/// alone knows.
final class ChangeSet {
    let connection: Connection
    /// The tables of which rows were noted.
    private var noted: Set<String> = []
    private var hasInvoiceChanges = false
    /// The entity sets of the tables of which pages were missing, and none are any more.
    private(set) var finishedTables: Set<String> = []

    /// Begins a change of what is captured, for the rest of the transaction.
    ///
    /// Only one transaction at a time does so, so that each sees all that the others published.
    ///
    /// - throws: `DatabaseError`.
    init(on connection: Connection) throws {
        self.connection = connection
        try connection.lockUntilTransactionEnds(Self.lockKey)
    }

    private static let lockKey: Int64 = 0x6461_7461_7665_7273

    /// Runs a statement that changes rows, and notes them.
    ///
    /// - parameters:
    ///   - table: the captured table.
    ///   - statement: inserts or updates, and returns the rows' ids.
    /// - returns: how many rows it changed.
    /// - throws: `DatabaseError`.
    @discardableResult
    func note(
        _ table: String, key: String, changedBy statement: String, _ parameters: (any DatabaseValue)?...
    ) throws -> Int {
        if noted.insert(table).inserted {
            try connection.executeScript("CREATE TEMP TABLE \(Self.changed(table)) (id uuid) ON COMMIT DROP")
        }
        return try connection.execute(
            "WITH changed AS (\(statement)) INSERT INTO \(Self.changed(table)) SELECT \(key) FROM changed",
            parameters: parameters)
    }

    /// Notes rows that were written.
    ///
    /// - throws: `DatabaseError`.
    func note(_ row: any CapturedRow.Type, written ids: [GUID]) throws {
        guard !ids.isEmpty else { return }
        try note(row.table, key: "id", changedBy: "SELECT * FROM unnest($1::uuid[]) AS w (id)", ids)
    }

    /// Notes actuals that Finance must not see any more.
    ///
    /// - parameter query: of their ids.
    /// - throws: `DatabaseError`.
    func note(withdrawnActuals query: String) throws {
        try note(Self.withdrawnActuals, key: "actual_id", changedBy: query)
    }

    /// Notes actuals that are to be deleted once publication has told Finance of it.
    ///
    /// - parameter statement: changes them, and returns their ids.
    /// - throws: `DatabaseError`.
    func note(deletedActuals statement: String) throws {
        try note(Self.deletedActuals, key: "actual_id", changedBy: statement)
    }

    private static let deletedActuals = "deleted_actuals"

    /// A query of the ids of actuals that are to be deleted once publication has told Finance of it; nil when there are none.
    var deletedActuals: String? {
        noted.contains(Self.deletedActuals) ? "SELECT id FROM \(Self.changed(Self.deletedActuals))" : nil
    }

    private static let withdrawnActuals = "withdrawn_actuals"

    /// A query of the ids of actuals that Finance must not see any more; nil when there are none.
    var withdrawnActuals: String? {
        noted.contains(Self.withdrawnActuals) ? "SELECT id FROM \(Self.changed(Self.withdrawnActuals))" : nil
    }

    /// Notes what invoices gain or lose.
    ///
    /// - parameter changes: a query of ``InvoiceChange``s, several an invoice; or a statement that returns them.
    /// - throws: `DatabaseError`.
    @discardableResult
    func note(invoiceChanges changes: String, _ parameters: (any DatabaseValue)?...) throws -> Int {
        try makeInvoiceChanges()
        return try connection.execute(
            """
            WITH changes AS (\(changes))
            INSERT INTO invoice_changes (\(InvoiceChange.columnList)) SELECT \(InvoiceChange.columnList) FROM changes
            """, parameters: parameters)
    }

    /// Notes what one invoice gains or loses.
    ///
    /// - throws: `DatabaseError`.
    func note(_ change: InvoiceChange) throws {
        try makeInvoiceChanges()
        try connection.insert(change, into: "invoice_changes")
    }

    /// Notes that no page of a table is missing any more.
    func noteFinished(_ entitySet: String) { finishedTables.insert(entitySet) }

    /// Whether rows of a table were changed.
    ///
    /// - throws: `DatabaseError`.
    func hasChanged(_ rows: any CapturedRow.Type...) throws -> Bool {
        for row in rows where noted.contains(row.table) {
            if try connection.value(Bool.self, "SELECT EXISTS (SELECT FROM \(Self.changed(row.table)))") { return true }
        }
        return false
    }

    /// A query of the ids of a table's changed rows; nil when there are none.
    func ids(of row: any CapturedRow.Type) -> String? {
        noted.contains(row.table) ? "SELECT id FROM \(Self.changed(row.table))" : nil
    }

    /// A query of the ids of invoices that gained or lost; nil when there are none.
    var changedInvoices: String? { hasInvoiceChanges ? "SELECT invoice_id FROM invoice_changes" : nil }

    /// Brings what has come of each invoice up to date.
    ///
    /// - throws: `DatabaseError`.
    func addInvoiceProgress() throws {
        for table in [Actual.self, InvoiceLineDetail.self] as [any CapturedRow.Type] where noted.contains(table.table) {
            let from = "\(Self.changed(table.table)) c JOIN \(table.table) t ON t.\(table.key) = c.id"
            if let changes = InvoiceProgressStore.changes(of: table.table, from: from) {
                try note(invoiceChanges: changes)
            }
        }
        guard hasInvoiceChanges else { return }
        try InvoiceProgressStore(connection: connection).add("SELECT * FROM invoice_changes")
    }

    private func makeInvoiceChanges() throws {
        guard !hasInvoiceChanges else { return }
        hasInvoiceChanges = true
        try connection.executeScript(
            """
            CREATE TEMP TABLE invoice_changes ON COMMIT DROP AS
            SELECT \(InvoiceChange.columnList) FROM invoice_progress WITH NO DATA
            """)
    }

    private static func changed(_ table: String) -> String { "changed_\(table)" }
}
