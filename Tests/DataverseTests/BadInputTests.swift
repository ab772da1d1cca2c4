import Contracts
import Database
import Foundation
import Testbed
import Testing

@testable import Dataverse

@Suite struct BadInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let page: String
        let says: [String]

        init(_ name: String, _ page: String, _ says: String...) {
            self.name = name
            self.page = page
            self.says = says
        }

        init(_ name: String, actual: WebRow, _ says: String...) {
            self.name = name
            self.page = WebAPI.page("msdyn_actuals", [WebAPI.actual(1, .cost), WebAPI.actual(2, .cost, actual)])
            self.says = says
        }

        var testDescription: String { name }
    }

    static let cases = [
        Case("no JSON", "{\"@odata.context\": nonsense}", "not JSON", "byte 19"),
        Case("cut off", String(WebAPI.page("msdyn_actuals", [WebAPI.actual(1, .cost)]).dropLast(20)), "not JSON"),
        Case("empty", "", "not JSON: there is nothing"),
        Case("no context", "{\"value\": []}", "no @odata.context"),
        Case(
            "an error of the Web API", "{\"error\": {\"code\": \"0x80040220\", \"message\": \"No rights\"}}",
            "it is an error, 0x80040220: No rights"),
        Case(
            "a table that is not captured", WebAPI.page("contacts", []), "\"contacts\"", "accounts, bookableresources"),
        Case("no key", actual: ["msdyn_actualid": "null"], "row 2, msdyn_actualid", "no value"),
        Case("a key that is no id", actual: ["msdyn_actualid": WebAPI.text("17")], "row 2", "\"17\" is not an id"),
        Case(
            "an amount that is no decimal", actual: ["msdyn_amount": WebAPI.text("a lot")],
            "row 2, msdyn_amount: \"a lot\" is not"),
        Case(
            "an exponent in quotes", actual: ["msdyn_amount": WebAPI.text("1.6e3")], "\"1.6e3\" is not a plain decimal"),
        Case("an amount beyond its column", actual: ["msdyn_amount": "1.6e18"], "more than 15 digits"),
        Case("an amount below its scale", actual: ["msdyn_amount": "1.6e-5"], "1.6e-5 has more than 4 decimal places"),
        Case("too many places", actual: ["msdyn_amount": "1600.00001"], "1600.00001 has more than 4 decimal places"),
        Case("too many digits", actual: ["msdyn_amount": "1234567890123456.0"], "more than 15 digits"),
        Case("no amount", actual: ["msdyn_amount": "null"], "msdyn_amount: it has no value"),
        Case(
            "an unknown choice", actual: ["msdyn_transactionclassification": "690970099"],
            "the code 690970099 is unknown", "choices.msdyn_transactionclassification.690970099: LABEL"),
        Case(
            "an unknown choice with its label",
            actual: [
                "msdyn_transactionclassification": "690970099",
                "msdyn_transactionclassification@OData.Community.Display.V1.FormattedValue": WebAPI.text("Retainer"),
            ],
            "which the page calls \"Retainer\"", "choices.msdyn_transactionclassification.690970099: Retainer"),
        Case(
            "a choice that is a text", actual: ["msdyn_billingtype": WebAPI.text("Chargeable")], "not a choice's code"),
        Case("a date that is none", actual: ["msdyn_documentdate": WebAPI.text("2026-02-30")], "is not a date"),
        Case("a flag that is none", actual: ["msdyn_skipsync": "1"], "1 is not true or false"),
        Case("Skip Sync without value", actual: ["msdyn_skipsync": "null"], "Skip Sync has no value"),
        Case("an id that is cut", actual: ["msdyn_actualid": "\"x\\ud83d\""], "row 2, msdyn_actualid", "is not an id"),
        Case("no version", actual: ["versionnumber": "null"], "versionnumber: the row has no version"),
        Case(
            "a row that is no object", "{\"@odata.context\": \"x/$metadata#accounts\", \"value\": [17]}", "row 1",
            "not a JSON object"),
        Case(
            "21 characters",
            WebAPI.page(
                "invoices",
                [WebAPI.invoice(1, .confirmed, amount: "1.0", ["invoicenumber": WebAPI.text("INV-45678901234567890")])]),
            "row 1, invoicenumber", "longer than 20 characters"),
        Case(
            "a number with half a character",
            WebAPI.page(
                "invoices", [WebAPI.invoice(1, .confirmed, amount: "1.0", ["invoicenumber": "\"INV-1\\ud83d\""])]),
            "row 1, invoicenumber", "holds a character that cannot be read"),
        Case(
            "a role with U+0000",
            WebAPI.page(
                "msdyn_transactionconnections",
                [
                    WebAPI.connection(
                        1, 2, "Billed Sales", 3, "Unbilled Sales", ["msdyn_transaction2role": "\"a\\u0000\""])
                ]),
            "row 1, msdyn_transaction2role", "holds a character that cannot be read"),
        Case(
            "a currency code that is none",
            WebAPI.page(
                "transactioncurrencies",
                [
                    [
                        "transactioncurrencyid": WebAPI.text("\(WebAPI.id(1))"),
                        "isocurrencycode": WebAPI.text("Dollar"),
                        "currencyprecision": "2", "versionnumber": "1",
                    ]
                ]),
            "\"Dollar\" is not an ISO currency code"),
        Case(
            "a company code that Finance would refuse",
            WebAPI.page(
                "cdm_companies",
                [
                    [
                        "cdm_companyid": WebAPI.text("\(WebAPI.id(1))"), "cdm_companycode": WebAPI.text("a-b"),
                        "versionnumber": "1",
                    ]
                ]),
            "row 1, cdm_companycode: \"a-b\" is not a company of one to four letters or digits"),
        Case(
            "too precise a currency",
            WebAPI.page(
                "transactioncurrencies",
                [
                    [
                        "transactioncurrencyid": WebAPI.text("\(WebAPI.id(1))"), "isocurrencycode": WebAPI.text("USD"),
                        "currencyprecision": "6", "versionnumber": "1",
                    ]
                ]),
            "6 is not a whole number from 0 to 4"),
    ]

    @Test(
        "Bad input is refused with file, row, field, value and what to do, and costs its row or its page alone",
        arguments: cases)
    func refused(_ bad: Case) throws {
        let store = try DataverseStore()
        let good = WebAPI.page("accounts", WebAPI.lookups["accounts"] ?? [])
        let report = try store.loadSome([good, bad.page, WebAPI.page("msdyn_actuals", [WebAPI.actual(3, .cost)])])
        let error = try #require(report.refused.first.first)
        #expect(report.refused.count == 1)
        #expect(error.file.hasSuffix("page-2.json"))
        for part in bad.says { #expect(error.description.contains(part), "\(error)") }
        #expect(!error.description.contains("\n"))
        #expect(try store.count("accounts") == 1)
        let hasNeighbour = bad.page.contains("#msdyn_actuals(") && bad.name != "cut off"
        #expect(try store.count("actuals") == (hasNeighbour ? 2 : 1), "\(bad.name)")
    }

    @Test("The table of a row that was refused is unfinished until its page comes again, and an invoice waits for it")
    func unfinished() throws {
        let store = try DataverseStore()
        var rows = WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 }
        let actuals = try #require(rows["msdyn_actuals"])
        rows["msdyn_actuals"] = nil
        let broken = WebAPI.page(
            "msdyn_actuals", actuals + [WebAPI.actual(999, .billed, ["msdyn_documentdate": WebAPI.text("soon")])])
        try store.load(rows)
        let report = try store.loadSome([broken])
        #expect(report.refused.count == 1 && report.refused.first.first?.row == actuals.count + 1)
        #expect(report.unfinished.map(\.table) == ["msdyn_actuals"])
        #expect(report.unfinished.first?.rows == actuals.count)
        #expect(try store.count("actuals") == actuals.count)
        #expect(try store.messages(InvoiceConfirmed.self).isEmpty)
        // It comes again, without what was wrong.
        let whole = try store.load(["msdyn_actuals": actuals])
        #expect(whole.unfinished.isEmpty)
        #expect(try store.messages(InvoiceConfirmed.self).count == 1)
    }

    @Test("Of very many rows that are refused all are counted, and the first are kept")
    func manyRefused() throws {
        let store = try DataverseStore()
        let rows = (1...3_000).map { number in
            WebAPI.actual(number, .cost, number % 2 == 0 ? ["msdyn_amount": WebAPI.text("a lot")] : [:])
        }
        let report = try store.loadSome([WebAPI.page("msdyn_actuals", rows)])
        #expect(report.refused.count == 1_500 && report.refused.first.count == 1_000)
        #expect(report.refused.first.map(\.row) == (1...1_000).map { $0 * 2 })
        #expect(try store.count("actuals") == 1_500)
    }

    @Test(
        "Pages with bytes changed, added, removed and moved load what can be read of them, and say of the rest where it is"
    )
    func damagedPages() throws {
        var random = SeededRandom()
        let store = try DataverseStore()
        let lookups = try store.load(WebAPI.lookups)
        #expect(!lookups.tables.isEmpty)
        var (refused, loaded) = (0, 0)
        for round in 1...150 {
            let rows = (1...20).map { WebAPI.actual(round * 100 + $0, .cost) }
            var bytes = Array(WebAPI.page("msdyn_actuals", rows).utf8)
            for _ in 0...Int.random(in: 0...3, using: &random) { random.damage(&bytes) }
            let before = try store.count("actuals")
            do {
                let report = try store.loadSome([String(decoding: bytes, as: UTF8.self)])
                refused += report.refused.count
                loaded += report.tables.reduce(0) { $0 + $1.new }
                #expect(try store.count("actuals") == before + report.tables.reduce(0) { $0 + $1.new }, "\(random)")
                for error in report.refused.first {
                    #expect(!error.problem.isEmpty && !error.file.isEmpty, "\(random)")
                }
            } catch let error as CaptureError {
                #expect(try store.count("actuals") == before, "\(random): \(error)")
            }
        }
        #expect(refused > 0 && loaded > 150, "\(random): \(refused), \(loaded)")
    }

    @Test("A page without the Skip Sync column is refused, naming the setting and the boolean columns that it has")
    func skipSync() throws {
        let store = try DataverseStore()
        var row = WebAPI.actual(1, .cost)
        row["msdyn_skipsync"] = nil
        row["new_skipsync"] = "false"
        row["msdyn_isjournalized"] = "true"
        let error = try #require(throws: CaptureError.self) { try store.load(["msdyn_actuals": [row]]) }
        #expect(error.description.contains("dataverse.columns.skip-sync"))
        #expect(error.description.contains("msdyn_isjournalized, new_skipsync"))
        store.configuration.columns.skipSync = "new_skipsync"
        try store.load(["msdyn_actuals": [row]])
        #expect(try store.count("actuals") == 1)
    }

    @Test("A row that stands twice in a load with one version and two contents is refused with both places")
    func contradiction() throws {
        let store = try DataverseStore()
        let error = try #require(throws: CaptureError.self) {
            try store.load([
                WebAPI.page("msdyn_actuals", [WebAPI.actual(1, .cost)]),
                WebAPI.page(
                    "msdyn_actuals", [WebAPI.actual(2, .cost), WebAPI.actual(1, .cost, ["msdyn_amount": "1.0"])]),
            ])
        }
        #expect(error.file.hasSuffix("page-2.json") && error.row == 2)
        #expect(error.description.contains("page-1.json, row 1"))
        #expect(try store.count("actuals") == 0)
    }

    @Test("A file that is not there, and a folder without pages, are refused by name")
    func files() throws {
        let store = try DataverseStore()
        #expect(throws: CaptureError(file: "/nowhere", problem: "there is no such file or folder")) {
            try PageSources(["/nowhere"]).sources
        }
        #expect(throws: CaptureError(file: store.folder.path, problem: "the folder holds no *.json")) {
            try PageSources([store.folder.path]).sources
        }
    }

    @Test("A code that configuration names is taken")
    func configuredChoice() throws {
        let store = try DataverseStore()
        let choices = try ChoiceTables(additional: ["msdyn_transactionclassification": [690_970_099: "Retainer"]])
        store.configuration = DataverseConfiguration(choices: choices)
        try store.load(["msdyn_actuals": [WebAPI.actual(1, .cost, ["msdyn_transactionclassification": "690970099"])]])
        #expect(try store.connection.value(String.self, "SELECT transaction_class FROM actuals") == "Retainer")
    }
}
