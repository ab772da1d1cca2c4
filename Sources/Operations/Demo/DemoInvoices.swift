import Bus
import Contracts
import Database

/// The invoices of the demo, as both sides tell of them.
enum DemoInvoices {
    static func load(dataverse: Connection, finance: Connection) throws -> [DemoReport.Invoice] {
        let updated = try dataverse.query(
            """
            SELECT i.invoice_id, coalesce(sum(c.details), 0)::bigint
            FROM invoices i LEFT JOIN invoice_detail_counts c USING (invoice_id) GROUP BY 1
            """)
        var counts: [GUID: Int] = [:]
        for row in updated { counts[try row.guid(0)] = try row.int(1) }
        let rows = try finance.query(
            """
            SELECT p.data_area_id, p.proposal_number, coalesce(p.customer_name, p.customer_account), p.currency,
                p.currency_precision::int, p.total_count, p.line_amount, i.sales_tax_amount, i.invoice_amount,
                i.voucher, i.customer_invoice_number, p.waiting_for, p.invoice_id
            FROM invoice_proposals p LEFT JOIN project_invoices i USING (data_area_id, proposal_number)
            ORDER BY 1, 2
            """)
        return try rows.map { row in
            let precision = Int(try row.int32(4))
            let total = try row.int(5)
            return DemoReport.Invoice(
                company: try row.string(0), proforma: try row.string(1), customer: try row.string(2),
                currency: try row.string(3), lines: total, amount: try row.money(6).text(precision: precision),
                salesTax: try row.optionalMoney(7)?.text(precision: precision) ?? "",
                total: try row.optionalMoney(8)?.text(precision: precision) ?? "", voucher: try row.optionalString(9),
                customerInvoice: try row.optionalString(10),
                actualsUpdated: "\(counts[try row.guid(12)] ?? 0) of \(total)", waitingFor: try row.optionalString(11))
        }
    }
}
