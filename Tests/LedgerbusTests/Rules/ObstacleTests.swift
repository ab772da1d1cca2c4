import Contracts
import Testbed
import Testing

@testable import Bus
@testable import Database
@testable import Dataverse
@testable import Finance
@testable import Operations

/// The table of what keeps an invoice from being posted, row by row.
@Suite struct ObstacleTests {
    private static let id = GUID(high: 0, low: 7)
    private static let instant = Instant(microsecondsSince2000: 0)

    private static func ours(
        version: Int? = 1, waiting: String? = nil, settlement: String? = nil,
        holds: [InvoiceProgressReport.Hold] = [], inOutbox: Int = 0, failure: String? = nil, written: Int? = nil
    ) -> InvoiceProgressReport {
        InvoiceProgressReport(
            invoice: InvoiceSummary(
                invoiceId: id, number: "INV-1", status: version == nil ? "Draft" : "Confirmed", isOurs: true,
                currency: "USD", lineDetails: 2, billedSales: 2, lineAmount: Money(1_600), waitingReason: waiting,
                settlement: settlement, publishedVersion: version,
                posted: written.map {
                    PostedInvoice(
                        customerInvoiceNumber: "CIV-1", invoiceDate: CalendarDate(day: 20_710), salesTaxAmount: .zero,
                        voucher: "V-1", updatedActuals: $0, actuals: 2, isComplete: $0 == 2)
                }),
            customerAccount: "US-001", customerName: "Contoso", accountingDate: nil, publishedAt: nil,
            daysSincePublication: nil, holds: holds, inOutbox: inOutbox, outboxFailure: failure, actuals: [])
    }

    private static func theirs(
        _ status: ProposalStatus, reason: String? = nil, blocked: [ProposalProgressReport.BlockedLines] = [],
        journals: [ProposalProgressReport.UnpostedJournal] = [], request: ProposalProgressReport.OpenRequest? = nil
    ) -> ProposalProgressReport {
        ProposalProgressReport(
            proposal: ProposalSummary(
                company: "usmf", number: "INV-1", invoiceId: id, contractNumber: "C-1", customerAccount: "US-001",
                customerName: "Contoso", currency: "USD", amount: Money(1_600),
                accountingDate: CalendarDate(day: 20_710), arrived: 2,
                expected: 2, status: status, approval: nil, dueDate: nil, reason: reason),
            accountingDate: CalendarDate(day: 20_710), receivedAt: instant, daysSinceReceipt: 3, blocked: blocked,
            journals: journals, openRequest: request, customerInvoice: nil)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let dataverse: InvoiceProgressReport
        var finance: ProposalProgressReport?
        var errors: [String] = []
        /// `place: words of the reason; words of the cure` of each.
        let says: [(place: Obstacle.Place, reason: String, cure: String)]
    }

