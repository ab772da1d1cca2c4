import Bus
import Contracts
import Database

/// Puts retainers on drafts: bills those that are due, and applies those that are invoiced (`domain.md` §6.7).
struct RetainerDrafting {
    let connection: Connection
    let ids: DraftIds
    let changes: ChangeSet

    private var store: RetainerStore { RetainerStore(connection: connection) }
    private var drafts: DraftStore { DraftStore(connection: connection) }

    /// Applies the retainers of their contracts to drafts, anew where nobody said how much it shall be.
    ///
    /// - parameters:
    ///   - invoices: a query of the drafts' ids; the amounts of their headers are those of their lines.
    ///   - date: the day of what is deducted.
    /// - returns: how many drafts deduct something else than before.
    /// - throws: `DatabaseError`.
    @discardableResult
    func apply(toInvoices invoices: String, on date: CalendarDate) throws -> Int {
        try apply(to: DeductibleDraftStore(connection: connection).drafts(among: invoices), on: date)
    }

    /// Applies the retainers of their contracts to drafts.
    ///
    /// - parameter isAnew: also where somebody said how much it shall be.
    /// - returns: how many drafts deduct something else than before.
    /// - throws: `DatabaseError`.
    func apply(to deductible: [DeductibleDraft], anew isAnew: Bool = false, on date: CalendarDate) throws -> Int {
        guard !deductible.isEmpty else { return 0 }
        let retainers = try store.retainers(ofContracts: Array(Set(deductible.map(\.projectContractId))))
        var balances = Dictionary(uniqueKeysWithValues: retainers.map { ($0.retainerId, $0.balance) })
        let byContract = Dictionary(grouping: retainers, by: \.projectContractId)
        let known = Dictionary(
            grouping: try store.applications(onInvoices: deductible.map(\.invoiceId)), by: \.invoiceId)
        var deductions = RetainerDeductions()
        for draft in deductible {
            let applications = known[draft.invoiceId] ?? []
            let kept = applications.filter { $0.refundStatus != nil || $0.isEdited && !isAnew }
            let old = applications.filter { !kept.contains($0) }
            for application in old { balances[application.retainerId]?.apply(-application.amount) }
            let free = (byContract[draft.projectContractId] ?? []).filter { retainer in
                draft.takes(retainer) && !kept.contains { $0.retainerId == retainer.retainerId }
            }
            let parts = RetainerApplications.parts(
                of: free.map { ($0.retainerId, balances[$0.retainerId] ?? $0.balance) },
                upTo: draft.room(besides: kept))
            for part in parts { balances[part.retainerId]?.apply(part.amount) }
            let new = parts.map { part in
                RetainerApplication(
                    invoiceLineDetailId: ids.lineDetail(billing: part.retainerId, on: draft.invoiceId),
                    retainerId: part.retainerId, invoiceId: draft.invoiceId, amount: part.amount)
            }
            guard Set(old) != Set(new) else { continue }
            deductions.replace(old, by: new)
        }
        try write(deductions, Dictionary(uniqueKeysWithValues: retainers.map { ($0.retainerId, $0) }), on: date)
        return deductions.invoices.count
    }

    /// Writes what drafts deduct, with line details, connections and the amounts of headers.
    ///
    /// - throws: `DatabaseError`.
    func write(_ deductions: RetainerDeductions, _ retainers: [GUID: Retainer], on date: CalendarDate) throws {
        guard !deductions.isEmpty else { return }
        let removed = deductions.old.map(\.invoiceLineDetailId)
        try changes.note(invoiceChanges: InvoiceProgressStore.changes(ofLineDetails: "-"), removed)
        try drafts.delete(lineDetails: removed)
        var (details, connections) = (CopyRows(), CopyRows())
        for application in deductions.new where application.amount > .zero {
            guard let retainer = retainers[application.retainerId] else { continue }
            let detail = Drafting.lineDetail(deducting: application, of: retainer, on: date)
            try details.append(detail)
            guard let openBalance = retainer.openBalanceId else { continue }
            try connections.append(
                TransactionConnection(
                    billing: openBalance, by: detail.invoiceLineDetailId,
                    connectionId: ids.connection(of: detail.invoiceLineDetailId)))
        }
        try drafts.insert(lineDetails: details)
        try ConnectionStore(connection: connection).insert(connections)
        try store.replace(deductions.old, by: deductions.new)
        try changes.note(
            invoiceChanges: InvoiceProgressStore.changes(ofLineDetails: "+"),
            deductions.new.map(\.invoiceLineDetailId))
        try drafts.sumLineDetails(of: Array(deductions.invoices))
    }
}

/// What drafts deduct of retainers, as it was and as it shall be.
struct RetainerDeductions {
    private(set) var old: [RetainerApplication] = []
    private(set) var new: [RetainerApplication] = []

    var isEmpty: Bool { old.isEmpty && new.isEmpty }
    var invoices: Set<GUID> { Set((old + new).map(\.invoiceId)) }

    mutating func replace(_ old: [RetainerApplication], by new: [RetainerApplication]) {
        self.old += old
        self.new += new
    }
}
