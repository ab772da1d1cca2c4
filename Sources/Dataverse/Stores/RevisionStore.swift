import Bus
import Contracts
import Database

/// What of confirmed invoices is to be revised, and what bills it: temporary tables of one transaction.
///
/// Whatever there is, each row of the invoices is looked at a fixed number of times, and none is held in memory.
struct RevisionStore {
    let connection: Connection

    /// - throws: `DatabaseError`.
    init(connection: Connection) throws {
        self.connection = connection
        try connection.executeScript(Self.temporaryTables)
    }

    /// The invoices with some numbers or ids.
    ///
    /// - throws: `DatabaseError`.
    func invoices(named names: [String]) throws -> [RevisedInvoice] {
        try connection.records(
            RevisedInvoice.self,
            """
            SELECT \(Invoice.columnList(of: "i")), coalesce(i.customer_id, k.customer_id) AS for_customer_id, i.is_ours,
                s.settlement
            FROM invoices i LEFT JOIN project_contracts k ON k.project_contract_id = i.project_contract_id
            LEFT JOIN cutover_invoices s ON s.invoice_id = i.invoice_id
            WHERE i.invoice_number = ANY ($1) OR i.invoice_id = ANY ($2)
            """, names, names.compactMap { GUID($0) })
    }

    /// Takes what is asked for, and finds the billed sale of each line detail of the invoices.
    ///
    /// - throws: `DatabaseError`.
    func collect(_ scopes: [RevisionScope], _ named: [NamedTransaction]) throws {
        var (rows, transactions) = (CopyRows(), CopyRows())
        try rows.append(contentsOf: scopes)
        try transactions.append(contentsOf: named)
        try connection.copy(rows, of: RevisionScope.self, into: "revision_scopes")
        try connection.copy(transactions, of: NamedTransaction.self, into: "revision_named")
        try connection.executeScript("ANALYZE revision_scopes; ANALYZE revision_named")
        for statement in [Self.readLineDetails, Self.readBilledSales] { try connection.execute(statement) }
        try connection.executeScript("ANALYZE revision_details; ANALYZE revision_sales")
        for statement in [Self.matchDirectly, Self.matchReplaced, Self.matchAlike, Self.select] {
            try connection.execute(statement)
        }
        try connection.executeScript("ANALYZE revision_details; ANALYZE revision_lines")
    }

    /// The transactions that are named and stand for no line detail of their invoice.
    ///
    /// - throws: `DatabaseError`.
    func unknownTransactions() throws -> [UnknownTransaction] {
        try connection.records(
            UnknownTransaction.self,
            """
            SELECT n.place, n.id, x.invoice_line_id IS NOT NULL AS is_product_line
            FROM revision_named n JOIN revision_scopes s ON s.place = n.place
            LEFT JOIN invoice_lines x ON x.invoice_line_id = n.id
            WHERE NOT EXISTS (
                SELECT FROM revision_details d
                WHERE d.invoice_id = s.invoice_id AND d.invoice_line_detail_id = n.id)
                AND NOT EXISTS (
                    SELECT FROM revision_details d WHERE d.invoice_id = s.invoice_id AND d.billed_id = n.id)
            ORDER BY n.place, n.id
            """)
    }

    /// Passes the line details that are asked for in chunks, by the rows of the request.
    ///
    /// - throws: `DatabaseError`, whatever the closures throw.
    func forEachLine(chunk: Int, _ line: (RevisedLine) throws -> Void, afterChunk: () throws -> Void) throws {
        try connection.forEachRecord(
            RevisedLine.self, chunk: chunk,
            """
            SELECT s.place, \(InvoiceLineDetail.columnList(of: "d", prefix: "detail_")),
                \(Actual.columnList(of: "b", prefix: "billed_")), r.reversal_id,
                coalesce(t.invoice_number, q.invoice_number) AS corrected_on, s.earlier_place
            FROM revision_lines s
            JOIN invoice_line_details d ON d.invoice_line_detail_id = s.invoice_line_detail_id
            LEFT JOIN actuals b ON b.actual_id = s.billed_id
            LEFT JOIN reversed_actuals r ON r.original_id = s.billed_id
            LEFT JOIN LATERAL (
                SELECT i.invoice_number FROM actuals a JOIN invoices i ON i.invoice_id = a.invoice_id
                WHERE a.actual_id = r.reversal_id
            ) q ON true
            LEFT JOIN LATERAL (
                SELECT i.invoice_number FROM transaction_connections t
                JOIN invoice_line_details o ON o.invoice_line_detail_id = t.transaction1_id
                JOIN invoices i ON i.invoice_id = o.invoice_id
                WHERE t.transaction2_id = s.billed_id AND t.transaction1_role = \(ConnectionRole.replacing.sql)
                    AND t.transaction1_type = \(ConnectedTable.invoiceLineDetail.sql)
                ORDER BY t.connection_id LIMIT 1
            ) t ON true
            ORDER BY s.place, s.invoice_line_detail_id
            """, record: line, afterChunk: afterChunk)
    }

