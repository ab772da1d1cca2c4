import Bus
import Contracts
import Database
import Testing

@testable import Dataverse

@Suite struct DraftingTests {
    static let ready: WebRow = ["msdyn_billingstatus": "192350004"]

    private func milestone(_ number: Int, _ changes: WebRow = [:]) -> WebRow {
        [
            "msdyn_contractlinescheduleofvalueid": WebAPI.text("\(WebAPI.id(number))"), "msdyn_amount": "5000.0",
            "msdyn_name": WebAPI.text("Go-live"), "_msdyn_contract_value": WebAPI.text("\(WebAPI.contract)"),
            "_msdyn_contractlineid_value": WebAPI.text("\(WebAPI.fixedPriceLine)"),
            "_msdyn_project_value": WebAPI.text("\(WebAPI.project)"), "msdyn_invoicestatus": "192350001",
            "msdyn_invoicedate": WebAPI.text("2026-09-30"), "versionnumber": "100",
        ].merging(changes) { $1 }
    }

    @Test("A draft has a header, a line for each contract line, and a detail for each unbilled sale and milestone")
    func draft() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookupsOfDrafts)
        try store.load([
            "msdyn_actuals": [WebAPI.actual(201, .unbilled, Self.ready), WebAPI.actual(202, .unbilled)],
            "msdyn_contractlinescheduleofvalues": [milestone(601)],
        ])
        let report = try store.draftAll()
        #expect(!report.hasFailures && report.drafts.count == 1)
        let draft = try #require(report.drafts.first)
        #expect(draft.invoiceNumber == "PI-000001" && draft.isNew && draft.lineAmount == Money(6_600))
        #expect(draft.contract == "ORD-1" && draft.customer == "US-001" && draft.lineDetails == 2)
        #expect(
            try store.texts("SELECT concat_ws(' ', status, line_amount, total_amount, is_ours) FROM invoices")
                == ["Draft 6600.0000 6600.0000 t"])
        #expect(
            try store.texts("SELECT billing_method FROM invoice_lines ORDER BY 1")
                == ["Fixed Price", "Fixed Price", "Time and Material"], "also for the line without transactions")
        #expect(
            try store.texts(
                """
                SELECT concat_ws(' ', transaction_class, quantity, price, amount, billing_type, document_date, l.billing_method)
                FROM invoice_line_details d JOIN invoice_lines l USING (invoice_line_id) ORDER BY 1
                """) == [
                    "Milestone 1.0000 5000.0000 5000.0000 Chargeable 2026-09-30 Fixed Price",
                    "Time 8.0000 200.0000 1600.0000 Chargeable 2026-09-01 Time and Material",
                ])
        #expect(
            try store.texts(
                "SELECT concat_ws(' ', billing_status, invoice_id = '\(draft.invoiceId)') FROM actuals ORDER BY actual_id"
            )
                == ["Customer Invoice Created t", "Unbilled Sales Created"])
        #expect(try store.texts("SELECT invoice_status FROM milestones") == ["Customer invoice created"])
        #expect(
            try store.texts(
                """
                SELECT concat_ws(' ', transaction1_role, transaction1_type, transaction2_role, transaction2_type)
                FROM transaction_connections
                """) == ["Billed Sales msdyn_invoicelinetransaction Unbilled Sales msdyn_actual"])
        #expect(try store.count("actuals WHERE transaction_type = 'Billed Sales'") == 0, "T1: a draft makes no actuals")

        let again = try store.draftAll()
        #expect(again.drafts.isEmpty && !again.hasFailures)
        let confirmed = try store.confirm("PI-000001")
        #expect(confirmed.lineDetails == 2 && confirmed.lineAmount == Money(6_600))
    }
}
