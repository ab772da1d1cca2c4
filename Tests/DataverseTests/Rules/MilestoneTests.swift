import Contracts
import Testbed
import Testing

@testable import Dataverse

/// The milestone that an invoice line detail bills.
@Suite struct MilestoneTests {
    private func milestone(_ number: Int, _ amount: Int, _ status: MilestoneInvoiceStatus? = .ready) -> Milestone {
        Milestone(
            milestoneId: WebAPI.id(number), amount: Money(amount), contractLineId: WebAPI.fixedPriceLine,
            invoiceStatus: status)
    }

    private var detail: InvoiceLineDetail {
        var facts = ActualFacts.billedSale.actual.facts
        facts.transactionClass = .milestone
        facts.amount = Money(5_000)
        facts.contractLineId = WebAPI.fixedPriceLine
        return InvoiceLineDetail(invoiceLineDetailId: WebAPI.id(301), invoiceId: WebAPI.id(100), facts: facts)
    }

    @Test("The one that the detail names, whatever its amount and status")
    func named() {
        var named = detail
        named.milestoneId = WebAPI.id(601)
        let candidates = [milestone(602, 5_000), milestone(601, 1, .customerInvoicePosted)]
        #expect(Milestone.billed(by: named, of: candidates)?.milestoneId == WebAPI.id(601))
        #expect(Milestone.billed(by: named, of: [milestone(602, 5_000)]) == nil)
    }

    @Test("Else the only one of the contract line with its amount that is to be billed")
    func guessed() {
        let candidates = [
            milestone(601, 5_000, .customerInvoicePosted), milestone(602, 5_000), milestone(603, 4_000),
        ]
        #expect(Milestone.billed(by: detail, of: candidates)?.milestoneId == WebAPI.id(602))
    }

    @Test("None when two could be meant")
    func ambiguous() {
        #expect(Milestone.billed(by: detail, of: [milestone(601, 5_000), milestone(602, 5_000)]) == nil)
    }

    @Test("None for a line that is no milestone")
    func otherClass() {
        var other = detail
        other.transactionClass = .time
        #expect(Milestone.billed(by: other, of: [milestone(601, 5_000)]) == nil)
    }
}
