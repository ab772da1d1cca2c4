import Contracts
import Database

/// Decides of the invoices that a load brings whether they are settled (``Settlement``).
struct CutoverDecision {
    let connection: Connection
    /// The first day that is ours to post.
    let date: CalendarDate
    let changes: ChangeSet

    private static let chunk = 10_000

    /// - throws: `DatabaseError`.
    func run() throws {
        let changed = [changes.ids(of: Invoice.self), try invoicesOfActuals()].compactMap(\.self)
        guard !changed.isEmpty else { return }
        let store = CutoverStore(connection: connection)
        var decided: [(invoice: GUID, settlement: Settlement)] = []
        try store.forEachUndecided(among: changed.joined(separator: " UNION ALL "), chunk: Self.chunk) {
            decided.append(($0.invoiceId, Settlement(of: $0.facts, cutover: date)))
        } afterChunk: {
            // Those who wait for an invoice look at it again.
            try changes.note(
                Invoice.table, key: Invoice.key, changedBy: CutoverStore.decide, decided.map(\.invoice),
                decided.map(\.settlement.rawValue))
            decided.removeAll(keepingCapacity: true)
        }
    }

    private func invoicesOfActuals() throws -> String? {
        changes.ids(of: Actual.self).map {
            "SELECT a.invoice_id FROM (\($0)) c JOIN actuals a ON a.actual_id = c.id WHERE a.invoice_id IS NOT NULL"
        }
    }
}
