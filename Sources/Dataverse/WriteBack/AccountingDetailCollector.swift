import Bus
import Contracts
import Database

/// One batch of accounting details.
final class AccountingDetailCollector: MessageCollector {
    /// What is needed to order and count a detail; the rest is encoded already.
    private struct Entry {
        let actualId: GUID
        let postingVersion: Int
        let invoiceId: GUID?
        let accountingAmount: Money
        let place: MessageRefusal.Place
        /// Its row in ``AccountingDetailCollector/rows``.
        let row: Int
    }

    private let decoder: MessageDecoder<AccountingDetail>
    private var entries: [Entry] = []
    private var rows = CopyRows()

    init(choices: ChoiceTables) {
        decoder = MessageDecoder(choices: choices)
    }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws(ContractError) {
        let detail = try decoder.decode(value)
        entries.append(
            Entry(
                actualId: detail.actualId, postingVersion: detail.postingVersion, invoiceId: detail.invoiceId,
                accountingAmount: detail.accountingAmount,
                place: MessageRefusal.Place(partition: source.partition, offset: source.offset), row: rows.rowCount))
        append(detail)
    }

    func write(to connection: Connection) throws {
        guard !entries.isEmpty else { return }
        let newest = newestInKeyOrder()
        try refuseUnknown(newest, on: connection)
        var sorted = CopyRows()
        for entry in newest { sorted.append(row: entry.row, of: rows) }
        do {
            // The usual case: all of them are new.
            _ = try connection.savepoint {
                try connection.copyIn("COPY accounting_details FROM STDIN (FORMAT binary)") { try $0.write(sorted) }
            }
            try count(newest, on: connection)
        } catch let error as DatabaseError where error.isUniqueViolation {
            try merge(newest, sorted, on: connection)
        }
    }

    func removeAll() {
        entries.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
    }

    /// Of each actual the detail with the highest posting version.
    private func newestInKeyOrder() -> [Entry] {
        let sorted = entries.sorted {
            $0.actualId != $1.actualId ? $0.actualId < $1.actualId : $0.postingVersion > $1.postingVersion
        }
        var newest: [Entry] = []
        newest.reserveCapacity(sorted.count)
        for entry in sorted where entry.actualId != newest.last?.actualId { newest.append(entry) }
        return newest
    }

    /// - throws: `MessageRefusal` with the details of actuals that are not here.
    private func refuseUnknown(_ entries: [Entry], on connection: Connection) throws {
        let unknown = try connection.query(
            """
            SELECT i.place FROM unnest($1::uuid[]) WITH ORDINALITY AS i (actual_id, place)
            WHERE NOT EXISTS (SELECT FROM actuals a WHERE a.actual_id = i.actual_id)
            """, entries.map(\.actualId))
        guard !unknown.isEmpty else { return }
        var reasons: [MessageRefusal.Place: String] = [:]
        for row in unknown {
            let entry = entries[try row.int(0) - 1]
            reasons[entry.place] = "actual \(entry.actualId) is unknown in this Dataverse database"
        }
        throw MessageRefusal(topic: .accountingDetail, reasons: reasons)
    }

