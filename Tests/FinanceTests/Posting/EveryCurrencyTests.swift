import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// Random invoices over random rates, currencies, tax codes, edits and corrections: `domain.md` §7, invariants 4 and 5, in
/// every currency.
@Suite("Every voucher balances in every currency")
struct EveryCurrencyTests {
    private struct Currency {
        let code: CurrencyCode
        let precision: Int
    }

    private static let currencies = [
        Currency(code: "USD", precision: 2), Currency(code: "EUR", precision: 2), Currency(code: "JPY", precision: 0),
        Currency(code: "KWD", precision: 3),
    ]

    /// Rates of all currencies in each half of 2026.
    private static func rates(except: CurrencyCode, _ random: inout SeededRandom) -> String {
        func rate(_ currency: Currency) -> String {
            let units = Int.random(in: 1..<400_000, using: &random)
            return "\(units / 1_000).\(String(1_000 + units % 1_000).dropFirst())1"
        }
        let rows = currencies.filter { $0.code != except }.map {
            "\($0.code): {2026-01-01: \(rate($0)), 2026-06-01: \(rate($0))}"
        }
        return "{\(rows.joined(separator: ", "))}"
    }

    private static func setup(_ random: inout SeededRandom) -> String {
        let reporting = ["EUR", "JPY", "KWD"].randomElement(using: &random) ?? "EUR"
        let places = ["EUR": 2, "JPY": 0, "KWD": 3][reporting] ?? 2
        let isFromTransaction = Bool.random(using: &random)
        let reportingRates =
            isFromTransaction
            ? rates(except: CurrencyCode(reporting) ?? "EUR", &random)
            : "{USD: {2026-01-01: \(Int.random(in: 1...300, using: &random)).7, 2026-06-01: 91.0007}}"
        let credits = ["invoice", "original"].randomElement(using: &random) ?? "invoice"
        let nonDeductible = ["payable", "line-account"].randomElement(using: &random) ?? "payable"
        return FinanceWorld.postingSetup
            .replacing(
                "    accounting-currency: USD\n",
                with: """
                        accounting-currency: USD
                        reporting-currency: \(reporting)
                        reporting-currency-precision: \(places)
                        reporting-currency-from: \(isFromTransaction ? "transaction" : "accounting")
                        reporting-exchange-rates: \(reportingRates)

                    """
            )
            .replacing(
                "EUR: {2026-01-01: 110.55, 2026-07-01: 120}",
                with: rates(except: "USD", &random).dropFirst().dropLast().replacing("}, ", with: "}\n      ")
            )
            .replacing(
                "journal-period-unit: days",
                with: """
                    journal-period-unit: days
                          credit-exchange-rate: \(credits)
                          non-deductible-sales-tax: \(nonDeductible)
                    """
            )
            .replacing("{name: City tax, percentage: 2.125}", with: "{percentage: 2.125, non-deductible: 37.5}")
            .replacing("percentage: 19, included: true", with: "percentage: 19, included: true, non-deductible: 10")
    }

    private static let groups = ["BOTH", "ONE", "INC", "INCBOTH", "CITYONLY"]

