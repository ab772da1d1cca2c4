import Bus
import Contracts
import Database

extension InvoiceStore {
    /// What some corrections take back, by their line details, as far as it is here.
    ///
    /// - throws: `DatabaseError`.
    func correctedSales(by lineDetailIds: [GUID]) throws -> [GUID: CorrectedSale] {
        guard !lineDetailIds.isEmpty else { return [:] }
        let rows = try connection.records(
            CorrectedSaleRow.self,
            """
            SELECT d.invoice_line_detail_id, \(Actual.columnList(of: "b", prefix: "billed_")),
                \(Actual.columnList(of: "u", prefix: "unbilled_")), c.ids[2] AS other_billed_id, r.reversal_id
            FROM unnest($1::uuid[]) AS d (invoice_line_detail_id)
            CROSS JOIN LATERAL (
                SELECT array_agg(DISTINCT c.transaction2_id) AS ids
                FROM \(ConnectionStore.connections(from: "d.invoice_line_detail_id")) c
                WHERE c.transaction1_role = \(ConnectionRole.replacing.sql)
                    AND c.transaction1_type = \(ConnectedTable.invoiceLineDetail.sql)
                    AND c.transaction2_type = \(ConnectedTable.actual.sql)
            ) c
            JOIN actuals b ON b.actual_id = c.ids[1]
            LEFT JOIN LATERAL (
                SELECT t.transaction2_id FROM transaction_connections t
                WHERE t.transaction1_id = b.actual_id AND \(ConnectionStore.isBetweenActuals)
                    AND t.transaction1_role = \(ConnectionRole.billedSales.sql)
                    AND t.transaction2_role = \(ConnectionRole.unbilledSales.sql)
                ORDER BY t.connection_id LIMIT 1
            ) k ON true
            LEFT JOIN actuals u ON u.actual_id = k.transaction2_id
            LEFT JOIN reversed_actuals r ON r.original_id = b.actual_id
            """, lineDetailIds)
        return Dictionary(rows.map { ($0.lineDetailId, $0.corrected) }) { first, _ in first }
    }

    /// An unbilled sale that is stamped with a draft, and that no line detail of it is connected to, if there is one.
    ///
    /// - throws: `DatabaseError`.
    func unbilledSaleWithoutLineDetail(on invoiceId: GUID) throws -> GUID? {
        try connection.optionalValue(
            GUID.self,
            """
            SELECT actual_id FROM (
                SELECT a.actual_id FROM actuals a
                WHERE a.invoice_id = $1 AND a.transaction_type = \(TransactionType.unbilledSales.sql)
                    AND a.billing_status = \(BillingStatus.customerInvoiceCreated.sql) AND a.adjustment_status IS NULL
                EXCEPT SELECT c.transaction2_id FROM invoice_line_details d
                JOIN transaction_connections c ON c.transaction1_id = d.invoice_line_detail_id
                WHERE d.invoice_id = $1 AND c.transaction1_role = \(ConnectionRole.billedSales.sql)
            ) u ORDER BY actual_id LIMIT 1
            """, invoiceId)
    }
}

/// What a correction takes back, as it is stored.
private struct CorrectedSaleRow: Record {
    var lineDetailId: GUID
    var corrected: CorrectedSale

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        CorrectedSaleRow(
            lineDetailId: try column("invoice_line_detail_id", row?.lineDetailId),
            corrected: CorrectedSale(
                billed: try column.record("billed_", row?.corrected.billed),
                unbilled: try column.optionalRecord(
                    "unbilled_", presentIf: "actual_id", row?.corrected.unbilled),
                otherBilled: try column("other_billed_id", row?.corrected.otherBilled),
                reversalId: try column("reversal_id", row?.corrected.reversalId)))
    }
}