    /// The lines of the revised invoices, each with the one that stands for it on the draft that takes its corrections.
    ///
    /// - throws: `DatabaseError`.
    func invoiceLines() throws -> [RevisedInvoiceLine] {
        try connection.records(
            RevisedInvoiceLine.self,
            """
            SELECT DISTINCT ON (s.draft_id, l.invoice_line_id) s.draft_id, \(InvoiceLine.columnList(of: "l")),
                x.invoice_line_id AS target_id
            FROM revision_scopes s JOIN invoice_lines l ON l.invoice_id = s.invoice_id
            LEFT JOIN invoice_lines x ON x.invoice_id = s.draft_id AND x.contract_line_id = l.contract_line_id
            ORDER BY s.draft_id, l.invoice_line_id, x.invoice_line_id
            """)
    }

    /// Says which draft takes the corrections of each row, and forgets the rows that are refused.
    ///
    /// - throws: `DatabaseError`.
    func assign(_ drafts: [Int: GUID]) throws {
        try connection.execute(
            """
            UPDATE revision_scopes s SET draft_id = n.draft_id
            FROM unnest($1::bigint[], $2::uuid[]) AS n (place, draft_id) WHERE n.place = s.place
            """, Array(drafts.keys), Array(drafts.values))
        for table in ["revision_scopes", "revision_lines"] {
            try connection.execute("DELETE FROM \(table) WHERE place <> ALL ($1)", Array(drafts.keys))
        }
    }

    /// Says that drafts have corrections.
    ///
    /// - throws: `DatabaseError`.
    func noteCorrections(on drafts: [GUID]) throws {
        try connection.execute(
            """
            UPDATE invoices SET has_corrections = true, row_version = row_version + 1
            WHERE invoice_id = ANY ($1) AND NOT has_corrections
            """, drafts)
    }

    /// The query of the drafts' ids, for what is summed and reported.
    static let drafts = "SELECT DISTINCT draft_id FROM revision_scopes"
}

extension RevisionStore {
    private static let temporaryTables = """
        -- What is asked for, with the draft that takes the corrections.
        CREATE TEMP TABLE revision_scopes (place bigint, invoice_id uuid, draft_id uuid, is_all boolean) ON COMMIT DROP;
        CREATE TEMP TABLE revision_named (place bigint, id uuid) ON COMMIT DROP;
        -- The line details of the invoices, each with what it bills or corrects, and with its billed sale.
        CREATE TEMP TABLE revision_details (
            invoice_id uuid, invoice_line_detail_id uuid, is_correction boolean, transaction_class text, billing_type text,
            quantity numeric, amount numeric, contract_line_id uuid, project_id uuid, document_date date, basis_id uuid,
            billed_id uuid
        ) ON COMMIT DROP;
        -- Their billed sales that take nothing back, each with what it bills, and what that replaces.
        CREATE TEMP TABLE revision_sales (
            invoice_id uuid, actual_id uuid, transaction_class text, billing_type text, quantity numeric, amount numeric,
            contract_line_id uuid, project_id uuid, document_date date, basis_id uuid, replaced_id uuid
        ) ON COMMIT DROP;
        CREATE TEMP TABLE revision_lines (
            place bigint, invoice_line_detail_id uuid, billed_id uuid, earlier_place bigint
        ) ON COMMIT DROP
        """

    private static let readLineDetails = """
        INSERT INTO revision_details
        SELECT d.invoice_id, d.invoice_line_detail_id, d.is_correction, d.transaction_class, d.billing_type, d.quantity,
            d.amount, d.contract_line_id, d.project_id, d.document_date, t.transaction2_id
        FROM (SELECT DISTINCT invoice_id FROM revision_scopes) i
        JOIN invoice_line_details d ON d.invoice_id = i.invoice_id
        LEFT JOIN LATERAL (
            SELECT t.transaction2_id FROM transaction_connections t
            WHERE t.transaction1_id = d.invoice_line_detail_id
                AND t.transaction1_type = \(ConnectedTable.invoiceLineDetail.sql)
                AND t.transaction2_type = \(ConnectedTable.actual.sql)
                AND t.transaction1_role IN (\([ConnectionRole.billedSales, .replacing].sql))
            ORDER BY t.connection_id LIMIT 1
        ) t ON true
        """

