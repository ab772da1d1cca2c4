import Contracts
import Testbed
import Testing

@testable import Dataverse

@Suite struct ConfirmationRuleTests {
    private let ids: ConfirmationIds
    private let day = CalendarDate(day: 20_376)
    private let unbilled: Actual
    private let line: DraftLine

    init() throws {
        ids = try ConfirmationIds()
        let facts = TransactionFacts(
            transactionClass: .time, billingType: .chargeable, quantity: Quantity(8), price: Money(200),
            amount: Money(1_600), currencyId: WebAPI.currency, documentDate: CalendarDate(day: 20_332),
            projectId: WebAPI.project, description: "Workshop")
        unbilled = Actual(
            actualId: WebAPI.id(201), rowVersion: 7, transactionType: .unbilledSales,
            billingStatus: .customerInvoiceCreated, accountingDate: CalendarDate(day: 20_333), facts: facts)
        line = DraftLine(
            detail: InvoiceLineDetail(
                invoiceLineDetailId: WebAPI.id(301), invoiceId: WebAPI.id(100), facts: facts),
            billingMethod: .timeAndMaterial, unbilled: unbilled, belonging: .sample, header: .sample)
    }

    private func refusal(_ change: (inout DraftLine) -> Void) -> String? {
        var changed = line
        change(&changed)
        do throws(ConfirmationRefusal) {
            _ = try Confirmation.rows(for: changed, on: day, ids: ids)
            return nil
        } catch {
            return error.problem
        }
    }

