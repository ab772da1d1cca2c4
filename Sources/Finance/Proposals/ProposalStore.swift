import Bus
import Contracts
public import Database

extension ProposalStatus: DatabaseLabel {}

/// A company's invoice proposals and their lines: `invoice_proposals`, `invoice_proposal_lines`
/// (`domain.md` §4.5, §4.6).
struct ProposalStore {
    let company: Company
    let connection: Connection

    /// A proposal, as far as it can be locked.
    enum Locked {
        /// The invoice is not confirmed yet.
        case missing
        /// Somebody holds it: it is being posted, or confirmed anew.
        case held
        case locked(Proposal)
    }

    /// Reads a proposal by its invoice and locks it, unless somebody holds it.
    func lock(invoiceId: GUID) throws -> Locked {
        let proposal = try connection.record(
            Proposal.self,
            """
            SELECT \(Proposal.columnList) FROM invoice_proposals
            WHERE data_area_id = $1 AND invoice_id = $2 FOR UPDATE SKIP LOCKED
            """, company, invoiceId)
        if let proposal { return .locked(proposal) }
        let isThere = try connection.value(
            Bool.self,
            "SELECT EXISTS (SELECT FROM invoice_proposals WHERE data_area_id = $1 AND invoice_id = $2)", company,
            invoiceId)
        return isThere ? .held : .missing
    }

    /// Reads a proposal by its number and locks it, unless somebody holds it.
    func lock(number: String) throws -> Locked {
        let invoiceId = try connection.optionalValue(
            GUID.self, "SELECT invoice_id FROM invoice_proposals WHERE data_area_id = $1 AND proposal_number = $2",
            company, number)
        guard let invoiceId else { return .missing }
        return try lock(invoiceId: invoiceId)
    }

    /// Whether a command to post the proposal is still to be carried out.
    func isAboutToBePosted(_ number: String) throws -> Bool {
        try connection.value(
            Bool.self,
            """
            SELECT EXISTS (
                SELECT FROM posting_requests WHERE data_area_id = $1 AND kind = \(PostingKind.proposal.sql)
                    AND number = $2 AND status IN (\(PostingRequestStatus.open)))
            """, company, number)
    }

    /// Sets the due date of the customer's invoice; nil: by the payment terms.
    func setDueDate(_ date: CalendarDate?, of number: String) throws {
        try connection.execute(
            "UPDATE invoice_proposals SET due_date = $3 WHERE data_area_id = $1 AND proposal_number = $2", company,
            number, date)
    }

    /// Says how far the workflow has come with the lines that a proposal has now; nil: nobody has submitted them.
    func setApproval(_ approval: ProposalApproval?, of number: String) throws {
        try connection.execute(
            """
            UPDATE invoice_proposals SET approval = $3, approved_lines = CASE WHEN $3::text IS NOT NULL THEN $4::bigint END
            WHERE data_area_id = $1 AND proposal_number = $2
            """, company, number, approval, approval == nil ? nil : try linesDigest(of: number))
    }

    /// Lines that are the same as those that were submitted keep the approval; others lose it.
    ///
    /// - parameter person: who made or changed them.
    func keepApproval(of number: String, changedBy person: String) throws {
        let approved = try connection.optionalValue(
            Int.self,
            """
            SELECT approved_lines FROM invoice_proposals
            WHERE data_area_id = $1 AND proposal_number = $2 AND approved_lines IS NOT NULL
            """, company, number)
        guard let approved, try linesDigest(of: number) != approved else { return }
        try setApproval(nil, of: number)
        try ProposalApprovalStore(company: company, connection: connection).append(
            number, .lose, by: person, comment: "its lines are others than those that were submitted")
    }

    /// A digest of what a proposal's lines say, whatever their order: others have another.
    func linesDigest(of number: String) throws -> Int {
        try connection.value(
            Int.self,
            """
            SELECT coalesce(bit_xor(hashtextextended(to_jsonb(line)::text, 0)), 0) FROM (
                SELECT actual_id, \(InvoiceProposalLine.contentList)
                FROM invoice_proposal_lines WHERE data_area_id = $1 AND proposal_number = $2
            ) line
            """, company, number)
    }

