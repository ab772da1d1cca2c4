import Operations
import Testing

@testable import Database

extension ProcessBus {
    /// Every invoice of the sample export is posted and written back, to the cent.
    func expectEverything(_ report: DemoReport) throws {
        #expect(report.invoices.count == 8)
        for invoice in report.invoices {
            #expect(invoice.customerInvoice != nil, "\(invoice.proforma): \(invoice.waitingFor ?? "")")
            #expect(invoice.actualsUpdated == "\(invoice.lines) of \(invoice.lines)")
        }
        #expect(report.invoices.map(\.lines).contains(1_500))
        // Every voucher balances in both currencies (promise 5).
        #expect(
            try count(
                finance,
                """
                SELECT count(*) FROM (
                    SELECT 1 FROM ledger_entries GROUP BY data_area_id, voucher
                    HAVING sum(amount) <> 0 OR sum(accounting_amount) <> 0) unbalanced
                """) == 0)
        // What is invoiced stands in WIP and accrued revenue no more (domain.md §7, invariant 5).
        #expect(
            try count(
                finance,
                """
                SELECT count(*) FROM project_invoice_lines l JOIN project_transactions t
                    ON t.data_area_id = l.data_area_id AND t.actual_id = l.unbilled_actual_id
                WHERE t.accrued AND l.accrual_reversed <> t.accounting_amount
                """) == 0)
        for connection in [dataverse, finance] {
            #expect(try count(connection, "SELECT count(*) FROM dead_letters") == 0)
            #expect(try count(connection, "SELECT count(*) FROM held_messages") == 0)
            #expect(try count(connection, "SELECT count(*) FROM outbox_pending") == 0)
        }
        let reconciled = try ledgerbus("reconcile", "--json")
        #expect(reconciled.status == 0, "\(reconciled.output)")
        // Both sides agree on every actual that was sent (invariant 3).
        #expect(
            try count(dataverse, "SELECT count(*) FROM actuals WHERE NOT skip_sync")
                == count(dataverse, "SELECT count(*) FROM accounting_details"))
    }
}
