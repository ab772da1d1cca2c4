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
    /// A totals version that is not newer changes nothing. An open proposal takes all that is new; one that has its
    /// lines already keeps them, and the execution log says so when the totals differ.
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
        guard proposal.confirmed.totalsVersion < confirmed.totalsVersion else { return nil }
        if proposal.status.isRenewable {
            try record()
            try proposals.renew(Proposal(confirmed: confirmed, confirmedBy: eventId))
            try mark()
        } else if proposal.confirmed.totals != confirmed.totals, try record() {
            try warn(proposal.status)
        }
        return nil
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

    private func warn(_ status: ProposalStatus) throws {
        try ExecutionLog(connection: connection).write(
            .warning, activity: "confirm invoice", subject: "\(confirmed.company)/\(confirmed.invoiceNumber)",
            "out of sync: the invoice was confirmed again with \(confirmed.totalCount) billed sales of "
                + "\(confirmed.totalAmount) \(confirmed.currency), and its proposal is \(status.rawValue) with what was "
                + "confirmed before; correct the difference with a new invoice in Dataverse")
    }
}
