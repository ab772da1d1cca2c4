import Bus
import Contracts
import Database

/// An amount or quantity that changed in Dataverse after Finance had made a line of it.
struct OutOfSyncActual: Record {
    var company: Company
    var actualId: GUID
    var rowVersion: Int
    /// As Dataverse has it now.
    var amount: Money
    var quantity: Quantity

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OutOfSyncActual(
            company: try column("data_area_id", row?.company),
            actualId: try column("actual_id", row?.actualId),
            rowVersion: try column("row_version", row?.rowVersion),
            amount: try column("amount", row?.amount),
            quantity: try column("quantity", row?.quantity))
    }
}

/// The list of what a person has to correct with a new invoice: `out_of_sync_actuals` (`domain.md` §6.14).
struct OutOfSyncStore {
    let connection: Connection

    func append(_ actuals: [OutOfSyncActual]) throws {
        guard !actuals.isEmpty else { return }
        // Under the lock of the staged rows, in which nobody waits for a client: not by COPY.
        try connection.execute(
            """
            INSERT INTO out_of_sync_actuals (\(OutOfSyncActual.columnList))
            SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::numeric[], $5::numeric[])
            """, actuals.map(\.company), actuals.map(\.actualId), actuals.map(\.rowVersion),
            actuals.map { Numeric(unscaled: $0.amount.units, scale: Money.scale) },
            actuals.map { Numeric(unscaled: $0.quantity.units, scale: Quantity.scale) })
    }
}
