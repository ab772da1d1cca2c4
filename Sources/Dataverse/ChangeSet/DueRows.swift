import Bus
import Contracts
import Database

/// The rows that publication has to look at: those that changed, and those that something woke. They are taken off
/// their waiting lists.
struct DueRows {
    private let connection: Connection
    private let changes: ChangeSet
    private let wakesCompanies: Bool

    /// - parameter companiesChanged: whether the configured companies did.
    /// - throws: `DatabaseError`.
    init(_ changes: ChangeSet, companiesChanged: Bool, on connection: Connection) throws {
        self.connection = connection
        self.changes = changes
        wakesCompanies =
            try companiesChanged
            || changes.hasChanged(LegalEntity.self, OrganizationalUnit.self, ProjectContract.self, Project.self)
        try collect()
    }

    /// Passes the due invoices that are confirmed, or were, in chunks, with what has come of them.
    ///
    /// - throws: `DatabaseError`, whatever the closures throw.
    func forEachInvoice(
        chunk: Int, _ invoice: (DueInvoice) throws -> Void, afterChunk: () throws -> Void
    ) throws {
        try connection.forEachRecord(
            DueInvoice.self, chunk: chunk,
            """
            SELECT \(Invoice.columnList(of: "i")), coalesce(p.line_details, 0) AS line_details,
                coalesce(p.billed_sales, 0) AS billed_sales, coalesce(p.chargeable_amount, 0) AS chargeable_amount,
                i.confirmed_here_on IS NOT NULL AS is_confirmed_here,
                \(PublishedInvoice.columnList(of: "q", prefix: "published_")),
                \(PublishedInvoice.columnList(of: "l", prefix: "lost_")),
                EXISTS (\(DeletedRowStore.deletion(of: "i.invoice_id", in: Invoice.table))) AS is_deleted, s.settlement
            FROM due_invoices d
            JOIN invoices i ON i.invoice_id = d.id
            LEFT JOIN invoice_progress p ON p.invoice_id = i.invoice_id
            LEFT JOIN published_invoices q ON q.invoice_id = i.invoice_id
            LEFT JOIN lost_confirmations l ON l.invoice_id = i.invoice_id
            LEFT JOIN cutover_invoices s ON s.invoice_id = i.invoice_id
            WHERE i.status IN (\(InvoicePublication.statuses.sql)) OR q.invoice_id IS NOT NULL
            """, record: invoice, afterChunk: afterChunk)
    }

    /// Passes the due actuals in chunks: those with Skip Sync = No, and those that had it.
    ///
    /// - throws: `DatabaseError`, whatever the closures throw.
    func forEachActual(chunk: Int, _ actual: (Actual) throws -> Void, afterChunk: () throws -> Void) throws {
        try connection.forEachRecord(
            Actual.self, chunk: chunk,
            """
            SELECT \(Actual.columnList(of: "a")) FROM due_actuals d JOIN actuals a ON a.actual_id = d.id
            WHERE NOT a.skip_sync\(changes.withdrawnActuals.map { " OR a.actual_id IN (\($0))" } ?? "")
            """, record: actual, afterChunk: afterChunk)
    }

    /// Passes the due connections in chunks, each with its first actual.
    ///
    /// - throws: `DatabaseError`, whatever the closures throw.
    func forEachConnection(
        chunk: Int, _ connected: (DueConnection) throws -> Void, afterChunk: () throws -> Void
    ) throws {
        try connection.forEachRecord(
            DueConnection.self, chunk: chunk,
            """
            SELECT \(TransactionConnection.columnList(of: "t")), \(ActualOwnership.columnList(of: "a", prefix: "first_"))
            FROM due_connections d
            JOIN transaction_connections t ON t.connection_id = d.id
            LEFT JOIN actuals a ON a.actual_id = t.transaction1_id
            WHERE NOT EXISTS (\(CutoverStore.settlement(of: "t.transaction1_id")))
            """, record: connected, afterChunk: afterChunk)
    }

    /// Deletes the actuals that Dataverse deleted, of which Finance has been told: nothing else may use them.
    ///
    /// - throws: `DatabaseError`.
    func removeDeletedActuals() throws {
        guard let deleted = changes.deletedActuals else { return }
        try ActualStore(connection: connection).delete(those: deleted)
    }

