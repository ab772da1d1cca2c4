import Bus
import Contracts
import Database

/// A journal or proposal that can be asked for.
struct PostableDocument: Record {
    var company: Company
    var kind: PostingKind
    var number: String
    var invoiceId: GUID?
    /// How often its posting has been carried out.
    var attempts: Int
    /// The request that is still to be carried out, if there is one.
    var openRequest: GUID?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PostableDocument(
            company: try column("data_area_id", row?.company),
            kind: try column("kind", row?.kind),
            number: try column("number", row?.number),
            invoiceId: try column("invoice_id", row?.invoiceId),
            attempts: try column("attempts", row?.attempts),
            openRequest: try column("open_request", row?.openRequest))
    }
}

// What an accountant asks of requests.
extension PostingRequestStore {
    /// The documents of a selection, with what was asked of them before. Those that are selected as a kind are only those
    /// that nobody has asked for yet.
    ///
    /// The selection is a query of this moment: of a periodic posting, what came after it was scheduled is among it
    /// (`domain.md` §6.13, *Late selection*).
    func documents(
        _ selection: PostingSelection, filter: JournalFilter = JournalFilter(), company: Company?
    ) throws -> [PostableDocument] {
        let candidates =
            switch selection {
            case .journals: Self.journals(where: "status IN (\(JournalStatus.all(\.isPostable).sql))")
            case .proposals:
                Self.proposals(
                    where: """
                        status IN (\(ProposalStatus.all(\.isPostable).sql)) AND (
                            approval IN (\(ProposalApproval.all(\.isPostable).sql))
                            OR data_area_id NOT IN (SELECT data_area_id FROM project_parameters WHERE approve_proposals))
                        """)
            case .number: Self.journals(where: "true") + " UNION ALL " + Self.proposals(where: "true")
            }
        let number: String? = if case .number(let number) = selection { number } else { nil }
        return try connection.records(
            PostableDocument.self,
            """
            WITH candidate AS (\(candidates))
            SELECT candidate.*, past.attempts, pending.command_id AS open_request
            FROM candidate
            CROSS JOIN LATERAL (
                SELECT count(*) AS attempts FROM posting_requests request
                WHERE request.data_area_id = candidate.data_area_id AND request.kind = candidate.kind
                    AND request.number = candidate.number AND request.status IN (\(PostingRequestStatus.finished))
            ) past
            LEFT JOIN LATERAL (
                SELECT command_id FROM posting_requests request
                WHERE request.data_area_id = candidate.data_area_id AND request.kind = candidate.kind
                    AND request.number = candidate.number AND request.status IN (\(PostingRequestStatus.open))
                ORDER BY requested_at LIMIT 1
            ) pending ON true
            WHERE ($1::text IS NULL OR candidate.number = $1) AND ($2::text IS NULL OR candidate.data_area_id = $2)
                AND ($1::text IS NOT NULL OR pending.command_id IS NULL)
                AND ($3::date IS NULL OR candidate.period_start = $3)
                AND ($4::text IS NULL OR candidate.number = $4)
                AND ($5::text IS NULL OR candidate.original_journal_number = $5)
            ORDER BY candidate.data_area_id, candidate.kind, candidate.number
            """, number, company, filter.periodStart, filter.number, filter.originalNumber)
    }

    private static func journals(where condition: String) -> String {
        """
        SELECT data_area_id, \(PostingKind.journal.sql) AS kind, journal_number AS number, NULL::uuid AS invoice_id,
            period_start, original_journal_number
        FROM integration_journals WHERE \(condition)
        """
    }

    private static func proposals(where condition: String) -> String {
        """
        SELECT data_area_id, \(PostingKind.proposal.sql) AS kind, proposal_number AS number, invoice_id,
            NULL::date AS period_start, NULL::text AS original_journal_number
        FROM invoice_proposals WHERE \(condition)
        """
    }

    /// The state of one request, as it is stored.
    struct State: Record {
        var commandId: GUID
        var status: PostingRequestStatus
        var rowsDone: Int
        var message: String?
        var code: FailureCode?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            State(
                commandId: try column("command_id", row?.commandId),
                status: try column("status", row?.status),
                rowsDone: try column("rows_done", row?.rowsDone),
                message: try column("message", row?.message),
                code: try column("error_code", row?.code))
        }
    }

    /// The states of those of these requests that have been recorded.
    func states(of commands: [GUID]) throws -> [State] {
        try connection.records(
            State.self,
            """
            SELECT command_id, status, rows_done, coalesce(error, note) AS message, error_code FROM posting_requests
            WHERE command_id = ANY ($1)
            """, commands)
    }
}
