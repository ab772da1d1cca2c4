import Bus
import Contracts
import Database

/// The table `reversed_actuals`: what was published as taken back, and by what.
struct ReversalStore {
    let connection: Connection

    /// Notes reversals that are to be published; of an original, the one that was noted first stands, and of several at
    /// once the oldest row.
    ///
    /// - returns: by their ids, those whose original another one took back before.
    /// - throws: `DatabaseError`.
    func takeBack(_ reversals: [Reversal]) throws -> [GUID: TakenBack] {
        guard !reversals.isEmpty else { return [:] }
        let (ids, originals) = (reversals.map(\.reversalId), reversals.map(\.originalId))
        try connection.execute(
            """
            INSERT INTO reversed_actuals (original_id, reversal_id)
            SELECT DISTINCT ON (original_id) original_id, reversal_id
            FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS r (reversal_id, original_id, row_version)
            ORDER BY original_id, row_version, reversal_id
            ON CONFLICT DO NOTHING
            """, ids, originals, reversals.map(\.rowVersion))
        let others = try connection.records(
            TakenBack.self,
            """
            SELECT r.reversal_id, r.original_id, o.reversal_id AS other_id, i.invoice_number
            FROM unnest($1::uuid[], $2::uuid[]) AS r (reversal_id, original_id)
            JOIN reversed_actuals o ON o.original_id = r.original_id AND o.reversal_id <> r.reversal_id
            LEFT JOIN actuals a ON a.actual_id = o.reversal_id
            LEFT JOIN invoices i ON i.invoice_id = a.invoice_id
            """, ids, originals)
        return Dictionary(others.map { ($0.reversalId, $0) }) { first, _ in first }
    }
}

/// A reversal that is to be published.
struct Reversal: Hashable, Sendable {
    let reversalId: GUID
    let originalId: GUID
    let rowVersion: Int

    /// - returns: nil when the actual takes nothing back.
    init?(of message: ActualCreated) {
        guard let originalId = message.reversedActualId else { return nil }
        (reversalId, self.originalId, rowVersion) = (message.actualId, originalId, message.rowVersion)
    }
}

/// A reversal whose original another one took back before.
struct TakenBack: Record, Hashable {
    var reversalId: GUID
    var originalId: GUID
    var otherId: GUID
    /// The number of the invoice that the other one is on.
    var invoiceNumber: String?

    var reason: WaitingReason {
        let place = invoiceNumber.map { " on invoice \($0)" } ?? ""
        return WaitingReason(
            .takenBack, otherId, "\(reversalId) takes back \(originalId), which \(otherId)\(place) took back before")
    }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        TakenBack(
            reversalId: try column("reversal_id", row?.reversalId),
            originalId: try column("original_id", row?.originalId), otherId: try column("other_id", row?.otherId),
            invoiceNumber: try column("invoice_number", row?.invoiceNumber))
    }
}
