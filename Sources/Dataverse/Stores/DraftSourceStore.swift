import Bus
import Contracts
import Database

/// What is ready to be invoiced, as a draft is made of it: temporary tables of one transaction.
///
/// Whatever there is, each of its rows is looked at a fixed number of times, and none is held in memory.
struct DraftSourceStore {
    let connection: Connection

    /// - throws: `DatabaseError`.
    init(connection: Connection) throws {
        self.connection = connection
        try connection.executeScript(Self.temporaryTables)
    }

    /// Takes what is asked for; what two ask for, the first gets (4769472).
    ///
    /// - throws: `DatabaseError`.
    func add(_ scopes: [DraftScope]) throws {
        var rows = CopyRows()
        try rows.append(contentsOf: scopes)
        try connection.copy(rows, of: DraftScope.self, into: "draft_scopes")
    }

    /// Takes all that is ready.
    ///
    /// - throws: `DatabaseError`.
    func addAll(through date: CalendarDate) throws {
        try connection.execute(
            """
            INSERT INTO draft_scopes (place, project_contract_id, through)
            SELECT 0, project_contract_id, $1 FROM project_contracts
            """, date)
    }

    /// Finds the unbilled sales, milestones and retainers that are ready (`domain.md` §6.6).
    ///
    /// - throws: `DatabaseError`.
    func collect() throws {
        try connection.executeScript("ANALYZE draft_scopes")
        try connection.execute(Self.collectUnbilledSales)
        try connection.execute(Self.collectMilestones)
        try connection.execute(Self.collectRetainers)
        try connection.executeScript("ANALYZE draft_sources")
    }

    /// What goes on one invoice each.
    ///
    /// - throws: `DatabaseError`.
    func groups() throws -> [DraftGroup] {
        try connection.records(
            DraftGroup.self,
            """
            SELECT s.*, a.name AS customer_name, \(ProjectContract.columnList(of: "k", prefix: "contract_")) FROM (
                SELECT project_contract_id, customer_id, currency_id, count(*) AS sources
                FROM draft_sources GROUP BY 1, 2, 3
            ) s
            LEFT JOIN project_contracts k ON k.project_contract_id = s.project_contract_id
            LEFT JOIN accounts a ON a.account_id = s.customer_id
            ORDER BY k.contract_number, a.account_number, s.customer_id, s.currency_id
            """)
    }

    /// Says which invoice each group goes on. What has none stays as it is.
    ///
    /// - throws: `DatabaseError`.
    func assign(_ headers: [DraftHeader]) throws {
        try connection.execute(
            """
            INSERT INTO draft_targets (invoice_id, project_contract_id, customer_id, currency_id)
            SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[])
            """, headers.map(\.invoiceId), headers.map(\.projectContractId), headers.map(\.customerId),
            headers.map(\.currencyId))
        try connection.executeScript("ANALYZE draft_targets")
    }

    /// Passes the contract lines for which an invoice has no line yet: all of its contract, also those without
    /// transactions (`domain.md` §2.2), and those of what is ready.
    ///
    /// - throws: `DatabaseError`, whatever the closures throw.
    func forEachMissingLine(
        chunk: Int, _ line: (MissingInvoiceLine) throws -> Void, afterChunk: () throws -> Void
    ) throws {
        try connection.forEachRecord(
            MissingInvoiceLine.self, chunk: chunk,
            """
            SELECT t.invoice_id, k.contract_line_id, k.project_id, k.billing_method FROM (
                SELECT t.invoice_id, k.contract_line_id FROM draft_targets t
                JOIN contract_lines k ON k.project_contract_id = t.project_contract_id
                UNION SELECT t.invoice_id, s.contract_line_id FROM draft_targets t
                JOIN draft_sources s USING (project_contract_id, customer_id, currency_id)
            ) t JOIN contract_lines k USING (contract_line_id)
            WHERE NOT EXISTS (
                SELECT FROM invoice_lines l
                WHERE l.invoice_id = t.invoice_id AND l.contract_line_id = k.contract_line_id)
            """, record: line, afterChunk: afterChunk)
    }

