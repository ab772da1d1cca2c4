import Bus
import Contracts
import Database
import Testing

@testable import Dataverse

@Suite struct EditingTests {
    /// A draft of eight hours at 200 and a milestone of 5,000.
    private func draft() throws -> (store: DataverseStore, time: String, milestone: String) {
        let store = try DataverseStore()
        try store.load(WebAPI.lookupsOfDrafts)
        try store.approve(WebAPI.entry(1))
        try store.milestones(WebAPI.schedule(1, #""amount": 5000, "status": "Ready""#))
        _ = try store.readyAll()
        _ = try store.draftAll()
        func detail(_ kind: String) throws -> String {
            try store.connection.value(
                String.self,
                "SELECT invoice_line_detail_id::text FROM invoice_line_details WHERE transaction_class = $1", kind)
        }
        return (store, try detail("Time"), try detail("Milestone"))
    }

    private func header(_ store: DataverseStore) throws -> [String] {
        try store.texts("SELECT concat_ws(' ', line_amount, total_amount) FROM invoices")
    }

    @Test("Quantity, price and billing type change the line, its amount and the header's, and are confirmed")
    func change() throws {
        let (store, time, _) = try draft()
        let report = try store.edit(
            #"{"lineDetail": "\#(time)", "quantity": 6, "price": "199.99", "description": "Less"}"#)
        #expect(report.rows.map(\.outcome) == [.done], "\(report.rows)")
        #expect(try header(store) == ["6199.9400 6199.9400"])
        #expect(try store.edit(#"{"lineDetail": "\#(time)", "quantity": "6.0"}"#).rows.map(\.outcome) == [.unchanged])
        try store.edit(#"{"lineDetail": "\#(time)", "billingType": "Complimentary"}"#)
        #expect(try header(store) == ["5000.0000 5000.0000"])
        #expect(try store.confirm("PI-000001").lineAmount == Money(5_000))
        #expect(try store.waiting() == [])
    }

    @Test("What is removed is ready again, and goes on the next draft")
    func remove() throws {
        let (store, time, milestone) = try draft()
        try store.edit(
            #"[{"lineDetail": "\#(time)", "remove": true}, {"lineDetail": "\#(milestone)", "remove": true}]"#)
        #expect(try header(store) == ["0.0000 0.0000"])
        #expect(
            try store.texts(
                "SELECT concat_ws(' ', billing_status, invoice_id) FROM actuals WHERE transaction_type = 'Unbilled Sales'"
            )
                == ["Ready to Invoice"])
        #expect(try store.texts("SELECT invoice_status FROM milestones") == ["Ready"])
        #expect(
            try store.count(
                "transaction_connections WHERE transaction2_type = 'msdyn_actual' "
                    + "AND transaction1_type <> 'msdyn_actual'") == 0)
        #expect(try store.count("invoice_progress WHERE line_details <> 0") == 0)
        let again = try store.draftAll()
        #expect(again.drafts.map(\.isNew) == [false] && again.drafts.map(\.lineAmount) == [Money(6_600)])
    }

    @Test("A typed line is on the invoice, on the line of its contract line, and is confirmed")
    func typed() throws {
        let (store, _, _) = try draft()
        let row = """
            {"invoice": "PI-000001", "id": "\(WebAPI.id(900))", "class": "Expense",
            "contractLine": "\(WebAPI.timeAndMaterialLine)", "price": "49.995", "documentDate": "2026-09-02"}
            """
        #expect(try store.edit("[\(row)]").rows.map(\.outcome) == [.done])
        #expect(try header(store) == ["6650.0000 6650.0000"], "rounded to the cent, halves away from zero")
        #expect(
            try store.texts(
                """
                SELECT concat_ws(' ', l.billing_method, d.customer_id = i.customer_id) FROM invoice_line_details d
                JOIN invoice_lines l USING (invoice_line_id) JOIN invoices i ON i.invoice_id = d.invoice_id
                WHERE d.transaction_class = 'Expense'
                """) == ["Time and Material t"])
        #expect(try store.edit("[\(row)]").rows.first?.message?.contains("there is a line detail") == true)
        #expect(try store.confirm("PI-000001").lineDetails == 3)
    }

    @Test("The header's accounting date is set, and is that of the billed sales")
    func accountingDate() throws {
        let (store, _, _) = try draft()
        try store.edit(#"{"invoice": "PI-000001", "accountingDate": "2026-09-30"}"#)
        #expect(try store.confirm("PI-000001").accountingDate.description == "2026-09-30")
    }

    @Test("What must not be edited is refused with its reason, row by row, and the others go on")
    func refused() throws {
        let (store, time, milestone) = try draft()
        let rows = [
            (#"{"lineDetail": "\#(time)", "class": "Fee"}"#, "class of a line detail cannot be changed"),
            (#"{"lineDetail": "\#(milestone)", "price": 4000}"#, "billed, and credited, as it is agreed"),
            (#"{"lineDetail": "\#(time)", "quantity": -6}"#, "must keep its sign"),
            (#"{"lineDetail": "\#(WebAPI.id(999))", "quantity": 6}"#, "there is no line detail"),
            (#"{"invoice": "NO", "accountingDate": "2026-09-30"}"#, "there is no invoice NO"),
            (
                #"{"invoice": "PI-000001", "id": "\#(WebAPI.id(901))", "class": "Milestone", "contractLine": "\#(WebAPI.fixedPriceLine)", "price": 1, "documentDate": "2026-09-02"}"#,
                "class is Milestone"
            ),
        ]
        let report = try store.edit(
            (rows.map(\.0) + [#"{"lineDetail": "\#(time)", "quantity": 7}"#]).joined(separator: "\n"))
        for (outcome, row) in zip(report.rows, rows) {
            #expect(outcome.outcome == .refused && outcome.message?.contains(row.1) == true, "\(outcome)")
        }
        #expect(report.rows.last?.outcome == .done)
        try store.confirm("PI-000001")
        let confirmed = try store.edit(#"{"lineDetail": "\#(time)", "quantity": 8}"#)
        #expect(confirmed.rows.first?.message?.contains("only a draft or an invoice in review") == true)
    }
}

@Suite struct BulkConfirmTests {
    private func store(_ contracts: Int) throws -> DataverseStore {
        let store = try DataverseStore()
        try store.load(WebAPI.lookupsOfDrafts)
        try store.load([
            "accounts": (0..<contracts).map {
                [
                    "accountid": WebAPI.text("\(WebAPI.id(800 + $0))"), "accountnumber": WebAPI.text("C-\($0)"),
                    "versionnumber": "1",
                ]
            }
        ])
        for index in 0..<contracts { try store.approve(WebAPI.entry(index + 1, customer: WebAPI.id(800 + index))) }
        _ = try store.readyAll()
        #expect(try store.draftAll().drafts.count == contracts)
        return store
    }

    private func statuses(_ store: DataverseStore) throws -> [String] {
        try store.texts(
            "SELECT concat_ws(' ', i.invoice_number, b.status, i.status) FROM bulk_confirmations b JOIN invoices i "
                + "USING (invoice_id) ORDER BY 1")
    }

    private func run(_ store: DataverseStore, _ invoices: [String]? = nil) throws -> [BulkConfirmation] {
        var outcomes: [BulkConfirmation] = []
        let bulk = BulkConfirm(connection: store.connection, configuration: store.configuration)
        let date = CalendarDate(day: 20_745)
        if let invoices {
            try bulk.confirm(invoices, on: date) { outcomes.append($0) }
        } else {
            try bulk.confirmAll(on: date) { outcomes.append($0) }
        }
        return outcomes
    }

    @Test("All drafts are confirmed, each by itself; one that fails costs that one alone, and says why")
    func oneFails() throws {
        let store = try store(3)
        try store.connection.execute("UPDATE invoices SET line_amount = 1 WHERE invoice_number = 'PI-000002'")
        let outcomes = try run(store)
        #expect(outcomes.map(\.status) == [.complete, .failed, .complete])
        #expect(outcomes[1].problem?.contains("its header says 1.0000") == true)
        #expect(
            try statuses(store) == [
                "PI-000001 Complete Confirmed", "PI-000002 Failed Draft", "PI-000003 Complete Confirmed",
            ])
        #expect(try store.messages(InvoiceConfirmed.self).count == 2)
        try store.connection.execute("UPDATE invoices SET line_amount = 1600 WHERE invoice_number = 'PI-000002'")
        #expect(try run(store, ["PI-000002", "PI-000001", "NO-1"]).map(\.status) == [.failed, .complete, .complete])
        #expect(try store.messages(InvoiceConfirmed.self).count == 3)
    }

    @Test("What a killed run left scheduled or in the middle goes on with the next run")
    func resumed() throws {
        let store = try store(3)
        try store.connection.execute(
            """
            INSERT INTO bulk_confirmations (invoice_id, place, status, confirmation_date)
            SELECT invoice_id, draft_number, CASE draft_number WHEN 1 THEN 'Processing' ELSE 'Scheduled' END, '2026-10-20'
            FROM invoices
            """)
        var outcomes: [BulkConfirmation] = []
        try BulkConfirm(connection: store.connection, configuration: store.configuration).resume { outcomes.append($0) }
        #expect(outcomes.map(\.invoice) == ["PI-000001", "PI-000002", "PI-000003"])
        #expect(outcomes.allSatisfy { $0.status == .complete && $0.accountingDate?.description == "2026-10-20" })
        #expect(try store.messages(InvoiceConfirmed.self).count == 3)
    }
}
