import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("Reconcile accrued revenue, the rules (domain.md §6.14)")
struct AccruedRevenueRuleTests {
    private static let wip = LedgerAccount(postingType: .wipSalesValue, mainAccount: "1500", projectNumber: "P")
    private static let accrued = LedgerAccount(
        postingType: .accruedRevenueSalesValue, mainAccount: "4190", projectNumber: "P")
    private static let offset = LedgerAccount(
        postingType: .accruedRevenueCorrection, mainAccount: "6188", projectNumber: "P")

    private func sides(_ wip: String, _ accruedRevenue: String) throws -> AccrualSides {
        AccrualSides(wip: try Money(wip), accruedRevenue: try Money(accruedRevenue))
    }

    @Test("Imbalance = accrual + reversal, and what corrections left: 5,000 and −4,500 leave 500")
    func imbalance() throws {
        var balance = AccrualBalance(accrued: try sides("5000", "-5000"), reversed: try sides("-4500", "4500"))
        #expect(balance.imbalance == (try sides("500", "-500")))
        balance.corrected = try sides("-500", "500")
        #expect(balance.imbalance == .zero)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var wip: String
        var accruedRevenue: String
        var kind: AccruedRevenueCorrection
        var books: [String]

        var testDescription: String { name }
    }

    @Test(
        "A correction",
        arguments: [
            Row(
                name: "symmetric: both sides off by the same amount", wip: "500", accruedRevenue: "-500",
                kind: .symmetric, books: ["1500 -500.0000", "4190 500.0000"]),
            Row(
                name: "symmetric: too much was taken back", wip: "-0.01", accruedRevenue: "0.01", kind: .symmetric,
                books: ["1500 0.0100", "4190 -0.0100"]),
            Row(
                name: "asymmetric: WIP alone is off", wip: "500", accruedRevenue: "0", kind: .asymmetric,
                books: ["1500 -500.0000", "6188 500.0000"]),
            Row(
                name: "asymmetric: the two differ", wip: "500", accruedRevenue: "-300", kind: .asymmetric,
                books: ["1500 -500.0000", "6188 500.0000"]),
        ])
    func correction(row: Row) throws {
        let imbalance = try sides(row.wip, row.accruedRevenue)
        let correction = AccruedRevenueCorrection(of: imbalance)
        #expect(correction == row.kind)
        let entries = try correction.entries(of: imbalance, wip: Self.wip, accruedRevenue: Self.accrued) { Self.offset }
        #expect(entries.map { "\($0.account.mainAccount) \($0.amount)" } == row.books)
        #expect(entries.reduce(.zero) { $0 + $1.amount } == .zero)
        var rest = imbalance
        rest += correction.corrected(imbalance)
        #expect(rest.wip == .zero, "it would be detected again")
    }

    @Test(
        "The window is the last three months",
        arguments: [
            ("2026-11-26", "2026-08-26"), ("2026-02-15", "2025-11-15"), ("2026-05-31", "2026-02-28"),
            ("2024-05-30", "2024-02-29"),
        ])
    func window(today: String, start: String) throws {
        let window = AccruedRevenueReconciliation.defaultWindow(today: try day(today))
        #expect(window == (try day(start))...(try day(today)))
    }
}
