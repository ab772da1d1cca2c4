import Contracts
import Database
import Testbed
import Testing

@testable import Dataverse

@Suite struct InvoiceCompletenessTests {
    private func totals(_ billed: [ActualCreated]) throws -> ControlTotals {
        let hash = try SHA256()
        var totals = ControlTotals()
        for actual in billed where actual.transactionType == .billedSales {
            totals += (
                actual.amount,
                ControlDigest(actualId: actual.actualId, amount: actual.amount, currency: actual.currency, hash: hash)
            )
        }
        return totals
    }

    @Test("A confirmed invoice is published with the totals of its billed sales")
    func published() throws {
        let store = try DataverseStore()
        var invoice = WebAPI.confirmedInvoice()
        invoice["invoices"]?[0].merge([
            "billto_name": WebAPI.text("Adventure Works"), "billto_line1": WebAPI.text("1 Main Street"),
            "billto_postalcode": WebAPI.text("98101"), "billto_city": WebAPI.text("Seattle"),
        ]) { $1 }
        try store.load(WebAPI.lookups.merging(invoice) { $1 })
        let message = try #require(try store.messages(InvoiceConfirmed.self).first)
        #expect(message.invoiceNumber == "INV-100" && message.company == "usmf" && message.contractNumber == "ORD-1")
        #expect(message.customerAccount == "US-001" && message.paymentTerms == "Net 30")
        #expect(message.billToAddress == "1 Main Street\n98101 Seattle")
        #expect(message.accountingDate.description == "2026-10-15")
        #expect(message.totalsVersion == 1)
        #expect(message.totals == (try totals(try store.messages())))
        #expect(message.totals.count == 1)
    }

