import Bus
import Contracts
import Database

/// Puts corrections on drafts: looks at all that is asked for first, so that no row of the request is done by half, and
/// then writes, a chunk at a time.
final class RevisionDrafting {
    private let connection: Connection
    private let configuration: DataverseConfiguration
    private let store: RevisionStore
    private let revisions: [InvoiceRevision]
    /// The drafts that were made, not added to.
    private(set) var newDrafts: Set<GUID> = []

    private static let chunk = 5_000

    init(_ revisions: [InvoiceRevision], in store: RevisionStore, configuration: DataverseConfiguration) {
        self.revisions = revisions
        self.store = store
        self.configuration = configuration
        connection = store.connection
    }

    /// Does it.
    ///
    /// - returns: what became of the rows.
    /// - throws: `DatabaseError`.
    func run(noting changes: ChangeSet) throws -> [RowOutcome] {
        try collect()
        let tallies = try examine()
        var accepted: [InvoiceRevision] = []
        var outcomes: [RowOutcome] = []
        for revision in revisions {
            let tally = tallies[revision.row] ?? RevisionTally()
            if let problem = tally.refusal(isAll: revision.transactions == nil) {
                outcomes.append(
                    RowOutcome(row: revision.row, key: revision.source.invoice.invoiceNumber, .refused, problem))
            } else {
                accepted.append(revision)
            }
        }
        let drafts = try drafts(for: accepted)
        try store.assign(drafts.mapValues(\.invoiceId))
        try write(drafts.mapValues(\.invoiceId), noting: changes)
        try store.noteCorrections(on: Array(Set(drafts.values.map(\.invoiceId))))
        try DraftStore(connection: connection).sumLineDetails(ofInvoices: RevisionStore.drafts)
        for revision in accepted {
            guard let draft = drafts[revision.row], let tally = tallies[revision.row] else { continue }
            outcomes.append(
                RowOutcome(
                    row: revision.row, key: revision.source.invoice.invoiceNumber, .done,
                    "\(tally.accepted) on \(draft.invoiceNumber)\(tally.leftOut)"))
        }
        return outcomes
    }

    private func collect() throws {
        try store.collect(
            revisions.map {
                RevisionScope(
                    place: $0.row, invoiceId: $0.source.invoice.invoiceId, draftId: $0.target?.invoice.invoiceId,
                    isAll: $0.transactions == nil)
            },
            revisions.flatMap { revision in
                (revision.transactions ?? []).map { NamedTransaction(place: revision.row, id: $0) }
            })
    }

    /// What can be revised of each row, and what is wrong with the rest.
    private func examine() throws -> [Int: RevisionTally] {
        var tallies: [Int: RevisionTally] = [:]
        for unknown in try store.unknownTransactions() {
            tallies[unknown.place, default: RevisionTally()].refuse(unknown.problem)
        }
        try store.forEachLine(chunk: Self.chunk) { line in
            if let problem = line.problem {
                tallies[line.place, default: RevisionTally()].refuse(
                    "line detail \(line.detail.invoiceLineDetailId): \(problem)")
            } else {
                tallies[line.place, default: RevisionTally()].accepted += 1
            }
        } afterChunk: {
        }
        return tallies
    }

    /// The draft of each row, by its place; those that there is none for yet are made, one for each revised invoice.
    private func drafts(for revisions: [InvoiceRevision]) throws -> [Int: Invoice] {
        var sources: [Invoice] = []
        var known: Set<GUID> = []
        for revision in revisions where revision.target == nil {
            if known.insert(revision.source.invoice.invoiceId).inserted { sources.append(revision.source.invoice) }
        }
        let store = DraftStore(connection: connection)
        let numbers = try store.takeNumbers(sources.count, prefix: configuration.invoiceNumberPrefix)
        let ids = try DraftIds()
        let made = zip(sources, numbers).map { source, number in
            Revision.draft(of: source, numbered: number.text, invoiceId: ids.invoice(numbered: number.text))
        }
        if !made.isEmpty { try store.insert(made, numbers) }
        newDrafts = Set(made.map(\.invoiceId))
        let bySource = Dictionary(uniqueKeysWithValues: zip(sources.map(\.invoiceId), made))
        var drafts: [Int: Invoice] = [:]
        for revision in revisions {
            drafts[revision.row] = revision.target?.invoice ?? bySource[revision.source.invoice.invoiceId]
        }
        return drafts
    }

