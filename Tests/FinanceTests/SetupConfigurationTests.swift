import Contracts
import Foundation
import Testbed
import Testing

@testable import Database
@testable import Finance

/// A small company, with placeholders for what a test changes.
private func file(_ more: String = "", sequences: String = "voucher: {prefix: V-, next: 5}") -> String {
    """
    companies:
      usmf:
        name: Contoso
        accounting-currency: USD
        fiscal-periods:
          - {from: 2026-01-01, to: 2026-12-31, status: open}
        sales-tax-codes:
          STATE: {percentage: 6.5}
        sales-tax-groups:
          DOM: [STATE]
        item-sales-tax-groups:
          FULL: [STATE]
        number-sequences:
          \(sequences)
    \(more)
    """
}

@Suite("finance configure FILE")
struct SetupConfigurationTests {
    private func apply(_ text: String, _ connection: Connection) throws -> FinanceConfiguration.Applied {
        try FinanceConfiguration(parsing: Array(text.utf8), file: "finance.yaml").apply(to: connection)
    }

    @Test("The set-up of the sample export is loaded as it is written")
    func sample() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../deploy/export/finance.yaml")
        let database = try TestDatabase(FinanceSchema.migrations)
        let connection = try database.connect()
        let applied = try FinanceConfiguration(parsing: Array(Data(contentsOf: path)), file: "finance.yaml")
            .apply(to: connection)
        #expect(applied.companies == ["usmf", "demf"])
        let setup = try FinanceSetup.load(connection, company: "usmf")
        #expect(setup.accountingCurrency == "USD")
        #expect(try setup.accountingDate(day("2026-08-27")) == day("2026-09-01"))
        #expect(
            try setup.exchangeRate(of: .unbilledSales, currency: "JPY", contract: "ORD-01105", on: day("2026-09-01"))
                == ExchangeRate("0.66"))
        #expect(try setup.lineProperty(for: nil).id == "Unspecific")
        #expect(
            try setup.postingAccount(.invoicedRevenue, project: "x", contract: "ORD-01102", category: "Hardware")
                == "410170")
        #expect(
            try setup.salesTaxCodes(group: "BOTH", itemGroup: "SERVICE", on: day("2026-05-01")).map(\.code) == [
                "COUNTY", "STATE",
            ])
        #expect(try setup.days(ofTerms: "2% 10, Net 30") == 30)
    }

    @Test("A file applied twice changes nothing, and a sequence never goes back")
    func twice() throws {
        let database = try TestDatabase(FinanceSchema.migrations)
        let connection = try database.connect()
        let first = try apply(file(), connection)
        let block = try NumberSequence.voucher.takeBlock(connection, company: "usmf", count: 10, purpose: "test")
        #expect(block.first == 5)
        let content = """
            SELECT (SELECT count(*) FROM fiscal_periods), (SELECT count(*) FROM sales_tax_groups), (SELECT max(next) FROM number_sequences)
            """
        let second = try apply(file(), connection)
        #expect(first == second)
        let row = try connection.query(content).single()
        #expect([try row.int(0), try row.int(1), try row.int(2)] == [1, 1, 15])
        _ = try apply(file(sequences: "voucher: {prefix: W-, next: 100}"), connection)
        #expect(try connection.query(content).single().int(2) == 100)
    }

    @Test("What the file no longer names is removed, number sequences excepted")
    func removes() throws {
        let database = try TestDatabase(FinanceSchema.migrations)
        let connection = try database.connect()
        let other = "  demf:\n    name: Germany\n    accounting-currency: EUR"
        _ = try apply(file("    customers:\n      A1: {name: Adventure}\n\(other)"), connection)
        let applied = try apply(file(sequences: "customer-invoice: {prefix: I-}"), connection)
        #expect(applied.unnamed == ["demf"])
        #expect(try connection.query("SELECT 1 FROM customers").isEmpty)
        #expect(
            try connection.query("SELECT sequence FROM number_sequences ORDER BY 1").map { try $0.string(0) } == [
                "customer-invoice", "voucher",
            ])
        let gap = #expect(throws: SetupGap.self) { try FinanceSetup.load(connection, company: "demf") }
        #expect(gap?.code == .companyNotConfigured)
    }

    @Test("The version of the set-up rises with a change")
    func version() throws {
        let database = try TestDatabase(FinanceSchema.migrations)
        let connection = try database.connect()
        let before = try FinanceSetup.currentVersion(connection)
        _ = try apply(file(), connection)
        #expect(try FinanceSetup.currentVersion(connection) > before)
        #expect(try FinanceSetup.load(connection, company: "usmf").version == FinanceSetup.currentVersion(connection))
    }

    @Test("The accounting currency cannot change once there are journals")
    func currency() throws {
        let database = try TestDatabase(FinanceSchema.migrations)
        let connection = try database.connect()
        _ = try apply(file(), connection)
        try connection.execute(
            "INSERT INTO integration_journals (data_area_id, journal_number, description) VALUES ('usmf', 'J1', '')")
        let changed = file().replacingOccurrences(of: "accounting-currency: USD", with: "accounting-currency: EUR")
        let error = #expect(throws: (any Error).self) { try apply(changed, connection) }
        #expect(error.map { "\($0)" }?.contains("cannot change") == true)
        #expect(error.map { "\($0)" }?.hasPrefix("finance.yaml:3: ") == true)
    }

    @Test(
        "What cannot be is refused with file and line",
        arguments: [
            (
                "    line-properties:\n      Chargable: {id: a, chargeable: true, accrue-revenue: true}", 16,
                "billing type"
            ),
            ("    exchange-rates:\n      EUR: {2026-13-01: 1}", 16, "date"),
            ("    exchange-rates:\n      EUR: {2026-01-01: 1.00000000001}", 16, "10 decimal places"),
            ("    exchange-rates:\n      USD: {2026-01-01: 100}", 16, "accounting currency"),
            ("    exchange-rates:\n      EUR: {2026-01-01: 0}", 16, "more than 0"),
            ("    sales-tax-group-defaults:\n      customers: {A1: EXPORT}", 16, "EXPORT"),
            ("    project-categories:\n      A: {class: Tyme}", 16, "Time"),
            (
                "    project-categories:\n      A: {class: Time, default: true}\n      B: {class: Time, default: true}",
                17, "second default"
            ),
            ("    posting-accounts:\n      wip: {company: 1}", 16, "posting type"),
            ("    customers:\n      A1: {name: A, payment-terms: Net 30}", 16, "payment-terms"),
            ("    exchange-rate: {}", 15, "exchange-rates"),
        ])
    func refuses(section: String, line: Int, words: String) throws {
        let error = #expect(throws: (any Error).self) {
            try FinanceConfiguration(parsing: Array(file(section).utf8), file: "finance.yaml")
        }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.hasPrefix("finance.yaml:\(line): "), "\(text)")
        #expect(text.contains(words), "\(text)")
    }

    @Test("A sales tax code has one rate for ever, or rates from a day to another")
    func salesTaxRates() throws {
        let database = try TestDatabase(FinanceSchema.migrations)
        let connection = try database.connect()
        let dated = "{name: State, rates: [{to: 2026-06-30, percentage: 6.5}, {from: 2026-07-01, percentage: 7}]}"
        _ = try apply(file().replacingOccurrences(of: "{percentage: 6.5}", with: dated), connection)
        let setup = try FinanceSetup.load(connection, company: "usmf")
        func rate(_ date: String) throws -> String? {
            try setup.salesTaxCodes(group: "DOM", itemGroup: "FULL", on: day(date)).first?.percentage.description
        }
        #expect(try rate("1999-01-01") == "6.500000")
        #expect(try rate("2026-06-30") == "6.500000")
        #expect(try rate("2026-07-01") == "7.000000")
    }

    @Test(
        "Rates of a sales tax code that cannot be are refused with file and line",
        arguments: [
            (
                "{rates: [{from: 2026-01-01, percentage: 6}, {from: 2026-07-01, percentage: 7}]}",
                "overlaps the rate from 2026-01-01 on"
            ),
            ("{rates: [{to: 2026-07-01, percentage: 6}, {from: 2026-07-01, percentage: 7}]}", "to 2026-07-01"),
            ("{rates: [{from: 2026-07-01, to: 2026-06-30, percentage: 6}]}", "ends before it starts"),
            ("{percentage: 6, rates: [{percentage: 6}]}", "beside rates"), ("{rates: []}", "no rate"),
            ("{}", "percentage"),
        ])
    func refusedRates(code: String, words: String) {
        let error = #expect(throws: (any Error).self) {
            let text = file().replacingOccurrences(of: "{percentage: 6.5}", with: code)
            return try FinanceConfiguration(parsing: Array(text.utf8), file: "finance.yaml")
        }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.hasPrefix("finance.yaml:8: ") && text.contains(words), "\(text)")
    }

    @Test("Fiscal periods that overlap are refused")
    func overlap() throws {
        let text = file().replacingOccurrences(
            of: "status: open}", with: "status: open}\n      - {from: 2026-12-31, to: 2027-01-31, status: open}")
        let error = #expect(throws: (any Error).self) {
            try FinanceConfiguration(parsing: Array(text.utf8), file: "finance.yaml")
        }
        #expect(error.map { "\($0)" }?.contains("overlaps") == true)
    }
}
