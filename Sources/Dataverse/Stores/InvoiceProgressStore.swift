import Bus
import Contracts
import Database

/// The table `invoice_progress`: what has come of each invoice, kept up with the rows, so that nobody counts them.
struct InvoiceProgressStore {
    let connection: Connection

    /// Adds what invoices gain and lose by a transaction.
    ///
    /// - parameter changes: a query of ``InvoiceChange``s, several an invoice.
    /// - throws: `DatabaseError`.
    func add(_ changes: String) throws {
        try connection.execute(
            """
            INSERT INTO invoice_progress AS p (\(InvoiceChange.columnList))
            SELECT invoice_id, sum(line_details), sum(billed_sales), sum(chargeable_amount)
            FROM (\(changes)) c GROUP BY invoice_id
            ON CONFLICT (invoice_id) DO UPDATE SET
                line_details = p.line_details + excluded.line_details,
                billed_sales = p.billed_sales + excluded.billed_sales,
                chargeable_amount = p.chargeable_amount + excluded.chargeable_amount
            """)
    }

    /// An invoice of which something else is kept than its rows come to.
    struct Miscount: Record {
        let invoiceId: GUID
        let counted: InvoiceProgress
        let found: InvoiceProgress

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Miscount(
                invoiceId: try column("invoice_id", row?.invoiceId),
                counted: try column.record("counted_", row?.counted),
                found: try column.record("found_", row?.found))
        }
    }

    /// Counts the rows of every invoice anew.
    ///
    /// - throws: `DatabaseError`.
    func miscounts() throws -> [Miscount] {
        let rows = [Actual.table, InvoiceLineDetail.table].compactMap { Self.changes(of: $0, from: "\($0) t") }
        return try connection.records(
            Miscount.self,
            """
            SELECT invoice_id, coalesce(p.line_details, 0) AS counted_line_details,
                coalesce(p.billed_sales, 0) AS counted_billed_sales,
                coalesce(p.chargeable_amount, 0) AS counted_chargeable_amount,
                coalesce(f.line_details, 0) AS found_line_details, coalesce(f.billed_sales, 0) AS found_billed_sales,
                coalesce(f.chargeable_amount, 0) AS found_chargeable_amount
            FROM invoice_progress p FULL JOIN (
                SELECT invoice_id, sum(line_details)::bigint AS line_details, sum(billed_sales)::bigint AS billed_sales,
                    sum(chargeable_amount) AS chargeable_amount
                FROM (\(rows.joined(separator: " UNION ALL "))) c GROUP BY invoice_id
            ) f USING (invoice_id)
            WHERE coalesce(p.line_details, 0) <> coalesce(f.line_details, 0)
                OR coalesce(p.billed_sales, 0) <> coalesce(f.billed_sales, 0)
                OR coalesce(p.chargeable_amount, 0) <> coalesce(f.chargeable_amount, 0)
            ORDER BY invoice_id
            """)
    }

    /// Waits for those who are counting, and keeps others from it until the transaction ends: what they have changed and
    /// not yet counted, they add after it.
    ///
    /// - throws: `DatabaseError`.
    func lock() throws { try connection.executeScript("LOCK TABLE invoice_progress IN EXCLUSIVE MODE") }

    /// Corrects what is kept of invoices. Call ``lock()`` before they are counted.
    ///
    /// - throws: `DatabaseError`.
    func correct(_ miscounts: [Miscount]) throws {
        for wrong in miscounts {
            try connection.insert(
                InvoiceChange(invoiceId: wrong.invoiceId, progress: wrong.found), into: "invoice_progress",
                """
                ON CONFLICT (invoice_id) DO UPDATE SET line_details = excluded.line_details,
                    billed_sales = excluded.billed_sales, chargeable_amount = excluded.chargeable_amount
                """)
        }
    }

    /// What rows `t` of a table count for, an invoice each: a query of ``InvoiceChange``s.
    ///
    /// - parameter from: what comes after `FROM`, with the table as `t`.
    /// - parameter sign: `-` for rows that no longer count.
    /// - returns: nil for tables whose rows count for nothing.
    static func changes(of table: String, from: String, sign: String = "") -> String? {
        switch table {
        case Actual.table:
            """
            SELECT t.invoice_id, 0::bigint AS line_details, \(sign)count(*) FILTER (WHERE \(isBilled)) AS billed_sales,
                \(sign)coalesce(sum(t.amount) FILTER (
                    WHERE \(isBilled) AND t.billing_type = \(BillingType.chargeable.sql)), 0) AS chargeable_amount
            FROM \(from) WHERE t.invoice_id IS NOT NULL AND (\(isBilled) OR \(isPosted)) GROUP BY t.invoice_id
            """
        case InvoiceLineDetail.table:
            """
            SELECT t.invoice_id, \(sign)count(*) AS line_details, 0::bigint AS billed_sales,
                0::numeric AS chargeable_amount
            FROM \(from) GROUP BY t.invoice_id
            """
        default: nil
        }
    }

    /// What some line details, `$1`, count for: a query of ``InvoiceChange``s.
    ///
    /// - parameter sign: `-` for rows that no longer count.
    static func changes(ofLineDetails sign: String) -> String {
        changes(
            of: InvoiceLineDetail.table, from: "invoice_line_details t WHERE t.invoice_line_detail_id = ANY ($1)",
            sign: sign)
            ?? ""
    }

    private static let isBilled = "t.transaction_type = \(TransactionType.billedSales.sql)"

    /// An unbilled sale that is on an invoice as posted counts for nothing, and is evidence nevertheless.
    private static let isPosted = """
        t.transaction_type = \(TransactionType.unbilledSales.sql)
        AND t.billing_status = \(BillingStatus.customerInvoicePosted.sql)
        """
}

/// What an invoice gains or loses.
struct InvoiceChange: Record, Hashable {
    var invoiceId: GUID
    var progress = InvoiceProgress()

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoiceChange(
            invoiceId: try column("invoice_id", row?.invoiceId), progress: try column.record("", row?.progress))
    }
}

extension InvoiceProgress: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoiceProgress(
            lineDetails: try column("line_details", row?.lineDetails),
            billedSales: try column("billed_sales", row?.billedSales),
            chargeableAmount: try column("chargeable_amount", row?.chargeableAmount))
    }
}