    private func write(_ drafts: [Int: GUID], noting changes: ChangeSet) throws {
        let ids = try RevisionIds()
        let lines = try writeLines(ids)
        let store = DraftStore(connection: connection)
        var (details, connections) = (CopyRows(), CopyRows())
        var gained: [GUID: Int] = [:]
        try self.store.forEachLine(chunk: Self.chunk) { line in
            guard let draft = drafts[line.place] else { return }
            let target = line.detail.invoiceLineId.flatMap { lines[DraftLineKey(draft: draft, line: $0)] }
            // What cannot be revised was counted as left out.
            guard line.problem == nil, let billed = line.billed else { return }
            let detail = Revision.correction(of: line.detail, billedBy: billed, on: draft, line: target, ids: ids)
            try details.append(detail)
            try connections.append(
                TransactionConnection(
                    correcting: billed.actualId, by: detail.invoiceLineDetailId,
                    connectionId: ids.connection(of: detail.invoiceLineDetailId)))
            gained[draft, default: 0] += 1
        } afterChunk: {
            try store.insert(lineDetails: details)
            try ConnectionStore(connection: connection).insert(connections)
            details.removeAll(keepingCapacity: true)
            connections.removeAll(keepingCapacity: true)
        }
        for (draft, lineDetails) in gained {
            try changes.note(
                InvoiceChange(invoiceId: draft, progress: InvoiceProgress(lineDetails: lineDetails)))
        }
    }

    /// The lines of the drafts for those of the revised invoices; what a draft has no line for, it gets one.
    private func writeLines(_ ids: RevisionIds) throws -> [DraftLineKey: GUID] {
        var lines: [DraftLineKey: GUID] = [:]
        var rows = CopyRows()
        for revised in try store.invoiceLines() {
            let id = revised.targetId ?? ids.line(for: revised.line.invoiceLineId, on: revised.draftId)
            lines[DraftLineKey(draft: revised.draftId, line: revised.line.invoiceLineId)] = id
            guard revised.targetId == nil else { continue }
            var line = revised.line
            (line.invoiceLineId, line.rowVersion, line.invoiceId) = (id, 1, revised.draftId)
            try rows.append(line)
        }
        try DraftStore(connection: connection).insert(lines: rows)
        return lines
    }
}

/// A line of a revised invoice, as it is on a draft.
private struct DraftLineKey: Hashable {
    let draft: GUID
    let line: GUID
}

/// What can be revised of what a row of the request asks for.
struct RevisionTally: Hashable, Sendable {
    var accepted = 0
    private var problems: [String] = []
    private var refused = 0

    /// How many are named.
    private static let mostNamed = 2

    init() {}

    mutating func refuse(_ problem: String) {
        refused += 1
        if problems.count < Self.mostNamed { problems.append(problem) }
    }

    /// Why the row is refused; nil when it is not. Of all line details those are revised that can be, and of named ones
    /// all or none.
    func refusal(isAll: Bool) -> String? {
        if isAll, accepted > 0 { return nil }
        if accepted > 0, refused == 0 { return nil }
        return refused == 0 ? "it has no line details; load msdyn_invoicelinetransactions" : said
    }

    /// What was left out, as the end of a sentence.
    var leftOut: String { refused == 0 ? "" : "; left out: \(said)" }

    private var said: String {
        let more = refused - problems.count
        return problems.joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
    }
}
