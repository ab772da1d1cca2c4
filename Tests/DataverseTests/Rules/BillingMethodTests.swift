import Contracts
import Testbed
import Testing

@testable import Dataverse

/// The billing method of a billed sale (`domain.md` §2.2, §6.4).
@Suite struct BillingMethodTests {
    private let actual = ActualFacts.billedSale.actual
    private let contractLine = ActualFacts.billedSale.contractLine

    private func line(_ number: Int, _ method: BillingMethod?, contractLine: GUID? = nil, project: GUID? = nil)
        -> InvoiceLine
    {
        InvoiceLine(
            invoiceLineId: WebAPI.id(number), rowVersion: 1, invoiceId: WebAPI.id(100), projectId: project,
            contractLineId: contractLine, billingMethod: method)
    }

    @Test("A milestone is of fixed price, whatever its contract line says")
    func milestone() {
        var milestone = actual
        milestone.transactionClass = .milestone
        #expect(BillingMethod.of(milestone, contractLine: contractLine, invoiceLines: []) == .fixedPrice)
    }

    @Test("The contract line goes before the invoice line")
    func contractLineFirst() {
        let lines = [line(1, .fixedPrice, contractLine: WebAPI.timeAndMaterialLine)]
        #expect(BillingMethod.of(actual, contractLine: contractLine, invoiceLines: lines) == .timeAndMaterial)
    }

    @Test("Else the first invoice line about the same contract line that has a method")
    func invoiceLine() {
        let lines = [
            line(1, .timeAndMaterial, contractLine: WebAPI.id(99)),
            line(2, nil, contractLine: WebAPI.timeAndMaterialLine),
            line(3, .fixedPrice, contractLine: WebAPI.timeAndMaterialLine),
        ]
        #expect(BillingMethod.of(actual, contractLine: nil, invoiceLines: lines) == .fixedPrice)
    }

    @Test("Without a contract line, the first invoice line about the same project")
    func project() {
        var actual = actual
        actual.contractLineId = nil
        let lines = [line(1, .timeAndMaterial), line(2, .fixedPrice, project: WebAPI.project)]
        #expect(BillingMethod.of(actual, contractLine: nil, invoiceLines: lines) == .fixedPrice)
        #expect(BillingMethod.of(actual, contractLine: nil, invoiceLines: []) == nil)
    }
}