    /// Keeps proposals from being posted until the transaction ends, but for those that somebody holds.
    ///
    /// - returns: how many are kept.
    func keepUnposted(_ numbers: [String]) throws -> Int {
        try connection.values(
            String.self,
            """
            SELECT proposal_number FROM invoice_proposals WHERE data_area_id = $1 AND proposal_number = ANY ($2)
            FOR SHARE SKIP LOCKED
            """, company, numbers
        ).count
    }

    /// The invoice of a proposal, in each company that has one for it.
    ///
    /// - parameter company: the only company; nil for all.
    static func invoices(
        _ invoiceId: GUID, company: Company?, on connection: Connection
    ) throws -> [InvoiceCheckStore.Invoice] {
        try connection.records(
            InvoiceCheckStore.Invoice.self,
            """
            SELECT \(InvoiceCheckStore.Invoice.columnList) FROM invoice_proposals
            WHERE invoice_id = $1 AND ($2::text IS NULL OR data_area_id = $2)
            """, invoiceId, company)
    }

    /// Reads and locks the proposals that have the invoice or the number of a confirmation.
    func lock(like confirmed: InvoiceConfirmed) throws -> [Proposal] {
        try connection.records(
            Proposal.self,
            """
            SELECT \(Proposal.columnList) FROM invoice_proposals
            WHERE data_area_id = $1 AND (invoice_id = $2 OR proposal_number = $3) FOR UPDATE
            """, company, confirmed.invoiceId, confirmed.invoiceNumber)
    }

    func insert(_ proposal: Proposal) throws { try connection.insert(proposal, into: "invoice_proposals") }

    /// Replaces a proposal that is not posted by what was confirmed anew; its lines are still those of before.
    func renew(_ proposal: Proposal) throws {
        let places = Proposal.columnNames.enumerated().map { "\($0.element) = $\($0.offset + 1)" }
        guard let invoiceId = Proposal.columnNames.firstIndex(of: "invoice_id"),
            let company = Proposal.columnNames.firstIndex(of: "data_area_id")
        else { return }
        try connection.execute(
            """
            UPDATE invoice_proposals SET \(places.joined(separator: ", "))
            WHERE data_area_id = $\(company + 1) AND invoice_id = $\(invoiceId + 1)
                AND status IN (\(ProposalStatus.all(\.isRenewable).sql))
            """, parameters: try proposal.parameters)
    }

    /// Says why an open proposal has no lines yet.
    ///
    /// - parameter proposals: those that it waits to see posted.
    func setWaiting(_ invoiceId: GUID, for reason: String, proposals: [String]) throws {
        try connection.execute(
            """
            UPDATE invoice_proposals SET waiting_for = $3, waiting_for_proposals = nullif($4::text[], '{}')
            WHERE data_area_id = $1 AND invoice_id = $2
                AND (waiting_for, waiting_for_proposals) IS DISTINCT FROM ($3, nullif($4::text[], '{}'))
            """, company, invoiceId, reason, proposals)
    }

    /// Takes the lines of a proposal back, if it has any: they are to be made anew.
    ///
    /// - returns: how many it had.
    @discardableResult
    func reopen(_ proposal: Proposal) throws -> Int {
        let lines = try connection.execute(
            "DELETE FROM invoice_proposal_lines WHERE data_area_id = $1 AND proposal_number = $2", company,
            proposal.number)
        guard proposal.status != .open else { return lines }
        try connection.execute(
            """
            UPDATE invoice_proposals
            SET status = \(ProposalStatus.open.sql), posting_error = NULL, posting_error_code = NULL
            WHERE data_area_id = $1 AND proposal_number = $2
            """, company, proposal.number)
        return lines
    }

    /// Says how Dataverse has an invoice otherwise than it was posted.
    ///
    /// - parameter announced: the newest totals that Dataverse confirmed since.
    func setOutOfSync(_ number: String, _ difference: InvoiceDifference?, announced: AnnouncedTotals?) throws {
        try connection.execute(
            """
            UPDATE invoice_proposals SET out_of_sync = $3, announced_version = $4, announced_count = $5,
                announced_amount = $6, announced_digest = $7
            WHERE data_area_id = $1 AND proposal_number = $2
            """, company, number, difference?.reason, announced?.version, announced?.count, announced?.amount,
            announced?.digest)
    }

