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
        var rows = CopyRows()
        try rows.append(contentsOf: actuals)
        try connection.copy(rows, of: OutOfSyncActual.self, into: "out_of_sync_actuals")
    }
}
