import Bus
import Contracts
import Database

/// The table `posted_invoices`: what Finance made of each invoice.
struct PostedInvoiceStore {
    typealias Batch = VersionedBatch<PostedInvoiceRow, GUID, MessageRefusal.Place>

    let connection: Connection

    private static let table = VersionedTable<PostedInvoiceRow>(
        "posted_invoices", key: ["invoice_id"], version: "posting_version")

    /// Brings the newest postings of a batch in.
    ///
    /// - throws: `DatabaseError`.
    func write(_ newest: [Batch.Arrival], of batch: Batch) throws {
        let rows = batch.rows(of: newest)
        if try Self.table.insertAllNew(rows, on: connection) { return }
        guard try Self.table.merge(rows, on: connection) > 0 else { return }
        try Self.table.updateKnown(on: connection)
    }

    /// How many there are.
    ///
    /// - throws: `DatabaseError`.
    func count() throws -> Int { try connection.value(Int.self, "SELECT count(*) FROM posted_invoices") }
}

/// What Finance made of an invoice, as it came.
struct PostedInvoiceRow: Record {
    var invoice: InvoicePosted

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PostedInvoiceRow(invoice: try column.message(row?.invoice))
    }
}
