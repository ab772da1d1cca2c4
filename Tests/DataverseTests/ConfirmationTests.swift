import Bus
import Contracts
import Database
import Testing

@testable import Dataverse

@Suite struct ConfirmationTests {
    /// A draft of 8 hours at 200 (E6) and, if wanted, a milestone of 5,000 (E11).
    private func draft(
        milestone: Bool = false, _ changes: WebRow = [:], detail: WebRow = [:]
    ) -> [String: [WebRow]] {
        let on = WebAPI.text("\(WebAPI.id(100))")
        var rows: [String: [WebRow]] = [
            "invoices": [WebAPI.invoice(100, .draft, amount: milestone ? "6600.0" : "1600.0", changes)],
            "msdyn_invoicelinetransactions": [WebAPI.lineDetail(301, invoice: 100, detail)],
            "msdyn_actuals": [
                WebAPI.actual(1, .cost, ["msdyn_amount": "800.0"]),
                WebAPI.actual(201, .unbilled, ["msdyn_billingstatus": "192350001", "_msdyn_invoice_value": on]),
            ],
            "msdyn_transactionconnections": [
                WebAPI.connection(
                    401, 301, "Billed Sales", 201, "Unbilled Sales", type1: "msdyn_invoicelinetransaction")
            ],
        ]
        if milestone {
            rows["msdyn_invoicelinetransactions"]?.append(
                WebAPI.lineDetail(
                    302, invoice: 100,
                    [
                        "msdyn_transactionclassification": "192350003", "msdyn_quantity": "1.0",
                        "msdyn_price": "5000.0", "msdyn_amount": "5000.0",
                        "_msdyn_salescontractlineid_value": WebAPI.text("\(WebAPI.fixedPriceLine)"),
                    ]))
            rows["msdyn_contractlinescheduleofvalues"] = [
                [
                    "msdyn_contractlinescheduleofvalueid": WebAPI.text("\(WebAPI.id(601))"), "msdyn_amount": "5000.0",
                    "_msdyn_contractlineid_value": WebAPI.text("\(WebAPI.fixedPriceLine)"),
                    "msdyn_invoicestatus": "192350002", "versionnumber": "100",
                ]
            ]
        }
        return rows
    }

    private func rows(_ store: DataverseStore, _ columns: String) throws -> [String] {
        try store.connection.values(
            String.self, "SELECT concat_ws(' ', \(columns)) FROM actuals ORDER BY transaction_type, amount DESC")
    }

