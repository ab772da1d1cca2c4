public import Contracts
public import Database

/// Sets retainers up, says how much of them drafts deduct, and refunds them (`domain.md` §6.7).
///
/// Each request is one transaction; a row that is refused costs itself alone.
public struct Retainers {
    private let connection: Connection
    private let configuration: DataverseConfiguration

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    private var store: RetainerStore { RetainerStore(connection: connection) }

    /// Sets retainers up. One that is there already as it is described is left alone.
    ///
    /// - throws: ``CaptureError`` when the request cannot be read; `ContractError` when the class *Retainer* has no code;
    ///   `DatabaseError`.
    public func add(_ request: [any PageSource]) throws -> RequestReport {
        try requireCode()
        let rows = try Self.rows(of: request, as: RetainerRequest.self)
        return try connection.transaction {
            _ = try ChangeSet(on: connection)
            let contracts = ContractStore(connection: connection)
            let named = try contracts.contracts(named: rows.compactMap { try? $0.request.get().contract })
            let setUps = try contracts.retainerSetUps(of: named.all)
            var known = Dictionary(
                try store.retainers(ofContracts: named.all.map(\.projectContractId)).map { ($0.retainerId, $0) }
            ) { first, _ in first }
            let ids = try RetainerIds()
            var new: [Retainer] = []
            var report = RequestReport()
            report.rows = Self.outcomes(of: rows, key: \.name) { request throws(RequestProblem) in
                let contract = try named[request.contract].get()
                guard let setUp = setUps[contract.projectContractId] else { return (.unchanged, nil) }
                let id = ids.retainer(named: request.name, of: contract.projectContractId)
                let retainer = try setUp.retainer(request, retainerId: id)
                if let other = known[id] {
                    guard other.isSetUp(as: retainer) else {
                        throw RequestProblem(
                            "contract \(request.contract) has a retainer of this name, of \(other.amount) from "
                                + "\(other.invoiceDate) on; give this one another name")
                    }
                    return (.unchanged, nil)
                }
                known[id] = retainer
                new.append(retainer)
                return (.done, nil)
            }
            try store.insert(new)
            return report
        }
    }

    /// Says how much of retainers drafts deduct.
    ///
    /// - parameter date: the day of what is deducted.
    /// - throws: as ``add(_:)``.
    public func apply(_ request: [any PageSource], on date: CalendarDate) throws -> RequestReport {
        try requireCode()
        let rows = try Self.rows(of: request, as: RetainerApplicationRequest.self)
        return try connection.transaction {
            let changes = try ChangeSet(on: connection)
            let drafting = RetainerDrafting(connection: connection, ids: try DraftIds(), changes: changes)
            let names = rows.compactMap { try? $0.request.get().invoice }
            let drafts = try DeductibleDraftStore(connection: connection).drafts(named: names)
            var edit = try RetainerEdit(drafts, store: store)
            var report = RequestReport()
            report.rows = Self.outcomes(of: rows, key: \.invoice) { request throws(RequestProblem) in
                (try edit.change(request) ? .done : .unchanged, nil)
            }
            try drafting.write(edit.deductions, edit.retainers, on: date)
            if !edit.anew.isEmpty {
                let anew = try DeductibleDraftStore(connection: connection).drafts(named: edit.anew.map(\.description))
                _ = try drafting.apply(to: anew, anew: true, on: date)
            }
            report.published = try changes.publish(configuration: configuration).byTopic
            return report
        }
    }

    /// Refunds retainers: puts the refund on the draft of its contract and customer, or on a new one, as *Ready to refund*;
    /// confirming that makes it *Refunded*.
    ///
    /// - parameter date: the day of the refund.
    /// - throws: as ``add(_:)``.
    public func refund(_ request: [any PageSource], on date: CalendarDate) throws -> DraftReport {
        try requireCode()
        let rows = try Self.rows(of: request, as: RetainerRefundRequest.self)
        return try connection.transaction {
            let changes = try ChangeSet(on: connection)
            let contracts = ContractStore(connection: connection)
            let named = try contracts.contracts(named: rows.compactMap { try? $0.request.get().contract })
            var retainers = try store.retainers(ofContracts: named.all.map(\.projectContractId))
            var there = try store.drafts(applying: retainers.map(\.retainerId))
            var report = DraftReport()
            var refunds: [(retainer: Retainer, amount: Money)] = []
            let outcomes = Self.outcomes(of: rows, key: \.retainer) { request throws(RequestProblem) in
                let contract = try named[request.contract].get()
                guard
                    let index = retainers.firstIndex(where: {
                        $0.projectContractId == contract.projectContractId && $0.isNamed(request.retainer)
                    })
                else { throw Self.noRetainer(request.retainer, request.contract) }
                let retainer = retainers[index]
                let amount = request.amount ?? retainer.balance.open
                if let problem = RetainerApplications.problem(refunding: amount, of: retainer.balance) {
                    throw RequestProblem(problem)
                }
                if let draft = there[retainer.retainerId] {
                    throw RequestProblem(
                        "draft \(draft) deducts or refunds it already; confirm that first, or change the amount with "
                            + "ledgerbus dataverse retainers apply")
                }
                there[retainer.retainerId] = "of this request"
                retainers[index].applied += amount
                refunds.append((retainer, amount))
                return (.done, "\(amount)")
            }
            report.request.rows = outcomes
            try draft(refunds, named, changes, &report, on: date)
            report.request.published = try changes.publish(configuration: configuration).byTopic
            return report
        }
    }