    @Test("T7: an unedited line reverses its unbilled sale, unseen by Finance, and makes a billed sale")
    func t7() throws {
        let rows = try Confirmation.rows(for: line, on: day, ids: ids)
        let reversal = try #require(rows.actuals.first)
        let billed = try #require(rows.actuals.last)
        #expect(rows.actuals.count == 2)

        var expected = unbilled
        expected.actualId = ids.unbilledReversal(of: WebAPI.id(301))
        expected.rowVersion = 1
        expected.billingStatus = .canceled
        expected.adjustmentStatus = .unadjustable
        expected.skipSync = true
        expected.quantity = Quantity(-8)
        expected.amount = Money(-1_600)
        expected.invoiceId = WebAPI.id(100)
        #expect(reversal == expected)

        #expect(billed.transactionType == .billedSales && billed.billingStatus == .customerInvoicePosted)
        #expect(billed.quantity == Quantity(8) && billed.price == Money(200) && billed.amount == Money(1_600))
        #expect(billed.accountingDate == day && billed.documentDate == line.detail.documentDate)
        #expect(billed.adjustmentStatus == nil && !billed.skipSync && billed.invoiceId == WebAPI.id(100))

        #expect(
            rows.connections.map { [$0.transaction1Role, $0.transaction2Role] }
                == [["Billed Sales", "Unbilled Sales"], ["Reversing", "Original"]])
        #expect(rows.connections.map(\.transaction1Id) == [billed.actualId, reversal.actualId])
        #expect(rows.connections.map(\.transaction2Id) == [unbilled.actualId, unbilled.actualId])
        #expect(rows.billedUnbilledSale?.actualId == unbilled.actualId && rows.billedMilestone == nil)
    }

    @Test("T7 with a negative original: the reversal is skipped by its role, not by its sign")
    func negativeOriginal() throws {
        var negative = line
        negative.detail.quantity = Quantity(-8)
        negative.detail.amount = Money(-1_600)
        negative.unbilled?.quantity = Quantity(-8)
        negative.unbilled?.amount = Money(-1_600)
        let rows = try Confirmation.rows(for: negative, on: day, ids: ids)
        #expect(rows.actuals.map(\.skipSync) == [true, false])
        #expect(rows.actuals.map(\.amount) == [Money(1_600), Money(-1_600)])
    }

    @Test("A fee that nobody edited is confirmed as T7 is")
    func fee() throws {
        var fee = line
        fee.detail.transactionClass = .fee
        fee.unbilled?.transactionClass = .fee
        #expect(try Confirmation.rows(for: fee, on: day, ids: ids).actuals.count == 2)
    }

    @Test("F4: a milestone makes a billed sale and nothing else, and is posted itself")
    func f4() throws {
        var milestone = line
        milestone.detail.transactionClass = .milestone
        milestone.billingMethod = .fixedPrice
        milestone.unbilled = nil
        (milestone.detail.quantity, milestone.detail.price) = (Quantity(1), Money(5_000))
        milestone.detail.amount = Money(5_000)
        milestone.milestone = Milestone(
            milestoneId: WebAPI.id(601), rowVersion: 1, amount: Money(5_000), invoiceStatus: .customerInvoiceCreated)
        let rows = try Confirmation.rows(for: milestone, on: day, ids: ids)
        #expect(rows.actuals.map(\.transactionType) == [.billedSales])
        #expect(rows.actuals.map(\.amount) == [Money(5_000)])
        #expect(rows.connections.isEmpty && rows.billedUnbilledSale == nil)
        #expect(rows.billedMilestone == WebAPI.id(601))
        milestone.milestone?.invoiceStatus = .customerInvoicePosted
        #expect(throws: ConfirmationRefusal.self) { try Confirmation.rows(for: milestone, on: day, ids: ids) }
    }

    @Test("The same line makes rows with the same ids, each its own")
    func deterministicIds() throws {
        let first = try Confirmation.rows(for: line, on: day, ids: ids)
        #expect(try Confirmation.rows(for: line, on: day, ids: ConfirmationIds()) == first)
        #expect(Set(first.actuals.map(\.actualId) + first.connections.map(\.connectionId)).count == 4)
    }

    @Test("Everything else is refused, and says why")
    func refused() {
        #expect(
            refusal { $0.detail.quantity = Quantity(6) }
                == "not supported yet: its quantity was edited (8.0000 → 6.0000)")
        #expect(refusal { $0.detail.price = Money(150) }?.contains("its price was edited") == true)
        #expect(refusal { $0.detail.amount = Money(1) }?.contains("its amount was edited") == true)
        #expect(refusal { $0.detail.billingType = .complimentary }?.contains("its billing type was edited") == true)
        #expect(refusal { $0.detail.isCorrection = true } == "not supported yet: it is a correction")
        #expect(
            refusal { $0.detail.transactionClass = .retainer } == "not supported yet: the transaction class Retainer")
        #expect(refusal { $0.unbilled = nil }?.contains("typed on the invoice") == true)
        #expect(refusal { $0.billingMethod = .fixedPrice }?.contains("Fixed Price billing method") == true)
        #expect(refusal { $0.detail.transactionClass = .milestone }?.contains("it is connected to one") == true)
        #expect(refusal { $0.unbilled?.billingStatus = .customerInvoicePosted }?.contains("has been invoiced") == true)
        #expect(refusal { $0.unbilled?.adjustmentStatus = .adjusted }?.contains("is adjusted") == true)
        #expect(refusal { $0.unbilled?.invoiceId = WebAPI.id(77) }?.contains("is on another invoice") == true)
        #expect(refusal { $0.otherUnbilled = WebAPI.id(211) }?.contains("two unbilled sales") == true)
        #expect(refusal { $0.detail.transactionClass = .fee }?.contains("its transaction class was edited") == true)
        #expect(
            refusal { $0.belonging.currency = Belonging.Reference(WebAPI.id(33), "EUR") }
                == "its currency is EUR, and that of the invoice's header is USD")
    }
}

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

    private static var line: DraftLine {
        var facts = ActualFacts.billedSale.actual.facts
        facts.transactionClass = .milestone
        facts.contractLineId = WebAPI.fixedPriceLine
        (facts.quantity, facts.price, facts.amount) = (Quantity(1), Money(1_000), Money(1_000))
        return DraftLine(
            detail: InvoiceLineDetail(invoiceLineDetailId: WebAPI.id(301), invoiceId: WebAPI.id(100), facts: facts),
            billingMethod: .fixedPrice, belonging: .sample, header: .sample,
            milestone: Milestone(
                milestoneId: WebAPI.id(601), amount: Money(1_000), currencyId: WebAPI.currency,
                contractLineId: WebAPI.fixedPriceLine, projectContractId: WebAPI.contract, invoiceStatus: .ready))
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
        Row("it has been invoiced", "has been invoiced") { $0.milestone?.invoiceStatus = .customerInvoicePosted },
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
