import Bus
import Contracts
import Database
import Foundation
import Testbed
import Testing

@testable import Dataverse

@Suite struct CaptureTests {
    @Test("New, changed and unchanged rows are counted by table, and loading twice changes nothing")
    func twice() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        let rows = ["msdyn_actuals": [WebAPI.actual(1, .cost), WebAPI.actual(2, .unbilled)]]
        let first = try store.load(rows)
        #expect(first.tables.map(\.new) == [2])
        #expect(first.published[.actualCreated] == 2)

        let second = try store.load(rows)
        #expect(second.tables.map(\.unchanged) == [2])
        #expect(second.published[.actualCreated] == 0)

        let third = try store.load([
            "msdyn_actuals": [WebAPI.actual(1, .cost, ["msdyn_amount": "1700.0", "versionnumber": "101"])]
        ])
        #expect(third.tables.map(\.changed) == [1])
        #expect(try store.messages(ActualCreated.self).map(\.amount) == [Money(1_600), Money(1_600), Money(1_700)])
    }

    @Test("Every captured table has the columns that its description names")
    func schema() throws {
        let store = try DataverseStore()
        let tables = try CapturedTable.all(store.configuration)
        for table in tables {
            _ = try store.connection.execute("SELECT \(table.columnList("t")) FROM \(table.name) t LIMIT 0")
        }
        #expect(tables.count == 16)
        for (table, row) in zip(tables, CapturedTable.rows) { #expect(table.columnNames == row.columnNames) }
    }

    @Test("A newer row that says the same is not published again, and no older page overtakes it")
    func noEcho() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load(["msdyn_actuals": [WebAPI.actual(1, .cost)]])
        // Write-back changed columns in Dataverse that are not captured.
        let echo = try store.load([
            "msdyn_actuals": [
                WebAPI.actual(1, .cost, ["versionnumber": "300", "msdyn_vouchernumber": WebAPI.text("V-1")])
            ]
        ])
        #expect(echo.published[.actualCreated] == 0)
        try store.load(["msdyn_actuals": [WebAPI.actual(1, .cost, ["versionnumber": "200", "msdyn_amount": "1.0"])]])
        #expect(try store.messages(ActualCreated.self).count == 1)
        #expect(try store.connection.value(Money.self, "SELECT amount FROM actuals") == Money(1_600))
    }

    @Test("Pages in any order, each loaded by itself, end in the same state")
    func anyOrder() throws {
        var pages = WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 }.flatMap { set, rows in
            rows.map { WebAPI.page(set, [$0]) }
        }.sorted()
        pages.append(
            WebAPI.page(
                "msdyn_actuals", [WebAPI.actual(1, .cost, ["versionnumber": "90", "msdyn_amount": "800.0"])]))
        pages.append(WebAPI.page("msdyn_actuals", [WebAPI.actual(1, .cost)]))
        let expected = try State(loading: pages, together: true)
        var random = SeededRandom()
        let seed = random.description
        for _ in 0..<3 {
            let state = try State(loading: pages.shuffled(using: &random), together: false)
            #expect(state == expected, "\(seed)")
        }
    }

    /// What a store holds and has published in the end.
    private struct State: Equatable {
        var tables: [String: String] = [:]
        var actuals: [GUID: ActualCreated] = [:]
        var connections: [GUID: TransactionConnected] = [:]
        var invoices: [GUID: InvoiceConfirmed] = [:]

        init(loading pages: [String], together: Bool) throws {
            let store = try DataverseStore()
            if together { try store.load(pages) } else { for page in pages { try store.load([page]) } }
            let names = try CapturedTable.all(store.configuration).map(\.name)
            for table in names + ["actuals_waiting", "connections_waiting", "invoices_waiting", "invoice_progress"] {
                tables[table] = try store.connection.value(
                    String.self,
                    """
                    SELECT coalesce(string_agg(row::text, ';' ORDER BY row::text), '')
                    FROM (SELECT to_jsonb(t) - 'captured_at' AS row FROM \(table) t) rows
                    """)
            }
            for message in try store.messages(ActualCreated.self) {
                if let known = actuals[message.actualId], known.rowVersion > message.rowVersion { continue }
                actuals[message.actualId] = message
            }
            for message in try store.messages(TransactionConnected.self) { connections[message.connectionId] = message }
            for var message in try store.messages(InvoiceConfirmed.self) {
                message.totalsVersion = 0
                invoices[message.invoiceId] = message
            }
        }
    }

    @Test("One row by itself, decimals as strings, a next link and annotations are read as the Web API writes them")
    func forms() throws {
        let store = try DataverseStore()
        var row = WebAPI.actual(1, .cost, ["msdyn_amount": "\"1600.2500\"", "versionnumber": "\"7\""])
        row["@odata.context"] = WebAPI.text("https://x/api/data/v9.2/$metadata#msdyn_actuals/$entity")
        row["msdyn_amount@OData.Community.Display.V1.FormattedValue"] = WebAPI.text("$1,600.25")
        row["@odata.nextLink"] = WebAPI.text("https://x/next")
        row["msdyn_documentdate"] = WebAPI.text("2026-09-01T00:00:00Z")
        try store.load([WebAPI.json(row)])
        let actual = try #require(
            try store.connection.record(Actual.self, "SELECT \(Actual.columnList) FROM actuals"))
        #expect(actual.amount.description == "1600.2500")
        #expect(actual.rowVersion == 7)
        #expect(actual.documentDate.description == "2026-09-01")
    }

    @Test("A file may hold a page a line")
    func lines() throws {
        let store = try DataverseStore()
        let pages = [
            WebAPI.page("msdyn_actuals", [WebAPI.actual(1, .cost)]),
            WebAPI.page("accounts", WebAPI.lookups["accounts"] ?? []),
        ].map { $0.replacingOccurrences(of: "\n", with: "") }
        let report = try store.load([pages.joined(separator: "\n") + "\n"])
        #expect(report.tables.map(\.name) == ["accounts", "actuals"])
    }

    @Test("Folders are read with all that is below them, in order")
    func folders() throws {
        let store = try DataverseStore()
        let below = store.folder.appendingPathComponent("b")
        try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
        for name in ["c.json", "b/a.json", "b/notes.txt"] { _ = try store.write("{}", name) }
        let inputs = try PageSources([store.folder.path, "-"]).sources
        #expect(
            inputs.map(\.name).map { $0.replacingOccurrences(of: store.folder.path, with: "") }
                == ["/b/a.json", "/c.json", "standard input"])
    }

    @Test("Invoices and orders that are no project's are counted and skipped")
    func otherOrderTypes() throws {
        let store = try DataverseStore()
        let report = try store.load([
            "invoices": [
                WebAPI.invoice(1, .confirmed, amount: "10.0", ["msdyn_ordertype": "192350000"]),
                WebAPI.invoice(
                    2, .confirmed, amount: "10.0",
                    ["msdyn_ordertype": "null", "invoicenumber": WebAPI.text(String(repeating: "9", count: 40))]),
                WebAPI.invoice(3, .draft, amount: "10.0"),
            ]
        ])
        #expect(report.tables.map(\.skipped) == [2])
        #expect(try store.connection.values(String.self, "SELECT invoice_number FROM invoices") == ["INV-3"])
    }

    @Test("Of a row that stands in a load twice, the newer version counts")
    func duplicates() throws {
        let store = try DataverseStore()
        let old = WebAPI.actual(1, .cost, ["msdyn_amount": "1.0"])
        let new = WebAPI.actual(1, .cost, ["versionnumber": "101"])
        let report = try store.load(["msdyn_actuals": [new, old, new]])
        #expect(report.tables.map(\.new) == [1])
        #expect(try store.connection.value(Money.self, "SELECT amount FROM actuals") == Money(1_600))
    }

    @Test("Actuals of a kind that there is none of are taken, and said (§6.4)")
    func notAllowed() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        let onFixedPrice = ["_msdyn_salescontractlineid_value": WebAPI.text("\(WebAPI.fixedPriceLine)")]
        let report = try store.load([
            "msdyn_actuals": [
                WebAPI.actual(1, .cost), WebAPI.actual(2, .unbilled), WebAPI.actual(3, .unbilled, onFixedPrice),
                WebAPI.actual(4, .unbilled, onFixedPrice),
                WebAPI.actual(5, .cost, ["msdyn_transactionclassification": "192350004"]),
            ]
        ])
        let notes = report.tables.flatMap(\.notes)
        #expect(notes.map(\.rows).sorted() == [1, 2])
        #expect(notes.contains { $0.text.contains("the type Cost and the class Fee on a Time and Material") })
        #expect(notes.contains { $0.text.contains("the type Unbilled Sales and the class Time on a Fixed Price") })
        #expect(notes.allSatisfy { $0.file != nil } && report.tables.map(\.new) == [5])
    }
}
