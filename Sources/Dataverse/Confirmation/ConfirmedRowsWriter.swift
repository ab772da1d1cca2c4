import Bus
import Contracts
import Database

/// Writes what confirming makes, thousands of rows at a time.
struct ConfirmedRowsWriter {
    private let connection: Connection
    private var actuals = CopyRows()
    private var connections = CopyRows()
    private var changedActuals = CopyRows()
    private var changedConnections = CopyRows()
    private var unbilledSales = CopyRows()
    private var milestones = CopyRows()

    init(connection: Connection) { self.connection = connection }

    /// Makes the temporary tables of what becomes billed.
    ///
    /// - throws: `DatabaseError`.
    func create() throws {
        try connection.executeScript(
            """
            CREATE TEMP TABLE billed_unbilled_sales (actual_id uuid) ON COMMIT DROP;
            CREATE TEMP TABLE billed_milestones (milestone_id uuid) ON COMMIT DROP;
            """)
    }

    mutating func append(_ rows: ConfirmedRows) {
        for actual in rows.actuals {
            actual.append(to: &actuals)
            changedActuals.beginRow(columns: 1)
            changedActuals.append(actual.actualId)
        }
        for connection in rows.connections {
            connection.append(to: &connections)
            changedConnections.beginRow(columns: 1)
            changedConnections.append(connection.connectionId)
        }
        if let actual = rows.billedUnbilledSale {
            unbilledSales.beginRow(columns: 1)
            unbilledSales.append(actual)
        }
        if let milestone = rows.billedMilestone {
            milestones.beginRow(columns: 1)
            milestones.append(milestone)
        }
    }

    /// Writes what was appended, and forgets it.
    ///
    /// - throws: `DatabaseError`.
    mutating func write() throws {
        try copy(&actuals, to: "actuals (\(Actual.columns))")
        try copy(&connections, to: "transaction_connections")
        try copy(&changedActuals, to: "changed_actuals")
        try copy(&changedConnections, to: "changed_transaction_connections")
        try copy(&unbilledSales, to: "billed_unbilled_sales")
        try copy(&milestones, to: "billed_milestones")
    }

    private func copy(_ rows: inout CopyRows, to table: String) throws {
        guard !rows.isEmpty else { return }
        try connection.copyIn("COPY \(table) FROM STDIN (FORMAT binary)") { try $0.write(rows) }
        rows.removeAll(keepingCapacity: true)
    }
}
