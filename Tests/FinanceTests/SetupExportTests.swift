import Contracts
import Foundation
import Testbed
import Testing
import YAML

@testable import Database
@testable import Finance

@Suite("finance export")
struct SetupExportTests {
    let database: TestDatabase
    let connection: Connection

    init() throws {
        database = try TestDatabase(FinanceSchema.migrations)
        connection = try database.connect()
    }

    private func read(_ text: String) throws -> FinanceConfiguration {
        try FinanceConfiguration(parsing: Array(text.utf8), file: "exported.yaml")
    }

    /// Every key of a set-up file, with texts that YAML could take for something else.
    private static let everything = """
        companies:
          usmf:
            name: "Contoso: \\"USA\\"\\nSecond line"
            accounting-currency: USD
            accounting-currency-precision: 3
            reporting-currency: GBP
            reporting-currency-precision: 3
            reporting-currency-from: accounting
            legal-entity:
              name: "Contoso: Inc."
              address: "One Way 1\\nRedmond, WA 98052"
              country: "NO"
              tax-number: "0123"
              payment-details: "IBAN #1\\n\\nBIC: X"
            parameters:
              journal-period-unit: days
              journal-line-limit: 17
              set-accounting-date-to-open-period: false
              exchange-rate-date: document
              credit-exchange-rate: original
              sales-tax-group-method: contract
              milestone-item-sales-tax-group: NOTHING
              retainer-item-sales-tax-group: ADVANCE
              material-item-sales-tax-group-from: item
              non-deductible-sales-tax: line-account
            exchange-rates:
              EUR: {2026-01-01: 108.1500000001, 2026-10-01: 109}
              JPY: {2026-01-01: 0.6541}
            reporting-exchange-rates:
              USD: {2026-01-01: 78.4, 2026-10-01: 79}
            fixed-rate-agreements:
              - {contract: "~", currency: EUR, rate: 200, reference: "- #1"}
              - {contract: C-2, currency: JPY, rate: 0.66}
            fiscal-periods:
              - {from: 2026-01-01, to: 2026-01-31, status: closed}
              - {from: 2026-02-01, to: 2026-02-28, status: open}
            sales-tax-codes:
              STATE: {name: "State: 6.5 %", percentage: 6.5, non-deductible: 12.5}
              "19":
                name: "null"
                included: true
                rates: [{to: 2026-06-30, percentage: 16}, {from: 2026-07-01, to: 2026-12-31, percentage: 19}]
            sales-tax-groups:
              BOTH: [STATE, "19"]
              EXPORT: []
            item-sales-tax-groups:
              SERVICE: ["19"]
              NOTHING: []
              ADVANCE: []
              WARE: []
              FREE: []
            sales-tax-group-defaults:
              projects: {P: BOTH}
              contracts: {"true": EXPORT}
              customers: {"": BOTH}
            line-properties:
              Chargeable: {id: Charge, name: "Yes", chargeable: true, accrue-revenue: true}
              Not specified: {id: "no", chargeable: false, accrue-revenue: false}
            project-categories:
              "Consulting, senior": {class: Time, item-sales-tax-group: SERVICE, default: true}
              Free: {class: Time, item-sales-tax-group: FREE}
              Travel: {class: Expense}
            project-groups:
              "no": [P, "1e3"]
              EMPTY: []
              NONE: []
            released-products:
              "1e3": SERVICE
              "~": WARE
            accounting-profiles:
              company: {accrue-revenue: true, on-account: balance}
              groups: {EMPTY: {time-and-material: no-wip, fixed-price: percentage}}
              contracts:
                C-1: {fixed-price: no-wip}
              projects:
                company: {accrue-revenue: false, on-account: balance}
            posting-accounts:
              cost: {company: "0610100", classes: {Time: 4}, groups: {NONE: 5, "no": 6}}
              invoiced-revenue: {company: 1e5, categories: {"A: b": "1"}, contracts: {C: 2}, projects: {"{P}": 3}}
            payment-terms:
              2% 10, Net 30: 30
              "": 0
            customers:
              US-001: {name: "Crosby, Stills & \\u00C4rger \\U0001F600", payment-terms: "", on-hold: true, address: "1\\n2", country: "~", tax-number: "1e3"}
              "007": {name: " blank "}
            intercompany-relations:
              "0": {customer: "007", vendor: "1e3"}
              demf: {customer: US-001}
            number-sequences:
              voucher: {prefix: "", next: 5, digits: 18}
              customer-invoice: {prefix: "#", next: 999999999999999999, digits: 1}
              integration-journal: {prefix: J-}
          "0":
            name: Nothing but a name
            accounting-currency: JPY
            accounting-currency-precision: 0
        """

    @Test("What is exported is read back row by row as it was, of every table")
    func roundTrip() throws {
        let configuration = try read(Self.everything)
        _ = try configuration.apply(to: connection)
        var tables = EmptyTables()
        var rows = try #require(configuration.sections.first).rows
        try rows.visit(&tables)
        #expect(tables.names == [], "no row of these is tried here")

        let stored = try FinanceConfiguration(storedIn: connection)
        let version = try FinanceSetup.currentVersion(connection)
        let exported = try read(stored.document.text())
        #expect(exported.document == stored.document)
        let applied = try exported.apply(to: connection)
        #expect(applied.changes == [] && applied.unfollowed == [], "\(stored.document.text())")
        #expect(try FinanceSetup.currentVersion(connection) == version)
        #expect(applied.companies == ["0", "usmf"])

        let otherDatabase = try TestDatabase(FinanceSchema.migrations)
        let other = try otherDatabase.connect()
        _ = try exported.apply(to: other)
        #expect(try FinanceConfiguration(storedIn: other).document == stored.document)
        #expect(try configuration.apply(to: other).changes == [])
    }

    private struct EmptyTables: SetupRowVisitor {
        var names: [String] = []

        mutating func visit<Row: SetupRow>(_ rows: inout [Row]) { if rows.isEmpty { names.append(Row.table) } }
    }

    @Test("Every table of set-up is exported: none has rows that a file does not say")
    func everyTable() throws {
        var tables = Tables()
        var rows = SetupRows()
        try rows.visit(&tables)
        let known = try connection.values(
            String.self,
            """
            SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'setup_changed' ORDER BY 1
            """)
        #expect(Set(known).subtracting(tables.names) == ["companies"])
    }

    private struct Tables: SetupRowVisitor {
        var names: [String] = []

        mutating func visit<Row: SetupRow>(_ rows: inout [Row]) { names.append(Row.table) }
    }

    @Test("The sample export's set-up is the same after export and configure")
    func sample() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../deploy/export/finance.yaml")
        let sample = try FinanceConfiguration(parsing: Array(Data(contentsOf: path)), file: "finance.yaml")
        _ = try sample.apply(to: connection)
        let exported = try read(FinanceConfiguration(storedIn: connection).document.text())
        #expect(try exported.apply(to: connection).changes == [])
        #expect(try sample.apply(to: connection).changes == [])
    }

    @Test("One company is exported alone, and applied it leaves the others alone")
    func oneCompany() throws {
        _ = try read(Self.everything).apply(to: connection)
        let one = try FinanceConfiguration(storedIn: connection, company: "0")
        #expect(one.companies == ["0"])
        let applied = try read(one.document.text()).apply(to: connection)
        #expect(applied.changes == [] && applied.untouched == ["usmf"])
        #expect(try FinanceConfiguration(storedIn: connection, company: "none").companies == [])
    }
}
