import Contracts
import Testing

@testable import Dataverse

@Suite struct ActualAtCutoverTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var type = TransactionType.unbilledSales
        var status: BillingStatus? = .unbilledSalesCreated
        var adjustment: AdjustmentStatus?
        var isOnInvoice = false
        var facts = CutoverFacts()
        let outcome: ActualAtCutover
    }

    private static let opening = ActualAtCutover.opening(voucher: "OLD-1")
    private static func facts(
        _ voucher: String?, _ invoice: CutoverFacts.Invoice = .none, isStoodOn: Bool = false
    ) -> CutoverFacts {
        CutoverFacts(voucher: voucher, isStoodOn: isStoodOn, invoice: invoice)
    }

    static let rows = [
        Row(
            testDescription: "a cost that something of ours takes back", type: .cost,
            facts: facts("OLD-1", isStoodOn: true), outcome: opening),
        Row(
            testDescription: "a billed sale of a settled invoice that a credit takes back", type: .billedSales,
            isOnInvoice: true, facts: facts("OLD-1", .settled, isStoodOn: true), outcome: opening),
        Row(
            testDescription: "an unbilled sale on an invoice that is not here", isOnInvoice: true,
            facts: facts("OLD-1", .notHere), outcome: .waiting(WaitingReason(.invoiceHeader, WebAPI.id(100)))),
        Row(
            testDescription: "a billed sale of a settled invoice", type: .billedSales, isOnInvoice: true,
            facts: facts(nil, .settled), outcome: .settled),
        Row(
            testDescription: "a billed sale of an invoice that is ours", type: .billedSales, isOnInvoice: true,
            facts: facts(nil, .ours), outcome: .asAlways),
        Row(
            testDescription: "an unbilled sale of a settled invoice, with a voucher", status: .customerInvoicePosted,
            isOnInvoice: true, facts: facts("OLD-1", .settled), outcome: .settled),
        Row(
            testDescription: "an unbilled sale of a settled invoice, without a voucher",
            status: .customerInvoicePosted, isOnInvoice: true, facts: facts(nil, .settled), outcome: .settled),
        Row(
            testDescription: "an unbilled sale that is still to be billed, with a voucher", facts: facts("OLD-1"),
            outcome: opening),
        Row(
            testDescription: "an unbilled sale that an invoice of ours bills, with a voucher",
            status: .customerInvoicePosted, isOnInvoice: true, facts: facts("OLD-1", .ours), outcome: opening),
        Row(testDescription: "an unbilled sale without a voucher", facts: facts(nil), outcome: .asAlways),
        Row(
            testDescription: "an unbilled sale that was adjusted, with a voucher", status: .canceled,
            adjustment: .adjusted, facts: facts("OLD-1"), outcome: .settled),
        Row(
            testDescription: "a cost with a voucher", type: .cost, status: nil, facts: facts("OLD-1"),
            outcome: .settled),
        Row(
            testDescription: "a cost without a voucher", type: .cost, status: nil, facts: facts(nil),
            outcome: .asAlways),
        Row(
            testDescription: "an inter-organizational sale with a voucher", type: .interOrganizationalSales,
            facts: facts("OLD-1"), outcome: .settled),
    ]

    @Test("Each row of the table of actuals at the cut-over", arguments: rows)
    func row(_ row: Row) {
        var actual = ActualFacts.billedSale.actual
        actual.transactionType = row.type
        actual.billingStatus = row.status
        actual.adjustmentStatus = row.adjustment
        actual.invoiceId = row.isOnInvoice ? WebAPI.id(100) : nil
        #expect(ActualAtCutover(actual, row.facts) == row.outcome)
    }
}