    private static let readBilledSales = """
        INSERT INTO revision_sales
        SELECT a.invoice_id, a.actual_id, a.transaction_class, a.billing_type, a.quantity, a.amount, a.contract_line_id,
            a.project_id, a.document_date, t.basis_id, r.transaction2_id
        FROM (SELECT DISTINCT invoice_id FROM revision_scopes) i
        JOIN actuals a ON a.invoice_id = i.invoice_id
        LEFT JOIN LATERAL (
            SELECT min(t.transaction2_id::text) FILTER (WHERE t.transaction1_role = \(ConnectionRole.billedSales.sql))::uuid
                    AS basis_id,
                coalesce(bool_or(t.transaction1_role = \(ConnectionRole.reversing.sql)), false) AS is_reversal
            FROM transaction_connections t WHERE t.transaction1_id = a.actual_id AND \(ConnectionStore.standsOn)
        ) t ON true
        LEFT JOIN LATERAL (
            SELECT r.transaction2_id FROM \(ConnectionStore.connections(from: "t.basis_id")) r
            WHERE r.transaction1_role = \(ConnectionRole.replacing.sql)
                AND r.transaction1_type = \(ConnectedTable.actual.sql)
            ORDER BY r.connection_id LIMIT 1
        ) r ON true
        WHERE a.transaction_type = \(TransactionType.billedSales.sql) AND NOT t.is_reversal
            AND a.adjustment_status IS DISTINCT FROM \(AdjustmentStatus.unadjustable.sql)
        """

    /// A line that is billed as it is (T7).
    private static let matchDirectly = """
        UPDATE revision_details d SET billed_id = s.actual_id FROM revision_sales s
        WHERE s.invoice_id = d.invoice_id AND s.basis_id = d.basis_id AND NOT d.is_correction
        """

    /// An edited line (T8, T9) and a correction (T10, T11): of the sales that came of what it bills or corrects, the one
    /// that says what it says; one whose quantity became nothing has a single one (`domain.md` §9.3).
    private static let matchReplaced = """
        UPDATE revision_details d SET billed_id = s.actual_id FROM (
            SELECT DISTINCT ON (d.invoice_line_detail_id) d.invoice_line_detail_id, s.actual_id
            FROM revision_details d JOIN revision_sales s ON s.invoice_id = d.invoice_id AND s.replaced_id = d.basis_id
            WHERE d.billed_id IS NULL
            ORDER BY d.invoice_line_detail_id, s.billing_type IS DISTINCT FROM d.billing_type,
                s.quantity IS DISTINCT FROM d.quantity, s.amount <> d.amount, s.actual_id
        ) s WHERE s.invoice_line_detail_id = d.invoice_line_detail_id
        """

    /// Milestones and lines that were typed, which no connection leads from: each with one that is just like it.
    private static let matchAlike = """
        UPDATE revision_details d SET billed_id = s.actual_id
        FROM (
            SELECT invoice_line_detail_id, invoice_id, \(likeness),
                row_number() OVER (PARTITION BY invoice_id, \(likeness) ORDER BY invoice_line_detail_id) AS turn
            FROM revision_details
            WHERE billed_id IS NULL AND NOT (is_correction AND amount = 0 AND coalesce(quantity, 0) = 0)
        ) o JOIN (
            SELECT s.actual_id, s.invoice_id, \(likeness),
                row_number() OVER (PARTITION BY s.invoice_id, \(likeness) ORDER BY s.actual_id) AS turn
            FROM revision_sales s
            WHERE NOT EXISTS (SELECT FROM revision_details m WHERE m.billed_id = s.actual_id)
        ) s ON (s.invoice_id, s.turn, s.transaction_class, s.amount) = (o.invoice_id, o.turn, o.transaction_class, o.amount)
            AND (s.billing_type, s.quantity, s.contract_line_id, s.project_id, s.document_date) IS NOT DISTINCT FROM
                (o.billing_type, o.quantity, o.contract_line_id, o.project_id, o.document_date)
        WHERE d.invoice_line_detail_id = o.invoice_line_detail_id
        """

    private static let likeness =
        "transaction_class, amount, billing_type, quantity, contract_line_id, project_id, document_date"

    /// What two rows of the request ask for, the first one gets.
    private static let select = """
        INSERT INTO revision_lines
        SELECT place, invoice_line_detail_id, billed_id,
            CASE WHEN row_number() OVER detail > 1 THEN first_value(place) OVER detail END
        FROM (
            SELECT s.place, d.invoice_line_detail_id, d.billed_id
            FROM revision_scopes s JOIN revision_details d ON d.invoice_id = s.invoice_id WHERE s.is_all
            UNION SELECT s.place, d.invoice_line_detail_id, d.billed_id
            FROM revision_scopes s JOIN revision_named n ON n.place = s.place
            JOIN revision_details d ON d.invoice_id = s.invoice_id AND d.invoice_line_detail_id = n.id
            UNION SELECT s.place, d.invoice_line_detail_id, d.billed_id
            FROM revision_scopes s JOIN revision_named n ON n.place = s.place
            JOIN revision_details d ON d.invoice_id = s.invoice_id AND d.billed_id = n.id
        ) d WINDOW detail AS (PARTITION BY invoice_line_detail_id ORDER BY place)
        """
}
