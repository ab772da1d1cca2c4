import Database

/// Invoices that this database confirms, not Dataverse.
struct OwnInvoices {
    let connection: Connection
    let sources: [String]

    /// Marks the drafts of the load as ours.
    ///
    /// - throws: `DatabaseError`.
    func markDrafts() throws -> Int {
        try connection.execute(
            """
            UPDATE invoices i SET is_ours = true FROM spool_invoices s
            WHERE s.invoice_id = i.invoice_id AND i.status IN ('Draft', 'In Review') AND NOT i.is_ours
            """)
    }

    /// Refuses what Dataverse says of an invoice that we confirmed: it would
    /// be there twice. A row that was captured before the confirmation, and
    /// is loaded again, says nothing new.
    ///
    /// - throws: ``CaptureError``, `DatabaseError`.
    func refuseCaptured(_ tables: [CapturedTable]) throws {
        guard try !connection.query("SELECT FROM invoices WHERE confirmed_here_on IS NOT NULL LIMIT 1").isEmpty else {
            return
        }
        for table in tables where ["invoices", "invoice_lines", "invoice_line_details", "actuals"].contains(table.name)
        {
            let key = table.key.name
            let refused = try connection.query(
                """
                SELECT i.invoice_number, s.source, s.source_row FROM \(table.spool) s
                LEFT JOIN \(table.name) t ON t.\(key) = s.\(key)
                JOIN invoices i ON i.invoice_id = s.invoice_id OR i.invoice_id = t.invoice_id
                WHERE i.confirmed_here_on IS NOT NULL AND (t.\(key) IS NULL OR s.row_version > t.row_version)
                ORDER BY s.source, s.source_row LIMIT 1
                """)
            guard let row = refused.first else { continue }
            throw CaptureError(
                file: sources[try row.int(1)], row: try row.int(2),
                problem: "a row of invoice \(try row.string(0)), which was confirmed here and not in Dataverse; "
                    + "leave the invoice out of the export")
        }
    }
}