    @Test("An invoice waits for its actuals, listed with what is missing")
    func waits() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        var invoice = WebAPI.confirmedInvoice()
        let actuals = invoice.take("msdyn_actuals")
        try store.load(invoice)
        let summary = try #require(try InvoiceList(connection: store.connection).invoices(number: "INV-100").first)
        #expect(
            summary.waitingReason
                == "waiting for actuals: 1 line details have no billed sale, the chargeable billed sales differ from "
                + "the line amount by 1600.0000; line detail \(WebAPI.id(301)) lacks its billed sale of unbilled sale "
                + "\(WebAPI.id(201))")
        #expect(try store.load(["msdyn_actuals": actuals]).published[.invoiceConfirmed] == 1)
        let complete = try #require(try InvoiceList(connection: store.connection).invoices().first)
        #expect(complete.waitingReason == nil && complete.publishedVersion == 1)
    }

    @Test("A header that comes long before its lines is not taken for an empty invoice")
    func headerFirst() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load(["invoices": [WebAPI.invoice(100, .confirmed, amount: "0.00")]])
        #expect(try store.messages(InvoiceConfirmed.self).isEmpty)
    }

    @Test("A line detail without its billed sale holds the invoice back, though the amounts agree")
    func nonChargeableMissing() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        var invoice = WebAPI.confirmedInvoice()
        invoice["msdyn_invoicelinetransactions"]?.append(
            WebAPI.lineDetail(302, invoice: 100, ["msdyn_billingtype": "192350002"]))
        try store.load(invoice)
        #expect(try store.messages(InvoiceConfirmed.self).isEmpty)
        let on = WebAPI.text("\(WebAPI.id(100))")
        let complimentary = ["msdyn_billingtype": "192350002", "_msdyn_invoice_value": on]
        try store.load([
            "msdyn_actuals": [
                WebAPI.actual(204, .billed, complimentary), WebAPI.actual(205, .unbilled, complimentary),
            ],
            "msdyn_transactionconnections": [WebAPI.connection(404, 204, "Billed Sales", 205, "Unbilled Sales")],
        ])
        let message = try #require(try store.messages(InvoiceConfirmed.self).first)
        #expect(message.totalCount == 2 && message.totalAmount == Money(3_200) && message.lineAmount == Money(1_600))
    }

    @Test("A line detail that Dataverse deleted is not waited for, and an older page doesn't bring it back")
    func deletedLineDetail() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        var invoice = WebAPI.confirmedInvoice()
        let removed = WebAPI.lineDetail(302, invoice: 100)
        invoice["msdyn_invoicelinetransactions"]?.append(removed)
        try store.load(invoice)
        #expect(try store.messages(InvoiceConfirmed.self).isEmpty)
        let entry: WebRow = ["id": WebAPI.text("\(WebAPI.id(302))"), "reason": WebAPI.text("deleted")]
        let report = try store.load(["msdyn_invoicelinetransactions": [entry]])
        #expect(report.tables.map(\.deleted) == [1])
        try store.load(["msdyn_invoicelinetransactions": [removed]])
        #expect(try store.messages(InvoiceConfirmed.self).count == 1)
        #expect(try store.count("invoice_line_details") == 1)
    }

    @Test("A later change publishes the invoice again, with higher totals")
    func changed() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
        let on = WebAPI.text("\(WebAPI.id(100))")
        try store.load([
            "msdyn_actuals": [
                WebAPI.actual(
                    203, .billed, ["msdyn_amount": "1500.0", "_msdyn_invoice_value": on, "versionnumber": "101"])
            ],
            "msdyn_invoicelinetransactions": [
                WebAPI.lineDetail(301, invoice: 100, ["msdyn_amount": "1500.0", "versionnumber": "101"])
            ],
        ])
        #expect(try store.messages(InvoiceConfirmed.self).count == 1)
        #expect(try InvoiceList(connection: store.connection).invoices().first?.waitingReason?.contains("100") == true)
        try store.load(["invoices": [WebAPI.invoice(100, .confirmed, amount: "1500.00", ["versionnumber": "101"])]])
        #expect(try store.messages(InvoiceConfirmed.self).map(\.totalsVersion) == [1, 2])
        #expect(try store.messages(InvoiceConfirmed.self).last?.totalAmount == Money(1_500))
    }

    @Test("A draft is not published")
    func draft() throws {
        let store = try DataverseStore()
        var invoice = WebAPI.confirmedInvoice()
        invoice["invoices"] = [WebAPI.invoice(100, .draft, amount: "1600.00")]
        try store.load(WebAPI.lookups.merging(invoice) { $1 })
        #expect(try store.messages(InvoiceConfirmed.self).isEmpty)
    }

    @Test("An invoice of 5,000 lines, in pages of 700, is published once, with all of its totals")
    func fiveThousandLines() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        let count = 5_000
        let on = WebAPI.text("\(WebAPI.id(100))")
        var pages = [WebAPI.page("invoices", [WebAPI.invoice(100, .confirmed, amount: "\(count * 1_600).00")])]
        for start in stride(from: 0, to: count, by: 700) {
            let lines = start..<min(count, start + 700)
            pages.append(
                WebAPI.page("msdyn_invoicelinetransactions", lines.map { WebAPI.lineDetail(10_000 + $0, invoice: 100) })
            )
            pages.append(
                WebAPI.page(
                    "msdyn_actuals",
                    lines.flatMap {
                        [
                            WebAPI.actual(20_000 + $0, .billed, ["_msdyn_invoice_value": on]),
                            WebAPI.actual(30_000 + $0, .unbilled, ["_msdyn_invoice_value": on]),
                        ]
                    }))
            pages.append(
                WebAPI.page(
                    "msdyn_transactionconnections",
                    lines.map {
                        WebAPI.connection(40_000 + $0, 20_000 + $0, "Billed Sales", 30_000 + $0, "Unbilled Sales")
                    }))
        }
        for page in pages.shuffled() { try store.load([page]) }
        let message = try #require(try store.messages(InvoiceConfirmed.self).first)
        let actuals: [ActualCreated] = try store.messages()
        #expect(actuals.count == 2 * count)
        #expect(message.totals == (try totals(actuals)))
        #expect(try store.messages(InvoiceConfirmed.self).count == 1)
        #expect(try store.waiting() == [])
    }
}
