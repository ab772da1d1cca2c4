import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("Exchange rate (domain.md §6.13, §9.5, §9.6, §9.21)")
struct ExchangeRateTests {
    static func setup() throws -> FinanceSetup {
        try sampleSetup {
            $0.exchangeRates["EUR"] = [
                .init(validFrom: try day("2026-01-01"), rate: try ExchangeRate("108.15")),
                .init(validFrom: try day("2026-10-01"), rate: try ExchangeRate("109.72")),
            ]
            $0.fixedRates[.init(contract: "ORD-1", currency: "EUR")] = try ExchangeRate("100.5")
        }
    }

    @Test(
        "The rate is that of the newest day not after the date, unless the contract has agreed on one for its sales",
        arguments: [
            (TransactionType.cost, "USD" as CurrencyCode, "ORD-1", "2026-05-01", "100"),
            (.unbilledSales, "USD", "ORD-1", "2026-05-01", "100"),
            (.unbilledSales, "EUR", "ORD-2", "2026-09-30", "108.15"),
            (.unbilledSales, "EUR", "ORD-2", "2026-10-01", "109.72"),
            (.unbilledSales, "EUR", "ORD-1", "2026-10-01", "100.5"),
            (.billedSales, "EUR", "ORD-1", "2026-10-01", "100.5"),
            (.cost, "EUR", "ORD-1", "2026-10-01", "109.72"),
            (.resourcingUnitCost, "EUR", "ORD-1", "2026-10-01", "109.72"),
            (.interOrganizationalSales, "EUR", "ORD-1", "2026-10-01", "109.72"),
        ])
    func finds(type: TransactionType, currency: CurrencyCode, contract: String, date: String, rate: String) throws {
        let found = try Self.setup().exchangeRate(of: type, currency: currency, contract: contract, on: day(date))
        #expect(found == (try ExchangeRate(rate)))
    }

    @Test(
        "Before the first day, and for a currency without rates, there is none",
        arguments: ["EUR", "GBP"] as [CurrencyCode])
    func missing(currency: CurrencyCode) throws {
        let gap = #expect(throws: SetupGap.self) {
            try Self.setup().exchangeRate(of: .cost, currency: currency, contract: nil, on: try day("2025-12-31"))
        }
        #expect(gap?.code == .noExchangeRate)
        #expect(gap?.reason.contains("no exchange rate from \(currency) to USD on 2025-12-31") == true)
    }
}
