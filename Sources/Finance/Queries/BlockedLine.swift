public import Bus
public import Contracts
public import Database

/// Where something is blocked.
public enum BlockedPlace: String, DatabaseLabel, Encodable {
    /// Import from staging cannot take the row yet.
    case staging = "Staging"
    /// Posting refused the journal line, or its journal.
    case journal = "Journal"
    /// A proposal has no lines yet, or posting refused it.
    case proposal = "Proposal"
    /// The database was restored, and a person has to decide.
    case lostInvoice = "Lost invoice"
}

/// An actual, a journal or a proposal that cannot go on, and why.
public struct BlockedLine: Hashable, Sendable, Encodable {
    public let company: Company
    public let place: BlockedPlace
    /// The journal; nil when it is in none.
    public let journalNumber: String?
    /// The proposal that it holds up, or is; nil when it is on none.
    public let proposalNumber: String?
    /// Nil for a whole journal or proposal.
    public let actualId: GUID?
    public let projectNumber: String?
    public let contractNumber: String?
    public let transactionType: TransactionType?
    public let currency: CurrencyCode?
    public let amount: Money?
    /// By which causes are counted: `no-exchange-rate`; nil for a proposal that waits.
    public let code: FailureCode?
    /// What is wrong, and what to do.
    public let reason: String
    /// In UTC; nil when nothing says since when.
    public let since: String?

    /// What is blocked, by company, the oldest first, one by one.
    ///
    /// - parameters:
    ///   - scope: by the day since which it is blocked.
    ///   - project: the only project; nil for all, and for proposals.
    ///   - zone: whose days they are.
    /// - throws: `DatabaseError`; what `body` throws.
    public static func read(
        _ scope: ReportScope, project: String? = nil, zone: DayZone, on connection: Connection,
        _ body: (BlockedLine) throws -> Void
    ) throws {
        try BlockedActualStore(connection: connection).forEachBlocked(scope, project: project, zone: zone) {
            try body(BlockedLine($0))
        }
    }

    private init(_ row: BlockedRow) {
        company = row.company
        place = row.place
        journalNumber = row.journalNumber
        proposalNumber = row.proposalNumber
        actualId = row.actualId
        projectNumber = row.projectNumber
        contractNumber = row.contractNumber
        transactionType = row.transactionType
        currency = row.currency
        amount = row.amount
        code = row.code
        reason = row.reason
        since = row.since?.text()
    }
}

/// What is blocked, as it is stored in its place.
struct BlockedRow: Record {
    var company: Company
    var place: BlockedPlace
    var journalNumber: String?
    var proposalNumber: String?
    var actualId: GUID?
    var projectNumber: String?
    var contractNumber: String?
    var transactionType: TransactionType?
    var currency: CurrencyCode?
    var amount: Money?
    var code: FailureCode?
    var reason: String
    var since: Instant?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        BlockedRow(
            company: try column("data_area_id", row?.company),
            place: try column("place", row?.place),
            journalNumber: try column("journal_number", row?.journalNumber),
            proposalNumber: try column("proposal_number", row?.proposalNumber),
            actualId: try column("actual_id", row?.actualId),
            projectNumber: try column("project_number", row?.projectNumber),
            contractNumber: try column("contract_number", row?.contractNumber),
            transactionType: try column("transaction_type", row?.transactionType),
            currency: try column("currency", row?.currency),
            amount: try column("amount", row?.amount),
            code: try column("code", row?.code),
            reason: try column("reason", row?.reason),
            since: try column("since", row?.since))
    }
}

extension BlockedActualStore {
    /// What is blocked anywhere. Journals and proposals are so since posting refused them last, or since their invoice was
    /// confirmed.
    func forEachBlocked(
        _ scope: ReportScope, project: String?, zone: DayZone, _ body: (BlockedRow) throws -> Void
    ) throws {
        try connection.forEachRecord(
            BlockedRow.self,
            """
            SELECT * FROM (
                \(Self.everywhere)
            ) blocked
            WHERE ($5::text IS NULL OR blocked.project_number = $5)
                AND \(ReportScope.within("blocked", instant: "blocked.since"))
            ORDER BY data_area_id, since, journal_number, proposal_number, actual_id
            """, scope.company, scope.to, scope.from, zone.name, project, record: body)
    }