    /// Passes the unbilled sales that go on an invoice.
    ///
    /// - throws: `DatabaseError`, whatever the closures throw.
    func forEachUnbilledSale(
        chunk: Int, _ sale: (DraftedSource<Actual>) throws -> Void, afterChunk: () throws -> Void
    ) throws {
        try forEach(Actual.self, .unbilledSale, Actual.table, Actual.key, chunk: chunk, sale, afterChunk: afterChunk)
    }

    /// Passes the milestones that go on an invoice.
    ///
    /// - throws: `DatabaseError`, whatever the closures throw.
    func forEachMilestone(
        chunk: Int, _ milestone: (DraftedSource<Milestone>) throws -> Void, afterChunk: () throws -> Void
    ) throws {
        try forEach(
            Milestone.self, .milestone, Milestone.table, Milestone.key, chunk: chunk, milestone, afterChunk: afterChunk)
    }

    /// Passes the retainers that are billed by an invoice.
    ///
    /// - throws: `DatabaseError`, whatever the closures throw.
    func forEachRetainer(
        chunk: Int, _ retainer: (DraftedSource<Retainer>) throws -> Void, afterChunk: () throws -> Void
    ) throws {
        try forEach(
            Retainer.self, .retainer, "retainers", "retainer_id", chunk: chunk, retainer, afterChunk: afterChunk)
    }

    private func forEach<Row: Record>(
        _ row: Row.Type, _ kind: DraftSourceKind, _ table: String, _ key: String, chunk: Int,
        _ source: (DraftedSource<Row>) throws -> Void,
        afterChunk: () throws -> Void
    ) throws {
        try connection.forEachRecord(
            DraftedSource<Row>.self, chunk: chunk,
            """
            WITH lines AS MATERIALIZED (
                SELECT l.invoice_id, l.contract_line_id, (array_agg(l.invoice_line_id ORDER BY l.invoice_line_id))[1] AS id
                FROM draft_targets t JOIN invoice_lines l USING (invoice_id) GROUP BY 1, 2
            )
            SELECT \(Row.columnList(of: "r", prefix: "source_")), t.invoice_id AS target_id, l.id AS line_id
            FROM draft_sources s JOIN draft_targets t USING (project_contract_id, customer_id, currency_id)
            JOIN \(table) r ON r.\(key) = s.source_id
            LEFT JOIN lines l ON l.invoice_id = t.invoice_id AND l.contract_line_id = s.contract_line_id
            WHERE s.kind = $1
            """, kind, record: source, afterChunk: afterChunk)
    }

    /// Stamps the invoice on what goes on one: *Customer Invoice Created* (`domain.md` §6.6).
    ///
    /// - throws: `DatabaseError`.
    func stamp(noting changes: ChangeSet) throws {
        try changes.note(
            Actual.table, key: Actual.key,
            changedBy: """
                UPDATE actuals a SET billing_status = \(BillingStatus.customerInvoiceCreated.sql),
                    invoice_id = t.invoice_id, row_version = a.row_version + 1
                FROM draft_sources s JOIN draft_targets t USING (project_contract_id, customer_id, currency_id)
                WHERE a.actual_id = s.source_id AND s.kind = \(DraftSourceKind.unbilledSale.sql) RETURNING a.actual_id
                """)
        try changes.note(
            Milestone.table, key: Milestone.key,
            changedBy: """
                UPDATE milestones m SET invoice_status = \(MilestoneInvoiceStatus.customerInvoiceCreated.sql),
                    row_version = m.row_version + 1
                FROM draft_sources s JOIN draft_targets t USING (project_contract_id, customer_id, currency_id)
                WHERE m.milestone_id = s.source_id AND s.kind = \(DraftSourceKind.milestone.sql) RETURNING m.milestone_id
                """)
    }

    /// A query of ``InvoiceChange``s: the line details that invoices gain.
    static let gainedLineDetails = """
        SELECT t.invoice_id, count(*) AS line_details, 0::bigint AS billed_sales, 0::numeric AS chargeable_amount
        FROM draft_sources s JOIN draft_targets t USING (project_contract_id, customer_id, currency_id)
        GROUP BY t.invoice_id
        """

