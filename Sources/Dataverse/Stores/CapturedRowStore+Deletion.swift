import Bus
import Contracts
import Database

/// What became of the deletions of a table.
struct DeletionOutcome: Hashable, Sendable {
    /// Rows that were here and are no more; of published invoices, those that are marked.
    var deleted = 0
    /// Rows of invoices that were confirmed here, of which Dataverse knows nothing.
    var ofConfirmedHere = 0
    /// Milestones that were invoiced or revised (4504727): they stay.
    var invoicedMilestones = 0
    /// Actuals that were published: Finance has them.
    var published = 0
}

extension CapturedRowStore {
    /// Deletes rows that Dataverse deleted, and keeps older pages from bringing them back.
    ///
    /// What this database confirmed is not deleted. An invoice that was published stays, and is an error from now on:
    /// Finance has it. An actual that was published is withdrawn, and gone once that is published.
    ///
    /// - throws: `DatabaseError`.
    func delete(_ ids: [GUID], of table: CapturedTable) throws -> DeletionOutcome {
        let (name, key, gone) = (table.name, table.key.name, "gone_\(table.name)")
        try connection.executeScript("CREATE TEMP TABLE \(gone) (id uuid) ON COMMIT DROP")
        try connection.execute("INSERT INTO \(gone) SELECT DISTINCT * FROM unnest($1::uuid[])", ids)
        var outcome = DeletionOutcome()
        if table.columnNames.contains(Invoice.key) {
            outcome.ofConfirmedHere = try connection.execute(
                """
                DELETE FROM \(gone) g USING \(name) t, invoices i
                WHERE t.\(key) = g.id AND i.invoice_id = t.invoice_id AND i.confirmed_here_on IS NOT NULL
                """)
        }
        if name == Milestone.table {
            outcome.invoicedMilestones = try MilestoneStore(connection: connection).keepInvoiced(in: gone)
        }
        try DeletedRowStore(connection: connection).insert(gone, of: name)
        if name == Invoice.table {
            outcome.deleted = try changes.note(
                name, key: key,
                changedBy: """
                    DELETE FROM \(gone) g USING published_invoices q, invoices i
                    WHERE q.invoice_id = g.id AND i.invoice_id = g.id RETURNING g.id AS \(key)
                    """)
        }
        if let lost = InvoiceProgressStore.changes(
            of: name, from: "\(name) t JOIN \(gone) g ON g.id = t.\(key)", sign: "-")
        {
            try changes.note(invoiceChanges: lost)
        }
        if name == Actual.table { outcome.published = try withdrawPublished(in: gone) }
        outcome.deleted += outcome.published
        outcome.deleted += try connection.execute("DELETE FROM \(name) t USING \(gone) g WHERE t.\(key) = g.id")
        if let list = WaitingRows.List(of: name) {
            try connection.execute("DELETE FROM \(list.rawValue) w USING \(gone) g WHERE w.id = g.id")
        }
        return outcome
    }
}
