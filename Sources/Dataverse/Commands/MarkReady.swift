public import Contracts
public import Database

/// What making ready did.
public struct ReadyReport: Hashable, Sendable {
    public internal(set) var request = RequestReport()
    /// How many unbilled sales became ready.
    public internal(set) var ready = 0
    /// What could not become ready, by the reason: how many.
    public internal(set) var left: [String: Int] = [:]
}

/// Makes unbilled sales ready to be invoiced: *Unbilled Sales Created* becomes *Ready to Invoice* (`domain.md` §6.6).
///
/// One transaction. Of a contract, or of all, what cannot be invoiced yet stays as it is, and is counted by its reason.
public struct MarkReady {
    private let connection: Connection
    private let configuration: DataverseConfiguration

    private static let chunk = 5_000

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    /// Makes all ready that can be.
    ///
    /// - throws: `DatabaseError`; `ContractError` when a label's code is not configured.
    public func markAll(on date: CalendarDate) throws -> ReadyReport {
        try connection.transaction {
            let changes = try ChangeSet(on: connection)
            var report = ReadyReport()
            try mark(ofContracts: nil, &report, changes) { _ in date }
            report.request.published = try changes.publish(configuration: configuration).byTopic
            return report
        }
    }

    /// Makes ready what a request names.
    ///
    /// - throws: ``CaptureError`` when the request cannot be read; `DatabaseError`; `ContractError`.
    public func mark(_ request: [any PageSource], on date: CalendarDate) throws -> ReadyReport {
        let reader = RequestReader<ReadyRequest>()
        var rows: [(row: Int, request: Result<ReadyRequest, RefusedRow>)] = []
        for source in request { try reader.forEachRow(of: source) { rows.append(($0, $1)) } }
        return try connection.transaction {
            let changes = try ChangeSet(on: connection)
            var report = ReadyReport()
            var (sales, contracts): ([(Int, ReadyRequest)], [(Int, ReadyRequest)]) = ([], [])
            for (row, request) in rows {
                switch request {
                case .failure(let refusal):
                    report.request.rows.append(RowOutcome(row: row, key: refusal.key, .refused, refusal.problem))
                case .success(let request) where request.contract == nil: sales.append((row, request))
                case .success(let request): contracts.append((row, request))
                }
            }
            for start in stride(from: 0, to: sales.count, by: Self.chunk) {
                try mark(Array(sales[start..<min(start + Self.chunk, sales.count)]), on: date, &report, changes)
            }
            if !contracts.isEmpty { try mark(contracts, ofContractsOn: date, &report, changes) }
            report.request.rows.sort { $0.row < $1.row }
            report.request.published = try changes.publish(configuration: configuration).byTopic
            return report
        }
    }

    private func mark(
        _ sales: [(Int, ReadyRequest)], on date: CalendarDate, _ report: inout ReadyReport, _ changes: ChangeSet
    ) throws {
        let facts = try ReadinessStore(connection: connection).facts(sales.compactMap(\.1.unbilledSale))
        var changed: [GUID: Actual] = [:]
        for (row, request) in sales {
            guard let id = request.unbilledSale else { continue }
            func note(_ outcome: RowOutcome.Outcome, _ message: String? = nil) {
                report.request.rows.append(RowOutcome(row: row, key: "\(id)", outcome, message))
            }
            guard let facts = facts[id] else {
                note(.refused, "there is no actual \(id)")
                continue
            }
            let wanted: BillingStatus = request.ready ? .readyToInvoice : .unbilledSalesCreated
            if changed[id]?.billingStatus == wanted || facts.unbilled.billingStatus == wanted {
                note(.unchanged)
            } else if !request.ready, facts.unbilled.billingStatus == .readyToInvoice {
                changed[id] = facts.unbilled.with(wanted)
                note(.done)
            } else if let refusal = request.ready ? facts.refusal(on: date) : .status(facts.unbilled.billingStatus) {
                note(.refused, refusal.sentence)
            } else {
                changed[id] = facts.unbilled.with(wanted)
                note(.done)
            }
        }
        report.ready += changed.values.count { $0.billingStatus == .readyToInvoice }
        try ActualStore(connection: connection).update(Array(changed.values), noting: changes)
    }

    private func mark(
        _ rows: [(Int, ReadyRequest)], ofContractsOn date: CalendarDate, _ report: inout ReadyReport,
        _ changes: ChangeSet
    ) throws {
        let contracts = try ContractStore(connection: connection).contracts(named: rows.compactMap(\.1.contract))
        var through: [GUID: CalendarDate] = [:]
        var named: [(row: Int, id: GUID, name: String)] = []
        for (row, request) in rows {
            switch contracts[request.contract ?? ""] {
            case .failure(let problem):
                report.request.rows.append(RowOutcome(row: row, key: request.contract, .refused, problem.description))
            case .success(let contract):
                let id = contract.projectContractId
                through[id] = max(through[id] ?? .first, min(request.through ?? date, date))
                named.append((row, id, request.contract ?? ""))
            }
        }
        var counts: [GUID: Int] = [:]
        try mark(ofContracts: Array(through.keys), &report, changes) { contract in
            contract.flatMap { through[$0] } ?? date
        } counting: { contract in
            if let contract { counts[contract, default: 0] += 1 }
        }
        for (row, id, name) in named {
            let count = counts[id] ?? 0
            report.request.rows.append(
                RowOutcome(row: row, key: name, count > 0 ? .done : .unchanged, "\(count) became ready"))
        }
    }

    private func mark(
        ofContracts contracts: [GUID]?, _ report: inout ReadyReport, _ changes: ChangeSet,
        through: (GUID?) -> CalendarDate, counting: (GUID?) -> Void = { _ in }
    ) throws {
        var ready: [Actual] = []
        var (count, left) = (0, report.left)
        try ReadinessStore(connection: connection).forEachCreated(ofContracts: contracts, chunk: Self.chunk) { facts in
            let contract = facts.unbilled.projectContractId
            if let refusal = facts.refusal(on: through(contract)) {
                let reason = refusal.isOnlyEarly ? "its day lies in the future" : refusal.sentence
                left[reason, default: 0] += 1
            } else {
                ready.append(facts.unbilled.with(.readyToInvoice))
                counting(contract)
            }
        } afterChunk: {
            try ActualStore(connection: connection).update(ready, noting: changes)
            count += ready.count
            ready.removeAll(keepingCapacity: true)
        }
        report.ready += count
        report.left = left
    }
}
