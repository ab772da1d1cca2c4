import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("What Dataverse has of a posted invoice (domain.md §6.14)")
struct InvoiceDifferenceTests {
    private let posted = ControlTotals(count: 2, amount: Money(1600), digest: ControlDigest(lanes: .init(repeating: 1)))

    private func reason(_ announced: ControlTotals?, arrived: Int = 2) -> String? {
        InvoiceDifference(posted: posted, announced: announced, arrived: arrived, currency: "USD")?.reason
    }

    @Test("The same as was posted is no difference")
    func same() { #expect(reason(nil) == nil && reason(posted) == nil) }

    @Test("More lines were confirmed since: both numbers and amounts are named")
    func more() {
        #expect(
            reason(ControlTotals(count: 4, amount: Money(1600)))?.hasPrefix(
                "out of sync: Dataverse has 4 billed sales of 1600.0000 USD, and 2 of 1600.0000 were posted") == true)
    }

    @Test("As many lines of the same amount, which are others")
    func others() {
        #expect(reason(ControlTotals(count: 2, amount: Money(1600)))?.contains("which are others") == true)
    }

    @Test("More lines arrived than were posted")
    func arrived() {
        #expect(reason(nil, arrived: 3)?.hasPrefix("out of sync: 3 billed sales arrived, and 2 were posted") == true)
    }
}
