import Bus
import Contracts
import Database

/// The table `published_invoices`: what was published of an invoice last.
struct PublishedInvoiceStore {
    let connection: Connection

    /// The published invoices that some billed sales are on.
    ///
    /// - throws: `DatabaseError`.
    func published(ofActuals ids: [GUID]) throws -> [GUID] {
        try connection.values(
            GUID.self,
            """
            SELECT DISTINCT q.invoice_id FROM actuals a JOIN published_invoices q ON q.invoice_id = a.invoice_id
            WHERE a.actual_id = ANY ($1) AND a.transaction_type = \(TransactionType.billedSales.sql)
            """, ids)
    }

    /// What was published of an invoice last.
    ///
    /// - throws: `DatabaseError`.
    func published(_ invoiceId: GUID) throws -> PublishedInvoice? {
        try connection.record(
            PublishedInvoice.self,
            "SELECT \(PublishedInvoice.columnList) FROM published_invoices WHERE invoice_id = $1", invoiceId)
    }

    /// Notes what was published.
    ///
    /// - throws: `DatabaseError`.
    func note(_ published: [PublishedInvoice]) throws {
        guard !published.isEmpty else { return }
        try connection.execute(
            """
            INSERT INTO published_invoices (\(PublishedInvoice.columnList))
            SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::uuid[])
            ON CONFLICT (invoice_id) DO UPDATE SET
                totals_version = excluded.totals_version, content = excluded.content, published_at = now()
            """, published.map(\.invoiceId), published.map(\.totalsVersion), published.map(\.content))
    }
}

/// A version of an invoice that was published.
struct PublishedInvoice: Record, Hashable {
    var invoiceId: GUID
    var totalsVersion: Int
    /// A digest of the message without its version.
    var content: GUID

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PublishedInvoice(
            invoiceId: try column("invoice_id", row?.invoiceId),
            totalsVersion: try column("totals_version", row?.totalsVersion),
            content: try column("content", row?.content))
    }
}
