import Contracts
import Testbed
import Testing

@testable import Dataverse

/// A milestone is billed once, and as it is agreed (`domain.md` §6.3, §6.6).
@Suite struct MilestoneConfirmationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let says: String
        let change: @Sendable (inout DraftLine) -> Void

        init(_ title: String, _ says: String, _ change: @escaping @Sendable (inout DraftLine) -> Void) {
            testDescription = title
            self.says = says
            self.change = change
        }
    }

    private static let line = DraftLine.ofMilestone

    @Test("F4: a milestone makes a billed sale and nothing else, and is posted itself")
    func f4() throws {
        let rows = try Confirmation.rows(for: Self.line, on: ConfirmationRow.day, ids: ConfirmationIds())
        #expect(rows.actuals.map(\.transactionType) == [.billedSales] && rows.actuals.map(\.amount) == [Money(1_000)])
        #expect(rows.connections.isEmpty && rows.changed.isEmpty)
        #expect(rows.billedMilestone == WebAPI.id(601) && rows.openedMilestone == nil)
    }

    static let rows = [
        Row("its amount was lowered", "comes to 1000.0000, and the line detail to 900.0000") {
            ($0.detail.price, $0.detail.amount) = (Money(900), Money(900))
        },
        Row("its amount was raised", "comes to 1000.0000, and the line detail to 1100.0000") {
            $0.detail.amount = Money(1_100)
        },
        Row("it has no amount", "comes to no amount") { $0.milestone?.amount = nil },
        Row("its price differs", "the price of the line detail is 900.0000") { $0.detail.price = Money(900) },
        Row("its quantity differs", "the quantity of the line detail is 2.0000") { $0.detail.quantity = Quantity(2) },
        Row("it is billed for nothing", "is chargeable, and the line detail is Non Chargeable") {
            $0.detail.billingType = .nonChargeable
        },
        Row("its currency differs", "is in the currency \(WebAPI.id(33))") { $0.milestone?.currencyId = WebAPI.id(33) },
        Row("it is not ready", "is Not ready") { $0.milestone?.invoiceStatus = .notReady },
        Row("606083: it has been invoiced", "has been invoiced") {
            $0.milestone?.invoiceStatus = .customerInvoicePosted
        },
        Row("nothing says whether it is ready", "has no invoice status") { $0.milestone?.invoiceStatus = nil },
        Row("it is of another contract", "is of the project contract \(WebAPI.id(55))") {
            $0.milestone?.projectContractId = WebAPI.id(55)
        },
        Row("it is of another contract line", "is of the contract line \(WebAPI.id(66))") {
            $0.milestone?.contractLineId = WebAPI.id(66)
        },
        Row("it was deleted", "its milestone is not to be found") { $0.milestone = nil },
        Row("the line is in another currency than its invoice", "its currency is EUR, and that of the invoice's header")
        {
            $0.belonging.currency = Belonging.Reference(WebAPI.id(33), "EUR")
        },
        Row(
            "the line is of another contract than its invoice",
            "its contract is ORD-2, and that of the invoice's header"
        ) {
            $0.belonging.contract = Belonging.Reference(WebAPI.id(55), "ORD-2")
        },
        Row("the line is of another customer than its invoice", "its customer is US-002") {
            $0.belonging.customer = Belonging.Reference(WebAPI.id(44), "US-002")
        },
        Row("the line is of another company than its invoice", "its company is demf") { $0.belonging.company = "demf" },
    ]

    @Test("A milestone's line that differs from its milestone or its header is refused", arguments: rows)
    func refused(_ row: Row) throws {
        var line = Self.line
        row.change(&line)
        let ids = try ConfirmationIds()
        do throws(ConfirmationRefusal) {
            _ = try Confirmation.rows(for: line, on: CalendarDate(day: 0), ids: ids)
            Issue.record("it is confirmed")
        } catch {
            #expect(error.problem.contains(row.says), "\(error.problem)")
        }
    }

    @Test(
        "A milestone that is ready, or on a draft, is confirmed",
        arguments: [MilestoneInvoiceStatus.ready, .customerInvoiceCreated])
    func confirmed(_ status: MilestoneInvoiceStatus) throws {
        var line = Self.line
        line.milestone?.invoiceStatus = status
        let rows = try Confirmation.rows(for: line, on: CalendarDate(day: 0), ids: ConfirmationIds())
        #expect(rows.actuals.map(\.amount) == [Money(1_000)])
    }
}
