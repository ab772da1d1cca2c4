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