    /// Counts details that are all new.
    private func count(_ entries: [Entry], on connection: Connection) throws {
        var counts: [InvoicePartition: (details: Int, amount: Money)] = [:]
        for entry in entries {
            guard let invoice = entry.invoiceId else { continue }
            let key = InvoicePartition(invoice: invoice, partition: entry.place.partition)
            let (details, amount) = counts[key] ?? (0, .zero)
            counts[key] = (details + 1, amount + entry.accountingAmount)
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

    /// Brings details in of which some are here already: the highest posting version counts.
    private func merge(_ entries: [Entry], _ rows: CopyRows, on connection: Connection) throws {
        try connection.executeScript(
            """
            CREATE TEMP TABLE IF NOT EXISTS incoming_details
                (LIKE accounting_details, partition int, PRIMARY KEY (actual_id)) ON COMMIT DELETE ROWS;
            CREATE TEMP TABLE IF NOT EXISTS known_details (
                actual_id uuid PRIMARY KEY, posting_version bigint, invoice_id uuid, accounting_amount numeric
            ) ON COMMIT DELETE ROWS;
            TRUNCATE incoming_details, known_details;
            SET LOCAL enable_seqscan = off;
            """)
        try connection.copyIn(
            "COPY incoming_details (\(Self.columns)) FROM STDIN (FORMAT binary)"
        ) { try $0.write(rows) }
        try connection.execute(
            """
            UPDATE incoming_details i SET partition = p.partition
            FROM unnest($1::uuid[], $2::int[]) AS p (actual_id, partition) WHERE p.actual_id = i.actual_id
            """, entries.map(\.actualId), entries.map(\.place.partition))
        // Looks up each detail, in a table of any size: a join may read all of it.
        try connection.execute(
            """
            INSERT INTO known_details
            SELECT i.actual_id, d.* FROM incoming_details i CROSS JOIN LATERAL (
                SELECT posting_version, invoice_id, accounting_amount
                FROM accounting_details d WHERE d.actual_id = i.actual_id OFFSET 0
            ) d
            """)
        try connection.execute(
            """
            DELETE FROM incoming_details i USING known_details k
            WHERE k.actual_id = i.actual_id AND k.posting_version >= i.posting_version
            """)
        // New minus old.
        try connection.execute(
            Self.addCounts + """
                SELECT invoice_id, partition, sum(details)::bigint, sum(amount) FROM (
                    SELECT invoice_id, partition, 1 AS details, accounting_amount AS amount FROM incoming_details
                    UNION ALL
                    SELECT k.invoice_id, i.partition, -1, -k.accounting_amount
                    FROM incoming_details i JOIN known_details k USING (actual_id)
                ) c WHERE invoice_id IS NOT NULL
                GROUP BY invoice_id, partition ORDER BY invoice_id, partition
                """ + Self.onConflict)
        try connection.execute(
            """
            INSERT INTO accounting_details (\(Self.columns))
            SELECT \(Self.columns) FROM incoming_details ORDER BY actual_id
            ON CONFLICT (actual_id) DO UPDATE SET (\(Self.columns)) =
                ROW (\(Self.columns.split(separator: ", ").map { "excluded.\($0)" }.joined(separator: ", ")))
            """)
    }

    private static let columns =
        "actual_id, posting_version, company, voucher, accounting_date, exchange_rate, accounting_currency, "
        + "accounting_amount, sales_tax_amount, source, source_number, invoice_id"

    private static let addCounts =
        "INSERT INTO invoice_detail_counts AS c (invoice_id, partition, details, accounting_amount) "

    private static let onConflict = """
         ON CONFLICT (invoice_id, partition) DO UPDATE SET details = c.details + excluded.details,
            accounting_amount = c.accounting_amount + excluded.accounting_amount
        """

    private func append(_ detail: AccountingDetail) {
        rows.beginRow(columns: 12)
        rows.append(detail.actualId)
        rows.append(detail.postingVersion)
        rows.append(detail.company.rawValue)
        rows.append(detail.voucher)
        rows.append(detail.accountingDate)
        rows.append(detail.exchangeRate)
        rows.append(detail.accountingCurrency.rawValue)
        rows.append(detail.accountingAmount)
        rows.append(detail.salesTaxAmount)
        rows.append(detail.source.rawValue)
        rows.append(detail.sourceNumber)
        rows.append(detail.invoiceId)
    }
}

/// An invoice's details that come over one partition.
private struct InvoicePartition: Hashable, Comparable {
    let invoice: GUID
    let partition: Int32

    static func < (left: InvoicePartition, right: InvoicePartition) -> Bool {
        (left.invoice, left.partition) < (right.invoice, right.partition)
    }
}
