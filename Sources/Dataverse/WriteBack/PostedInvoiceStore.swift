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
    /// - throws: `DatabaseError`; `MessageRefusal` when one contradicts another of the same posting version.
    func write(_ newest: [Batch.Arrival], of batch: Batch) throws {
        let rows = batch.rows(of: newest)
        if try !Self.table.insertAllNew(rows, on: connection) {
            try refuseSecond(newest, of: batch)
            if try Self.table.merge(rows, on: connection) > 0 { try Self.table.updateKnown(on: connection) }
        }
        try refuseSecond(batch.contradictions(), of: batch)
    }

    private func refuseSecond(_ arrivals: [Batch.Arrival], of batch: Batch) throws {
        try SecondPosting.refuse(
            Self.table.contradictions(of: batch.rows(of: arrivals), on: connection), of: .invoicePosted,
            at: Dictionary(arrivals.map { ($0.key, $0.note) }) { first, _ in first }
        ) { ($0.invoice.invoiceId, "invoice \($0.invoice.proposalNumber)", $0.invoice.postingSentence) }
    }

    /// How long ago invoices were published that are not known to be posted.
    ///
    /// - throws: `DatabaseError`.
    func secondsSincePublication(_ invoices: [GUID]) throws -> [Double] {
        guard !invoices.isEmpty else { return [] }
        let milliseconds = try connection.values(
            Int64.self,
            """
            SELECT (greatest(extract(epoch FROM now() - published.published_at), 0) * 1000)::bigint
            FROM published_invoices published
            WHERE published.invoice_id = ANY ($1)
                AND NOT EXISTS (SELECT FROM posted_invoices posted WHERE posted.invoice_id = published.invoice_id)
            """, invoices)
        return milliseconds.map { Double($0) / 1000 }
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
