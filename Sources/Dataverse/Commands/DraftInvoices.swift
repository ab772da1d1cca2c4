public import Contracts
public import Database
import Service

/// A draft that what is ready was put on.
public struct DraftedInvoice: Hashable, Sendable, Encodable {
    public let invoiceId: GUID
    public let invoiceNumber: String
    public let isNew: Bool
    /// The contract's and the customer's number in Finance.
    public let contract: String?
    public let customer: String?
    public let currency: CurrencyCode?
    /// All that it has by now, and what the chargeable ones come to.
    public let lineDetails: Int
    public let lineAmount: Money
}

/// What drafting did.
public struct DraftReport: Hashable, Sendable {
    public internal(set) var request = RequestReport()
    public internal(set) var drafts: [DraftedInvoice] = []
    /// What is ready and could not be put on an invoice, and why.
    public internal(set) var problems: [String] = []

    public var hasFailures: Bool { request.hasRefusals || !problems.isEmpty }
}

/// Makes draft invoices of what is ready to be invoiced, or adds it to those that there are: header, a line for each
/// contract line, line details with their connections; what they bill becomes *Customer Invoice Created*
/// (`domain.md` §6.1 T1, §6.6).
///
/// One transaction: a draft is made whole or not at all. Drafting again finds nothing more that is ready.
public struct DraftInvoices {
    private let connection: Connection
    private let configuration: DataverseConfiguration

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    /// Drafts all that is ready.
    ///
    /// - parameter date: today; what comes later is not invoiced yet.
    /// - throws: `DatabaseError`; `ContractError` when a label's code is not configured.
    public func draftAll(on date: CalendarDate) throws -> DraftReport {
        try connection.transaction {
            let changes = try ChangeSet(on: connection)
            let sources = try DraftSourceStore(connection: connection)
            try sources.addAll(through: date)
            return try draft(sources, changes, on: date)
        }
    }

    /// Drafts what is ready of some contracts.
    ///
    /// - parameter request: rows of contract, and if wanted contract line, customer and last day.
    /// - throws: ``CaptureError`` when the request cannot be read; `DatabaseError`; `ContractError`.
    public func draft(_ request: [any PageSource], on date: CalendarDate) throws -> DraftReport {
        let reader = RequestReader<DraftRequest>()
        var rows: [(row: Int, request: Result<DraftRequest, RefusedRow>)] = []
        for source in request { try reader.forEachRow(of: source) { rows.append(($0, $1)) } }
        return try connection.transaction {
            let changes = try ChangeSet(on: connection)
            let contracts = try ContractStore(connection: connection).contracts(
                named: rows.compactMap { try? $0.request.get().contract })
            var refused: [RowOutcome] = []
            var scopes: [DraftScope] = []
            for (row, request) in rows {
                switch request.flatMap({ $0.scope(row, contracts, on: date) }) {
                case .success(let scope): scopes.append(scope)
                case .failure(let refusal):
                    refused.append(RowOutcome(row: row, key: refusal.key, .refused, refusal.problem))
                }
            }
            let sources = try DraftSourceStore(connection: connection)
            try sources.add(scopes)
            var report = try draft(sources, changes, on: date)
            let counts = Dictionary(grouping: try sources.counts(), by: \.place)
            report.request.rows =
                (refused + scopes.map { outcome(of: $0, counts[$0.place] ?? [], contracts) }).sorted { $0.row < $1.row }
            return report
        }
    }

    private func outcome(
        of scope: DraftScope, _ counts: [DraftScopeCount], _ contracts: NamedContracts
    ) -> RowOutcome {
        let key = contracts.name(of: scope.projectContractId)
        guard !counts.isEmpty else { return RowOutcome(row: scope.place, key: key, .unchanged, "nothing is ready") }
        let said = counts.map { "\($0.lineDetails) on \($0.invoiceNumber)" }.joined(separator: ", ")
        return RowOutcome(row: scope.place, key: key, .done, said)
    }

    private func draft(_ sources: DraftSourceStore, _ changes: ChangeSet, on date: CalendarDate) throws -> DraftReport {
        try connection.plan(.readWholeCursor)
        try sources.collect()
        var report = DraftReport()
        let targets = try targets(of: sources.groups(), &report)
        try sources.assign(targets.map(\.header))
        let ids = try DraftIds()
        let lines = DraftLines(connection: connection, sources: sources, ids: ids)
        try lines.write(headers: targets.map(\.header), on: date)
        try sources.stamp(noting: changes)
        try changes.note(invoiceChanges: DraftSourceStore.gainedLineDetails)
        try DraftStore(connection: connection).sumLineDetails(ofInvoices: Self.drafted)
        try RetainerDrafting(connection: connection, ids: ids, changes: changes)
            .apply(toInvoices: Self.drafted, on: date)
        report.drafts = try DraftStore(connection: connection).drafted(
            Self.drafted, areNew: Set(targets.filter(\.isNew).map(\.header.invoiceId)))
        report.request.published = try changes.publish(configuration: configuration).byTopic
        CrashPoint.pass(.draftWritten)
        return report
    }

