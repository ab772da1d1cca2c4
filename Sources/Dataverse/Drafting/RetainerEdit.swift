import Contracts

/// Changes what drafts deduct of retainers, as a request asks for it, row by row (`domain.md` §6.7).
struct RetainerEdit {
    private let drafts: [String: [DeductibleDraft]]
    /// By their ids.
    let retainers: [GUID: Retainer]
    private var balances: [GUID: RetainerBalance]
    /// What each draft deducts or refunds by now, and what it did.
    private var applications: [GUID: [RetainerApplication]]
    private let before: [GUID: [RetainerApplication]]
    private var changed: Set<GUID> = []
    /// The drafts to which all retainers are to be applied anew.
    private(set) var anew: Set<GUID> = []
    private let ids: DraftIds

    /// - throws: `DatabaseError`, `SHA256Unavailable`.
    init(_ drafts: [DeductibleDraft], store: RetainerStore) throws {
        ids = try DraftIds()
        var named: [String: [DeductibleDraft]] = [:]
        for draft in drafts {
            named[draft.invoiceNumber, default: []].append(draft)
            named["\(draft.invoiceId)", default: []].append(draft)
        }
        self.drafts = named
        let known = try store.retainers(ofContracts: Array(Set(drafts.map(\.projectContractId))))
        retainers = Dictionary(uniqueKeysWithValues: known.map { ($0.retainerId, $0) })
        balances = retainers.mapValues(\.balance)
        before = Dictionary(
            grouping: try store.applications(onInvoices: drafts.map(\.invoiceId)), by: \.invoiceId)
        applications = before
    }

    /// What of it has to be written.
    var deductions: RetainerDeductions {
        var deductions = RetainerDeductions()
        for invoice in changed.sorted() {
            let (old, new) = (before[invoice] ?? [], applications[invoice] ?? [])
            deductions.replace(old.filter { !new.contains($0) }, by: new.filter { !old.contains($0) })
        }
        return deductions
    }

    /// - returns: whether something is to be changed.
    /// - throws: ``RequestProblem``.
    mutating func change(_ request: RetainerApplicationRequest) throws(RequestProblem) -> Bool {
        let draft = try draft(request.invoice)
        guard let name = request.retainer, let amount = request.amount else {
            anew.insert(draft.invoiceId)
            return true
        }
        let retainer = try retainer(name, of: draft)
        let others = (applications[draft.invoiceId] ?? []).filter { $0.retainerId != retainer.retainerId }
        let old = applications[draft.invoiceId]?.first { $0.retainerId == retainer.retainerId }
        let isRefund = old?.refundStatus != nil
        let balance = balances[retainer.retainerId] ?? retainer.balance
        let problem =
            Self.fraction(amount, places: draft.currencyPrecision)
            ?? RetainerApplications.problem(
                changing: old?.amount ?? .zero, to: amount, of: balance,
                room: isRefund ? nil : draft.room(besides: others))
        if let problem { throw RequestProblem("retainer \(retainer.name): \(problem)") }
        guard amount != old?.amount || old?.isEdited == false else { return false }
        balances[retainer.retainerId]?.apply(amount - (old?.amount ?? .zero))
        var new = others
        // A refund of nothing is none.
        if !isRefund || amount > .zero {
            new.append(
                RetainerApplication(
                    invoiceLineDetailId: ids.lineDetail(billing: retainer.retainerId, on: draft.invoiceId),
                    retainerId: retainer.retainerId, invoiceId: draft.invoiceId, amount: amount,
                    refundStatus: old?.refundStatus, isEdited: true))
        }
        applications[draft.invoiceId] = new
        changed.insert(draft.invoiceId)
        return true
    }

    private func draft(_ name: String) throws(RequestProblem) -> DeductibleDraft {
        let found = drafts[name] ?? GUID(name).flatMap { drafts["\($0)"] } ?? []
        guard let draft = found.first else {
            throw RequestProblem(
                "there is no draft \(name) that this database confirms and whose contract has retainers; "
                    + "ledgerbus dataverse retainers list shows those that there are")
        }
        guard found.count == 1 else { throw RequestProblem("\(found.count) drafts have this number; name its id") }
        return draft
    }

    private func retainer(_ name: String, of draft: DeductibleDraft) throws(RequestProblem) -> Retainer {
        let named = retainers.values.filter {
            $0.projectContractId == draft.projectContractId && $0.isNamed(name)
        }
        guard let retainer = named.first else {
            throw RequestProblem(
                "the contract of \(draft.invoiceNumber) has no retainer \(name); "
                    + "ledgerbus dataverse retainers list shows those that there are")
        }
        guard draft.takes(retainer) else {
            throw RequestProblem(
                "retainer \(name) is of another customer or currency than \(draft.invoiceNumber)")
        }
        return retainer
    }

    private static func fraction(_ amount: Money, places: Int) -> String? {
        guard (try? amount.rounded(to: places)) != amount else { return nil }
        return "\(amount) has more than the \(places) decimal places of its currency"
    }
}
