import Bus
import Contracts
import Database

/// Approves, cancels and evaluates entries anew, a chunk at a time, within a transaction.
final class EntryApproval {
    private let connection: Connection
    private let changes: ChangeSet
    private let lookups: EntryLookups
    private let hash: SHA256
    private(set) var outcomes: [RowOutcome] = []

    private var chunk: [(row: Int, request: EntryRequest)] = []
    /// The entries of the chunk: one entry's events come one after the other.
    private var chunkEntries: Set<GUID> = []

    private static let chunkSize = 5_000

    /// - throws: `DatabaseError`; `SHA256Unavailable`.
    init(connection: Connection, changes: ChangeSet) throws {
        self.connection = connection
        self.changes = changes
        lookups = try EntryLookups(connection: connection)
        hash = try SHA256()
    }

    /// Takes a row of the request.
    ///
    /// - throws: `DatabaseError`.
    func add(_ row: Int, _ request: Result<EntryRequest, RefusedRow>) throws {
        switch request {
        case .failure(let refusal): outcomes.append(RowOutcome(row: row, key: refusal.key, .refused, refusal.problem))
        case .success(let request):
            if chunk.count == Self.chunkSize || chunkEntries.contains(request.entryId) { try flush() }
            chunk.append((row, request))
            chunkEntries.insert(request.entryId)
        }
    }

    /// Does what was taken.
    ///
    /// - throws: `DatabaseError`.
    func flush() throws {
        guard !chunk.isEmpty else { return }
        let store = EntryStore(connection: connection)
        let stored = try store.entries(chunk.map(\.request.entryId))
        let existing = try store.actuals(
            ofEntries: chunk.filter { $0.request.event != .approved }.map(\.request.entryId))
        var asked: [(row: Int, request: EntryRequest, event: Result<EntryChange, ApprovalRefusal>)] = []
        for (row, request) in chunk {
            asked.append((row, request, event(request, stored[request.entryId])))
        }
        try lookups.read(for: asked.compactMap { try? $0.event.get().stored?.entry })
        var written = WrittenEntries()
        for (row, request, event) in asked {
            do throws(ApprovalRefusal) {
                let change = try event.get()
                let actuals = existing[request.entryId] ?? []
                guard let rows = try rows(of: change, actuals) else {
                    outcomes.append(RowOutcome(row: row, key: "\(request.entryId)", .unchanged, change.message))
                    continue
                }
                written.add(rows, change)
                outcomes.append(RowOutcome(row: row, key: "\(request.entryId)", .done))
            } catch {
                outcomes.append(RowOutcome(row: row, key: "\(request.entryId)", .refused, error.problem))
            }
        }
        try write(written)
        chunk.removeAll(keepingCapacity: true)
        chunkEntries.removeAll(keepingCapacity: true)
    }

    private func event(
        _ request: EntryRequest, _ stored: StoredEntry?
    ) -> Result<EntryChange, ApprovalRefusal> {
        do throws(RequestProblem) {
            return .success(
                try EntryChange(request, stored) { name throws(RequestProblem) in try lookups.currency(name) })
        } catch {
            return .failure(ApprovalRefusal(error.description))
        }
    }

    /// What a change writes; nil when it changes nothing.
    private func rows(of change: EntryChange, _ existing: [Actual]) throws(ApprovalRefusal) -> ApprovedRows? {
        guard let stored = change.stored else { return nil }
        var rows: ApprovedRows
        switch change.kind {
        case .none: return nil
        case .made: rows = ApprovedRows()
        case .takenBack: return try Approval.reversal(of: existing, hash)
        case .madeAnew: rows = try Approval.reversal(of: existing, hash)
        }
        if let problem = lookups.problem(of: stored.entry) { throw ApprovalRefusal(problem) }
        let made = try Approval.rows(
            for: lookups.facts(of: stored.entry),
            ids: ApprovalIds(hash: hash, entryId: stored.entry.entryId, revision: stored.revision))
        rows.made = made.actuals.map(\.actualId)
        rows.actuals += made.actuals
        rows.connections += made.connections
        return rows
    }

    private func write(_ written: WrittenEntries) throws {
        var (actuals, connections) = (CopyRows(), CopyRows())
        try actuals.append(contentsOf: written.actuals)
        try connections.append(contentsOf: written.connections)
        try ActualStore(connection: connection).insert(actuals)
        try ConnectionStore(connection: connection).insert(connections)
        try changes.note(Actual.self, written: written.actuals.map(\.actualId))
        try changes.note(TransactionConnection.self, written: written.connections.map(\.connectionId))
        try ActualStore(connection: connection).update(written.adjusted, noting: changes)
        let entries = EntryStore(connection: connection)
        try entries.replace(written.entries)
        try entries.note(written.made, of: written.madeOf, revisions: written.madeRevisions)
    }
}

/// What a chunk of entries writes.
private struct WrittenEntries {
    var actuals: [Actual] = []
    var connections: [TransactionConnection] = []
    var adjusted: [Actual] = []
    var entries: [StoredEntry] = []
    var made: [GUID] = []
    var madeOf: [GUID] = []
    var madeRevisions: [Int] = []

    mutating func add(_ rows: ApprovedRows, _ change: EntryChange) {
        actuals += rows.actuals
        connections += rows.connections
        adjusted += rows.adjusted
        guard let stored = change.stored else { return }
        entries.append(stored)
        made += rows.made
        madeOf += rows.made.map { _ in stored.entry.entryId }
        madeRevisions += rows.made.map { _ in stored.revision }
    }
}
