import Bus
import Contracts
import Database

/// What changed in Dataverse after Finance had posted an actual.
struct OutOfSyncActual: Record {
    var company: Company
    var actualId: GUID
    var rowVersion: Int
    /// As Dataverse has it now.
    var amount: Money
    var quantity: Quantity
    /// The columns that are not what was posted, parted by commas; empty when all are.
    var changes: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OutOfSyncActual(
            company: try column("data_area_id", row?.company),
            actualId: try column("actual_id", row?.actualId),
            rowVersion: try column("row_version", row?.rowVersion),
            amount: try column("amount", row?.amount),
            quantity: try column("quantity", row?.quantity),
            changes: try column("changes", row?.changes))
    }
}

/// The list of what a person has to correct with a new invoice: `out_of_sync_actuals` (`domain.md` §6.14).
struct OutOfSyncStore {
    let connection: Connection

    /// Notes what these actuals are now: those that are as they were posted are out of sync no longer.
    func note(_ actuals: [OutOfSyncActual]) throws {
        guard !actuals.isEmpty else { return }
        try connection.execute(
            """
            DELETE FROM out_of_sync_actuals o USING unnest($1::text[], $2::uuid[]) AS noted (data_area_id, actual_id)
            WHERE o.data_area_id = noted.data_area_id AND o.actual_id = noted.actual_id
            """, actuals.map(\.company), actuals.map(\.actualId))
        let differing = actuals.filter { !$0.changes.isEmpty }
        // Under the lock of the staged rows, in which nobody waits for a client: not by COPY.
        try connection.execute(
            """
            INSERT INTO out_of_sync_actuals (\(OutOfSyncActual.columnList))
            SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::numeric[], $5::numeric[], $6::text[])
            """, differing.map(\.company), differing.map(\.actualId), differing.map(\.rowVersion),
            differing.map { Numeric(unscaled: $0.amount.units, scale: Money.scale) },
            differing.map { Numeric(unscaled: $0.quantity.units, scale: Quantity.scale) }, differing.map(\.changes))
    }
}
