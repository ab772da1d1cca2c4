import Bus
public import Contracts
public import Database

/// How much of what is where in Dataverse, for an operator.
public struct DataverseCounts: Record, Hashable {
    /// Confirmed invoices that wait for actuals.
    public let waitingInvoices: Int
    /// Actuals and connections that wait for a row that they name.
    public let waitingRows: Int
    public let postedInvoices: Int

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        DataverseCounts(
            waitingInvoices: try column("waiting_invoices", row?.waitingInvoices),
            waitingRows: try column("waiting_rows", row?.waitingRows),
            postedInvoices: try column("posted_invoices", row?.postedInvoices))
    }

    /// - throws: `DatabaseError`.
    public static func load(_ connection: Connection) throws -> DataverseCounts {
        try connection.records(
            DataverseCounts.self,
            """
            SELECT (SELECT count(*) FROM invoices_waiting) AS waiting_invoices,
                (SELECT count(*) FROM actuals_waiting) + (SELECT count(*) FROM connections_waiting) AS waiting_rows,
                (SELECT count(*) FROM posted_invoices) AS posted_invoices
            """)[0]
    }

    /// How many actuals have their accounting detail.
    ///
    /// - throws: `DatabaseError`.
    public static func accountingDetails(_ connection: Connection) throws -> Int {
        try connection.value(Int.self, "SELECT count(*) FROM accounting_details")
    }

    private struct UpdatedInvoice: Record {
        let invoiceId: GUID
        let actuals: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            UpdatedInvoice(
                invoiceId: try column("invoice_id", row?.invoiceId), actuals: try column("actuals", row?.actuals))
        }
    }

    /// How many actuals of each invoice have their accounting detail.
    ///
    /// - throws: `DatabaseError`.
    public static func updatedActuals(_ connection: Connection) throws -> [GUID: Int] {
        let invoices = try connection.records(
            UpdatedInvoice.self,
            "SELECT invoice_id, sum(details)::bigint AS actuals FROM invoice_detail_counts GROUP BY invoice_id")
        return Dictionary(uniqueKeysWithValues: invoices.map { ($0.invoiceId, $0.actuals) })
    }
}
