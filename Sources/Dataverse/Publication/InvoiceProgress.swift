import Database

/// Keeps what has come of each invoice up with the rows.
///
/// A load costs what it brings, not what the invoice already has.
struct InvoiceProgress {
    let connection: Connection

    /// Takes away what the rows that are about to change had added.
    ///
    /// - throws: `DatabaseError`.
    func subtractChanging(_ table: CapturedTable) throws {
        guard let parts = Self.parts[table.name] else { return }
        try connection.execute(
            """
            INSERT INTO invoice_changes
            SELECT t.invoice_id, -(\(parts.details)), -(\(parts.billed)), -(\(parts.amount))
            FROM \(table.name) t JOIN \(table.spool) s ON \(table.isChanged)
            WHERE \(parts.condition) GROUP BY t.invoice_id
            """)
    }

    /// Adds what new and changed rows bring.
    ///
    /// - throws: `DatabaseError`.
    func addChanged() throws {
        for (table, key) in [("actuals", "actual_id"), ("invoice_line_details", "invoice_line_detail_id")] {
            guard let parts = Self.parts[table] else { continue }
            try connection.execute(
                """
                INSERT INTO invoice_changes
                SELECT t.invoice_id, \(parts.details), \(parts.billed), \(parts.amount)
                FROM changed_\(table) c JOIN \(table) t ON t.\(key) = c.id
                WHERE \(parts.condition) GROUP BY t.invoice_id
                """)
        }
        try connection.execute(
            """
            INSERT INTO invoice_progress AS p
            SELECT invoice_id, sum(line_details), sum(billed_sales), sum(chargeable_amount)
            FROM invoice_changes GROUP BY invoice_id
            ON CONFLICT (invoice_id) DO UPDATE SET
                line_details = p.line_details + excluded.line_details,
                billed_sales = p.billed_sales + excluded.billed_sales,
                chargeable_amount = p.chargeable_amount + excluded.chargeable_amount
            """)
    }

    /// What rows `t` of a table count for.
    private static let parts = [
        "actuals": (
            condition: "t.transaction_type = 'Billed Sales' AND t.invoice_id IS NOT NULL", details: "0",
            billed: "count(*)", amount: "coalesce(sum(t.amount) FILTER (WHERE t.billing_type = 'Chargeable'), 0)"
        ),
        "invoice_line_details": (condition: "true", details: "count(*)", billed: "0", amount: "0"),
    ]
}
