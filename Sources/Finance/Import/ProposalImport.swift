import Bus
import Contracts
import Database

/// Looks at one invoice, and gives its proposal all its lines when it is complete and ready (`domain.md` §6.10.11,
/// §6.10.12).
struct ProposalImport {
    let company: String
    let invoiceId: GUID
    let connection: Connection
    /// For a second connection, on which the lines are read while they are written on the first.
    let pool: ConnectionPool

    enum Outcome {
        /// There is nothing to say: it was not marked, is not confirmed, or has its lines already.
        case nothing
        case ready(number: String, lines: Int)
        case waiting(number: String, reason: String)
    }

    /// Looks at the invoice, in one transaction.
    ///
    /// - parameter isForced: also when nothing marked it since it was looked at last.
    func run(isForced: Bool = false) throws -> Outcome {
        do {
            return try connection.transaction {
                try connection.lockStagedRows()
                try connection.findRowsByIndex()
                // First of all: a mark that is set from now on is for the next look.
                let marks = try connection.execute(
                    "DELETE FROM invoices_to_check WHERE data_area_id = $1 AND invoice_id = $2", company, invoiceId)
                guard marks > 0 || isForced, let proposal = try ProposalToImport(connection, company, invoiceId) else {
                    return .nothing
                }
                guard proposal.isOpen else {
                    try warnOfSurplus(proposal)
                    return .nothing
                }
                if let reason = try whatItWaitsFor(proposal) {
                    try connection.execute(
                        """
                        UPDATE invoice_proposals SET waiting_for = $3
                        WHERE data_area_id = $1 AND invoice_id = $2 AND waiting_for IS DISTINCT FROM $3
                        """, company, invoiceId, reason)
                    return .waiting(number: proposal.number, reason: reason)
                }
                try writeLines(proposal)
                return .ready(number: proposal.number, lines: proposal.totals.count)
            }
        } catch let changed as TotalsChanged {
            // The mark is still there: the next look finds out.
            return .waiting(
                number: changed.number, reason: "billed sales arrived while its lines were made; import again")
        }
    }

    private func whatItWaitsFor(_ proposal: ProposalToImport) throws -> String? {
        let control = ProposalControl(proposal: proposal, connection: connection)
        if let reason = try control.disagreement() { return reason }
        let readiness = ProposalReadiness(company: company, invoiceId: invoiceId, connection: connection)
        let reasons = [
            try readiness.unpostedSales(), try readiness.uninvoicedOriginals(), try readiness.blockedSales(),
        ]
        .compactMap { $0 }
        return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    }

    private func writeLines(_ proposal: ProposalToImport) throws {
        let setup = try FinanceSetup.load(connection, company: company)
        var lines = ProposalLines(proposal: proposal, setup: setup)
        try connection.copyIn("COPY invoice_proposal_lines (\(ProposalLines.columnList)) FROM STDIN (FORMAT binary)") {
            sink in
            try pool.withConnection { reader in
                try reader.copyOut(
                    """
                    COPY (SELECT \(StagedActual.columnList), s.digest_lanes FROM actuals_staging s
                    WHERE s.data_area_id = \(company.sqlLiteral) AND s.invoice_id = '\(invoiceId)'
                        AND s.transaction_type = 'Billed Sales'
                    ORDER BY s.document_date, s.actual_id) TO STDOUT (FORMAT binary)
                    """
                ) { row in
                    try lines.append(row)
                    try lines.writeFullChunk(to: sink)
                }
            }
            try lines.write(to: sink)
            guard lines.totals == proposal.totals else { throw TotalsChanged(number: proposal.number) }
        }
        try connection.execute(
            """
            UPDATE invoice_proposals SET status = 'Ready', waiting_for = NULL
            WHERE data_area_id = $1 AND proposal_number = $2
            """, company, proposal.number)
    }

    /// Says that more came for an invoice whose proposal has all its lines.
    private func warnOfSurplus(_ proposal: ProposalToImport) throws {
        let arrived = try ProposalControl(proposal: proposal, connection: connection).arrivedCount()
        guard arrived != proposal.totals.count else { return }
        try connection.execute(
            """
            INSERT INTO execution_log (activity, subject, level, message) VALUES ('import from staging', $1, 'warning', $2)
            """, "\(company)/\(proposal.number)",
            "out of sync: \(arrived) billed sales arrived, and the proposal has the \(proposal.totals.count) that were "
                + "confirmed; correct the difference with a new invoice in Dataverse")
    }
}

/// What was read is not what agreed before.
private struct TotalsChanged: Error {
    let number: String
}

/// The header of a proposal, as its import needs it.
struct ProposalToImport {
    let company: String
    let invoiceId: GUID
    let number: String
    let isOpen: Bool
    let contractNumber: String
    let customerAccount: String
    let totals: ControlTotals
    let totalsVersion: Int
    /// The totals version with which the billed sales were seen to agree.
    let agreedVersion: Int?

    /// Reads the header and locks it; nil when the invoice is not confirmed yet.
    init?(_ connection: Connection, _ company: String, _ invoiceId: GUID) throws {
        let rows = try connection.query(
            """
            SELECT proposal_number, status = 'Open', contract_number, customer_account, total_count, total_amount,
                total_digest, totals_version, agreed_version
            FROM invoice_proposals WHERE data_area_id = $1 AND invoice_id = $2 FOR UPDATE
            """, company, invoiceId)
        guard let row = rows.first else { return nil }
        self.company = company
        self.invoiceId = invoiceId
        number = try row.string(0)
        isOpen = try row.bool(1)
        contractNumber = try row.string(2)
        customerAccount = try row.string(3)
        totals = ControlTotals(
            count: try row.int(4), amount: try row.money(5), digest: ControlDigest(try row.string(6)) ?? ControlDigest()
        )
        totalsVersion = try row.int(7)
        agreedVersion = try row.optionalInt(8)
    }
}
