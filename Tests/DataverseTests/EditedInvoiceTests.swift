import Bus
import Contracts
import Database
import Testing

@testable import Dataverse

/// Drafts whose lines were edited or typed, as they are confirmed, published and complete (`domain.md` §6.3, §9.25).
@Suite struct EditedInvoiceTests {
    private let store: DataverseStore

    init() throws {
        store = try DataverseStore()
        try store.load(WebAPI.lookups)
    }

    @Test(
        "An edited quantity, both ways, to nothing and not at all: published as its table says, and complete",
        arguments: [(8, 2, 1_600), (6, 6, 1_200), (10, 4, 2_000), (0, 4, 0)])
    func edited(hours: Int, actuals: Int, amount: Int) throws {
        try store.load(WebAPI.draftOfHours(hours), asOurs: true)
        #expect(try store.confirm("INV-100").lineAmount == Money(amount))
        #expect(try store.waiting() == [] && store.gaps() == [:])
        let published: [ActualCreated] = try store.messages()
        // The first is the unbilled sale as it was loaded.
        #expect(published.count - 1 == actuals)
        #expect(
            published.last { $0.actualId == WebAPI.id(201) }?.adjustmentStatus == (hours == 8 ? nil : .adjusted))
        #expect(
            published.last { $0.actualId == WebAPI.id(201) }?.billingStatus
                == (hours == 8 ? .customerInvoicePosted : .canceled))
        let first = published.filter { $0.reversedActualId == WebAPI.id(201) }
        #expect(first.map(\.amount) == (hours == 8 ? [] : [Money(-1_600)]))
        for sale in published where sale.transactionType == .billedSales {
            let unbilled = try #require(published.last { $0.actualId == sale.unbilledActualId })
            #expect(unbilled.amount == sale.amount && unbilled.billingStatus == .customerInvoicePosted)
            #expect(unbilled.billingType == sale.billingType)
        }
        let invoice = try #require(try store.messages(InvoiceConfirmed.self).first)
        #expect(invoice.totalCount == published.count { $0.transactionType == .billedSales })
    }

    @Test("Lines typed on a draft are confirmed, published and complete; of fixed price without an unbilled sale")
    func typed() throws {
        try store.load(
            [
                "invoices": [WebAPI.invoice(100, .draft, amount: "2300.0")],
                "msdyn_invoicelinetransactions": [
                    WebAPI.lineDetail(301, invoice: 100),
                    WebAPI.lineDetail(
                        302, invoice: 100,
                        [
                            "msdyn_quantity": "1.0", "msdyn_price": "700.0", "msdyn_amount": "700.0",
                            "_msdyn_salescontractlineid_value": WebAPI.text("\(WebAPI.fixedPriceLine)"),
                        ]),
                    WebAPI.lineDetail(303, invoice: 100, ["msdyn_billingtype": "192350002"]),
                ],
            ], asOurs: true)
        #expect(try store.confirm("INV-100").lineDetails == 3)
        #expect(try store.waiting() == [] && store.gaps() == [:])
        let published: [ActualCreated] = try store.messages()
        let billed = published.filter { $0.transactionType == .billedSales }
        #expect(billed.map(\.unbilledActualId).filter { $0 == nil }.count == 1 && billed.count == 3)
        #expect(published.count { $0.transactionType == .unbilledSales } == 2)
        #expect(
            published.filter { $0.transactionType == .unbilledSales }.allSatisfy {
                $0.accountingDate == $0.documentDate
            })
    }

    @Test("A line whose connection is not loaded does not pass for a typed one while its unbilled sale is on the draft")
    func missingConnection() throws {
        var rows = WebAPI.draftOfHours(8)
        let connections = rows.take("msdyn_transactionconnections")
        try store.load(rows, asOurs: true)
        let error = try #require(throws: ConfirmationError.self) { try store.confirm("INV-100") }
        #expect(error.description.contains("none of its line details is connected to it"))
        #expect(try store.count("actuals") == 1)
        try store.load(["msdyn_transactionconnections": connections])
        #expect(try store.confirm("INV-100").lineDetails == 1)
    }

    @Test("Two corrections of one billed sale on one draft are refused")
    func correctedTwice() throws {
        try store.load(WebAPI.confirmedInvoice())
        let correction = ["msdyn_correction": "true", "msdyn_quantity": "0.0", "msdyn_amount": "0.0"]
        try store.load(
            [
                "invoices": [WebAPI.invoice(500, .draft, amount: "-3200.0")],
                "msdyn_invoicelinetransactions": [
                    WebAPI.lineDetail(501, invoice: 500, correction), WebAPI.lineDetail(502, invoice: 500, correction),
                ],
                "msdyn_transactionconnections": [
                    WebAPI.connection(511, 501, "Replacing", 203, "Original", type1: "msdyn_invoicelinetransaction"),
                    WebAPI.connection(512, 502, "Replacing", 203, "Original", type1: "msdyn_invoicelinetransaction"),
                ],
            ], asOurs: true)
        let error = try #require(throws: ConfirmationError.self) { try store.confirm("INV-500") }
        #expect(error.description.contains("bill or correct the same actual, \(WebAPI.id(203))"))
    }
}
