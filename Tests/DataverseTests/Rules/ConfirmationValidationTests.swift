import Contracts
import Testbed
import Testing

@testable import Dataverse

/// Which drafts can be confirmed (`domain.md` §6.3).
@Suite struct ConfirmationValidationTests {
    private func draft(_ status: ProjectInvoiceStatus, isOurs: Bool = true) -> DraftInvoice {
        DraftInvoice(
            invoiceId: WebAPI.id(100), invoiceNumber: "INV-100", status: status, lineAmount: Money(1_600),
            isOurs: isOurs)
    }

    private let detail = InvoiceLineDetail(
        invoiceLineDetailId: WebAPI.id(301), invoiceId: WebAPI.id(100), facts: ActualFacts.billedSale.actual.facts)

    @Test("Only Draft and In Review", arguments: ProjectInvoiceStatus.allCases)
    func status(_ status: ProjectInvoiceStatus) {
        #expect((draft(status).refusal == nil) == (status == .draft || status == .inReview))
    }

    @Test("Only invoices that this database confirms")
    func ours() { #expect(draft(.draft, isOurs: false).refusal?.contains("--ours") == true) }

    @Test("The chargeable billed sales are the header's line amount; others add nothing")
    func lineAmount() {
        var tally = ConfirmationTally()
        for billingType in [BillingType.chargeable, .complimentary, .nonChargeable] {
            var sale = ActualFacts.billedSale.actual
            sale.billingType = billingType
            tally.count(ConfirmedRows(lineDetailId: WebAPI.id(301), actuals: [sale]))
        }
        #expect(tally.problems(lineAmount: Money(1_600)).isEmpty)
        #expect(tally.problems(lineAmount: Money(3_200)).first?.contains("come to 1600.0000") == true)
    }

    @Test("An invoice without line details is refused")
    func empty() { #expect(ConfirmationTally().problems(lineAmount: .zero).first?.contains("no line details") == true) }

    @Test("Of many refused line details ten are named and the others counted")
    func many() {
        var tally = ConfirmationTally()
        for _ in 0..<12 {
            tally.refuse(detail, ConfirmationRefusal(problem: "it is a correction"))
        }
        let problems = tally.problems(lineAmount: .zero)
        #expect(problems.count == 11 && problems.last == "and 2 more line details")
    }
}