    /// The invoices of ready proposals whose lines an older set-up made.
    static func ready(
        before setupVersion: Int, company: Company?, on connection: Connection
    ) throws -> Set<InvoiceCheckStore.Invoice> {
        Set(
            try connection.records(
                InvoiceCheckStore.Invoice.self,
                """
                SELECT \(InvoiceCheckStore.Invoice.columnList) FROM invoice_proposals
                WHERE status = \(ProposalStatus.ready.sql) AND lines_setup_version < $1
                    AND ($2::text IS NULL OR data_area_id = $2)
                """, setupVersion, company))
    }

    /// The billed sales that are there are those that were confirmed.
    func setAgreed(_ invoiceId: GUID) throws {
        try connection.execute(
            "UPDATE invoice_proposals SET agreed_version = totals_version WHERE data_area_id = $1 AND invoice_id = $2",
            company, invoiceId)
    }

    /// The control totals of these invoices have to agree anew.
    ///
    /// A proposal that is just being imported is left to that: it sees the invoice's mark, and forgets the agreement itself.
    /// One that has its lines needs none any more. So staging waits for nobody here.
    static func forgetAgreement(of invoices: Set<InvoiceCheckStore.Invoice>, on connection: Connection) throws {
        guard !invoices.isEmpty else { return }
        try connection.execute(
            """
            WITH agreed AS (
                SELECT p.data_area_id, p.invoice_id FROM invoice_proposals p
                    JOIN unnest($1::text[], $2::uuid[]) AS changed (company, invoice_id)
                    ON p.data_area_id = changed.company AND p.invoice_id = changed.invoice_id
                WHERE p.agreed_version IS NOT NULL AND p.status IN (\(ProposalStatus.all(\.takesLines).sql))
                ORDER BY p.data_area_id, p.invoice_id FOR NO KEY UPDATE OF p SKIP LOCKED
            )
            UPDATE invoice_proposals p SET agreed_version = NULL FROM agreed a
            WHERE p.data_area_id = a.data_area_id AND p.invoice_id = a.invoice_id
            """, invoices.map(\.company), invoices.map(\.invoiceId))
    }

    /// The proposal has all of its lines.
    ///
    /// - parameter setupVersion: the set-up by which they were made.
    func setReady(_ number: String, setupVersion: Int) throws {
        try connection.execute(
            """
            UPDATE invoice_proposals
            SET status = \(ProposalStatus.ready.sql), waiting_for = NULL, waiting_for_proposals = NULL,
                lines_setup_version = $3, posting_error = NULL, posting_error_code = NULL
            WHERE data_area_id = $1 AND proposal_number = $2 AND status = \(ProposalStatus.open.sql)
            """, company, number, setupVersion)
    }

    /// Posting made the customer's invoice.
    func setInvoiced(_ number: String) throws {
        try connection.execute(
            """
            UPDATE invoice_proposals
            SET status = \(ProposalStatus.invoiced.sql), posting_error = NULL, posting_error_code = NULL
            WHERE data_area_id = $1 AND proposal_number = $2
            """, company, number)
    }

    /// Posting refused the proposal, which can be posted again; nothing happens to one that is invoiced.
    func setRefused(_ number: String, _ refusal: PostingRefusal) throws {
        try connection.execute(
            """
            UPDATE invoice_proposals SET posting_error = $3, posting_error_code = $4
            WHERE data_area_id = $1 AND proposal_number = $2 AND status <> \(ProposalStatus.invoiced.sql)
            """, company, number, refusal.reason, refusal.code)
    }

    /// Loads lines, as they come.
    ///
    /// - parameter write: is given what takes the rows.
    func insertLines(_ write: (CopySink) throws -> Void) throws {
        _ = try connection.copyIn(
            "COPY invoice_proposal_lines (\(InvoiceProposalLine.columnList)) FROM STDIN (FORMAT binary)", write)
    }
}
