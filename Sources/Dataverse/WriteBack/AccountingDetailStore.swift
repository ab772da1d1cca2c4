import Bus
import Contracts
import Database
import Service

/// The tables `accounting_details` and `invoice_detail_counts`: what Finance gave back of each actual, and how many of
/// an invoice's came. Written by write-back alone, never loaded, never compared (promise 9).
struct AccountingDetailStore {
    typealias Batch = VersionedBatch<AccountingDetailRow, GUID, Note>

    /// Where a detail counts.
    struct Note: Sendable {
        let invoiceId: GUID?
        let accountingAmount: Money
        let place: MessageRefusal.Place
    }

    let connection: Connection

    private static let table = VersionedTable<AccountingDetailRow>(
        "accounting_details", key: ["actual_id"], version: "posting_version",
        known: ["invoice_id", "accounting_amount"])

    /// Brings the newest details of a batch in, and counts those that are new or newer.
    ///
    /// - throws: `DatabaseError`; `MessageRefusal` when one contradicts another of the same posting version.
    func write(_ newest: [Batch.Arrival], of batch: Batch) throws {
        let rows = batch.rows(of: newest)
        if try Self.table.insertAllNew(rows, on: connection) {
            CrashPoint.pass(.detailsWritten)
            try count(newest)
        } else {
            try refuseSecond(newest, of: batch)
            try merge(newest, rows)
        }
        try refuseSecond(batch.contradictions(), of: batch)
    }

    private func refuseSecond(_ arrivals: [Batch.Arrival], of batch: Batch) throws {
        try SecondPosting.refuse(
            Self.table.contradictions(of: batch.rows(of: arrivals), on: connection), of: .accountingDetail,
            at: Dictionary(arrivals.map { ($0.key, $0.note.place) }) { first, _ in first }
        ) { ($0.detail.actualId, "actual \($0.detail.actualId)", $0.detail.postingSentence) }
    }

    private func merge(_ newest: [Batch.Arrival], _ rows: CopyRows) throws {
        guard try Self.table.merge(rows, on: connection) > 0 else { return }
        // New minus old, each over the partition that the new one came by.
        try connection.execute(
            Self.addCounts + """
                SELECT invoice_id, p.partition, sum(details)::bigint, sum(amount) FROM (
                    SELECT actual_id, invoice_id, 1 AS details, accounting_amount AS amount FROM \(Self.table.arriving)
                    UNION ALL
                    SELECT actual_id, invoice_id, -1, -accounting_amount FROM \(Self.table.known)
                ) c JOIN unnest($1::uuid[], $2::int[]) AS p (actual_id, partition) USING (actual_id)
                WHERE invoice_id IS NOT NULL
                GROUP BY invoice_id, p.partition ORDER BY invoice_id, p.partition
                """ + Self.onConflict, newest.map(\.key), newest.map(\.note.place.partition))
        try Self.table.updateKnown(on: connection)
    }

    /// How many actuals have their detail.
    ///
    /// - throws: `DatabaseError`.
    func count() throws -> Int { try connection.value(Int.self, "SELECT count(*) FROM accounting_details") }

    /// How many actuals of each invoice have their detail.
    ///
    /// - throws: `DatabaseError`.
    func countsByInvoice() throws -> [GUID: Int] {
        let invoices = try connection.records(
            InvoiceCount.self,
            "SELECT invoice_id, sum(details)::bigint AS details FROM invoice_detail_counts GROUP BY invoice_id")
        return Dictionary(uniqueKeysWithValues: invoices.map { ($0.invoiceId, $0.details) })
    }

