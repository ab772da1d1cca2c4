import Bus
import Contracts
import Database

/// Looks at one invoice, and gives its proposal all its lines when it is complete and ready (`domain.md` §6.10.11,
/// §6.10.12).
struct ProposalImport {
    let invoice: InvoiceCheckStore.Invoice
    let connection: Connection
    /// For a second connection, on which the lines are read while they are written on the first.
    let pool: ConnectionPool
    let setups: SetupCache

    enum Outcome {
        /// There is nothing to say: it was not marked, is not confirmed, or has its lines already.
        case nothing
        case ready(number: String, lines: Int)
        case waiting(number: String, reason: String)
    }

    private var proposals: ProposalStore { ProposalStore(company: invoice.company, connection: connection) }
    private var billedSales: BilledSales { BilledSales(invoice: invoice, connection: connection) }

    /// Looks at the invoice, in one transaction.
    ///
    /// - parameter isForced: also when nothing marked it since it was looked at last.
    func run(isForced: Bool = false) throws -> Outcome {
        do {
            return try connection.transaction {
                try connection.plan(.lookUpByKey)
                // First of all: a mark that is set from now on is for the next look.
                let wasMarked = try InvoiceCheckStore(connection: connection).unmark(invoice)
                guard wasMarked || isForced, let proposal = try proposals.lock(invoiceId: invoice.invoiceId) else {
                    return .nothing
                }
                guard proposal.status.takesLines else {
                    try warnOfSurplus(proposal)
                    return .nothing
                }
                if let reason = try whatItWaitsFor(proposal) {
                    try proposals.setWaiting(invoice.invoiceId, for: reason)
                    return .waiting(number: proposal.number, reason: reason)
                }
                try writeLines(proposal)
                try requireUnchanged(proposal)
                return .ready(number: proposal.number, lines: proposal.confirmed.totalCount)
            }
        } catch let changed as TotalsChanged {
            // The mark is still there: the next look finds out.
            try ProposalStore.forgetAgreement(of: [invoice], on: connection)
            return .waiting(
                number: changed.number, reason: "billed sales arrived while its lines were made; import again")
        }
    }

    private func arrivedCount() throws -> Int {
        try InvoiceArrivalStore(connection: connection).count(company: invoice.company, invoiceId: invoice.invoiceId)
    }

    private func whatItWaitsFor(_ proposal: Proposal) throws -> String? {
        if let disagreement = try disagreement(proposal) { return disagreement.description }
        let kinds = try billedSales.kinds()
        var readiness = ProposalReadiness(
            unposted: try billedSales.unposted(), corrected: try billedSales.corrections())
        try block(kinds, &readiness)
        return readiness.isReady ? nil : readiness.reason
    }

    /// The rows are summed only when their number is right, and once.
    private func disagreement(_ proposal: Proposal) throws -> TotalsDisagreement? {
        let confirmed = proposal.confirmed.totals
        if let disagreement = TotalsDisagreement(arrived: try arrivedCount(), confirmed: confirmed) {
            return disagreement
        }
        guard proposal.agreedVersion != proposal.confirmed.totalsVersion else { return nil }
        if let mismatch = TotalsDisagreement(arrived: try billedSales.totals(), confirmed: confirmed) {
            return mismatch
        }
        try proposals.setAgreed(invoice.invoiceId)
        return nil
    }

    /// Blocks the billed sales that set-up lacks something for.
    private func block(
        _ kinds: [(kind: BilledSaleKind, count: Int)], _ readiness: inout ProposalReadiness
    ) throws {
        let blocked = BlockedActualStore(connection: connection)
        try blocked.unblock(invoice)
        let setupVersion = try SetupStore(connection: connection).version()
        do {
            let setup = try setups.setup(of: invoice.company, version: setupVersion, on: connection)
            for (kind, count) in kinds {
                guard let gap = setup.gap(for: kind) else { continue }
                try blocked.block(kind, of: invoice, gap, setupVersion: setupVersion)
                readiness.block(count, gap)
            }
        } catch let gap as SetupGap {
            try blocked.blockAll(of: invoice, gap, setupVersion: setupVersion)
            readiness.blockAll(gap)
        }
    }

    private func writeLines(_ proposal: Proposal) throws {
        let setup = try setups.setup(of: invoice.company, on: connection)
        var totals = ControlTotals()
        var rows = CopyRows()
        try proposals.insertLines { sink in
            try pool.withConnection { reader in
                try BilledSales(invoice: invoice, connection: reader).readAll { staged in
                    totals += (staged.actual.amount, staged.digest)
                    try rows.append(
                        InvoiceProposalLine(staged.actual, of: proposal, lineNumber: totals.count, setup: setup))
                    if rows.byteCount > 1 << 20 {
                        try sink.write(rows)
                        rows.removeAll(keepingCapacity: true)
                    }
                }
            }
            try sink.write(rows)
            guard totals == proposal.confirmed.totals else { throw TotalsChanged(number: proposal.number) }
        }
        try proposals.setReady(proposal.number)
    }

    /// Makes sure that none of its billed sales has changed since they were looked at: who changes one marks the invoice.
    private func requireUnchanged(_ proposal: Proposal) throws {
        try connection.lockStagedRows()
        guard try !InvoiceCheckStore(connection: connection).isMarked(invoice) else {
            throw TotalsChanged(number: proposal.number)
        }
    }

    /// Says that more came for an invoice whose proposal has all its lines.
    private func warnOfSurplus(_ proposal: Proposal) throws {
        let arrived = try arrivedCount()
        let confirmed = proposal.confirmed.totalCount
        guard arrived != confirmed else { return }
        try ExecutionLog(connection: connection).write(
            .warning, activity: "import from staging", subject: "\(proposal.company)/\(proposal.number)",
            "out of sync: \(arrived) billed sales arrived, and the proposal has the \(confirmed) that were confirmed; "
                + "correct the difference with a new invoice in Dataverse")
    }
}

/// What was read is not what agreed before.
private struct TotalsChanged: Error {
    let number: String
}
