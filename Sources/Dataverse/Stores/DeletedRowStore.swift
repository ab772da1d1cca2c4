import Bus
import Contracts
import Database

/// The table `deleted_rows`: rows that Dataverse deleted. An older page must not bring them back, and nothing may use them.
struct DeletedRowStore {
    let connection: Connection

    /// Notes the deletions of a table's rows, which are still here: of a connection, also of what.
    ///
    /// - parameter ids: a table with their ids.
    /// - throws: `DatabaseError`.
    func insert(_ ids: String, of table: String) throws {
        try connection.execute(
            """
            INSERT INTO deleted_rows (table_name, id, first_id)
            SELECT $1, g.id, t.transaction1_id FROM \(ids) g
            LEFT JOIN transaction_connections t ON t.connection_id = g.id AND $1 = '\(TransactionConnection.table)'
            ON CONFLICT DO NOTHING
            """, table)
    }

    /// Whether any row of a table was deleted.
    ///
    /// - throws: `DatabaseError`.
    func hasDeletions(of table: String) throws -> Bool {
        try connection.value(Bool.self, "SELECT EXISTS (SELECT FROM deleted_rows WHERE table_name = $1)", table)
    }

    /// The rows that a draft, its lines or its line details refer to and Dataverse deleted, the first few.
    ///
    /// - throws: `DatabaseError`.
    func referred(byDraft invoiceId: GUID, limit: Int = 10) throws -> [DeletedRow] {
        try connection.records(
            DeletedRow.self,
            """
            SELECT d.table_name, d.id FROM (
                SELECT r.id FROM invoices i CROSS JOIN LATERAL unnest(
                    ARRAY[i.project_contract_id, i.customer_id, i.currency_id]) AS r (id) WHERE i.invoice_id = $1
                UNION SELECT r.id FROM invoice_lines l CROSS JOIN LATERAL unnest(
                    ARRAY[l.project_id, l.contract_line_id]) AS r (id) WHERE l.invoice_id = $1
                UNION SELECT r.id FROM invoice_line_details t CROSS JOIN LATERAL unnest(
                    ARRAY[t.invoice_line_id, t.milestone_id, t.currency_id, t.project_contract_id, t.contract_line_id,
                        t.project_id, t.contracting_unit_id, t.resourcing_unit_id, t.customer_id, t.category_id,
                        t.bookable_resource_id, t.product_id]) AS r (id) WHERE t.invoice_id = $1
                UNION SELECT c.transaction2_id FROM invoice_line_details t
                    JOIN transaction_connections c ON c.transaction1_id = t.invoice_line_detail_id
                    WHERE t.invoice_id = $1
            ) r JOIN deleted_rows d ON d.id = r.id
            UNION
            SELECT d.table_name, d.id FROM invoice_line_details t
            JOIN deleted_rows d ON d.first_id = t.invoice_line_detail_id WHERE t.invoice_id = $1
            ORDER BY table_name, id LIMIT $2
            """, invoiceId, limit)
    }

    /// A query of whether a row was deleted, by an expression of its id.
    static func deletion(of id: String, in table: String) -> String {
        "SELECT FROM deleted_rows d WHERE d.id = \(id) AND d.table_name = '\(table)'"
    }
}

/// A row that Dataverse deleted.
struct DeletedRow: Record, Hashable {
    /// Our table.
    var table: String
    var id: GUID

    /// Why a draft that refers to it cannot be confirmed.
    var problemOfDraft: String { "it refers to \(id) of \(table), which Dataverse deleted" }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        DeletedRow(table: try column("table_name", row?.table), id: try column("id", row?.id))
    }
}
