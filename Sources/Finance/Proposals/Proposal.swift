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
    /// The set-up by which its lines were made.
    var linesSetupVersion: Int?
    /// The newest totals that Dataverse confirmed after it was posted.
    var announced: AnnouncedTotals?
    /// How Dataverse has an invoiced one otherwise than it was posted.
    var outOfSync: String?
    /// Why posting refused a ready one.
    var postingError: String?
    var postingErrorCode: FailureCode?
    /// A due date that a person set.
    var dueDate: CalendarDate?
    /// How far the workflow of approval has come with the lines of ``approvedLines``.
    var approval: ProposalApproval?
    /// A digest of the lines that were submitted.
    var approvedLines: Int?

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
            linesSetupVersion: try column("lines_setup_version", row?.linesSetupVersion),
            announced: try column.optionalRecord("announced_", presentIf: "version", row?.announced),
            outOfSync: try column("out_of_sync", row?.outOfSync),
            postingError: try column("posting_error", row?.postingError),
            postingErrorCode: try column("posting_error_code", row?.postingErrorCode),
            dueDate: try column("due_date", row?.dueDate),
            approval: try column("approval", row?.approval),
            approvedLines: try column("approved_lines", row?.approvedLines))
    }
}

/// Totals that Dataverse confirmed after the proposal was posted.
struct AnnouncedTotals: Record {
    var version: Int
    var count: Int
    var amount: Money
    var digest: ControlDigest

    var totals: ControlTotals { ControlTotals(count: count, amount: amount, digest: digest) }

    init(_ confirmed: InvoiceConfirmed) {
        self.init(
            version: confirmed.totalsVersion, count: confirmed.totalCount, amount: confirmed.totalAmount,
            digest: confirmed.totalDigest)
    }

    private init(version: Int, count: Int, amount: Money, digest: ControlDigest) {
        self.version = version
        self.count = count
        self.amount = amount
        self.digest = digest
    }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        AnnouncedTotals(
            version: try column("version", row?.version), count: try column("count", row?.count),
            amount: try column("amount", row?.amount), digest: try column("digest", row?.digest))
    }
}