    /// Puts refunds on drafts.
    private func draft(
        _ refunds: [(retainer: Retainer, amount: Money)], _ contracts: NamedContracts, _ changes: ChangeSet,
        _ report: inout DraftReport, on date: CalendarDate
    ) throws {
        guard !refunds.isEmpty else { return }
        let groups = Dictionary(grouping: refunds) { InvoicedFor($0.retainer) }.map { key, refunds in
            DraftGroup(
                projectContractId: key.contract, customerId: key.customer, currencyId: key.currency,
                contract: contracts.all.first { $0.projectContractId == key.contract }, sources: refunds.count)
        }
        let targets = try DraftInvoices(connection: connection, configuration: configuration)
            .targets(of: groups.sorted { $0.projectContractId < $1.projectContractId }, &report)
        let headers = Dictionary(targets.map { (InvoicedFor($0.header), $0.header) }) { first, _ in first }
        let ids = try DraftIds()
        var deductions = RetainerDeductions()
        for (retainer, amount) in refunds {
            guard let header = headers[InvoicedFor(retainer)] else { continue }
            let refund = RetainerApplication(
                invoiceLineDetailId: ids.lineDetail(billing: retainer.retainerId, on: header.invoiceId),
                retainerId: retainer.retainerId, invoiceId: header.invoiceId, amount: amount,
                refundStatus: .readyToRefund, isEdited: true)
            deductions.replace([], by: [refund])
        }
        let retainers = Dictionary(refunds.map { ($0.retainer.retainerId, $0.retainer) }) { first, _ in first }
        try RetainerDrafting(connection: connection, ids: ids, changes: changes).write(deductions, retainers, on: date)
        report.drafts = try DraftStore(connection: connection).drafted(
            Array(deductions.invoices), areNew: Set(targets.filter(\.isNew).map(\.header.invoiceId)))
    }

    /// The class *Retainer* is in messages, and its code is not published.
    private func requireCode() throws { _ = try configuration.choices.transactionClass.requiredCode(of: .retainer) }

    static func noRetainer(_ name: String, _ contract: String) -> RequestProblem {
        RequestProblem(
            "contract \(contract) has no retainer \(name); ledgerbus dataverse retainers list shows those that there are"
        )
    }

    private static func rows<Row: RequestRow>(
        of request: [any PageSource], as type: Row.Type
    ) throws -> [(row: Int, request: Result<Row, RefusedRow>)] {
        let reader = RequestReader<Row>()
        var rows: [(row: Int, request: Result<Row, RefusedRow>)] = []
        for source in request { try reader.forEachRow(of: source) { rows.append(($0, $1)) } }
        return rows
    }

    /// What becomes of each row.
    private static func outcomes<Row: RequestRow>(
        of rows: [(row: Int, request: Result<Row, RefusedRow>)], key: (Row) -> String,
        _ body: (Row) throws(RequestProblem) -> (RowOutcome.Outcome, String?)
    ) -> [RowOutcome] {
        rows.map { place, request in
            switch request {
            case .failure(let refused): return RowOutcome(row: place, key: refused.key, .refused, refused.problem)
            case .success(let row):
                do throws(RequestProblem) {
                    let (outcome, message) = try body(row)
                    return RowOutcome(row: place, key: key(row), outcome, message)
                } catch {
                    return RowOutcome(row: place, key: key(row), .refused, error.description)
                }
            }
        }
    }
}

extension Retainer {
    /// Whether a request calls it so: by its name or its id.
    func isNamed(_ text: String) -> Bool { name == text || GUID(text) == retainerId }

    /// Whether it was set up as another one is now.
    fileprivate func isSetUp(as other: Retainer) -> Bool {
        var other = other
        (other.invoiceStatus, other.invoiceLineDetailId) = (invoiceStatus, invoiceLineDetailId)
        (other.openBalanceId, other.used, other.applied) = (openBalanceId, used, applied)
        return self == other
    }
}

/// The ids of retainers, which follow from their names.
private struct RetainerIds {
    private let hash: SHA256

    /// - throws: `SHA256Unavailable`.
    init() throws { hash = try SHA256() }

    func retainer(named name: String, of contract: GUID) -> GUID { hash.digest("\(contract)/retainer/\(name)").guid }
}
