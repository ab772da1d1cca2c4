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
            try setup.postingAccount(
                .invoicedRevenue, at: PostingPlace(project: "x", contract: "ORD-01102", category: "Hardware"))
                == "410170")
        #expect(
            try setup.salesTaxCodes(group: "BOTH", itemGroup: "SERVICE", on: day("2026-05-01")).map(\.code) == [
                "COUNTY", "STATE",
            ])
        #expect(try setup.days(ofTerms: "2% 10, Net 30") == 30)
    }

    @Test("A file applied twice changes nothing, and a sequence that would go back is said to stay")
    func twice() throws {
        let database = try TestDatabase(FinanceSchema.migrations)
        let connection = try database.connect()
        let first = try apply(file(), connection)
        #expect(first.changes.allSatisfy { $0.kind == .added } && first.unfollowed.isEmpty)
        let version = try FinanceSetup.currentVersion(connection)
        #expect(try apply(file(), connection).changes == [])
        let block = try NumberSequence.voucher.takeBlock(connection, company: "usmf", count: 10, purpose: "test")
        #expect(block.first == 5)
        let second = try apply(file(), connection)
        #expect(second.changes == [])
        #expect(second.unfollowed.map(\.row) == ["voucher"])
        #expect(second.unfollowed.first?.reason.contains("next: 5, and 15 stays") == true)
        #expect(try FinanceSetup.currentVersion(connection) == version)
        let third = try apply(file(sequences: "voucher: {prefix: W-, next: 100}"), connection)
        #expect(third.changes.map(\.after) == [["prefix": "W-", "next": "100", "digits": "6"]])
        #expect(try apply(file(sequences: "voucher: {prefix: W-}"), connection).unfollowed == [])
        #expect(
            try connection.values(String.self, "SELECT prefix || next FROM number_sequences") == ["W-100"])
    }

    @Test("A company that the file does not name keeps all its rules")
    func leavesOthersAlone() throws {
        let database = try TestDatabase(FinanceSchema.migrations)
        let connection = try database.connect()
        let other = """
              demf:
                name: Germany
                accounting-currency: EUR
                exchange-rates:
                  USD: {2026-01-01: 92}
                customers:
                  DE-1: {name: Litware}
            """
        _ = try apply(file(other), connection)
        let before = try FinanceConfiguration(storedIn: connection, company: "demf").document
        let applied = try apply(file("    customers:\n      A1: {name: Adventure}"), connection)
        #expect(applied.companies == ["usmf"] && applied.untouched == ["demf"])
        #expect(applied.changes.map(\.company) == ["usmf"])
        #expect(try FinanceConfiguration(storedIn: connection, company: "demf").document == before)
        #expect(try FinanceSetup.load(connection, company: "demf").exchangeRates.count == 1)
    }

    @Test("What the file leaves out of a company that it names is removed and said, number sequences excepted")
    func removes() throws {
        let database = try TestDatabase(FinanceSchema.migrations)
        let connection = try database.connect()
        _ = try apply(
            file("    customers:\n      A1: {name: Adventure}\n    payment-terms: {Net 30: 30, Net 45: 45}"), connection
        )
        let applied = try apply(
            file("    payment-terms: {Net 30: 30}", sequences: "customer-invoice: {prefix: I-}"), connection)
        let removed = applied.changes.filter { $0.kind == .removed }
        #expect(removed.map(\.section) == ["payment-terms", "customers"])
        #expect(removed.map(\.row) == ["Net 45", "A1"])
        #expect(applied.unfollowed.map(\.row) == ["voucher"])
        #expect(try connection.query("SELECT 1 FROM customers").isEmpty)
        #expect(
            try connection.values(String.self, "SELECT sequence FROM number_sequences ORDER BY 1")
                == ["customer-invoice", "voucher"])
    }

    @Test("A section that is empty and one that is left out say the same")
    func emptySection() throws {
        for section in [
            "", "    customers:\n", "    customers: {}\n", "    fixed-rate-agreements: []\n    customers: ~\n",
        ] {
            let database = try TestDatabase(FinanceSchema.migrations)
            let connection = try database.connect()
            _ = try apply(file("    customers:\n      A1: {name: Adventure}"), connection)
            let applied = try apply(file(section), connection)
            #expect(applied.changes.map(\.kind) == [.removed], "\(section)")
            #expect(applied.changes.map(\.row) == ["A1"], "\(section)")
        }
    }

    @Test("A dry run says row by row what would change, and changes nothing")
    func dryRun() throws {
        let database = try TestDatabase(FinanceSchema.migrations)
        let connection = try database.connect()
        _ = try apply(
            file("    payment-terms: {Net 30: 30, Net 45: 45}\n    exchange-rates:\n      EUR: {2026-01-01: 108}"),
            connection)
        let before = try FinanceConfiguration(storedIn: connection).document
        let version = try FinanceSetup.currentVersion(connection)
        let text = file(
            "    payment-terms: {Net 30: 31, Net 60: 60}\n    exchange-rates:\n      EUR: {2026-01-01: 108.0}",
            sequences: "voucher: {prefix: V-, next: 9}")
        let configuration = try FinanceConfiguration(parsing: Array(text.utf8), file: "finance.yaml")
        let found = try configuration.apply(to: connection, isDryRun: true)
        #expect(
            found.changes == [
                SetupChange(
                    company: "usmf", section: "payment-terms", row: "Net 30", kind: .changed, before: ["days": "30"],
                    after: ["days": "31"]),
                SetupChange(
                    company: "usmf", section: "payment-terms", row: "Net 60", kind: .added, before: [:],
                    after: ["days": "60"]),
                SetupChange(
                    company: "usmf", section: "payment-terms", row: "Net 45", kind: .removed, before: ["days": "45"],
                    after: [:]),
                SetupChange(
                    company: "usmf", section: "number-sequences", row: "voucher", kind: .changed,
                    before: ["prefix": "V-", "next": "5", "digits": "6"],
                    after: ["prefix": "V-", "next": "9", "digits": "6"]),
            ])
        #expect(try FinanceConfiguration(storedIn: connection).document == before)
        #expect(try FinanceSetup.currentVersion(connection) == version)
        #expect(try configuration.apply(to: connection).changes == found.changes)
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
            ("    number-sequences:\n      voucher: {prefix: V-}", 15, "stands twice"),
            ("    posting-accounts:\n      cost: {accounts: {A: 1}}", 16, "unknown"),
            ("    accounting-profiles:\n      customers: {A: {}}", 16, "unknown"),
            ("    accounting-profiles:\n      company: {}", 16, "no profile"),
            ("    accounting-profiles:\n      company: {time-and-material: wip}", 16, "no-wip, with-wip"),
            (
                "    accounting-profiles:\n      company: {time-and-material: no-wip, accrue-revenue: true}", 16,
                "beside time-and-material"
            ),
            (
                "    accounting-profiles:\n      company: {fixed-price: percentage, on-account: balance}", 16,
                "beside fixed-price"
            ),
            ("    accounting-profiles:\n      groups: {G: {fixed-price: no-wip}}", 16, "project-groups"),
            ("    posting-accounts:\n      cost: {groups: {G: 1}}", 16, "project-groups"),
            ("    posting-accounts:\n      cost: {classes: {Tyme: 1}}", 16, "Time"),
            (
                "    posting-accounts:\n      cost: {company: 1}\n      wip-sales-value: {contracts: {C: 1}}", 16,
                "only where cost posts to profit and loss"
            ),
            ("    intercompany-relations:\n      demf: {customer: A1}", 16, "customers"),
            ("    intercompany-relations:\n      demf: {vendor: A1}", 16, "customer"),
            ("    intercompany-relations:\n      DEMF: {customer: A1}", 16, "lower case"),
            ("    intercompany-relations:\n      usmf: {customer: A1}", 16, "the company itself"),
            ("    project-groups:\n      A: [P]\n      B: [P]", 17, "in the group \"A\" already"),
            ("    payment-terms:\n      A: 1\n      A: 2", 17, "stands twice"),
            (
                """
                    fixed-rate-agreements:
                      - {contract: C, currency: EUR, rate: 1}
                      - {contract: C, currency: EUR, rate: 2}
                """, 17, "second one for EUR of contract C"
            ),
            ("  usmf:\n    name: Again\n    accounting-currency: EUR", 15, "stands twice"),
            ("  USMF:\n    name: Again\n    accounting-currency: EUR", 16, "lower case"),
            ("company: {}", 15, "companies"),
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
            ("{percentage: -100, included: true}", "must be between 0 and 100"),
            ("{rates: [{percentage: 100.000001}]}", "must be between 0 and 100"),
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
