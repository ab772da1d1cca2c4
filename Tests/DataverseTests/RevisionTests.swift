import Bus
import Contracts
import Database
import Testing

@testable import Dataverse

/// Revising confirmed invoices, and confirming what comes of it (`domain.md` §6.5, §9.12).
@Suite struct RevisionTests {
    private let store: DataverseStore

    init() throws {
        store = try DataverseStore()
        try store.load(WebAPI.lookups)
    }

    private func details(of invoice: String) throws -> [String] {
        try store.texts(
            """
            SELECT concat_ws(' ', d.quantity::real, d.price::real, d.amount::real, d.is_correction, d.previous_amount::real,
                d.invoice_amount::real)
            FROM invoice_line_details d JOIN invoices i USING (invoice_id) WHERE i.invoice_number = '\(invoice)' ORDER BY 1
            """)
    }

    private func header(_ invoice: String) throws -> String? {
        try store.texts(
            """
            SELECT concat_ws(' ', status, line_amount::real, has_corrections, is_ours) FROM invoices
            WHERE invoice_number = '\(invoice)'
            """
        ).first
    }

    private func refusal(_ request: RevisionRequest) throws -> String? {
        let before = try store.count("invoice_line_details")
        let report = try store.revise(request)
        guard let row = report.request.rows.first, row.outcome == .refused else { return nil }
        #expect(try store.count("invoice_line_details") == before && report.drafts.isEmpty)
        return row.message
    }

    private func all(_ invoice: String = "INV-100", into: String? = nil) -> RevisionRequest {
        RevisionRequest(invoice: invoice, transactions: nil, into: into)
    }

