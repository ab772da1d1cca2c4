public import Bus
public import Contracts
public import Database

/// What Finance's side knows of the way of an invoice, an actual or a journal.
public enum FinanceTrace {
    /// What an id, a number or a voucher is of, on this side.
    public struct Match: Hashable, Sendable {
        public var invoices: [GUID] = []
        public var actuals: [GUID] = []
        public var journals: [Journal] = []
    }

    /// An integration journal.
    public struct Journal: Record, Hashable, Sendable {
        public let company: Company
        public let number: String

        public init(company: Company, number: String) {
            self.company = company
            self.number = number
        }

        public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Journal(company: try column("data_area_id", row?.company), number: try column("number", row?.number))
        }
    }

    /// - parameter id: an invoice's or actual's id, a proposal's, customer invoice's or journal's number, or a voucher.
    /// - throws: `DatabaseError`.
    public static func match(_ id: String, _ connection: Connection) throws -> Match {
        var match = Match()
        if let guid = GUID(id) {
            match.invoices = try connection.values(
                GUID.self, "SELECT DISTINCT invoice_id FROM invoice_proposals WHERE invoice_id = $1", guid)
            match.actuals = try connection.values(
                GUID.self, "SELECT actual_id FROM actuals_staging WHERE actual_id = $1", guid)
            return match
        }
        match.invoices = try connection.values(
            GUID.self,
            """
            SELECT invoice_id FROM invoice_proposals
            WHERE data_area_id IN (SELECT data_area_id FROM companies) AND proposal_number = $1
            UNION
            SELECT invoice_id FROM project_invoices
            WHERE data_area_id IN (SELECT data_area_id FROM companies) AND customer_invoice_number = $1
            """, id)
        match.journals = try connection.records(
            Journal.self,
            """
            SELECT data_area_id, journal_number AS number FROM integration_journals
            WHERE data_area_id IN (SELECT data_area_id FROM companies) AND journal_number = $1
            """, id)
        guard match == Match() else { return match }
        for source in try VoucherLookup(connection).sources(of: id) {
            switch source.kind {
            case .journal: match.actuals += source.actualId.map { [$0] } ?? []
            case .proposal:
                match.invoices += try ProposalSummary.invoices(
                    ofProposal: source.number, company: source.company, connection)
            case .accruedRevenueJournal: break
            }
        }
        return match
    }

    /// The rows of an invoice, however many, summed up.
    ///
    /// - throws: `DatabaseError`.
    public static func rows(ofInvoice id: GUID, _ connection: Connection) throws -> [TracedRows] {
        try connection.records(
            TracedRows.self,
            """
            WITH documents AS (
                SELECT data_area_id, \(PostingKind.proposal.sql) AS kind, proposal_number AS number
                FROM invoice_proposals WHERE invoice_id = $1
            ), sales AS (
                SELECT data_area_id, actual_id, unbilled_actual_id FROM actuals_staging
                WHERE invoice_id = $1 AND transaction_type = \(TransactionType.billedSales.sql)
            )
            SELECT \(TraceStep.staged.sql) AS step, 'invoice_confirmations' AS table_name, count(*) AS count,
                min(received_at) AS first_at, max(received_at) AS last_at, NULL::text AS state
            FROM invoice_proposals p JOIN invoice_confirmations c ON c.event_id = p.confirmed_by
            WHERE p.invoice_id = $1 HAVING count(*) > 0
            UNION ALL
            SELECT \(TraceStep.staged.sql), 'actuals_staging', sum(count)::bigint, NULL, NULL, NULL
            FROM invoice_arrivals WHERE invoice_id = $1 HAVING sum(count) > 0
            UNION ALL
            SELECT \(TraceStep.blocked.sql), 'blocked_actuals', count(*), min(blocked_at), max(blocked_at), min(reason)
            FROM blocked_actuals WHERE invoice_id = $1 HAVING count(*) > 0
            UNION ALL
            SELECT \(TraceStep.imported.sql), 'integration_journal_lines', count(*), NULL, NULL,
                'unbilled sales in journals: ' || string_agg(DISTINCT l.status, ', ')
            FROM (
                SELECT j.status FROM sales s
                JOIN integration_journal_lines l
                    ON l.data_area_id = s.data_area_id AND l.actual_id = s.unbilled_actual_id
                JOIN integration_journals j
                    ON j.data_area_id = l.data_area_id AND j.journal_number = l.journal_number
            ) l HAVING count(*) > 0
            UNION ALL
            SELECT \(TraceStep.imported.sql), 'invoice_proposal_lines', count(*), NULL, NULL,
                'proposal ' || min(d.number) || ' ' || min(p.status)
            FROM documents d
            JOIN invoice_proposals p ON p.data_area_id = d.data_area_id AND p.proposal_number = d.number
            JOIN invoice_proposal_lines l ON l.data_area_id = d.data_area_id AND l.proposal_number = d.number
            HAVING count(*) > 0
            UNION ALL
            \(Self.requests)
            UNION ALL
            SELECT \(TraceStep.posted.sql), 'project_invoices', line_count, posted_at, posted_at,
                'customer invoice ' || customer_invoice_number || ', voucher ' || voucher
            FROM documents d JOIN project_invoices i
                ON i.data_area_id = d.data_area_id AND i.proposal_number = d.number
            """, id)
    }

    /// The rows of an actual.
    ///
    /// - throws: `DatabaseError`.
    public static func rows(ofActual id: GUID, _ connection: Connection) throws -> [TracedRows] {
        try connection.records(
            TracedRows.self,
            """
            WITH lines AS (
                SELECT data_area_id, \(PostingKind.journal.sql) AS kind, journal_number AS number, line_number, voucher
                FROM integration_journal_lines
                WHERE data_area_id IN (SELECT data_area_id FROM companies) AND actual_id = $1
                UNION ALL
                SELECT data_area_id, \(PostingKind.proposal.sql), proposal_number, line_number, NULL
                FROM invoice_proposal_lines
                WHERE data_area_id IN (SELECT data_area_id FROM companies) AND actual_id = $1
            ), documents AS (SELECT data_area_id, kind, number FROM lines)
            SELECT \(TraceStep.staged.sql) AS step, 'actuals_staging' AS table_name, 1::bigint AS count,
                NULL::timestamptz AS first_at, NULL::timestamptz AS last_at, 'row version ' || row_version AS state
            FROM actuals_staging WHERE actual_id = $1
            UNION ALL
            SELECT \(TraceStep.blocked.sql), 'blocked_actuals', 1, blocked_at, blocked_at, reason
            FROM blocked_actuals
            WHERE data_area_id IN (SELECT data_area_id FROM companies) AND actual_id = $1
            UNION ALL
            SELECT \(TraceStep.imported.sql),
                CASE kind WHEN \(PostingKind.journal.sql) THEN 'integration_journal_lines' ELSE 'invoice_proposal_lines' END,
                1, NULL, NULL, concat_ws(', ', kind || ' ' || number || ' line ' || line_number, 'voucher ' || voucher)
            FROM lines
            UNION ALL
            \(Self.requests)
            UNION ALL
            SELECT \(TraceStep.posted.sql), 'integration_journals', 1, posted_at, posted_at, 'voucher ' || l.voucher
            FROM lines l JOIN integration_journals j ON j.data_area_id = l.data_area_id AND j.journal_number = l.number
            WHERE l.kind = \(PostingKind.journal.sql) AND j.status = \(JournalStatus.posted.sql)
            UNION ALL
            SELECT \(TraceStep.posted.sql), 'project_invoices', 1, posted_at, posted_at,
                'customer invoice ' || customer_invoice_number || ', voucher ' || i.voucher
            FROM lines l JOIN project_invoices i ON i.data_area_id = l.data_area_id AND i.proposal_number = l.number
            WHERE l.kind = \(PostingKind.proposal.sql)
            """, id)
    }

    /// The rows of a journal, however many, summed up.
    ///
    /// - throws: `DatabaseError`.
    public static func rows(ofJournal journal: Journal, _ connection: Connection) throws -> [TracedRows] {
        try connection.records(
            TracedRows.self,
            """
            WITH documents AS (SELECT $1::text AS data_area_id, \(PostingKind.journal.sql) AS kind, $2::text AS number)
            SELECT \(TraceStep.imported.sql) AS step, 'integration_journal_lines' AS table_name,
                line_count::bigint AS count, NULL::timestamptz AS first_at, NULL::timestamptz AS last_at,
                concat_ws(': ', 'journal ' || status, posting_error) AS state
            FROM integration_journals WHERE data_area_id = $1 AND journal_number = $2
            UNION ALL
            \(Self.requests)
            UNION ALL
            SELECT \(TraceStep.posted.sql), 'project_transactions', line_count, posted_at, posted_at, NULL
            FROM integration_journals
            WHERE data_area_id = $1 AND journal_number = $2 AND status = \(JournalStatus.posted.sql)
            """, journal.company, journal.number)
    }

    /// The requests to post `documents`.
    private static let requests = """
        SELECT \(TraceStep.requested.sql), 'posting_requests', 1, requested_at, requested_at,
            'by ' || requested_by || concat_ws(': ', ', ' || r.status, r.error)
        FROM documents JOIN posting_requests r USING (data_area_id, kind, number)
        UNION ALL
        SELECT \(TraceStep.claimed.sql), 'posting_requests', 1, processing_since, coalesce(finished_at, processing_since),
            concat_ws(', ', worker, rows_done || ' rows done')
        FROM documents JOIN posting_requests r USING (data_area_id, kind, number) WHERE processing_since IS NOT NULL
        """
}
