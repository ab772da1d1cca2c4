import Bus
public import Contracts
public import Database

/// How far an invoice has come on Finance's side, for an answer to why it is not posted.
public struct ProposalProgressReport: Hashable, Sendable {
    /// Rows of the invoice, or unbilled sales that it bills, that are blocked for one reason.
    public struct BlockedLines: Hashable, Sendable, Record {
        public let reason: String
        public let lines: Int
        /// The first of them.
        public let actualId: GUID
        public let since: Instant

        public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            BlockedLines(
                reason: try column("reason", row?.reason), lines: try column("lines", row?.lines),
                actualId: try column("actual_id", row?.actualId), since: try column("since", row?.since))
        }
    }

    /// A journal of unbilled sales that the invoice bills, which is not posted.
    public struct UnpostedJournal: Hashable, Sendable, Record {
        public let number: String
        public let lines: Int
        /// Why posting refused it or its lines; nil when nobody has tried.
        public let error: String?

        public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            UnpostedJournal(
                number: try column("journal_number", row?.number), lines: try column("lines", row?.lines),
                error: try column("error", row?.error))
        }
    }

    /// A request to post the proposal that is under way.
    public struct OpenRequest: Hashable, Sendable, Record {
        public let requestedBy: String
        public let requestedAt: Instant

        public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            OpenRequest(
                requestedBy: try column("requested_by", row?.requestedBy),
                requestedAt: try column("requested_at", row?.requestedAt))
        }
    }

    public let proposal: ProposalSummary
    public let accountingDate: CalendarDate
    public let receivedAt: Instant
    public let daysSinceReceipt: Int
    public let blocked: [BlockedLines]
    public let journals: [UnpostedJournal]
    public let openRequest: OpenRequest?
    /// The customer's invoice, when it is posted.
    public let customerInvoice: String?

    private struct Facts: Record {
        var accountingDate: CalendarDate
        var receivedAt: Instant
        var days: Int
        var customerInvoice: String?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Facts(
                accountingDate: try column("accounting_date", row?.accountingDate),
                receivedAt: try column("received_at", row?.receivedAt), days: try column("days", row?.days),
                customerInvoice: try column("customer_invoice_number", row?.customerInvoice))
        }
    }

    /// The proposals of an invoice: one, unless companies contradict each other.
    ///
    /// - throws: `DatabaseError`.
    public static func list(_ connection: Connection, invoiceId: GUID) throws -> [ProposalProgressReport] {
        try ProposalSummary.list(connection, invoiceId: invoiceId).compactMap {
            try ProposalProgressReport($0, connection)
        }
    }
}

extension ProposalProgressReport {
    fileprivate init?(_ proposal: ProposalSummary, _ connection: Connection) throws {
        guard
            let facts = try connection.record(
                Facts.self,
                """
                SELECT p.accounting_date, c.received_at, extract(day FROM now() - c.received_at)::bigint AS days,
                    i.customer_invoice_number
                FROM invoice_proposals p
                JOIN invoice_confirmations c ON c.event_id = p.confirmed_by
                LEFT JOIN project_invoices i
                    ON i.data_area_id = p.data_area_id AND i.proposal_number = p.proposal_number
                WHERE p.data_area_id = $1 AND p.proposal_number = $2
                """, proposal.company, proposal.number)
        else { return nil }
        self.proposal = proposal
        accountingDate = facts.accountingDate
        receivedAt = facts.receivedAt
        daysSinceReceipt = facts.days
        customerInvoice = facts.customerInvoice
        blocked = try connection.records(
            BlockedLines.self,
            """
            SELECT b.reason, count(*) AS lines, (array_agg(b.actual_id ORDER BY b.actual_id))[1] AS actual_id,
                min(b.blocked_at) AS since
            FROM blocked_actuals b
            WHERE b.invoice_id = $1 OR b.actual_id IN (\(Self.unbilledSales))
            GROUP BY b.reason ORDER BY lines DESC, b.reason
            """, proposal.invoiceId)
        journals = try connection.records(
            UnpostedJournal.self,
            """
            SELECT l.journal_number, count(*) AS lines, max(coalesce(l.error, j.posting_error)) AS error
            FROM integration_journal_lines l
            JOIN integration_journals j USING (data_area_id, journal_number)
            WHERE l.data_area_id = $2 AND l.actual_id IN (\(Self.unbilledSales))
                AND j.status <> \(JournalStatus.posted.sql)
            GROUP BY l.journal_number ORDER BY l.journal_number
            """, proposal.invoiceId, proposal.company)
        openRequest = try connection.records(
            OpenRequest.self,
            """
            SELECT \(OpenRequest.columnList) FROM posting_requests
            WHERE data_area_id = $1 AND kind = \(PostingKind.proposal.sql) AND number = $2
                AND status IN (\(PostingRequestStatus.open))
            ORDER BY requested_at DESC LIMIT 1
            """, proposal.company, proposal.number
        ).first
    }

    /// A query of the unbilled sales that an invoice bills, by its id as `$1`.
    private static let unbilledSales = """
        SELECT s.unbilled_actual_id FROM actuals_staging s
        WHERE s.invoice_id = $1 AND s.transaction_type = \(TransactionType.billedSales.sql)
            AND s.unbilled_actual_id IS NOT NULL
        """
}
