import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("When a proposal agrees with its control totals (domain.md §6.10.12, §9.18)")
struct TotalsDisagreementTests {
    private func totals(_ amounts: [Int], from first: Int = 1) throws -> ControlTotals {
        let hash = try SHA256()
        var totals = ControlTotals()
        for (index, amount) in amounts.enumerated() {
            totals += (
                Money(amount),
                ControlDigest(actualId: id(first + index), amount: Money(amount), currency: "USD", hash: hash)
            )
        }
        return totals
    }

    @Test("Number, amount and digest are those that were confirmed: it agrees")
    func agrees() throws {
        let confirmed = try totals([10, 20])
        #expect(TotalsDisagreement(arrived: 2, confirmed: confirmed) == nil)
        #expect(TotalsDisagreement(arrived: confirmed, confirmed: confirmed) == nil)
    }

    @Test("Fewer rows than were confirmed: it waits for the others")
    func missing() throws {
        #expect(
            TotalsDisagreement(arrived: 1, confirmed: try totals([10, 20, 30]))?.description
                == "waiting for 2 of 3 billed sales")
    }

    @Test("More rows than were confirmed: it waits for the confirmation that names them all")
    func surplus() throws {
        #expect(
            TotalsDisagreement(arrived: 3, confirmed: try totals([10, 20]))?.description
                == "3 billed sales arrived, and 2 were confirmed: waiting for the confirmation that names them all")
    }

    @Test("As many rows with another sum")
    func amount() throws {
        #expect(
            TotalsDisagreement(arrived: try totals([10, 21]), confirmed: try totals([10, 20]))?.description
                == "billed sales do not agree with the control totals: count 2 = 2, amount 31.00 ≠ 30.00")
    }

    @Test("As many rows with the same sum, and not the same rows")
    func digest() throws {
        let disagreement = TotalsDisagreement(arrived: try totals([20, 10]), confirmed: try totals([10, 20]))
        #expect(disagreement?.description.hasSuffix("not with the same amounts") == true)
        #expect(TotalsDisagreement(arrived: try totals([10], from: 2), confirmed: try totals([10])) != nil)
    }
}
