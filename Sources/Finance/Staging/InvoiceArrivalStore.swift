import Bus
import Contracts
import Database

/// How many more billed sales of each invoice there are, partition by partition.
struct InvoiceArrivals {
    fileprivate struct Key: Hashable {
        var company: Company
        var invoiceId: GUID
        var partition: Int32
    }

    fileprivate private(set) var counts: [Key: Int] = [:]

    mutating func add(_ count: Int, of invoiceId: GUID, company: Company, partition: Int32) {
        counts[Key(company: company, invoiceId: invoiceId, partition: partition), default: 0] += count
    }

    /// The invoices about which something changed.
    var invoices: Set<InvoiceCheckStore.Invoice> {
        Set(counts.keys.map { InvoiceCheckStore.Invoice(company: $0.company, invoiceId: $0.invoiceId) })
    }
}

/// How many billed sales of an invoice came over each partition, so that consumers don't queue on one row:
/// `invoice_arrivals`.
struct InvoiceArrivalStore {
    let connection: Connection

    /// Adds to the counts.
    func add(_ arrivals: InvoiceArrivals) throws {
        let counts = arrivals.counts.filter { $0.value != 0 }
        guard !counts.isEmpty else { return }
        try connection.execute(
            """
            INSERT INTO invoice_arrivals AS known (data_area_id, invoice_id, partition, count)
            SELECT * FROM unnest($1::text[], $2::uuid[], $3::int[], $4::bigint[]) AS new (company, invoice, partition, count)
            ORDER BY company, invoice, partition
            ON CONFLICT (data_area_id, invoice_id, partition) DO UPDATE SET count = known.count + excluded.count
            """, counts.keys.map(\.company), counts.keys.map(\.invoiceId), counts.keys.map(\.partition),
            Array(counts.values))
    }

    /// An invoice of which another number is counted than has arrived.
    struct Miscount: Record {
        let invoice: InvoiceCheckStore.Invoice
        let counted: Int
        let arrived: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Miscount(
                invoice: try column.record("", row?.invoice),
                counted: try column("counted", row?.counted),
                arrived: try column("arrived", row?.arrived))
        }
    }

    /// Counts the billed sales of every invoice anew.
    func miscounts() throws -> [Miscount] {
        try connection.records(
            Miscount.self,
            """
            SELECT data_area_id, invoice_id, sum(counted)::bigint AS counted, sum(arrived)::bigint AS arrived FROM (
                SELECT data_area_id, invoice_id, count AS counted, 0::bigint AS arrived FROM invoice_arrivals
                UNION ALL
                SELECT data_area_id, invoice_id, 0, count(*) FROM actuals_staging
                WHERE transaction_type = \(TransactionType.billedSales.sql) AND invoice_id IS NOT NULL AND NOT withdrawn
                GROUP BY data_area_id, invoice_id
            ) counts GROUP BY data_area_id, invoice_id HAVING sum(counted) <> sum(arrived)
            ORDER BY data_area_id, invoice_id
            """)
    }

    /// Waits for those who are counting, and keeps others from it until the transaction ends: what they have inserted and
    /// not yet counted, they add after it.
    func lock() throws { try connection.executeScript("LOCK TABLE invoice_arrivals IN EXCLUSIVE MODE") }

    /// Corrects the counts of invoices. Call ``lock()`` before they are counted.
    func correct(_ miscounts: [Miscount]) throws {
        try connection.execute(
            """
            WITH wrong AS (
                DELETE FROM invoice_arrivals a USING unnest($1::text[], $2::uuid[]) AS w (company, invoice)
                WHERE a.data_area_id = w.company AND a.invoice_id = w.invoice AND a.partition <> 0
            )
            INSERT INTO invoice_arrivals (data_area_id, invoice_id, partition, count)
            SELECT company, invoice, 0, count FROM unnest($1::text[], $2::uuid[], $3::bigint[]) AS right_ (company, invoice, count)
            ON CONFLICT (data_area_id, invoice_id, partition) DO UPDATE SET count = excluded.count
            """, miscounts.map(\.invoice.company), miscounts.map(\.invoice.invoiceId), miscounts.map(\.arrived))
    }

    /// The companies of the billed sales that name an invoice.
    func companies(of invoiceId: GUID) throws -> [Company] {
        try connection.values(
            Company.self,
            """
            SELECT data_area_id FROM invoice_arrivals WHERE invoice_id = $1
            GROUP BY data_area_id HAVING sum(count) > 0 ORDER BY data_area_id
            """, invoiceId)
    }

    /// How many billed sales of an invoice have arrived.
    func count(company: Company, invoiceId: GUID) throws -> Int {
        try connection.value(
            Int.self,
            """
            SELECT coalesce(sum(count), 0)::bigint FROM invoice_arrivals WHERE data_area_id = $1 AND invoice_id = $2
            """, company, invoiceId)
    }
}