    @Test("Random accruals, edits, invoices and corrections leave nothing in WIP, in any currency", arguments: 0..<8)
    func everyCurrency(_ round: Int) throws {
        var random = SeededRandom()
        let seed = random.description
        let world = try FinanceWorld(setup: Self.setup(&random))
        let currency = Self.currencies[round % Self.currencies.count]
        let editing = SalesTaxEditing(company: "usmf", user: "random", connection: world.connection)
        func amount() -> String {
            let step = Money.smallestUnit(precision: currency.precision).units
            return Money(units: Int128(Int.random(in: 1...900_000, using: &random)) * step).description
        }
        func date(_ month: ClosedRange<Int>) -> String {
            "2026-0\(Int.random(in: month, using: &random))-1\(Int.random(in: 0...9, using: &random))"
        }
        func edits(_ count: Int) -> [SalesTaxChange] {
            (1...count).filter { _ in Int.random(in: 0..<3, using: &random) == 0 }.map { number in
                SalesTaxChange(
                    line: .number(number),
                    salesTaxGroup: Int.random(in: 0..<8, using: &random) == 0 ? .none : .kept,
                    itemSalesTaxGroup: .group(Self.groups.randomElement(using: &random) ?? "ONE"))
            }
        }

        let amounts = (0..<24).map { _ in amount() }
        let contract = Bool.random(using: &random) && currency.code == "EUR" ? "C-FIX" : "C-1"
        let sales = try world.journal(
            "J", date: date(3...5),
            amounts.map {
                JournalLineSample(
                    contract: contract, currency: currency.code, precision: currency.precision, amount: $0)
            })
        let changes = edits(amounts.count)
        if !changes.isEmpty { try editing.setJournalLines(changes, of: world.number("J")) }
        #expect(try world.post(.journal, "J", chunk: 7) == .init(status: "Posted"), "\(seed)")

        let billed = try world.proposal(
            "P1", contract: contract, currency: currency.code, precision: currency.precision, date: date(6...7),
            zip(amounts, sales).map { amount, sale in
                ProposalLineSample(
                    amount: amount, unbilled: sale, tax: Self.groups.randomElement(using: &random) ?? "ONE")
            })
        let more = edits(amounts.count)
        if !more.isEmpty { try editing.setProposalLines(more, of: "P1") }
        #expect(try world.post(.proposal, "P1", chunk: 5) == .init(status: "Posted"), "\(seed)")
        try expectBalanced(world, seed)

        // Some are credited, and billed anew with less; and those once more.
        var standing = Array(zip(billed, amounts))
        for (number, month) in [("P2", 7...8), ("P3", 8...9)] {
            try world.connection.executeScript(
                "UPDATE sales_tax_rates SET percentage = percentage + 0.5; UPDATE sales_tax_codes SET non_deductible = 20"
            )
            let corrected = standing.filter { _ in Bool.random(using: &random) }
            guard !corrected.isEmpty else { continue }
            var lines: [ProposalLineSample] = []
            for (sale, amount) in corrected {
                let tax = Self.groups.randomElement(using: &random) ?? "ONE"
                lines.append(ProposalLineSample(amount: "-\(amount)", reversing: sale, tax: tax))
                let half = try (try Money(amount)).part(Percentage(50), precision: currency.precision)
                lines.append(ProposalLineSample(amount: half.description, tax: tax))
            }
            let made = try world.proposal(
                number, contract: contract, currency: currency.code, precision: currency.precision, date: date(month),
                lines)
            #expect(try world.post(.proposal, number, chunk: 5) == .init(status: "Posted"), "\(seed)")
            try expectBalanced(world, seed)
            standing = zip(made, lines).filter { $0.1.reversing == nil }.map { ($0.0, $0.1.amount) }
        }
    }

    private func expectBalanced(_ world: FinanceWorld, _ seed: String) throws {
        #expect(try LedgerTotals.load(world.connection).unbalancedVouchers == 0, "\(seed)")
        for type in [PostingType.wipSalesValue, .accruedRevenueSalesValue] {
            let left = try world.texts(
                """
                SELECT project_number FROM ledger_entries WHERE posting_type = '\(type.rawValue)' GROUP BY 1
                HAVING sum(amount) <> 0 OR sum(accounting_amount) <> 0 OR sum(reporting_amount) <> 0
                """)
            #expect(left == [], "\(type.rawValue); \(seed)")
        }
        let wrong = try world.texts(
            """
            SELECT invoice.proposal_number FROM project_invoices invoice
            JOIN LATERAL (
                SELECT sum(amount) AS amount, sum(accounting_amount) AS accounting, sum(reporting_amount) AS reporting
                FROM ledger_entries entry WHERE entry.voucher = invoice.voucher
                    AND entry.posting_type = 'customer-balance'
            ) owed ON true
            JOIN LATERAL (
                SELECT coalesce(sum(tax_amount), 0) AS tax FROM sales_tax_transactions t WHERE t.voucher = invoice.voucher
            ) taxes ON true
            WHERE (invoice_amount, accounting_invoice_amount, reporting_invoice_amount, sales_tax_amount)
                IS DISTINCT FROM (owed.amount, owed.accounting, owed.reporting, taxes.tax)
            """)
        #expect(wrong == [], "\(seed)")
    }
}
