import Bus
import Contracts
import Database

/// How many new billed sales of each invoice a batch brings, partition by partition.
struct InvoiceArrivals {
    private struct Key: Hashable {
        var invoiceId: GUID
        var partition: Int32
        /// A place in the batch's companies.
        var company: Int
    }

    private var counts: [Key: Int] = [:]

    mutating func add(_ invoiceId: GUID, company: Int, partition: Int32) {
        counts[Key(invoiceId: invoiceId, partition: partition, company: company), default: 0] += 1
    }

    /// Adds the counts to those in the database, and marks the invoices.
    func write(companies: [String], to connection: Connection) throws {
        guard !counts.isEmpty else { return }
        let keys = Array(counts.keys)
        try connection.execute(
            """
            INSERT INTO invoice_arrivals AS known (data_area_id, invoice_id, partition, count)
            SELECT * FROM unnest($1::text[], $2::uuid[], $3::int[], $4::bigint[]) AS new (company, invoice, partition, count)
            ORDER BY company, invoice, partition
            ON CONFLICT (data_area_id, invoice_id, partition) DO UPDATE SET count = known.count + excluded.count
            """, keys.map { companies[$0.company] }, keys.map(\.invoiceId), keys.map(\.partition),
            keys.map { counts[$0] ?? 0 })
        let invoices = Set(keys.map { Key(invoiceId: $0.invoiceId, partition: 0, company: $0.company) })
        try connection.execute(
            """
            INSERT INTO invoices_to_check (data_area_id, invoice_id)
            SELECT * FROM unnest($1::text[], $2::uuid[])
            """, invoices.map { companies[$0.company] }, invoices.map(\.invoiceId))
    }
}
