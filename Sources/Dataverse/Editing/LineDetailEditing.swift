import Bus
import Contracts
import Database

/// Carries out edits of drafts, a chunk at a time, within a transaction.
final class LineDetailEditing {
    private let connection: Connection
    private let changes: ChangeSet
    private(set) var outcomes: [RowOutcome] = []
    private var chunk: [(row: Int, wish: EditRequest.Wish)] = []
    /// The line details of the chunk: edits of one come one after the other.
    private var chunkDetails: Set<GUID> = []
    /// The invoices whose amounts change.
    private var changed: Set<GUID> = []

    private static let chunkSize = 5_000

    init(connection: Connection, changes: ChangeSet) {
        self.connection = connection
        self.changes = changes
    }

    /// - throws: `DatabaseError`.
    func add(_ row: Int, _ request: EditRequest) throws {
        if let detail = request.wish.lineDetail {
            if chunkDetails.contains(detail) { try flush() }
            chunkDetails.insert(detail)
        }
        if chunk.count == Self.chunkSize { try flush() }
        chunk.append((row, request.wish))
    }

    /// - throws: `DatabaseError`.
    func flush() throws {
        guard !chunk.isEmpty else { return }
        let store = LineDetailStore(connection: connection)
        let details = try store.edited(chunk.compactMap(\.wish.lineDetail))
        let headers = NamedHeaders(try store.headers(named: chunk.compactMap(\.wish.invoice)))
        let lines = try ContractStore(connection: connection).lineFacts(of: chunk.compactMap(\.wish.contractLine), [:])
        let invoiceLines = try invoiceLines(of: headers.ids)
        var (edited, typed): ([InvoiceLineDetail], [InvoiceLineDetail]) = ([], [])
        var removed: [EditedLineDetail] = []
        var dates: [GUID: CalendarDate] = [:]
        for (row, wish) in chunk {
            do throws(RequestProblem) {
                var outcome = RowOutcome.Outcome.done
                switch wish {
                case .change(let id, let edit):
                    if let detail = try edit.applied(to: found(details[id], id)) {
                        edited.append(detail)
                    } else {
                        outcome = .unchanged
                    }
                case .remove(let id):
                    let detail = try found(details[id], id)
                    try detail.refuseRemoval()
                    removed.append(detail)
                case .type(let line, let invoice):
                    let header = try headers[invoice].get()
                    guard details[line.lineDetailId] == nil else {
                        throw RequestProblem(
                            "there is a line detail \(line.lineDetailId); name it as lineDetail to change it")
                    }
                    typed.append(
                        try line.lineDetail(
                            on: header, line: lines[line.contractLineId]?.line,
                            invoiceLine: invoiceLines[header.draft.invoiceId]?[line.contractLineId]))
                case .accountingDate(let date, let invoice):
                    let header = try headers[invoice].get()
                    if let refusal = header.draft.refusalOfEditing { throw RequestProblem(refusal) }
                    dates[header.draft.invoiceId] = date
                    outcome = header.draft.accountingDate == date ? .unchanged : .done
                }
                outcomes.append(RowOutcome(row: row, key: wish.key, outcome))
            } catch {
                outcomes.append(RowOutcome(row: row, key: wish.key, .refused, error.description))
            }
        }
        try store.update(edited)
        try store.remove(removed, noting: changes)
        try insert(typed)
        try store.set(accountingDates: dates)
        changed.formUnion(edited.map(\.invoiceId) + typed.map(\.invoiceId) + removed.map(\.detail.invoiceId))
        chunk.removeAll(keepingCapacity: true)
        chunkDetails.removeAll(keepingCapacity: true)
    }

    /// Brings the headers' amounts up to date, and what the drafts deduct of retainers (`domain.md` §6.7).
    ///
    /// - parameter date: the day of what is deducted.
    /// - throws: `DatabaseError`.
    func finish(on date: CalendarDate) throws {
        try flush()
        guard !changed.isEmpty else { return }
        try DraftStore(connection: connection).sumLineDetails(of: Array(changed))
        let drafts = try DeductibleDraftStore(connection: connection).drafts(named: changed.map(\.description))
        _ = try RetainerDrafting(connection: connection, ids: DraftIds(), changes: changes).apply(to: drafts, on: date)
    }

    private func insert(_ details: [InvoiceLineDetail]) throws {
        guard !details.isEmpty else { return }
        var rows = CopyRows()
        try rows.append(contentsOf: details)
        try DraftStore(connection: connection).insert(lineDetails: rows)
        try changes.note(InvoiceLineDetail.self, written: details.map(\.invoiceLineDetailId))
    }

    private func invoiceLines(of invoices: [GUID]) throws -> [GUID: [GUID: GUID]] {
        var lines: [GUID: [GUID: GUID]] = [:]
        for line in try InvoiceStore(connection: connection).lines(ofInvoices: invoices) {
            guard let contractLine = line.contractLineId else { continue }
            lines[line.invoiceId, default: [:]][contractLine] =
                lines[line.invoiceId]?[contractLine] ?? line.invoiceLineId
        }
        return lines
    }

    private func found(_ detail: EditedLineDetail?, _ id: GUID) throws(RequestProblem) -> EditedLineDetail {
        guard let detail else { throw RequestProblem("there is no line detail \(id)") }
        return detail
    }
}

/// Headers by their numbers and ids.
private struct NamedHeaders {
    private var byId: [GUID: TypedLineHeader] = [:]
    private var byNumber: [String: [TypedLineHeader]] = [:]

    init(_ headers: [TypedLineHeader]) {
        for header in headers {
            byId[header.draft.invoiceId] = header
            byNumber[header.draft.invoiceNumber, default: []].append(header)
        }
    }

    var ids: [GUID] { Array(byId.keys) }

    subscript(name: String) -> Result<TypedLineHeader, RequestProblem> {
        if let id = GUID(name), let header = byId[id] { return .success(header) }
        let headers = byNumber[name] ?? []
        guard let header = headers.first else {
            return .failure(RequestProblem("there is no invoice \(name); ledgerbus dataverse invoices lists them"))
        }
        guard headers.count == 1 else {
            return .failure(RequestProblem("\(headers.count) invoices have the number \(name); name its id"))
        }
        return .success(header)
    }
}

extension EditRequest.Wish {
    /// The line detail that it is about.
    fileprivate var lineDetail: GUID? {
        switch self {
        case .change(let id, _), .remove(let id): id
        case .type(let line, _): line.lineDetailId
        case .accountingDate: nil
        }
    }

    fileprivate var invoice: String? {
        switch self {
        case .change, .remove: nil
        case .type(_, let invoice), .accountingDate(_, let invoice): invoice
        }
    }

    fileprivate var contractLine: GUID? { if case .type(let line, _) = self { line.contractLineId } else { nil } }

    /// What reports call it.
    fileprivate var key: String? { lineDetail.map(\.description) ?? invoice }
}
