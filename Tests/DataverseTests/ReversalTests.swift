import Contracts
import Testbed
import Testing

@testable import Dataverse

/// What takes back another actual (`domain.md` §9.26).
@Suite struct ReversalTests {
    private static let unadjustable = WebAPI.negative.merging(["msdyn_adjustmentstatus": "192350002"]) { $1 }

    private func reversal(_ number: Int, _ kind: WebAPI.Kind, _ changes: WebRow = [:]) -> WebRow {
        WebAPI.actual(number, kind, Self.unadjustable.merging(changes) { $1 })
    }

    private func connection(_ reversal: Int, _ original: Int) -> [String: [WebRow]] {
        [
            "msdyn_transactionconnections": [
                WebAPI.connection(reversal * 100, reversal, "Reversing", original, "Original")
            ]
        ]
    }

    private func published(_ store: DataverseStore) throws -> [GUID] {
        try store.messages(ActualCreated.self).map(\.actualId)
    }

    @Test(
        "A reversal waits for its connection and for its original, whatever the order of arrival",
        arguments: [WebAPI.Kind.cost, .unbilled],
        [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
    func waits(_ kind: WebAPI.Kind, _ order: [Int]) throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        let parts = [
            ["msdyn_actuals": [WebAPI.actual(1, kind)]], ["msdyn_actuals": [reversal(2, kind)]], connection(2, 1),
        ]
        for part in order {
            #expect(try !published(store).contains(WebAPI.id(2)))
            try store.load(parts[part])
        }
        let message = try #require(try store.messages(ActualCreated.self).last { $0.actualId == WebAPI.id(2) })
        #expect(message.reversedActualId == WebAPI.id(1))
        #expect(try published(store).filter { $0 == WebAPI.id(2) }.count == 1)
        #expect(try store.waiting() == [])
    }

    @Test("A negative original is no reversal, and waits for nothing")
    func negativeOriginal() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load(["msdyn_actuals": [WebAPI.actual(1, .unbilled, WebAPI.negative)]])
        #expect(try published(store) == [WebAPI.id(1)])
    }

    @Test("An actual is taken back once: a second reversal is held, by the other's number", arguments: [true, false])
    func once(_ atOnce: Bool) throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
        func credit(_ number: Int, _ version: Int) -> [String: [WebRow]] {
            let on = WebAPI.text("\(WebAPI.id(number))")
            let detail = WebAPI.negative.merging(["msdyn_correction": "true"]) { $1 }
            return [
                "invoices": [WebAPI.invoice(number, .confirmed, amount: "-1600.0")],
                "msdyn_invoicelinetransactions": [WebAPI.lineDetail(number + 1, invoice: number, detail)],
                "msdyn_actuals": [
                    reversal(number + 2, .billed, ["_msdyn_invoice_value": on, "versionnumber": "\(version)"])
                ],
            ].merging(connection(number + 2, 203)) { $1 }
        }
        if atOnce {
            // The second one comes first in the pages, and is the newer row.
            try store.load(credit(500, 120).merging(credit(600, 110)) { $0 + $1 })
        } else {
            try store.load(credit(600, 110))
            try store.load(credit(500, 105))
        }
        #expect(try published(store).filter { [WebAPI.id(502), WebAPI.id(602)].contains($0) } == [WebAPI.id(602)])
        #expect(try store.messages(InvoiceConfirmed.self).map(\.invoiceNumber).sorted() == ["INV-100", "INV-600"])
        let reason =
            "\(WebAPI.id(502)) takes back \(WebAPI.id(203)), which \(WebAPI.id(602)) on invoice INV-600 took back"
        #expect(try store.waiting().count == 2)
        #expect(try store.waiting().allSatisfy { $0.contains(reason) })
        // The same again changes nothing.
        let outbox = try store.count("outbox")
        try store.load(credit(500, 130))
        #expect(try store.messages(InvoiceConfirmed.self).count == 2)
        #expect(try store.count("outbox") == outbox)
    }

    @Test(
        "Of three reversals of a cost, or of an unbilled sale, one is published",
        arguments: [WebAPI.Kind.cost, .unbilled])
    func thrice(_ kind: WebAPI.Kind) throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load(["msdyn_actuals": [WebAPI.actual(1, kind)] + (2...4).map { reversal($0, kind) }])
        for number in 2...4 { try store.load(connection(number, 1)) }
        #expect(try published(store) == [WebAPI.id(1), WebAPI.id(2)])
        #expect(try store.waiting().count == 2)
    }

    @Test("Reversals in a circle, and one that takes back itself, are held")
    func circles() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load(["msdyn_actuals": [WebAPI.actual(1, .cost), reversal(2, .cost), reversal(3, .cost)]])
        #expect(try published(store) == [WebAPI.id(1)])
        try store.load(connection(3, 3))
        try store.load(connection(2, 3))
        #expect(try published(store) == [WebAPI.id(1)])
        #expect(try store.waiting().contains { $0.contains("it takes back itself") })
        #expect(try store.waiting().contains { $0.contains("its original \(WebAPI.id(3)) takes back another one") })
    }

    @Test("A contradiction that is mended goes on, and its invoice with it")
    func mended() throws {
        let store = try DataverseStore()
        var invoice = WebAPI.confirmedInvoice()
        invoice["msdyn_actuals"]?[0]["msdyn_amount"] = "200.0"
        try store.load(WebAPI.lookups.merging(invoice) { $1 })
        #expect(try store.messages(InvoiceConfirmed.self).isEmpty)
        #expect(try store.waiting().allSatisfy { $0.contains("which is more than the 200.0000") })
        var unbilled = try #require(WebAPI.confirmedInvoice()["msdyn_actuals"]?[0])
        unbilled["versionnumber"] = "101"
        try store.load(["msdyn_actuals": [unbilled]])
        #expect(try store.messages(InvoiceConfirmed.self).count == 1)
        #expect(try store.waiting() == [])
    }
}
