import Bus
import Contracts
public import Database

/// A company's invoice proposals and their lines (`domain.md` §4.5, §4.6): `invoice_proposals`,
/// `invoice_proposal_lines`.
struct ProposalStore {
    let company: Company
    let connection: Connection

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
}

extension ProposalStatus: DatabaseLabel {}