    /// A query of the ids of the drafts.
    private static let drafted = "SELECT invoice_id FROM draft_targets"

    struct Target {
        var header: DraftHeader
        var isNew: Bool
    }

    /// The invoice of each group; those that there is none for yet are made.
    func targets(of groups: [DraftGroup], _ report: inout DraftReport) throws -> [Target] {
        let store = DraftStore(connection: connection)
        var targets: [Target] = []
        var unmatched: [DraftGroup] = []
        let contracts = Array(Set(groups.map(\.projectContractId)))
        let drafts = Dictionary(grouping: try store.drafts(ofContracts: contracts), by: InvoicedFor.init)
        let lost = try LostConfirmationStore(connection).ofContracts(contracts)
        for group in groups {
            let obstacle = lost.first { $0.projectContractId == group.projectContractId && $0.lost.state == .lost }
            if let refusal = group.refusal ?? obstacle?.lost.obstacle {
                report.problems.append("\(group.sources) that are ready cannot be invoiced: \(refusal)")
            } else if let draft = Drafting.target(of: drafts[InvoicedFor(group)] ?? []) {
                targets.append(Target(header: draft, isNew: false))
            } else {
                unmatched.append(group)
            }
        }
        guard !unmatched.isEmpty else { return targets }
        let ids = try DraftIds()
        let numbers = try numbers(for: unmatched, repeating: lost.filter { $0.lost.state == .repeating }, store)
        let invoices = zip(unmatched, numbers).map { group, number in
            Invoice(drafting: group, numbered: number.text, invoiceId: ids.invoice(numbered: number.text))
        }
        try store.insert(invoices, numbers)
        return targets
            + zip(unmatched, invoices).map { group, invoice in
                Target(
                    header: DraftHeader(
                        invoiceId: invoice.invoiceId, invoiceNumber: invoice.invoiceNumber,
                        projectContractId: group.projectContractId, customerId: group.customerId,
                        currencyId: group.currencyId), isNew: true)
            }
    }
}

extension DraftInvoices {
    /// The number of the draft of each group: that of a lost invoice which is to be repeated, or else a new one.
    private func numbers(
        for groups: [DraftGroup], repeating lost: [LostConfirmationStore.OfContract], _ store: DraftStore
    ) throws -> [DraftNumber] {
        let prefix = configuration.invoiceNumberPrefix
        let repeated = groups.map { group in
            lost.first { $0.isFor(group) }.flatMap { DraftNumber($0.lost.invoiceNumber, prefix: prefix) }
        }
        var fresh = try store.takeNumbers(repeated.count { $0 == nil }, prefix: prefix)[...]
        return repeated.compactMap { $0 ?? fresh.popFirst() }
    }
}

extension LostConfirmationStore.OfContract {
    fileprivate func isFor(_ group: DraftGroup) -> Bool {
        projectContractId == group.projectContractId && customerId == group.customerId
            && currencyId == group.currencyId
    }
}

/// Whom an invoice is for, and in what: what has to match for something to be added to it.
struct InvoicedFor: Hashable {
    let contract: GUID
    let customer: GUID
    let currency: GUID

    init(_ header: DraftHeader) {
        (contract, customer, currency) = (header.projectContractId, header.customerId, header.currencyId)
    }

    init(_ retainer: Retainer) {
        (contract, customer, currency) = (retainer.projectContractId, retainer.customerId, retainer.currencyId)
    }

    init(_ group: DraftGroup) {
        (contract, customer, currency) = (group.projectContractId, group.customerId, group.currencyId)
    }
}

extension Invoice {
    /// The header of a new draft.
    fileprivate init(drafting group: DraftGroup, numbered number: String, invoiceId: GUID) {
        self.init(
            invoiceId: invoiceId, rowVersion: 1, invoiceNumber: number, name: group.contract?.name,
            projectContractId: group.projectContractId, customerId: group.customerId, currencyId: group.currencyId,
            status: .draft, hasCorrections: false, lineAmount: .zero, totalAmount: .zero, billToName: group.customerName
        )
    }
}