    static let rows = [
        Row(
            testDescription: "a draft", dataverse: ours(version: nil),
            says: [(.dataverse, "not confirmed", "dataverse confirm INV-1")]),
        Row(
            testDescription: "waits in Dataverse", dataverse: ours(version: nil, waiting: "waiting for actuals"),
            says: [(.dataverse, "waiting for actuals", "dataverse load")]),
        Row(
            testDescription: "actuals of it wait in Dataverse",
            dataverse: ours(
                version: nil, waiting: "waiting for actuals", holds: [.init(reason: "waiting for project", actuals: 2)]),
            says: [(.dataverse, "waiting for actuals", "load"), (.dataverse, "waiting for project", "load")]),
        Row(
            testDescription: "messages in the outbox", dataverse: ours(inOutbox: 3, failure: "no broker"),
            says: [(.bus, "3 of its messages are in the outbox: no broker", "dataverse-producer")]),
        Row(
            testDescription: "messages that did not take effect", dataverse: ours(), errors: ["F12", "FW3"],
            says: [(.bus, "2 of its messages did not take effect: F12, FW3", "errors show F12")]),
        Row(
            testDescription: "published, and no proposal", dataverse: ours(),
            says: [(.bus, "Finance has no proposal", "resync --invoice INV-1")]),
        Row(
            testDescription: "lines blocked in Finance", dataverse: ours(),
            finance: theirs(
                .open, blocked: [.init(reason: "no exchange rate", lines: 2, actualId: id, since: instant)]),
            says: [(.finance, "blocked: no exchange rate", "import-from-staging")]),
        Row(
            testDescription: "unbilled sales in a journal that is not posted", dataverse: ours(),
            finance: theirs(.open, journals: [.init(number: "J-1", lines: 1, error: nil)]),
            says: [(.finance, "journal J-1, which is not posted", "finance post J-1")]),
        Row(
            testDescription: "unbilled sales in a journal that posting refused", dataverse: ours(),
            finance: theirs(.open, journals: [.init(number: "J-1", lines: 1, error: "period closed")]),
            says: [(.finance, "not posted: period closed", "see to the cause")]),
        Row(
            testDescription: "an open proposal that waits", dataverse: ours(),
            finance: theirs(.open, reason: "waiting for 1 of 2 billed sales"),
            says: [(.finance, "waiting for 1 of 2 billed sales", "import-from-staging")]),
        Row(
            testDescription: "an open proposal at which nobody has looked", dataverse: ours(), finance: theirs(.open),
            says: [(.finance, "import from staging has not looked at it", "import-from-staging")]),
        Row(
            testDescription: "a ready proposal that posting refused", dataverse: ours(),
            finance: theirs(.ready, reason: "the customer is on hold"),
            says: [(.finance, "posting refused it: the customer is on hold", "finance post INV-1")]),
        Row(
            testDescription: "a ready proposal that is being posted", dataverse: ours(),
            finance: theirs(.ready, request: .init(requestedBy: "ana", requestedAt: instant)),
            says: [(.finance, "ana has asked for it", "posting-consumer")]),
        Row(
            testDescription: "a ready proposal", dataverse: ours(), finance: theirs(.ready),
            says: [(.finance, "nobody has posted it", "finance post INV-1")]),
        Row(
            testDescription: "invoiced, and Dataverse does not know", dataverse: ours(), finance: theirs(.invoiced),
            says: [(.bus, "does not know yet", "dataverse-consumer")]),
        Row(
            testDescription: "invoiced, and not all written back", dataverse: ours(written: 1),
            finance: theirs(.invoiced), says: [(.bus, "1 of 2 actuals", "dataverse-consumer")]),
        Row(
            testDescription: "posted and written back", dataverse: ours(written: 2), finance: theirs(.invoiced),
            says: []),
        Row(testDescription: "settled", dataverse: ours(version: nil, settlement: "settled"), says: []),
    ]

    @Test("Each row of the table of obstacles", arguments: rows)
    func row(_ row: Row) {
        let obstacles = Obstacles.of(row.dataverse, row.finance, errors: row.errors)
        #expect(obstacles.map(\.place) == row.says.map(\.place), "\(obstacles)")
        for (obstacle, says) in zip(obstacles, row.says) {
            #expect(obstacle.reason.contains(says.reason), "\(obstacle.reason)")
            #expect(obstacle.cure.contains(says.cure), "\(obstacle.cure)")
        }
    }

    @Test(
        "a map that it needs is paused",
        arguments: [
            (.invoices, nil, [.invoices]), (.actuals, .open, [.actuals]), (.actuals, .invoiced, []),
            (.accountingDetail, .invoiced, [.accountingDetail]), (.accountingDetail, .open, []),
        ] as [(TableMap, ProposalStatus?, [TableMap])])
    func paused(_ map: TableMap, _ status: ProposalStatus?, _ named: [TableMap]) {
        let paused = TableMapSwitch(
            map: map, state: .paused, pausedWith: nil, changedAt: Self.instant, changedBy: "ana", reason: "month end")
        let finance = status.map { Self.theirs($0) }
        let obstacles = Obstacles.of(
            Self.ours(written: status == .invoiced ? 1 : nil), finance, errors: [], paused: [paused])
        let said = obstacles.filter { $0.reason.contains("is paused by ana: month end") }
        #expect(said.map(\.cure) == named.map { "ledgerbus maps resume \($0.rawValue)" })
        #expect(!obstacles.contains { $0.reason.contains("has no proposal") })
    }
}
