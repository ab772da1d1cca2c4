import Bus
import Contracts
import Database

/// Publishes what a transaction changed, in the same transaction.
///
/// A row that misses something stays in its waiting list with the reason, and
/// goes on when what it waits for comes: only rows that changed, and rows
/// that something woke, are looked at. Rows stream through in chunks; an
/// invoice of a million lines is never held in memory.
final class Publication {
    /// How many messages were written, and how many rows now wait.
    struct Outcome: Hashable, Sendable {
        var invoices = 0
        var actuals = 0
        var connections = 0
    }

    let connection: Connection
    let choices: ChoiceTables
    let outbox: OutboxRows
    var outcome = Outcome()
    private let progress: (String, Int) -> Void

    /// - parameter progress: is told how many messages have been written.
    /// - throws: `SHA256Unavailable`.
    init(connection: Connection, choices: ChoiceTables, progress: @escaping (String, Int) -> Void) throws {
        self.connection = connection
        self.choices = choices
        self.outbox = try OutboxRows(choices: choices)
        self.progress = progress
    }

    /// Publishes, from the ``ChangedRows`` of the transaction, in the order
    /// of dual-write's maps: invoices, actuals, connections (`domain.md` §5.1).
    ///
    /// - parameter companiesChanged: whether the configured companies did.
    /// - throws: `DatabaseError`; `ContractError` when a meaning has no code.
    func publish(companiesChanged: Bool) throws -> Outcome {
        try InvoiceProgress(connection: connection).addChanged()
        let wakesCompanies =
            try companiesChanged || anyChanged(["companies", "organizational_units", "project_contracts", "projects"])
        // The planner fetches a few first rows cheaply unless it is told that all of them are wanted.
        try connection.executeScript("SET LOCAL cursor_tuple_fraction = 1")
        try wake(wakesCompanies: wakesCompanies)
        try publishInvoices()
        try publishActuals()
        try publishConnections()
        try outbox.write(to: connection)
        return outcome
    }

    /// Publishes the due rows that have all they need, and puts the others on their waiting list.
    ///
    /// - parameter due: selects the rows; their id comes first.
    /// - parameter reason: the column that says what a row waits for, if anything; the id of that comes after it.
    func publish(_ due: String, reason: Int, waitingList: String, _ publish: (BinaryRow) throws -> Void) throws {
        var waiting = CopyRows()
        try connection.stream(due) { row in
            if try row.isNull(reason) { return try publish(row) }
            waiting.beginRow(columns: 3)
            waiting.append(try row.guid(0))
            waiting.append(try row.string(reason))
            waiting.append(try row.optionalGUID(reason + 1))
        } afterChunk: {
            try outbox.write(to: connection)
            progress("messages written", outcome.invoices + outcome.actuals + outcome.connections)
            guard waiting.rowCount > 0 else { return }
            try connection.copyIn("COPY \(waitingList) FROM STDIN (FORMAT binary)") { try $0.write(waiting) }
            waiting.removeAll(keepingCapacity: true)
        }
    }

    private func anyChanged(_ tables: [String]) throws -> Bool {
        for table in tables where try !connection.query("SELECT FROM changed_\(table) LIMIT 1").isEmpty { return true }
        return false
    }

    /// Collects what is to be looked at, and takes it off the waiting lists.
    private func wake(wakesCompanies: Bool) throws {
        try connection.executeScript(
            """
            CREATE TEMP TABLE arrivals ON COMMIT DROP AS
            SELECT id FROM changed_accounts UNION ALL SELECT id FROM changed_currencies
            UNION ALL SELECT id FROM changed_categories UNION ALL SELECT id FROM changed_bookable_resources
            UNION ALL SELECT id FROM changed_projects UNION ALL SELECT id FROM changed_project_contracts
            UNION ALL SELECT id FROM changed_contract_lines
            UNION ALL SELECT l.invoice_id FROM changed_invoice_lines c JOIN invoice_lines l ON l.invoice_line_id = c.id;
            ANALYZE arrivals;
            """)
        let orCompany = wakesCompanies ? "OR waiting_for = 'company'" : ""
        try connection.executeScript(
            """
            INSERT INTO due_actuals
            SELECT id FROM changed_actuals
            UNION
            SELECT t.transaction1_id FROM changed_transaction_connections c
            JOIN transaction_connections t ON t.connection_id = c.id
            WHERE t.transaction1_type = 'msdyn_actual' AND t.transaction2_type = 'msdyn_actual'
                AND t.transaction1_role IN ('Billed Sales', 'Reversing')
            UNION
            SELECT actual_id FROM actuals_waiting WHERE waiting_for_id IN (SELECT id FROM arrivals) \(orCompany);
            ANALYZE due_actuals;
            DELETE FROM actuals_waiting w USING due_actuals d WHERE d.actual_id = w.actual_id;

            INSERT INTO due_connections
            SELECT c.id FROM changed_transaction_connections c
            JOIN transaction_connections t ON t.connection_id = c.id
            WHERE t.transaction1_type = 'msdyn_actual' AND t.transaction2_type = 'msdyn_actual'
            UNION
            SELECT connection_id FROM connections_waiting
            WHERE waiting_for_id IN (SELECT id FROM changed_actuals) \(orCompany);
            ANALYZE due_connections;
            DELETE FROM connections_waiting w USING due_connections d WHERE d.connection_id = w.connection_id;

            INSERT INTO due_invoices
            SELECT id FROM changed_invoices
            UNION SELECT invoice_id FROM invoice_changes
            UNION SELECT invoice_id FROM invoices_waiting WHERE waiting_for_id IN (SELECT id FROM arrivals) \(orCompany);
            ANALYZE due_invoices;
            DELETE FROM invoices_waiting w USING due_invoices d WHERE d.invoice_id = w.invoice_id;
            """)
    }
}
