import Contracts
import Testbed
import Testing

@testable import Dataverse

@Suite struct ConnectionPublicationTests {
    private let connection = TransactionConnection(
        .billedSalesToUnbilledSales, connectionId: WebAPI.id(402), from: ActualFacts.billedSale.actual,
        to: ActualFacts.billedSale.actual)
    private let first = ActualFacts.billedSale.actual.ownership

    @Test("A connection waits for its first actual, then for the company of that")
    func waits() {
        #expect(
            ConnectionPublication(connection, first: nil, company: nil)
                == .waiting(WaitingReason(.actual, WebAPI.id(203))))
        #expect(
            ConnectionPublication(connection, first: first, company: nil)
                == .waiting(WaitingReason(.company, WebAPI.unit)))
    }

    @Test("It goes to the company of its first actual")
    func published() {
        guard case .published(let message) = ConnectionPublication(connection, first: first, company: "demf") else {
            Issue.record("it waits")
            return
        }
        #expect(message.company == "demf" && message.transaction1Role == "Billed Sales")
    }

    @Test("Finance takes connections between two actuals only")
    func others() {
        var other = connection
        #expect(other.isBetweenActuals)
        other.transaction1Type = "msdyn_invoicelinetransaction"
        #expect(!other.isBetweenActuals)
    }
}
