import Bus
import Contracts
import Database

/// What a confirmed invoice does to its proposal.
struct ProposalConfirmation {
    let confirmed: InvoiceConfirmed
    let eventId: GUID
    let connection: Connection

    private var proposals: ProposalStore { ProposalStore(company: confirmed.company, connection: connection) }

    /// Makes or renews the proposal.
    ///
    /// A totals version that is not newer changes nothing. A proposal that is not posted takes all that is new, and its
    /// lines are made anew; one that is posted keeps what it has, and says how Dataverse has the invoice otherwise.
    ///
    /// - returns: why the message can never take effect; nil when it did.
    func write() throws -> String? {
        let known = try proposals.lock(like: confirmed)
        if let other = known.first(where: { $0.confirmed.invoiceId != confirmed.invoiceId }) {
            return "the proposal number \(confirmed.invoiceNumber) of company \(confirmed.company) belongs to invoice "
                + "\(other.confirmed.invoiceId): give one of the two invoices another number"
        }
        guard let proposal = known.first else {
            try record()
            try proposals.insert(Proposal(confirmed: confirmed, confirmedBy: eventId))
            try mark()
            return nil
        }
        let newest = max(proposal.confirmed.totalsVersion, proposal.announced?.version ?? .min)
        guard newest < confirmed.totalsVersion else { return try contradiction(proposal, newest) }
        if proposal.status.isRenewable {
            try record()
            try proposals.renew(
                Proposal(
                    confirmed: confirmed, confirmedBy: eventId,
                    waitingFor: proposal.status == .open
                        ? proposal.waitingFor
                        : "its invoice was confirmed anew after its lines were made; they are made anew by the next import",
                    dueDate: proposal.dueDate))
            if proposal.approval != nil {
                try ProposalApprovalStore(company: confirmed.company, connection: connection).append(
                    confirmed.invoiceNumber, .lose, by: "Dataverse", comment: "its invoice was confirmed anew")
            }
            try mark()
        } else if try record() {
            try announce(to: proposal)
        }
        return nil
    }

    /// What came before, or came late, changes nothing. What says otherwise than the same version did is of a Dataverse
    /// database that has lost what it published, and counts anew (`domain.md` §9.27).
    ///
    /// - returns: why it can never take effect; nil when there is nothing wrong with it.
    private func contradiction(_ proposal: Proposal, _ newest: Int) throws -> String? {
        guard newest == confirmed.totalsVersion,
            try !ConfirmationStore(connection: connection).has(eventId)
        else { return nil }
        return
            "version \(newest) of invoice \(confirmed.invoiceNumber) of company \(confirmed.company) said otherwise before, "
            + "and that stands: \(proposal.confirmed.totalCount) billed sales of \(proposal.confirmed.lineAmount), and now "
            + "\(confirmed.totalCount) of \(confirmed.lineAmount). Dataverse's database was restored from a backup: see "
            + "\"ledgerbus dataverse lost-invoices list\""
    }

    /// - returns: false when the event took effect before.
    @discardableResult
    private func record() throws -> Bool {
        try ConfirmationStore(connection: connection).append(eventId, confirmed)
    }

    private func mark() throws {
        try InvoiceCheckStore(connection: connection).mark(
            InvoiceCheckStore.Invoice(company: confirmed.company, invoiceId: confirmed.invoiceId))
    }

    private func announce(to proposal: Proposal) throws {
        let announced = AnnouncedTotals(confirmed)
        let difference = InvoiceDifference(
            posted: proposal.confirmed.totals, announced: announced.totals,
            arrived: try InvoiceArrivalStore(connection: connection).count(
                company: confirmed.company, invoiceId: confirmed.invoiceId),
            currency: proposal.confirmed.currency)
        try proposals.setOutOfSync(proposal.number, difference, announced: announced)
        guard let difference else { return }
        try ExecutionLog(connection: connection).write(
            .error, activity: "confirm invoice", subject: "\(confirmed.company)/\(confirmed.invoiceNumber)",
            difference.reason)
    }
}