    /// How many line details each row of the request led to, by its place.
    ///
    /// - throws: `DatabaseError`.
    func counts() throws -> [DraftScopeCount] {
        try connection.records(
            DraftScopeCount.self,
            """
            SELECT s.place, i.invoice_number, count(*) AS line_details FROM draft_sources s
            JOIN draft_targets t USING (project_contract_id, customer_id, currency_id)
            JOIN invoices i USING (invoice_id)
            GROUP BY 1, 2 ORDER BY 1, 2
            """)
    }
}

extension DraftSourceStore {
    private static let temporaryTables = """
        CREATE TEMP TABLE draft_scopes (
            place bigint, project_contract_id uuid, contract_line_id uuid, customer_id uuid, through date
        ) ON COMMIT DROP;
        CREATE TEMP TABLE draft_sources (
            source_id uuid, kind text, project_contract_id uuid, customer_id uuid, currency_id uuid,
            contract_line_id uuid, place bigint
        ) ON COMMIT DROP;
        CREATE TEMP TABLE draft_targets (
            invoice_id uuid, project_contract_id uuid, customer_id uuid, currency_id uuid
        ) ON COMMIT DROP
        """

    /// Whether a scope `s` asks for a row `r`.
    private static let isAskedFor = """
        s.project_contract_id = r.project_contract_id
        AND (s.contract_line_id IS NULL OR s.contract_line_id = r.contract_line_id)
        AND (s.customer_id IS NULL OR s.customer_id = r.customer_id)
        """

    /// Those without a contract-line customer are none: whom they are billed to, nobody knows. Finance's reversals and
    /// adjusted rows never invoice; what is open of a retainer is deducted, and not billed (§6.7).
    private static let collectUnbilledSales = """
        INSERT INTO draft_sources
        SELECT DISTINCT ON (r.actual_id) r.actual_id, \(DraftSourceKind.unbilledSale.sql), r.project_contract_id, r.customer_id, r.currency_id,
            r.contract_line_id, s.place
        FROM (
            SELECT a.actual_id, coalesce(a.project_contract_id, p.project_contract_id) AS project_contract_id,
                a.customer_id, a.currency_id, a.contract_line_id, a.document_date
            FROM actuals a LEFT JOIN projects p ON p.project_id = a.project_id
            WHERE a.billing_status = \(BillingStatus.readyToInvoice.sql) AND a.adjustment_status IS NULL
                AND a.transaction_type = \(TransactionType.unbilledSales.sql) AND a.invoice_id IS NULL
                AND a.customer_id IS NOT NULL AND a.transaction_class <> \(TransactionClass.retainer.sql)
        ) r JOIN draft_scopes s ON \(isAskedFor) AND r.document_date <= s.through
        ORDER BY r.actual_id, s.place
        """

    private static let collectMilestones = """
        INSERT INTO draft_sources
        SELECT DISTINCT ON (r.milestone_id) r.milestone_id, \(DraftSourceKind.milestone.sql), r.project_contract_id, r.customer_id, r.currency_id,
            r.contract_line_id, s.place
        FROM (
            SELECT m.milestone_id, k.project_contract_id, coalesce(m.customer_id, k.customer_id) AS customer_id,
                coalesce(m.currency_id, k.currency_id) AS currency_id, m.contract_line_id
            FROM milestones m LEFT JOIN contract_lines l ON l.contract_line_id = m.contract_line_id
            JOIN project_contracts k ON k.project_contract_id = coalesce(m.project_contract_id, l.project_contract_id)
            WHERE m.invoice_status = \(MilestoneInvoiceStatus.ready.sql) AND m.amount IS NOT NULL
        ) r JOIN draft_scopes s ON \(isAskedFor)
        WHERE r.customer_id IS NOT NULL AND r.currency_id IS NOT NULL
        ORDER BY r.milestone_id, s.place
        """

    /// Those whose day has come (§6.7).
    private static let collectRetainers = """
        INSERT INTO draft_sources
        SELECT DISTINCT ON (r.retainer_id) r.retainer_id, \(DraftSourceKind.retainer.sql), r.project_contract_id,
            r.customer_id, r.currency_id, r.contract_line_id, s.place
        FROM retainers r JOIN draft_scopes s ON \(isAskedFor) AND r.invoice_date <= s.through
        WHERE r.invoice_status = \(RetainerInvoiceStatus.ready.sql)
        ORDER BY r.retainer_id, s.place
        """
}
