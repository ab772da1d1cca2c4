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

    /// How many billed sales of an invoice have arrived.
    func count(company: Company, invoiceId: GUID) throws -> Int {
        try connection.value(
            Int.self,
            """
            SELECT coalesce(sum(count), 0)::bigint FROM invoice_arrivals WHERE data_area_id = $1 AND invoice_id = $2
            """, company, invoiceId)
    }
}
