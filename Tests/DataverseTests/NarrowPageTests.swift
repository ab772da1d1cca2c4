import Contracts
import Database
import Testbed
import Testing

@testable import Dataverse

/// Rows that lack members: what a page does not say stays as it is.
@Suite struct NarrowPageTests {
    /// A row without some of its members.
    private func narrow(_ row: WebRow, without members: String..., changes: WebRow = [:]) -> WebRow {
        row.filter { !members.contains($0.key) }.merging(changes) { $1 }
    }

    private func content(_ store: DataverseStore, _ table: String) throws -> [String] {
        try store.connection.values(
            String.self, "SELECT (to_jsonb(t) - 'row_version')::text FROM \(table) t ORDER BY 1")
    }

    @Test("A newer row that has its key and its version alone changes nothing, in any table")
    func keysOnly() throws {
        let store = try DataverseStore()
        let rows = WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 }
        try store.load(rows)
        let tables = try CapturedTable.all(store.configuration)
        let before = try tables.map { try content(store, $0.name) }
        let keys = Dictionary(uniqueKeysWithValues: tables.map { ($0.entitySet, $0.key.field) })
        let report = try store.load(
            Dictionary(
                uniqueKeysWithValues: rows.map { set, rows in
                    (set, rows.map { [keys[set] ?? "": $0[keys[set] ?? ""] ?? "", "versionnumber": "9000"] })
                }))
        #expect(try tables.map { try content(store, $0.name) } == before)
        #expect(report.tables.allSatisfy { $0.new + $0.changed + $0.overruled == 0 && $0.unchanged > 0 })
        #expect(report.published.values.allSatisfy { $0 == 0 })
    }

    @Test("A member that is null is taken away, and one that is missing is left, in one row")
    func nullAndMissing() throws {
        let store = try DataverseStore()
        let row = WebAPI.actual(1, .cost)
        try store.load(["msdyn_actuals": [row]])
        try store.load([
            "msdyn_actuals": [
                narrow(
                    row, without: "msdyn_billingtype", "msdyn_skipsync", "msdyn_amount",
                    changes: ["msdyn_description": "null", "versionnumber": "101", "msdyn_quantity": "9"])
            ]
        ])
        let actual = try #require(try store.connection.record(Actual.self, "SELECT \(Actual.columnList) FROM actuals"))
        #expect(actual.billingType == .chargeable && actual.amount == Money(1_600) && !actual.skipSync)
        #expect(actual.description == nil && actual.quantity == Quantity(9) && actual.rowVersion == 101)
    }

    @Test("A flag that stands for No where a page lacks it is left as it is stored")
    func flag() throws {
        let store = try DataverseStore()
        let detail = WebAPI.lineDetail(1, invoice: 2, ["msdyn_correction": "true"])
        try store.load(["msdyn_invoicelinetransactions": [detail]])
        try store.load([
            "msdyn_invoicelinetransactions": [
                narrow(detail, without: "msdyn_correction", changes: ["versionnumber": "101", "msdyn_amount": "5"])
            ]
        ])
        #expect(try store.count("invoice_line_details WHERE is_correction AND amount = 5") == 1)
    }

    @Test(
        "In one load, what the newest row lacks comes from the newest older row that has it",
        arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
    func duplicates(order: [Int]) throws {
        let store = try DataverseStore()
        let row = WebAPI.actual(1, .cost)
        let versions = [
            row, narrow(row, without: "msdyn_amount", changes: ["versionnumber": "101", "msdyn_description": "null"]),
            narrow(
                row, without: "msdyn_billingtype", "msdyn_description",
                changes: ["versionnumber": "102", "msdyn_amount": "7"]),
        ]
        let report = try store.load(order.map { WebAPI.page("msdyn_actuals", [versions[$0]]) })
        #expect(report.tables.map(\.new) == [1])
        let actual = try #require(try store.connection.record(Actual.self, "SELECT \(Actual.columnList) FROM actuals"))
        #expect(actual.amount == Money(7) && actual.billingType == .chargeable && actual.description == nil)
    }

    @Test("Two pages of one version that have different members are one row")
    func halves() throws {
        let store = try DataverseStore()
        let row = WebAPI.actual(1, .cost)
        try store.load([
            WebAPI.page("msdyn_actuals", [narrow(row, without: "msdyn_amount")]),
            WebAPI.page("msdyn_actuals", [narrow(row, without: "msdyn_billingtype")]),
        ])
        #expect(try store.count("actuals WHERE amount = 1600 AND billing_type = 'Chargeable'") == 1)
    }

    @Test("What is stored in a newer version is not overtaken by what the load has of an older one")
    func storedIsNewer() throws {
        let store = try DataverseStore()
        let row = WebAPI.actual(1, .cost, ["versionnumber": "150", "msdyn_amount": "5"])
        try store.load(["msdyn_actuals": [row]])
        try store.load([
            "msdyn_actuals": [
                WebAPI.actual(1, .cost),
                narrow(row, without: "msdyn_amount", changes: ["versionnumber": "200", "msdyn_price": "1"]),
            ]
        ])
        #expect(try store.count("actuals WHERE amount = 5 AND price = 1 AND row_version = 200") == 1)
    }

    struct Lacking: Sendable, CustomTestStringConvertible {
        var set: String
        var member: String

        var testDescription: String { member }
    }

    @Test(
        "A new row without a member that it needs is refused by the member's name, and the row before it is not",
        arguments: [
            ("msdyn_actuals", "msdyn_billingtype"), ("msdyn_actuals", "_msdyn_invoice_value"),
            ("msdyn_actuals", "msdyn_adjustmentstatus"), ("msdyn_actuals", "msdyn_billingstatus"),
            ("msdyn_actuals", "msdyn_amount"), ("msdyn_actuals", "msdyn_documentdate"),
            ("msdyn_actuals", "_transactioncurrencyid_value"),
            ("msdyn_invoicelinetransactions", "msdyn_billingtype"),
            ("msdyn_invoicelinetransactions", "_msdyn_invoice_value"), ("invoices", "totallineitemamount"),
            ("invoices", "msdyn_ordertype"), ("invoices", "msdyn_projectinvoicestatus"),
            ("salesorders", "msdyn_ordertype"), ("transactioncurrencies", "currencyprecision"),
            ("msdyn_transactionconnections", "msdyn_transaction2"),
        ].map { Lacking(set: $0.0, member: $0.1) })
    func lacking(_ lacking: Lacking) throws {
        let store = try DataverseStore()
        var rows = WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 }
        let row = try #require(rows[lacking.set]?.last)
        rows[lacking.set]?.removeLast()
        try store.load(rows)
        let error = try #require(throws: CaptureError.self) {
            try store.load([lacking.set: [row.filter { $0.key != lacking.member }]])
        }
        #expect(error.field == lacking.member && error.row == 1)
        #expect(error.problem == "the row lacks it; select it in the Web API request")
    }
}