    @Test("E6 and E11: confirming a draft writes exactly the rows of T7 and F4, and publishes what Finance may see")
    func e6AndE11() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load(draft(milestone: true), asOurs: true)
        let report = try store.confirm("INV-100", on: "2026-10-15")
        #expect(report.lineDetails == 2 && report.lineAmount == Money(6_600))
        #expect(
            try rows(
                store,
                "transaction_type, transaction_class, quantity, amount, skip_sync, adjustment_status, billing_status, "
                    + "accounting_date")
                == [
                    "Billed Sales Milestone 1.0000 5000.0000 f Customer Invoice Posted 2026-10-15",
                    "Billed Sales Time 8.0000 1600.0000 f Customer Invoice Posted 2026-10-15",
                    "Cost Time 8.0000 800.0000 f 2026-09-02",
                    "Unbilled Sales Time 8.0000 1600.0000 f Customer Invoice Posted 2026-09-02",
                    "Unbilled Sales Time -8.0000 -1600.0000 t Unadjustable Canceled 2026-09-02",
                ])
        #expect(
            try store.connection.value(String.self, "SELECT invoice_status FROM milestones")
                == "Customer invoice posted")
        #expect(
            try store.connection.values(
                String.self,
                """
                SELECT transaction1_role || '–' || transaction2_role FROM transaction_connections
                WHERE transaction1_type = 'msdyn_actual' ORDER BY 1
                """) == ["Billed Sales–Unbilled Sales", "Reversing–Original"])
        let invoice = try #require(try store.messages(InvoiceConfirmed.self).first)
        #expect(invoice.totalCount == 2 && invoice.totalAmount == Money(6_600))
        #expect(invoice.accountingDate.description == "2026-10-15")
        let actuals: [ActualCreated] = try store.messages()
        let billed = actuals.filter { $0.transactionType == .billedSales }
        #expect(Set(billed.map(\.billingMethod)) == [.timeAndMaterial, .fixedPrice])
        #expect(billed.compactMap(\.unbilledActualId) == [WebAPI.id(201)])
        #expect(
            actuals.last { $0.transactionType == .unbilledSales }.map { [$0.rowVersion] } == [101],
            "the unbilled sale is published with its new status")
        #expect(try store.messages(TransactionConnected.self).count == 2)
        #expect(try store.waiting() == [])
    }

    @Test("Confirming again does nothing")
    func again() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load(draft(), asOurs: true)
        try store.confirm("INV-100")
        let outbox = try store.count("outbox")
        let second = try store.confirm("\(WebAPI.id(100))", on: "2026-11-30")
        #expect(second.wasConfirmedBefore && second.accountingDate.description == "2026-10-15")
        #expect(try store.count("outbox") == outbox)
        #expect(try store.count("actuals") == 4)
    }

    @Test("The header's accounting date goes before the day of confirmation")
    func accountingDate() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load(draft(["msdyn_accountingdate": WebAPI.text("2026-09-30")]), asOurs: true)
        #expect(try store.confirm("INV-100").accountingDate.description == "2026-09-30")
        #expect(try store.messages(InvoiceConfirmed.self).map(\.accountingDate.description) == ["2026-09-30"])
    }

    @Test("What cannot be confirmed is refused plainly, and nothing is written")
    func refused() throws {
        func refusal(
            _ rows: [String: [WebRow]], asOurs: Bool = true, invoice: String = "INV-100"
        ) throws -> String {
            let store = try DataverseStore()
            try store.load(WebAPI.lookups)
            try store.load(rows, asOurs: asOurs)
            let before = try store.count("actuals")
            let error = try #require(throws: ConfirmationError.self) { try store.confirm(invoice) }
            #expect(try store.count("actuals") == before)
            #expect(try store.messages(InvoiceConfirmed.self).isEmpty)
            return error.description
        }
        #expect(try refusal(draft(), invoice: "INV-7").contains("there is no such invoice"))
        #expect(try refusal(draft(), asOurs: false).contains("load it with --ours"))
        #expect(
            try refusal(draft(detail: ["msdyn_quantity": "-6.0", "msdyn_amount": "-1200.0"]))
                .contains("line detail \(WebAPI.id(301)): its quantity or amount changed its sign"))
        #expect(try refusal(draft(detail: ["msdyn_correction": "true"])).contains("it is a correction"))
        #expect(
            try refusal(draft(["totallineitemamount": "1700.0"]))
                .contains("its chargeable line details come to 1600.0000, and its header says 1700.0000"))
        var withoutDetails = draft()
        withoutDetails["msdyn_invoicelinetransactions"] = []
        #expect(try refusal(withoutDetails).contains("it has no line details"))
        var twice = draft(["totallineitemamount": "3200.0"])
        twice["msdyn_invoicelinetransactions"]?.append(WebAPI.lineDetail(302, invoice: 100))
        twice["msdyn_transactionconnections"]?.append(
            WebAPI.connection(402, 302, "Billed Sales", 201, "Unbilled Sales", type1: "msdyn_invoicelinetransaction"))
        #expect(try refusal(twice).contains("bill or correct the same actual, \(WebAPI.id(201))"))
        var lowered = draft(milestone: true, ["totallineitemamount": "6500.0"])
        lowered["msdyn_invoicelinetransactions"]?[1].merge([
            "msdyn_price": "4900.0", "msdyn_amount": "4900.0",
            "_msdyn_contractlinescheduleofvalue_value": WebAPI.text("\(WebAPI.id(601))"),
        ]) { $1 }
        #expect(try refusal(lowered).contains("comes to 5000.0000, and the line detail to 4900.0000"))
        var elsewhere = draft(milestone: true)
        elsewhere["msdyn_invoicelinetransactions"]?.append(
            WebAPI.lineDetail(
                702, invoice: 700, ["_msdyn_contractlinescheduleofvalue_value": WebAPI.text("\(WebAPI.id(601))")]))
        elsewhere["invoices"]?.append(WebAPI.invoice(700, .confirmed, amount: "5000.0", ["versionnumber": "101"]))
        #expect(try refusal(elsewhere).contains("is on invoice INV-700, which is confirmed"))
        let euro = WebAPI.text("\(WebAPI.id(33))")
        var inEuro = draft(detail: ["_transactioncurrencyid_value": euro])
        inEuro["transactioncurrencies"] = [
            [
                "transactioncurrencyid": euro, "isocurrencycode": WebAPI.text("EUR"), "currencyprecision": "2",
                "versionnumber": "1",
            ]
        ]
        #expect(try refusal(inEuro).contains("its currency is EUR, and that of the invoice's header is USD"))
    }

    @Test("A captured row for an invoice that was confirmed here is refused; what was captured before changes nothing")
    func capturedAfter() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load(draft(), asOurs: true)
        try store.confirm("INV-100")
        let again = try store.load(draft(), asOurs: true)
        #expect(again.tables.allSatisfy { $0.new == 0 && $0.changed == 0 })

        let on = WebAPI.text("\(WebAPI.id(100))")
        for rows in [
            ["invoices": [WebAPI.invoice(100, .confirmed, amount: "1600.0", ["versionnumber": "200"])]],
            ["msdyn_actuals": [WebAPI.actual(203, .billed, ["_msdyn_invoice_value": on])]],
            ["msdyn_actuals": [WebAPI.actual(201, .unbilled, ["versionnumber": "200"])]],
            ["msdyn_invoicelinetransactions": [WebAPI.lineDetail(303, invoice: 100)]],
        ] {
            let error = try #require(throws: CaptureError.self) { try store.load(rows) }
            #expect(error.row == 1 && error.description.contains("INV-100, which was confirmed here"))
        }
    }

    @Test("A draft of 5,000 lines is confirmed in one transaction")
    func fiveThousandLines() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        let lines = 0..<5_000
        try store.load(
            [
                "invoices": [WebAPI.invoice(100, .inReview, amount: "8000000.0")],
                "msdyn_invoicelinetransactions": lines.map { WebAPI.lineDetail(10_000 + $0, invoice: 100) },
                "msdyn_actuals": lines.map { WebAPI.actual(20_000 + $0, .unbilled) },
                "msdyn_transactionconnections": lines.map {
                    WebAPI.connection(
                        30_000 + $0, 10_000 + $0, "Billed Sales", 20_000 + $0, "Unbilled Sales",
                        type1: "msdyn_invoicelinetransaction")
                },
            ], asOurs: true)
        let report = try store.confirm("INV-100")
        #expect(report.lineDetails == 5_000)
        #expect(report.published == [.invoiceConfirmed: 1, .actualCreated: 10_000, .transactionConnected: 10_000])
        #expect(try store.messages(InvoiceConfirmed.self).first?.totalCount == 5_000)
    }
}