    /// A query of what is blocked anywhere.
    static let everywhere = """
        SELECT blocked.data_area_id, \(BlockedPlace.staging.sql) AS place, NULL::text AS journal_number,
            proposal.proposal_number, blocked.actual_id, staged.project_number, staged.contract_number,
            staged.transaction_type, staged.currency, staged.amount, blocked.code, blocked.reason,
            blocked.blocked_at AS since
        FROM blocked_actuals blocked JOIN actuals_staging staged USING (actual_id)
        LEFT JOIN invoice_proposals proposal ON proposal.data_area_id = blocked.data_area_id
            AND proposal.invoice_id = coalesce(blocked.invoice_id, staged.invoice_id)
        UNION ALL
        SELECT line.data_area_id, \(BlockedPlace.journal.sql), line.journal_number, proposal.proposal_number,
            line.actual_id, line.project_number, line.contract_number, line.transaction_type, line.currency,
            line.amount, line.error_code, line.error, refused.finished_at
        FROM integration_journals journal
        JOIN integration_journal_lines line USING (data_area_id, journal_number)
        LEFT JOIN actuals_staging staged USING (actual_id)
        LEFT JOIN invoice_proposals proposal
            ON proposal.data_area_id = line.data_area_id AND proposal.invoice_id = staged.invoice_id
        \(Self.refusal(of: PostingKind.journal, "journal.journal_number", "journal.original_journal_number"))
        WHERE journal.status <> \(JournalStatus.posted.sql) AND line.error IS NOT NULL
        UNION ALL
        SELECT journal.data_area_id, \(BlockedPlace.journal.sql), journal.journal_number, NULL, NULL, NULL, NULL,
            NULL, NULL, NULL, journal.posting_error_code, journal.posting_error, refused.finished_at
        FROM integration_journals journal
        \(Self.refusal(of: PostingKind.journal, "journal.journal_number", "journal.original_journal_number"))
        WHERE journal.status = \(JournalStatus.error.sql) AND journal.posting_error IS NOT NULL
            AND NOT EXISTS (
                SELECT FROM integration_journal_lines line
                WHERE line.data_area_id = journal.data_area_id AND line.journal_number = journal.journal_number
                    AND line.error IS NOT NULL)
        UNION ALL
        SELECT proposal.data_area_id, \(BlockedPlace.proposal.sql), NULL, proposal.proposal_number, NULL, NULL,
            proposal.contract_number, NULL, proposal.currency, proposal.line_amount, NULL, proposal.waiting_for,
            confirmation.received_at
        FROM invoice_proposals proposal
        JOIN invoice_confirmations confirmation ON confirmation.event_id = proposal.confirmed_by
        WHERE proposal.status = \(ProposalStatus.open.sql) AND proposal.waiting_for IS NOT NULL
        UNION ALL
        SELECT proposal.data_area_id, \(BlockedPlace.proposal.sql), NULL, proposal.proposal_number, NULL, NULL,
            proposal.contract_number, NULL, proposal.currency, proposal.line_amount, proposal.posting_error_code,
            proposal.posting_error, refused.finished_at
        FROM invoice_proposals proposal
        \(Self.refusal(of: PostingKind.proposal, "proposal.proposal_number"))
        WHERE proposal.status = \(ProposalStatus.ready.sql) AND proposal.posting_error IS NOT NULL
        UNION ALL
        SELECT lost.data_area_id, \(BlockedPlace.lostInvoice.sql), NULL, lost.proposal_number, NULL, NULL, NULL,
            NULL, lost.currency, lost.line_amount, '\(FailureCode.lostPosting.rawValue)',
            CASE lost.state WHEN \(LostInvoiceState.conflict.sql)
                THEN 'it was posted twice, the first time as ' || lost.customer_invoice_number
                    || '; the first posting stands: ledgerbus finance lost-invoices list'
                ELSE 'it was posted as ' || lost.customer_invoice_number
                    || ' before this database was restored from a backup; decide with '
                    || 'ledgerbus finance lost-invoices list' END,
            NULL
        FROM lost_invoices lost
        WHERE lost.state IN (\([LostInvoiceState.lost, .conflict].sql))
        """

    /// When posting refused a document last, as a join.
    private static func refusal(of kind: PostingKind, _ numbers: String...) -> String {
        let company = String(numbers[0].prefix { $0 != "." })
        return """
            LEFT JOIN LATERAL (
                SELECT max(finished_at) AS finished_at FROM posting_requests request
                WHERE request.data_area_id = \(company).data_area_id AND request.kind = \(kind.sql)
                    AND request.number IN (\(numbers.joined(separator: ", ")))
                    AND request.status IN (\(PostingRequestStatus.finished))
            ) refused ON true
            """
    }
}
