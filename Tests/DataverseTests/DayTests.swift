import Bus
import Contracts
import Database
import Service
import Testbed
import Testing

@testable import Dataverse

/// The days of captured rows (`domain.md` §9.24).
@Suite struct DayTests {
    @Test("An instant in a page is the day of the configured zone, in every table that has days")
    func instants() throws {
        let store = try DataverseStore()
        store.configuration.zone = try #require(DayZone("Europe/Berlin"))
        let instant = WebAPI.text("2026-12-31T23:00:00Z")
        try store.load([
            "msdyn_actuals": [
                WebAPI.actual(1, .cost, ["msdyn_documentdate": instant, "msdyn_accountingdate": instant])
            ],
            "msdyn_invoicelinetransactions": [WebAPI.lineDetail(2, invoice: 3, ["msdyn_documentdate": instant])],
            "invoices": [WebAPI.invoice(3, .draft, amount: "1.0", ["msdyn_accountingdate": instant])],
        ])
        let days = try store.connection.values(
            String.self,
            """
            SELECT document_date::text FROM actuals UNION ALL SELECT accounting_date::text FROM actuals
            UNION ALL SELECT document_date::text FROM invoice_line_details
            UNION ALL SELECT accounting_date::text FROM invoices
            """)
        #expect(days == Array(repeating: "2027-01-01", count: 4))
    }

    @Test(
        "A billed sale whose accounting date means none is booked on its document date, and its invoice on the latest of them",
        arguments: ["1900-01-01", "0001-01-01", "1900-01-01T00:00:00Z"])
    func none(text: String) throws {
        let store = try DataverseStore()
        var rows = WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 }
        rows["msdyn_actuals"]?[2]["msdyn_accountingdate"] = WebAPI.text(text)
        rows["invoices"]?[0]["msdyn_accountingdate"] = WebAPI.text(text)
        try store.load(rows)
        let billed = try store.messages(ActualCreated.self).filter { $0.transactionType == .billedSales }
        #expect(billed.map(\.accountingDate.description) == ["2026-09-01"])
        #expect(try store.messages(InvoiceConfirmed.self).map(\.accountingDate.description) == ["2026-09-01"])
    }

    @Test("A row that needs a day is refused by name where its day means none")
    func needed() throws {
        let store = try DataverseStore()
        let row = WebAPI.actual(1, .cost, ["msdyn_documentdate": WebAPI.text("1900-01-01T00:00:00Z")])
        let error = try #require(throws: CaptureError.self) { try store.load(["msdyn_actuals": [row]]) }
        #expect(error.row == 1 && error.field == "msdyn_documentdate")
        #expect(error.problem.contains("means that there is no date"))
    }

    @Test("The zones of both sides are configured, UTC is the default, and an unknown one is refused by its key")
    func configured() throws {
        func reader(_ values: [String: String]) -> ConfigReader {
            ConfigReader(providers: [InMemoryProvider(values: values)])
        }
        #expect(try reader([:]).dayZone(side: .finance) == .utc)
        #expect(try reader(["finance.time.zone": "Asia/Kolkata"]).dayZone(side: .finance).name == "Asia/Kolkata")
        let dataverse = reader(["dataverse.time.zone": "Europe/Berlin"])
        #expect(try DataverseConfiguration(reader: dataverse, choices: ChoiceTables()).zone.name == "Europe/Berlin")
        let error = try #require(throws: ConfigError.self) {
            try reader(["dataverse.time.zone": "Mars/Phobos"]).dayZone(side: .dataverse)
        }
        #expect("\(error)".contains("dataverse.time.zone is 'Mars/Phobos': expected an IANA time zone"))
    }
}