    @Test("A revised invoice becomes a draft of full credits, linked to what they correct")
    func draft() throws {
        try store.load(WebAPI.confirmedInvoice())
        let report = try store.revise(all())
        #expect(report.request.rows.map(\.outcome) == [.done])
        #expect(report.drafts.map(\.invoiceNumber) == ["PI-000001"] && report.drafts.allSatisfy(\.isNew))
        #expect(report.drafts.map(\.lineAmount) == [Money(-1_600)])
        #expect(try header("PI-000001") == "Draft -1600 t t")
        #expect(try details(of: "PI-000001") == ["0 200 0 t 1600 -1600"])
        #expect(
            try store.texts("SELECT original_line_detail_id::text FROM invoice_line_details WHERE is_correction")
                == ["\(WebAPI.id(301))"])
        #expect(
            try store.texts(
                """
                SELECT concat_ws(' ', transaction1_role, transaction1_type, transaction2_role, transaction2_type)
                FROM transaction_connections WHERE transaction2_id = '\(WebAPI.id(203))'
                """) == ["Replacing msdyn_invoicelinetransaction Original msdyn_actual"])
        #expect(try store.messages(InvoiceConfirmed.self).count == 1, "a draft is not published")
    }

    @Test("E12: eight hours corrected to six are six billed and two open, and Finance is told")
    func e12() throws {
        try store.load(WebAPI.confirmedInvoice())
        try store.revise(all())
        try store.say(6, onCorrectionsOf: "PI-000001")
        #expect(try header("PI-000001") == "Draft -400 t t")
        let report = try store.confirm("PI-000001", on: "2026-11-03")
        #expect(report.lineAmount == Money(-400) && report.uncredited == .zero)
        #expect(
            try store.texts(
                """
                SELECT concat_ws(' ', transaction_type, quantity::real, amount::real, adjustment_status, billing_status,
                    CASE WHEN skip_sync THEN 'skipped' END, accounting_date)
                FROM actuals WHERE actual_id NOT IN ('\(WebAPI.id(201))', '\(WebAPI.id(202))')
                ORDER BY transaction_type, amount DESC
                """) == [
                    "Billed Sales 8 1600 Adjusted Customer Invoice Posted 2026-10-15",
                    "Billed Sales 6 1200 Customer Invoice Posted 2026-11-03",
                    "Billed Sales -8 -1600 Unadjustable Customer Invoice Posted 2026-11-03",
                    "Unbilled Sales 6 1200 Customer Invoice Posted 2026-09-02",
                    "Unbilled Sales 2 400 Unbilled Sales Created 2026-09-02",
                    "Unbilled Sales -6 -1200 Unadjustable Canceled skipped 2026-09-02",
                ])
        let invoice = try #require(try store.messages(InvoiceConfirmed.self).last)
        #expect(invoice.hasCorrections && invoice.totalCount == 2 && invoice.lineAmount == Money(-400))
        let actuals: [ActualCreated] = try store.messages()
        let original = try #require(actuals.last { $0.actualId == WebAPI.id(203) })
        #expect(original.adjustmentStatus == .adjusted && original.unbilledActualId == WebAPI.id(201))
        #expect(original.rowVersion == 101)
        let credit = try #require(actuals.last { $0.reversedActualId == WebAPI.id(203) })
        #expect(credit.amount == Money(-1_600) && credit.transactionType == .billedSales)
        #expect(actuals.contains { $0.amount == Money(400) && $0.invoiceId == nil })
        #expect(try store.waiting() == [] && store.gaps() == [:])
    }

    @Test("A milestone that is credited can be billed again")
    func milestone() throws {
        try store.load(WebAPI.milestoneInvoice)
        try store.revise(all())
        try store.confirm("PI-000001", on: "2026-11-03")
        #expect(try store.texts("SELECT invoice_status FROM milestones") == ["Ready"])
        #expect(
            try store.texts(
                "SELECT concat_ws(' ', amount::real, adjustment_status) FROM actuals ORDER BY amount DESC")
                == ["5000 Adjusted", "-5000 Unadjustable"])
        #expect(try store.waiting() == [] && store.gaps() == [:])
        #expect(try refusal(all())?.contains("it has been corrected on invoice PI-000001") == true)
        #expect(try refusal(all("PI-000001"))?.contains("is a full credit, of which nothing is billed") == true)
    }

    @Test("What was edited when it was invoiced is revised by its own billed sale, and corrected twice")
    func editedBefore() throws {
        try store.load(WebAPI.draftOfHours(6), asOurs: true)
        try store.confirm("INV-100")
        #expect(try store.gaps() == [:])
        try store.revise(all())
        #expect(try details(of: "PI-000001") == ["0 200 0 t 1200 -1200"])
        try store.say(5, onCorrectionsOf: "PI-000001")
        try store.confirm("PI-000001", on: "2026-11-03")
        let again = try store.revise(all("PI-000001"))
        #expect(again.drafts.map(\.lineAmount) == [Money(-1_000)])
        try store.say(7, onCorrectionsOf: "PI-000002")
        try store.confirm("PI-000002", on: "2026-11-04")
        #expect(
            try store.texts(
                """
                SELECT sum(amount)::real::text FROM actuals WHERE transaction_type = 'Billed Sales'
                    AND billing_type = 'Chargeable'
                """) == ["1400"])
        #expect(try store.waiting() == [] && store.gaps() == [:])
    }

    @Test("After confirmation the unbilled rows of a transaction come to what is still open")
    func openRemainder() throws {
        for (billed, corrected, open) in [(8, 6, 400), (6, 0, 1_200), (10, 12, 0), (8, 8, 0), (8, 0, 1_600)] {
            let store = try DataverseStore()
            try store.load(WebAPI.lookups)
            try store.load(WebAPI.draftOfHours(billed), asOurs: true)
            try store.confirm("INV-100")
            try store.revise(all())
            try store.say(corrected, onCorrectionsOf: "PI-000001")
            try store.confirm("PI-000001", on: "2026-11-03")
            #expect(
                try store.texts(
                    "SELECT sum(amount)::real::text FROM actuals WHERE transaction_type = 'Unbilled Sales'")
                    == ["\(open)"], "\(billed) → \(corrected)")
            #expect(try store.gaps() == [:], "\(billed) → \(corrected)")
        }
    }

    @Test("Corrections are put on a draft of the same contract, and named transactions alone are revised")
    func into() throws {
        var rows = WebAPI.draftOfHours(8)
        rows["msdyn_invoicelinetransactions"]?.append(
            WebAPI.lineDetail(302, invoice: 100, ["msdyn_description": WebAPI.text("Typed")]))
        rows["invoices"] = [
            WebAPI.invoice(100, .draft, amount: "3200.0"), WebAPI.invoice(500, .draft, amount: "0.0"),
            WebAPI.invoice(600, .draft, amount: "0.0", ["_customerid_value": WebAPI.text("\(WebAPI.id(44))")]),
        ]
        try store.load(rows, asOurs: true)
        try store.confirm("INV-100")
        #expect(try refusal(all(into: "INV-600"))?.contains("is of another customer than INV-100") == true)
        let named = RevisionRequest(invoice: "INV-100", transactions: [WebAPI.id(302)], into: "INV-500")
        let report = try store.revise(named)
        #expect(report.drafts.map(\.isNew) == [false] && report.drafts.map(\.lineDetails) == [1])
        #expect(try header("INV-500") == "Draft -1600 t t")
        #expect(
            try refusal(named)?.contains(
                "line detail \(WebAPI.id(302)): it is being corrected on invoice INV-500; confirm that") == true)
        let rest = try store.revise(all(into: "INV-500"))
        #expect(
            rest.request.rows.first?.message?.contains("1 on INV-500; left out: line detail \(WebAPI.id(302))") == true)
        #expect(try header("INV-500") == "Draft -3200 t t")
        try store.confirm("INV-500", on: "2026-11-03")
        #expect(try store.gaps() == [:])
        #expect(try refusal(all(into: "INV-500"))?.contains("INV-500 is Confirmed") == true)
    }

    @Test("What cannot be revised is refused, says why, and nothing is written")
    func refused() throws {
        try store.load(WebAPI.confirmedInvoice())
        try store.load([
            "invoices": [
                WebAPI.invoice(500, .inReview, amount: "0.0"), WebAPI.invoice(600, .paid, amount: "1000.0"),
                WebAPI.invoice(700, .confirmed, amount: "0.0"),
            ],
            "msdyn_invoicelinetransactions": [WebAPI.lineDetail(601, invoice: 600)],
            "invoicedetails": [
                [
                    "invoicedetailid": WebAPI.text("\(WebAPI.id(701))"), "versionnumber": "1",
                    "_invoiceid_value": WebAPI.text("\(WebAPI.id(100))"),
                ]
            ],
        ])
        #expect(try refusal(all("INV-7"))?.contains("there is no invoice INV-7") == true)
        #expect(try refusal(all("INV-500"))?.contains("it is In Review; only an invoice that is Confirmed") == true)
        #expect(try refusal(all("INV-600"))?.contains("its billed sale is not here; load msdyn_actuals") == true)
        #expect(try refusal(all("INV-700"))?.contains("it has no line details") == true)
        #expect(try refusal(all(into: "INV-500"))?.contains("is a draft that Dataverse confirms") == true)
        func named(_ number: Int) throws -> String? {
            try refusal(RevisionRequest(invoice: "INV-100", transactions: [WebAPI.id(number)], into: nil))
        }
        #expect(try named(701)?.contains("the lines of products cannot be revised") == true)
        #expect(try named(999)?.contains("is no line detail of it") == true)
        #expect(try named(202)?.contains("is no line detail of it") == true)
        try store.revise(all())
        try store.confirm("PI-000001")
        #expect(try refusal(all())?.contains("it has been corrected on invoice PI-000001") == true)
    }

    @Test("Of many in one request a row that is refused costs itself alone")
    func many() throws {
        try store.load(WebAPI.confirmedInvoice())
        let report = try store.revise(
            """
            [{"invoice": "INV-100", "transactions": ["\(WebAPI.id(203))"]}, {"invoice": "INV-100", "all": true},
             {"invoice": "INV-9", "all": true}, {"invoice": "INV-100"}, {"invoice": "INV-100", "everything": true}]
            """)
        #expect(report.request.rows.map(\.outcome) == [.done, .refused, .refused, .refused, .refused])
        let messages = report.request.rows.compactMap(\.message)
        #expect(messages[0] == "1 on PI-000001")
        #expect(messages[1].contains("row 1 of the request revises it"))
        #expect(messages[3] == "say either transactions, a list of ids, or all: true")
        #expect(messages[4].contains("there is no member \"everything\""))
        #expect(report.drafts.count == 1)
    }

    @Test("5,000 lines are revised and confirmed in one transaction each")
    func fiveThousandLines() throws {
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
        try store.confirm("INV-100")
        #expect(try store.revise(all()).drafts.map(\.lineAmount) == [Money(-8_000_000)])
        try store.say(6, onCorrectionsOf: "PI-000001")
        let report = try store.confirm("PI-000001", on: "2026-11-03")
        #expect(report.lineDetails == 5_000 && report.lineAmount == Money(-2_000_000))
        #expect(report.published == [.invoiceConfirmed: 1, .actualCreated: 25_000, .transactionConnected: 25_000])
        #expect(try store.gaps() == [:])
    }
}
