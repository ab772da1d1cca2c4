public import Bus
public import Contracts
public import Database

/// What Dataverse's side knows of the way of an invoice or an actual.
public enum DataverseTrace {
    /// What an id or a number is of, on this side.
    public struct Match: Hashable, Sendable {
        public let invoices: [GUID]
        /// The actual with that id.
        public let actual: GUID?
    }

    /// - parameter id: an invoice's id or number, or an actual's id.
    /// - throws: `DatabaseError`.
    public static func match(_ id: String, _ connection: Connection) throws -> Match {
        let guid = GUID(id)
        let invoices = try connection.values(
            GUID.self,
            "SELECT invoice_id FROM invoices WHERE invoice_number = $1 OR invoice_id = $2 ORDER BY invoice_id",
            id, guid)
        let actual = try guid.flatMap {
            try connection.optionalValue(GUID.self, "SELECT actual_id FROM actuals WHERE actual_id = $1", $0)
        }
        return Match(invoices: invoices, actual: actual)
    }

    /// The rows of an invoice, however many, summed up.
    ///
    /// - throws: `DatabaseError`.
    public static func rows(ofInvoice id: GUID, _ connection: Connection) throws -> [TracedRows] {
        try connection.records(
            TracedRows.self,
            """
            SELECT \(TraceStep.captured.sql) AS step, 'actuals' AS table_name, count(*) AS count,
                min(captured_at) AS first_at, max(captured_at) AS last_at, NULL::text AS state
            FROM actuals WHERE invoice_id = $1 HAVING count(*) > 0
            UNION ALL
            SELECT \(TraceStep.waiting.sql), 'invoices_waiting', 1, NULL, NULL, NULL FROM invoices_waiting WHERE id = $1
            UNION ALL
            SELECT \(TraceStep.waiting.sql), 'actuals_waiting', count(*), NULL, NULL, NULL
            FROM actuals_waiting w JOIN actuals a ON a.actual_id = w.id WHERE a.invoice_id = $1 HAVING count(*) > 0
            UNION ALL
            SELECT \(TraceStep.confirmed.sql), 'published_invoices', 1, published_at, published_at,
                'totals version ' || totals_version
            FROM published_invoices WHERE invoice_id = $1
            UNION ALL
            SELECT \(TraceStep.writtenBack.sql), 'accounting_details', sum(details)::bigint, min(first_at), NULL, NULL
            FROM invoice_detail_counts WHERE invoice_id = $1 HAVING sum(details) > 0
            UNION ALL
            SELECT \(TraceStep.writtenBack.sql), 'posted_invoices', 1, received_at, received_at,
                'customer invoice ' || customer_invoice_number || ', voucher ' || voucher
            FROM posted_invoices WHERE invoice_id = $1
            """, id)
    }

    /// What an actual stands for on this side.
    public struct ActualFacts: Record, Hashable, Sendable {
        public let type: TransactionType
        public let amount: Money
        /// It is for no other system to see.
        public let skipSync: Bool
        public let capturedAt: Instant
        public let invoiceId: GUID?
        public let invoiceNumber: String?
        /// By Finance, when that has come.
        public let voucher: String?

        public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            ActualFacts(
                type: try column("transaction_type", row?.type), amount: try column("amount", row?.amount),
                skipSync: try column("skip_sync", row?.skipSync),
                capturedAt: try column("captured_at", row?.capturedAt),
                invoiceId: try column("invoice_id", row?.invoiceId),
                invoiceNumber: try column("invoice_number", row?.invoiceNumber),
                voucher: try column("voucher", row?.voucher))
        }
    }

    /// - returns: nil when there is no such actual.
    /// - throws: `DatabaseError`.
    public static func facts(ofActual id: GUID, _ connection: Connection) throws -> ActualFacts? {
        try connection.record(
            ActualFacts.self,
            """
            SELECT a.transaction_type, a.amount, a.skip_sync, a.captured_at, a.invoice_id, i.invoice_number, d.voucher
            FROM actuals a LEFT JOIN invoices i USING (invoice_id) LEFT JOIN accounting_details d USING (actual_id)
            WHERE a.actual_id = $1
            """, id)
    }

    /// What an actual waits for; nil when it does not wait.
    ///
    /// - throws: `DatabaseError`.
    public static func waitingReason(ofActual id: GUID, _ connection: Connection) throws -> String? {
        try connection.record(
            WaitingReason.self, "SELECT \(WaitingReason.columnList) FROM actuals_waiting WHERE id = $1", id)?.sentence
    }
}
