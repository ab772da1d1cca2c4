import Bus
import Contracts
import Database
import Service

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

    /// Looks at the invoice, in one transaction. A proposal that has its lines already and about which there is news has
    /// them made anew.
    ///
    /// - parameter isForced: also when nothing marked it since it was looked at last.
    func run(isForced: Bool = false) throws -> Outcome {
        try learnOriginals()
        do {
            return try connection.transaction {
                try connection.plan(.lookUpByKey)
                // First of all: a mark that is set from now on is for the next look.
                let wasMarked = try checks.unmark(invoice)
                guard wasMarked || isForced else { return .nothing }
                switch try proposals.lock(invoiceId: invoice.invoiceId) {
                case .missing:
                    try blockRowsOfOtherCompany()
                    return .nothing
                case .held:
                    try checks.mark(invoice)
                    return .nothing
                case .locked(let proposal):
                    return try look(at: proposal)
                }
            }
        } catch let again as LookAgain {
            // The mark is still there: the next look finds out.
            try ProposalStore.forgetAgreement(of: [invoice], on: connection)
            return .waiting(number: again.number, reason: again.reason)
        }
    }

    /// Has billed sales that do not say what they take back learn it, in a short transaction of its own.
    private func learnOriginals() throws {
        let orphans = try billedSales.orphans()
        guard !orphans.isEmpty else { return }
        try connection.transaction {
            try connection.lockStagedRows()
            _ = try StagedActualStore(connection: connection).learnOriginals(of: orphans)
        }
    }

    private var checks: InvoiceCheckStore { InvoiceCheckStore(connection: connection) }
    private var blocked: BlockedActualStore { BlockedActualStore(connection: connection) }

    private func look(at proposal: Proposal) throws -> Outcome {
        guard proposal.status.takesLines else {
            try compareWithPosted(proposal)
            return .nothing
        }
        try proposals.reopen(proposal)
        guard let wait = try whatItWaitsFor(proposal) else {
            try writeLines(proposal)
            try proposals.keepApproval(of: proposal.number, changedBy: "import from staging")
            try requireUnchanged(proposal)
            return .ready(number: proposal.number, lines: proposal.confirmed.totalCount)
        }
        try proposals.setWaiting(invoice.invoiceId, for: wait.reason, proposals: wait.proposals)
        // One that is being posted does not know yet that this one waits for it.
        if try proposals.keepUnposted(wait.proposals) < wait.proposals.count { try checks.mark(invoice) }
        return .waiting(number: proposal.number, reason: wait.reason)
    }

    private func arrivedCount() throws -> Int {
        try InvoiceArrivalStore(connection: connection).count(company: invoice.company, invoiceId: invoice.invoiceId)
    }

    private func whatItWaitsFor(_ proposal: Proposal) throws -> (reason: String, proposals: [String])? {
        try blocked.unblock(invoice.invoiceId)
        let setupVersion = try SetupStore(connection: connection).version()
        let others = try blockContradictions(billedSales.kindsOfOtherCompanies(), of: proposal, setupVersion)
        let disagreement = try disagreement(proposal)
        if let disagreement, disagreement.isByNumber || !others.isEmpty {
            let withdrawn = disagreement.isMissing ? try billedSales.withdrawnCount() : 0
            let reasons =
                others + [disagreement.description] + (withdrawn > 0 ? [InvalidActual.waiting(withdrawn)] : [])
            return (reasons.joined(separator: "; "), [])
        }
        let kinds = try billedSales.kinds()
        let contradictions = others + (try blockContradictions(kinds, of: proposal, setupVersion))
        guard contradictions.isEmpty else { return (contradictions.joined(separator: "; "), []) }
        if let disagreement { return (disagreement.description, []) }
        if let validation = try whatIsValidated() { return (validation, []) }
        return try whatLinesWaitFor(kinds, of: proposal.confirmed, setupVersion)
    }

    /// With actuals validation, whether billed sales still wait for it (`domain.md` §6.14): then each import looks again.
    private func whatIsValidated() throws -> String? {
        let wait = try setups.validationWait(of: invoice.company, on: connection)
        guard wait > 0 else { return nil }
        let count = try billedSales.countStaged(within: wait)
        guard count > 0 else { return nil }
        try checks.mark(invoice)
        return "\(count) of its billed sales came less than \(wait) minutes ago: they are validated first"
    }

    private func whatLinesWaitFor(
        _ kinds: [(kind: BilledSaleKind, count: Int)], of confirmed: InvoiceConfirmed, _ setupVersion: Int
    ) throws -> (reason: String, proposals: [String])? {
        let (unposted, unlike) = try billedSales.unsettled()
        let corrections = try billedSales.corrections()
        var readiness = ProposalReadiness(
            unposted: unposted, corrected: corrections,
            orphans: kinds.reduce(0) { $0 + ($1.kind.isOrphan ? $1.count : 0) })
        readiness.require(try billedSales.unpostedFees())
        if kinds.contains(where: { $0.kind.transactionClass == .retainer }) {
            try billedSales.deductedRetainers(of: confirmed.contractNumber, currency: confirmed.currency).map {
                readiness.require($0.balance, proposals: $0.unposted)
            }
        }
        try block(kinds, &readiness, setupVersion)
        var contradicting: [(actualId: GUID, blockage: Blockage)] = []
        if unlike > 0 {
            try billedSales.unlikeTheirUnbilledSales { facts in
                BillingRule.blockage(of: facts.saleWithoutFee, unbilled: facts.basis).map {
                    contradicting.append((facts.sale.actualId, $0))
                }
            }
        }
        if !corrections.isEmpty {
            try billedSales.unlikeTheirOriginals { facts in
                ReversalRule.blockage(of: facts.sale, original: facts.basis, other: facts.olderReversal).map {
                    contradicting.append((facts.sale.actualId, $0))
                }
            }
        }
        try blocked.block(contradicting, of: invoice, setupVersion: setupVersion)
        readiness.block(contradicting)
        return readiness.isReady ? nil : (readiness.reason, readiness.awaitedProposals)
    }

    /// Blocks the billed sales of kinds that contradict the proposal's header.
    ///
    /// - returns: what is to be said of each kind.
    private func blockContradictions(
        _ kinds: [(kind: BilledSaleKind, count: Int)], of proposal: Proposal, _ setupVersion: Int
    ) throws -> [String] {
        let header = InvoiceHeader(proposal.confirmed)
        return try kinds.compactMap { kind, count in
            guard let contradiction = HeaderContradiction(kind.header, on: header, invoiceNumber: proposal.number)
            else { return nil }
            try blocked.block(kind, of: invoice.invoiceId, contradiction.blockage, setupVersion: setupVersion)
            return ProposalReadiness.Wait.blocked(count, contradiction.reason).description
        }
    }

    /// The billed sales name an invoice of which the company has no proposal: another company may have it, and then says
    /// what is wrong.
    private func blockRowsOfOtherCompany() throws {
        try checks.mark(Set(ProposalStore.invoices(invoice.invoiceId, company: nil, on: connection)))
    }

    /// The rows are summed only when their number is right, and once.
    private func disagreement(_ proposal: Proposal) throws -> TotalsDisagreement? {
        let confirmed = proposal.confirmed.totals
        if let disagreement = TotalsDisagreement(arrived: try arrivedCount(), confirmed: confirmed) {
            return disagreement
        }
        guard proposal.agreedVersion != proposal.confirmed.totalsVersion else { return nil }
        if let mismatch = TotalsDisagreement(
            arrived: try billedSales.totals(in: proposal.confirmed.currency), confirmed: confirmed)
        {
            return mismatch
        }
        try proposals.setAgreed(invoice.invoiceId)
        return nil
    }

    /// Blocks the billed sales that cannot be lines, whatever they stand on.
    private func block(
        _ kinds: [(kind: BilledSaleKind, count: Int)], _ readiness: inout ProposalReadiness, _ setupVersion: Int
    ) throws {
        do {
            let setup = try setups.setup(of: invoice.company, version: setupVersion, on: connection)
            for (kind, count) in kinds {
                guard let blockage = setup.blockage(of: kind) else { continue }
                try blocked.block(kind, of: invoice.invoiceId, blockage, setupVersion: setupVersion)
                readiness.block(count, blockage)
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
        let edits = SalesTaxEditStore(company: invoice.company, connection: connection)
        let isEdited = try edits.hasAny()
        var unknown: [(actualId: GUID, group: String)] = []
        try proposals.insertLines { sink in
            try pool.withConnection { reader in
                try BilledSales(invoice: invoice, connection: reader).readAll(areEdited: isEdited) { sale in
                    let actual = sale.staged.actual
                    totals += (actual.amount, sale.staged.digest)
                    var groups = sale.edit?.groups
                    if let edit = sale.edit, let group = setup.unknownGroup(of: edit.groups) {
                        unknown.append((edit.actualId, group))
                        groups = nil
                    }
                    try rows.append(line(of: actual, in: proposal, number: totals.count, setup, groups))
                    if rows.byteCount > 1 << 20 {
                        try sink.write(rows)
                        rows.removeAll(keepingCapacity: true)
                    }
                }
            }
            try sink.write(rows)
            guard totals == proposal.confirmed.totals else {
                throw LookAgain.newRows(proposal)
            }
        }
        CrashPoint.pass(.proposalLinesWritten)
        try edits.forgetUnknown(unknown)
        try proposals.setReady(proposal.number, setupVersion: setup.version)
    }

    /// Makes sure that none of its billed sales has changed since they were looked at: who changes one marks the invoice.
    private func requireUnchanged(_ proposal: Proposal) throws {
        try connection.lockStagedRows()
        guard try !InvoiceCheckStore(connection: connection).isMarked(invoice) else {
            throw LookAgain.newRows(proposal)
        }
    }

    private func line(
        of actual: ActualCreated, in proposal: Proposal, number: Int, _ setup: FinanceSetup,
        _ edited: SalesTaxGroups?
    ) throws -> InvoiceProposalLine {
        do throws(SetupGap) {
            return try InvoiceProposalLine(
                actual, of: proposal, lineNumber: number, setup: setup, edited: edited)
        } catch {
            throw LookAgain(number: proposal.number, reason: error.reason)
        }
    }

    /// Says how Dataverse has an invoice otherwise than it was posted.
    private func compareWithPosted(_ proposal: Proposal) throws {
        let difference = InvoiceDifference(
            posted: proposal.confirmed.totals, announced: proposal.announced?.totals, arrived: try arrivedCount(),
            currency: proposal.confirmed.currency)
        try OutOfSyncStore(connection: connection).note(
            StagedActualStore(connection: connection).unlikeTheirLines(proposal: proposal.number, of: invoice.company))
        guard difference?.reason != proposal.outOfSync else { return }
        try proposals.setOutOfSync(proposal.number, difference, announced: proposal.announced)
        guard let difference else { return }
        try ExecutionLog(connection: connection).write(
            .error, activity: "import from staging", subject: "\(proposal.company)/\(proposal.number)",
            difference.reason)
    }
}

/// Rows or set-up are not what they were a moment before.
private struct LookAgain: Error {
    let number: String
    let reason: String

    static func newRows(_ proposal: Proposal) -> LookAgain {
        LookAgain(
            number: proposal.number, reason: "billed sales arrived while its lines were made; import again")
    }
}
