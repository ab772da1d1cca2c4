import Bus
import Contracts
import Database

/// Rows that import from staging looked at and could not take yet: `blocked_actuals`.
struct BlockedActualStore {
    let connection: Connection

    private struct BlockedActual: Record {
        var key: StagedActualStore.Key
        var code: FailureCode
        var reason: String
        /// The invoice of a billed sale, which holds the whole proposal up.
        var invoiceId: GUID?
        /// The set-up that blocked the row.
        var setupVersion: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            BlockedActual(
                key: try column.record("", row?.key),
                code: try column("code", row?.code),
                reason: try column("reason", row?.reason),
                invoiceId: try column("invoice_id", row?.invoiceId),
                setupVersion: try column("setup_version", row?.setupVersion))
        }
    }

    /// Blocks rows that are not blocked now.
    ///
    /// - parameter setupVersion: the set-up that blocks them.
    func block(_ blocked: [(actualId: GUID, blockage: Blockage)], of company: Company, setupVersion: Int) throws {
        guard !blocked.isEmpty else { return }
        // Under the lock of the staged rows, in which nobody waits for a client: not by COPY.
        try connection.execute(
            """
            INSERT INTO blocked_actuals (\(BlockedActual.columnList))
            SELECT $1, actual_id, code, reason, NULL, $5
            FROM unnest($2::uuid[], $3::text[], $4::text[]) AS b (actual_id, code, reason)
            """, company, blocked.map(\.actualId), blocked.map(\.blockage.code.rawValue),
            blocked.map(\.blockage.reason), setupVersion)
    }

    /// Blocks the billed sales of an invoice that set-up lacks something for.
    func block(_ kind: BilledSaleKind, of invoice: InvoiceCheckStore.Invoice, _ gap: SetupGap, setupVersion: Int) throws
    {
        try connection.execute(
            """
            INSERT INTO blocked_actuals (\(BlockedActual.columnList))
            SELECT data_area_id, actual_id, $3, $4, invoice_id, $5 FROM actuals_staging
            WHERE data_area_id = $1 AND invoice_id = $2 AND transaction_type = \(TransactionType.billedSales.sql)
                AND transaction_class = $6 AND category IS NOT DISTINCT FROM $7
                AND billing_type IS NOT DISTINCT FROM $8
            ON CONFLICT DO NOTHING
            """, invoice.company, invoice.invoiceId, gap.code, gap.reason, setupVersion,
            kind.transactionClass, kind.category, kind.billingType)
    }

    /// Blocks all billed sales of an invoice.
    func blockAll(of invoice: InvoiceCheckStore.Invoice, _ gap: SetupGap, setupVersion: Int) throws {
        try connection.execute(
            """
            INSERT INTO blocked_actuals (\(BlockedActual.columnList))
            SELECT data_area_id, actual_id, $3, $4, invoice_id, $5 FROM actuals_staging
            WHERE data_area_id = $1 AND invoice_id = $2 AND transaction_type = \(TransactionType.billedSales.sql)
            """, invoice.company, invoice.invoiceId, gap.code, gap.reason, setupVersion)
    }

    func unblock(_ actuals: [StagedActualStore.Key]) throws {
        guard !actuals.isEmpty else { return }
        try unblock(those: StagedActualStore.Key.given, StagedActualStore.Key.parameters(actuals))
    }

    /// Unblocks rows.
    ///
    /// - parameter query: selects their ``StagedActualStore/Key``s.
    func unblock(those query: String, _ parameters: [(any DatabaseValue)?] = []) throws {
        try connection.execute(
            """
            DELETE FROM blocked_actuals b USING (\(query)) freed
            WHERE b.data_area_id = freed.data_area_id AND b.actual_id = freed.actual_id
            """, parameters: parameters)
    }

    /// Unblocks the billed sales of an invoice.
    func unblock(_ invoice: InvoiceCheckStore.Invoice) throws {
        try connection.execute(
            "DELETE FROM blocked_actuals WHERE data_area_id = $1 AND invoice_id = $2", invoice.company,
            invoice.invoiceId)
    }

    /// The next rows of a company that an older set-up blocked, in the order of their ids; not billed sales.
    func nextBlocked(of company: Company, before setupVersion: Int, after: GUID, limit: Int) throws -> [GUID] {
        try connection.values(
            GUID.self,
            """
            SELECT actual_id FROM blocked_actuals
            WHERE data_area_id = $1 AND setup_version < $2 AND invoice_id IS NULL AND actual_id > $3
            ORDER BY actual_id LIMIT $4
            """, company, setupVersion, after, limit)
    }

    /// The invoices of a company that are held up by what an older set-up blocked.
    func invoices(of company: Company, before setupVersion: Int) throws -> Set<InvoiceCheckStore.Invoice> {
        Set(
            try connection.records(
                InvoiceCheckStore.Invoice.self,
                """
                SELECT DISTINCT \(InvoiceCheckStore.Invoice.columnList) FROM blocked_actuals
                WHERE data_area_id = $1 AND invoice_id IS NOT NULL AND setup_version < $2
                """, company, setupVersion))
    }

    /// The companies of which an older set-up blocked something.
    func companies(before setupVersion: Int) throws -> [Company] {
        try connection.values(
            Company.self,
            """
            SELECT data_area_id FROM companies WHERE EXISTS (
                SELECT FROM blocked_actuals b WHERE b.data_area_id = companies.data_area_id AND b.setup_version < $1)
            """, setupVersion)
    }
}
