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

    /// Blocks rows that are not blocked now, and has each import look at those again that wait for another row.
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
        try ImportQueueStore(connection: connection).appendAgain(
            blocked.filter { $0.blockage.isRetriedByEachImport }.map {
                StagedActualStore.Key(company: company, actualId: $0.actualId)
            })
    }

    /// Blocks billed sales of an invoice, one by one.
    func block(
        _ blocked: [(actualId: GUID, blockage: Blockage)], of invoice: InvoiceCheckStore.Invoice, setupVersion: Int
    ) throws {
        guard !blocked.isEmpty else { return }
        var rows = CopyRows()
        try rows.append(
            contentsOf: blocked.lazy.map {
                BlockedActual(
                    key: StagedActualStore.Key(company: invoice.company, actualId: $0.actualId), code: $0.blockage.code,
                    reason: $0.blockage.reason, invoiceId: invoice.invoiceId, setupVersion: setupVersion)
            })
        try connection.copy(rows, of: BlockedActual.self, into: "blocked_actuals")
    }

    /// Blocks the billed sales of a kind that name an invoice.
    ///
    /// - parameter invoiceId: whose company may be another than that of the billed sales.
    func block(_ kind: BilledSaleKind, of invoiceId: GUID, _ blockage: Blockage, setupVersion: Int) throws {
        try connection.execute(
            """
            INSERT INTO blocked_actuals (\(BlockedActual.columnList))
            SELECT data_area_id, actual_id, $3, $4, invoice_id, $5 FROM actuals_staging
            WHERE data_area_id = $1 AND invoice_id = $2 AND transaction_type = \(TransactionType.billedSales.sql)
                AND NOT withdrawn AND transaction_class = $6 AND billing_method IS NOT DISTINCT FROM $7
                AND category IS NOT DISTINCT FROM $8 AND billing_type IS NOT DISTINCT FROM $9 AND currency = $10
                AND contract_number IS NOT DISTINCT FROM $11 AND customer_account IS NOT DISTINCT FROM $12
            ON CONFLICT DO NOTHING
            """, kind.header.company, invoiceId, blockage.code, blockage.reason, setupVersion, kind.transactionClass,
            kind.billingMethod, kind.category, kind.billingType, kind.header.currency, kind.header.contractNumber,
            kind.header.customerAccount)
    }

    /// Blocks all billed sales of an invoice.
    func blockAll(of invoice: InvoiceCheckStore.Invoice, _ gap: SetupGap, setupVersion: Int) throws {
        try connection.execute(
            """
            INSERT INTO blocked_actuals (\(BlockedActual.columnList))
            SELECT data_area_id, actual_id, $3, $4, invoice_id, $5 FROM actuals_staging
            WHERE data_area_id = $1 AND invoice_id = $2 AND transaction_type = \(TransactionType.billedSales.sql)
                AND NOT withdrawn
            ON CONFLICT DO NOTHING
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

    /// Unblocks the billed sales of an invoice, of whatever company they are.
    func unblock(_ invoiceId: GUID) throws {
        try connection.execute("DELETE FROM blocked_actuals WHERE invoice_id = $1", invoiceId)
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