    private func collect() throws {
        let connections = changes.ids(of: TransactionConnection.self).map { ids in
            """
            FROM (\(ids)) c JOIN transaction_connections t ON t.connection_id = c.id
            WHERE \(ConnectionStore.isBetweenActuals)
            """
        }
        let arrivals = try collectArrivals()
        try collect(
            "due_actuals",
            [
                changes.ids(of: Actual.self), changes.withdrawnActuals,
                connections.map {
                    """
                    SELECT t.transaction1_id \($0)
                        AND t.transaction1_role IN (\(ConnectionStore.toldByActuals.sql))
                    """
                }, waiting(.actuals, for: arrivals), waiting(.actuals, for: changes.ids(of: Actual.self)),
                waiting(.actuals, for: changes.ids(of: Invoice.self)),
            ], waitingIn: .actuals)
        try collect(
            "due_connections",
            [
                connections.map { "SELECT t.connection_id \($0)" },
                waiting(.connections, for: changes.ids(of: Actual.self)),
            ], waitingIn: .connections)
        try collect(
            "due_invoices",
            [
                changes.ids(of: Invoice.self), changes.changedInvoices, waiting(.invoices, for: arrivals),
                waiting(.invoices, for: "SELECT id FROM due_actuals"),
                changes.finishedTables.isEmpty ? nil : WaitingRows.those(of: .invoices, for: .pages),
            ] + invoicesOfConnections(),
            waitingIn: .invoices)
    }

    /// The invoices that wait and of whose rows connections came, as queries: what a line detail's billed sale is, a
    /// connection may say.
    private func invoicesOfConnections() -> [String?] {
        [Actual.self, InvoiceLineDetail.self].map { (row: any CapturedRow.Type) in
            changes.ids(of: TransactionConnection.self).map { ids in
                """
                SELECT w.id FROM (\(ids)) c JOIN transaction_connections t ON t.connection_id = c.id
                JOIN \(row.table) r ON r.\(row.key) = t.transaction1_id
                JOIN invoices_waiting w ON w.id = r.invoice_id
                """
            }
        }
    }

    /// The ids of what actuals and invoices wait for, as a query; nil when none came.
    private func collectArrivals() throws -> String? {
        let rows: [any CapturedRow.Type] = [
            Account.self, Currency.self, Category.self, BookableResource.self, Product.self, Project.self,
            ProjectContract.self,
            ContractLine.self,
        ]
        var parts = rows.compactMap(changes.ids)
        if let lines = changes.ids(of: InvoiceLine.self) {
            parts.append("SELECT l.invoice_id FROM (\(lines)) c JOIN invoice_lines l ON l.invoice_line_id = c.id")
        }
        guard !parts.isEmpty else { return nil }
        try connection.executeScript(
            """
            CREATE TEMP TABLE arrivals (id) ON COMMIT DROP AS \(parts.joined(separator: " UNION ALL "));
            ANALYZE arrivals
            """)
        return "SELECT id FROM arrivals"
    }

    /// The rows of a list that wait for some ids, or for a company that may be known now.
    private func waiting(_ list: WaitingRows.List, for ids: String?) -> String? {
        let reasons = [
            ids.map { "waiting_for_id IN (\($0))" },
            wakesCompanies ? "waiting_for = \(Waiting.company.sql)" : nil,
        ].compactMap(\.self)
        guard !reasons.isEmpty else { return nil }
        return "SELECT id FROM \(list.rawValue) WHERE \(reasons.joined(separator: " OR "))"
    }

    private func collect(_ table: String, _ parts: [String?], waitingIn list: WaitingRows.List) throws {
        let parts = ["SELECT NULL::uuid LIMIT 0"] + parts.compactMap(\.self)
        let ids = parts.map { "(\($0))" }.joined(separator: " UNION ")
        try connection.executeScript(
            """
            CREATE TEMP TABLE \(table) (id) ON COMMIT DROP AS \(ids);
            ANALYZE \(table);
            DELETE FROM \(list.rawValue) w USING \(table) d WHERE d.id = w.id
            """)
    }
}

/// An invoice that is to be looked at, with what has come of it and what was published of it last.
struct DueInvoice: Record {
    var invoice: Invoice
    var progress: InvoiceProgress
    /// Whether this database confirmed it, and so wrote all of its rows.
    var isConfirmedHere: Bool
    /// What was published of it last, as this database knows.
    var published: PublishedInvoice?
    /// What was published of it since, and this database has lost.
    var lost: PublishedInvoice?
    /// Whether Dataverse deleted it.
    var isDeleted: Bool
    var settlement: Settlement?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        DueInvoice(
            invoice: try column.record("", row?.invoice),
            progress: try column.record("", row?.progress),
            isConfirmedHere: try column("is_confirmed_here", row?.isConfirmedHere),
            published: try column.optionalRecord("published_", presentIf: "invoice_id", row?.published),
            lost: try column.optionalRecord("lost_", presentIf: "invoice_id", row?.lost),
            isDeleted: try column("is_deleted", row?.isDeleted),
            settlement: try column("settlement", row?.settlement))
    }

    /// What Finance has.
    var lastPublished: PublishedInvoice? { lost ?? published }
}

/// A connection that is to be looked at, with its first actual.
struct DueConnection: Record {
    var connection: TransactionConnection
    var first: ActualOwnership?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        DueConnection(
            connection: try column.record("", row?.connection),
            first: try column.optionalRecord("first_", presentIf: "actual_id", row?.first))
    }
}
