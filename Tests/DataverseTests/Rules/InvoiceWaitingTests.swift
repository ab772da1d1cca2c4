import Contracts
import Testbed
import Testing

@testable import Dataverse

/// What a confirmed invoice waits for (design §4).
@Suite struct InvoiceWaitingTests {
    typealias Row = WaitingRow<InvoiceFacts>

    static let rows = [
        Row("its contract is not here", .projectContract, WebAPI.contract) { $0.contract = nil },
        Row("its contract has no number", .contractNumber, WebAPI.contract) { $0.contract?.contractNumber = nil },
        Row("its customer is not here", .account, WebAPI.account) { $0.customer = nil },
        Row("its customer has no number", .accountNumber, WebAPI.account) { $0.customer?.accountNumber = nil },
        Row("its currency is not here", .currency, WebAPI.currency) { $0.currency = nil },
        Row("no company is known", .company, WebAPI.unit) { $0.company = nil },
        Row("it has no line details", .actuals, nil) { $0.progress.lineDetails = 0 },
        Row("it has no billed sales", .actuals, nil) { $0.progress.billedSales = 0 },
        Row("a line detail has no billed sale", .actuals, nil) { $0.progress.lineDetails = 3 },
        Row("the chargeable billed sales are not its line amount", .actuals, nil) {
            $0.progress.chargeableAmount = Money(1_599)
        },
    ]

    @Test("A confirmed invoice waits for the first thing that it lacks", arguments: rows)
    func waits(_ row: Row) {
        var facts = InvoiceFacts.confirmed
        row.change(&facts)
        #expect(InvoicePublication(facts) == .waiting(row.reason))
    }

    @Test("It is complete when every line detail has its billed sale and the chargeable ones are its line amount")
    func complete() {
        guard case .examined(let message) = InvoicePublication(.confirmed) else {
            Issue.record("it waits")
            return
        }
        #expect(message.company == "usmf" && message.lineAmount == Money(1_600) && message.billToAddress == nil)
    }

    @Test("A status before confirmation is a draft", arguments: [ProjectInvoiceStatus.draft, .inReview])
    func draft(_ status: ProjectInvoiceStatus) {
        var facts = InvoiceFacts.confirmed
        facts.invoice.status = status
        #expect(InvoicePublication(facts) == .draft)
    }
}
