import Contracts
import Testbed
import Testing

@testable import Dataverse

/// Tables of which pages are missing (`domain.md` §9.25).
@Suite struct UnfinishedTableTests {
    private func page(_ rows: [WebRow], _ frame: String) -> String {
        WebAPI.page("msdyn_actuals", rows).replacing("\"value\":", with: "\(frame), \"value\":")
    }

    private static let next = #""@odata.nextLink": "https://x/api/data/v9.2/msdyn_actuals?$skiptoken=2""#

    @Test(
        "A load says after which file a table goes on, whatever the page says it with",
        arguments: [
            next, #""@nextLink": "https://x/msdyn_actuals?$skiptoken=2""#, #""@odata.count": 3"#, #""@count": "3""#,
            #""@Microsoft.Dynamics.CRM.morerecords": true"#, #""@Microsoft.Dynamics.CRM.totalrecordcount": 3"#,
        ])
    func says(frame: String) throws {
        let store = try DataverseStore()
        let report = try store.load([page([WebAPI.actual(1, .cost), WebAPI.actual(2, .cost)], frame)])
        #expect(report.unfinished.map(\.table) == ["msdyn_actuals"])
        #expect(try #require(report.unfinished.first).sentence.contains("page-1.json"))
        #expect(try UnfinishedPageStore(connection: store.connection).openTables() == ["msdyn_actuals"])
        // What is there is kept.
        #expect(report.tables.map(\.new) == [2])
    }

    @Test("The page that ends the sequence closes the table, also in a load of its own")
    func closes() throws {
        let store = try DataverseStore()
        try store.load([page([WebAPI.actual(1, .cost)], Self.next)])
        #expect(try store.load(["accounts": WebAPI.lookups["accounts"] ?? []]).unfinished.count == 1)
        #expect(try store.load([page([WebAPI.actual(2, .cost)], #""@odata.count": 2"#)]).unfinished.isEmpty)
        #expect(try store.count("unfinished_pages") == 0)
    }

    @Test("All pages in one load are whole; one row by itself is no page of its table, whatever it links to")
    func whole() throws {
        let store = try DataverseStore()
        var row = WebAPI.actual(3, .cost)
        row["@odata.context"] = WebAPI.text("https://x/api/data/v9.2/$metadata#msdyn_actuals/$entity")
        row["@odata.nextLink"] = WebAPI.text("https://x/next")
        let report = try store.load([
            page([WebAPI.actual(1, .cost)], Self.next), page([WebAPI.actual(2, .cost)], #""@odata.deltaLink": "d""#),
            WebAPI.json(row),
        ])
        #expect(report.unfinished.isEmpty)
    }

    @Test("A person can take a table for complete")
    func close() throws {
        let store = try DataverseStore()
        try store.load([page([WebAPI.actual(1, .cost)], Self.next)])
        let tables = CloseTables(connection: store.connection, configuration: store.configuration)
        #expect(try tables.close("accounts") == nil)
        #expect(try tables.close("msdyn_actuals") != nil)
        #expect(try UnfinishedTables(connection: store.connection).tables().isEmpty)
    }
}
