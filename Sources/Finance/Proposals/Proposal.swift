import Bus
import Contracts
import Database

/// An invoice proposal: the confirmation that made or renewed it, and what Finance has done with it since. A row of
/// `invoice_proposals` (`domain.md` §4.5, §5.3).
struct Proposal: Record {
    var confirmed: InvoiceConfirmed
    /// The event that brought the confirmation.
    var confirmedBy: GUID
    var status = ProposalStatus.open
    /// Why an open one has no lines yet.
    var waitingFor: String?
    /// The totals version with which the billed sales were seen to agree.
    var agreedVersion: Int?
    /// Why posting refused a ready one.
    var postingError: String?
    var postingErrorCode: FailureCode?

    var company: Company { confirmed.company }
    /// The proforma's number.
    var number: String { confirmed.invoiceNumber }
    var invoice: InvoiceCheckStore.Invoice {
        InvoiceCheckStore.Invoice(company: confirmed.company, invoiceId: confirmed.invoiceId)
    }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Proposal(
            confirmed: try column.message(
                row?.confirmed, renamed: ["company": "data_area_id", "invoiceNumber": "proposal_number"]),
            confirmedBy: try column("confirmed_by", row?.confirmedBy),
            status: try column("status", row?.status),
            waitingFor: try column("waiting_for", row?.waitingFor),
            agreedVersion: try column("agreed_version", row?.agreedVersion),
            postingError: try column("posting_error", row?.postingError),
            postingErrorCode: try column("posting_error_code", row?.postingErrorCode))
    }
}
