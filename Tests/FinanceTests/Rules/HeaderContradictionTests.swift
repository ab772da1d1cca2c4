import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("A line never contradicts its header (design §4)")
struct HeaderContradictionTests {
    private static let header = InvoiceHeader(
        company: "usmf", currency: "USD", contractNumber: "C-1", customerAccount: "US-001")

    private func reason(_ change: (inout InvoiceHeader) -> Void) -> String? {
        var line = Self.header
        change(&line)
        return HeaderContradiction(line, on: Self.header, invoiceNumber: "INV-1")?.reason
    }

    @Test("The same company, currency, contract and customer contradict nothing")
    func same() { #expect(reason { _ in } == nil) }

    @Test("A contract or a customer that a billed sale does not name contradicts nothing")
    func unsaid() {
        #expect(reason { $0.contractNumber = nil } == nil)
        #expect(reason { $0.customerAccount = nil } == nil)
    }

    @Test("Another currency contradicts, and both are named with the invoice")
    func currency() {
        #expect(
            reason { $0.currency = "EUR" }
                == "it contradicts invoice INV-1: its currency is EUR, and that of the invoice USD; correct the billed "
                + "sale or the invoice in Dataverse")
    }

    @Test("Another contract contradicts")
    func contract() { #expect(reason { $0.contractNumber = "C-2" }?.contains("contract is C-2") == true) }

    @Test("Another customer contradicts")
    func customer() { #expect(reason { $0.customerAccount = "US-002" }?.contains("customer is US-002") == true) }

    @Test("Another company contradicts")
    func company() { #expect(reason { $0.company = "demf" }?.contains("company is demf") == true) }

    @Test("All that differs is named")
    func several() {
        let reason = reason {
            $0.currency = "EUR"
            $0.customerAccount = "US-002"
        }
        #expect(reason?.contains("currency is EUR") == true && reason?.contains("customer is US-002") == true)
    }
}