    /// An invoice of which other details are counted than have come.
    struct Miscount: Record {
        let invoiceId: GUID
        let counted: Int
        let came: Int
        let countedAmount: Numeric
        let amount: Numeric

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Miscount(
                invoiceId: try column("invoice_id", row?.invoiceId),
                counted: try column("counted", row?.counted),
                came: try column("came", row?.came),
                countedAmount: try column("counted_amount", row?.countedAmount),
                amount: try column("amount", row?.amount))
        }
    }

    /// Counts the details of every invoice anew.
    ///
    /// - throws: `DatabaseError`.
    func miscounts() throws -> [Miscount] {
        try connection.records(
            Miscount.self,
            """
            SELECT invoice_id, sum(counted)::bigint AS counted, sum(came)::bigint AS came,
                sum(counted_amount) AS counted_amount, sum(amount) AS amount
            FROM (
                SELECT invoice_id, details AS counted, 0::bigint AS came, accounting_amount AS counted_amount,
                    0::numeric AS amount
                FROM invoice_detail_counts
                UNION ALL
                SELECT invoice_id, 0, count(*), 0, sum(accounting_amount) FROM accounting_details
                WHERE invoice_id IS NOT NULL GROUP BY invoice_id
            ) counts GROUP BY invoice_id
            HAVING sum(counted) <> sum(came) OR sum(counted_amount) <> sum(amount) ORDER BY invoice_id
            """)
    }

    /// Waits for those who are counting, and keeps others from it until the transaction ends: what they have inserted and
    /// not yet counted, they add after it.
    ///
    /// - throws: `DatabaseError`.
    func lockCounts() throws { try connection.executeScript("LOCK TABLE invoice_detail_counts IN EXCLUSIVE MODE") }

    /// Corrects the counts of invoices. Call ``lockCounts()`` before they are counted.
    ///
    /// - throws: `DatabaseError`.
    func correct(_ miscounts: [Miscount]) throws {
        try connection.execute(
            """
            WITH wrong AS (DELETE FROM invoice_detail_counts WHERE invoice_id = ANY ($1) AND partition <> 0)
            INSERT INTO invoice_detail_counts (invoice_id, partition, details, accounting_amount)
            SELECT invoice_id, 0, details, amount FROM unnest($1::uuid[], $2::bigint[], $3::numeric[])
                AS counts (invoice_id, details, amount)
            ON CONFLICT (invoice_id, partition) DO UPDATE SET details = excluded.details,
                accounting_amount = excluded.accounting_amount
            """, miscounts.map(\.invoiceId), miscounts.map(\.came), miscounts.map(\.amount))
    }

    /// Counts details that are all new.
    private func count(_ newest: [Batch.Arrival]) throws {
        var counts: [InvoicePartition: (details: Int, amount: Money)] = [:]
        for arrival in newest {
            guard let invoice = arrival.note.invoiceId else { continue }
            let key = InvoicePartition(invoice: invoice, partition: arrival.note.place.partition)
            let (details, amount) = counts[key] ?? (0, .zero)
            counts[key] = (details + 1, amount + arrival.note.accountingAmount)
        }
        guard !counts.isEmpty else { return }
        // In a fixed order, so that two consumers can't wait for each other.
        let sorted = counts.sorted { $0.key < $1.key }
        try connection.execute(
            Self.addCounts + "SELECT * FROM unnest($1::uuid[], $2::int[], $3::bigint[], $4::numeric[])"
                + Self.onConflict,
            sorted.map(\.key.invoice), sorted.map(\.key.partition), sorted.map(\.value.details),
            sorted.map { Numeric(unscaled: $0.value.amount.units, scale: Money.scale) })
    }

    private static let addCounts =
        "INSERT INTO invoice_detail_counts AS c (invoice_id, partition, details, accounting_amount) "

    private static let onConflict = """
         ON CONFLICT (invoice_id, partition) DO UPDATE SET details = c.details + excluded.details,
            accounting_amount = c.accounting_amount + excluded.accounting_amount
        """
}

/// An invoice's details that come over one partition.
private struct InvoicePartition: Hashable, Comparable {
    let invoice: GUID
    let partition: Int32

    static func < (left: InvoicePartition, right: InvoicePartition) -> Bool {
        (left.invoice, left.partition) < (right.invoice, right.partition)
    }
}

private struct InvoiceCount: Record {
    let invoiceId: GUID
    let details: Int

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoiceCount(
            invoiceId: try column("invoice_id", row?.invoiceId), details: try column("details", row?.details))
    }
}

/// What Finance gave back of an actual, as it came.
struct AccountingDetailRow: Record {
    var detail: AccountingDetail

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        AccountingDetailRow(detail: try column.message(row?.detail))
    }
}
