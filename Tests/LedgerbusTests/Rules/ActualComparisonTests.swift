import Contracts
import Testbed
import Testing

@testable import Dataverse
@testable import Finance
@testable import Operations

/// The table of what two sides say of an actual, row by row.
@Suite struct ActualComparisonTests {
    private static let id = GUID(high: 0, low: 7)
    private static let day = CalendarDate(day: 20_710)
    private static let detail = AccountingDetail(
        actualId: id, company: "usmf", voucher: "V-1", accountingDate: day, exchangeRate: .parity,
        accountingCurrency: "USD", accountingAmount: Money(1_600), salesTaxAmount: .zero, source: .journal,
        sourceNumber: "J-1", postingVersion: 1)

    private static func ours(
        _ publication: DataverseActual.Publication = .published, detail: AccountingDetail? = detail,
        isInOutbox: Bool = false, amount: Money = Money(1_600)
    ) -> DataverseActual {
        DataverseActual(
            actualId: id, company: "usmf", transactionType: .unbilledSales, currency: "USD", amount: amount,
            documentDate: day, invoiceId: nil, publication: publication, isInOutbox: isInOutbox, detail: detail)
    }

    private static func theirs(
        _ progress: FinanceActual.Progress = .posted(detail), isWithdrawn: Bool = false, isInOutbox: Bool = false,
        contradictions: [String] = []
    ) -> FinanceActual {
        FinanceActual(
            actualId: id, company: "usmf", transactionType: .unbilledSales, currency: "USD", amount: Money(1_600),
            documentDate: day, invoiceId: nil, isWithdrawn: isWithdrawn, openingVoucher: nil, progress: progress,
            contradictions: contradictions, isInOutbox: isInOutbox)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var dataverse: DataverseActual?
        var finance: FinanceActual?
        var lagging: Set<TopicName> = []
        /// `agrees`, the stage, or what differs.
        let outcome: String
    }

    static let rows = [
        Row(
            testDescription: "skipped, and not there", dataverse: ours(.skipped, detail: nil),
            outcome: "agrees Skip Sync"),
        Row(
            testDescription: "settled, and not there", dataverse: ours(.settled, detail: nil),
            outcome: "agrees settled before the cut-over"),
        Row(
            testDescription: "within one company, and not there", dataverse: ours(.withheld, detail: nil),
            outcome: "agrees between units of one company"),
        Row(
            testDescription: "skipped, withdrawn and not posted", dataverse: ours(.skipped, detail: nil),
            finance: theirs(.staged, isWithdrawn: true), outcome: "agrees Skip Sync"),
        Row(
            testDescription: "skipped, and there", dataverse: ours(.skipped, detail: nil), finance: theirs(.staged),
            outcome: "surplus"),
        Row(
            testDescription: "skipped, and its withdrawal in the outbox",
            dataverse: ours(.skipped, detail: nil, isInOutbox: true), finance: theirs(.staged),
            outcome: "on its way to Finance"),
        Row(
            testDescription: "skipped, with a voucher", dataverse: ours(.skipped), finance: theirs(isWithdrawn: true),
            outcome: "voucher"),
        Row(
            testDescription: "waiting", dataverse: ours(.waiting("for its project"), detail: nil),
            outcome: "waiting in Dataverse"),
        Row(testDescription: "published, and not there", dataverse: ours(detail: nil), outcome: "missing"),
        Row(
            testDescription: "published, and in the outbox", dataverse: ours(detail: nil, isInOutbox: true),
            outcome: "on its way to Finance"),
        Row(
            testDescription: "published, and on the bus", dataverse: ours(detail: nil), lagging: [.actualCreated],
            outcome: "on its way to Finance"),
        Row(testDescription: "there alone", finance: theirs(), outcome: "unknown"),
        Row(
            testDescription: "another amount", dataverse: ours(amount: Money(1_700)), finance: theirs(),
            outcome: "amount"),
        Row(
            testDescription: "another amount, in the outbox",
            dataverse: ours(isInOutbox: true, amount: Money(1_700)), finance: theirs(),
            outcome: "on its way to Finance"),
        Row(
            testDescription: "staged", dataverse: ours(detail: nil), finance: theirs(.staged),
            outcome: "staged in Finance"),
        Row(
            testDescription: "blocked", dataverse: ours(detail: nil), finance: theirs(.blocked(reason: "no rate")),
            outcome: "blocked in Finance"),
        Row(
            testDescription: "in a journal", dataverse: ours(detail: nil),
            finance: theirs(.inJournal("J-1", error: nil)),
            outcome: "in a journal that is not posted"),
        Row(
            testDescription: "in a proposal", dataverse: ours(detail: nil),
            finance: theirs(.inProposal("P-1", error: nil)), outcome: "in a proposal that is not posted"),
        Row(
            testDescription: "a voucher, and not posted", dataverse: ours(),
            finance: theirs(.inJournal("J-1", error: nil)), outcome: "not posted"),
        Row(
            testDescription: "posted, and no voucher", dataverse: ours(detail: nil), finance: theirs(),
            outcome: "not written back"),
        Row(
            testDescription: "posted, and in Finance's outbox", dataverse: ours(detail: nil),
            finance: theirs(isInOutbox: true), outcome: "posted, on its way to Dataverse"),
        Row(
            testDescription: "posted, and on the bus", dataverse: ours(detail: nil), finance: theirs(),
            lagging: [.accountingDetail], outcome: "posted, on its way to Dataverse"),
        Row(
            testDescription: "posted, and rows that contradict each other", dataverse: ours(),
            finance: theirs(contradictions: ["the subledger lacks it"]), outcome: "rows"),
        Row(
            testDescription: "posted, and written back", dataverse: ours(), finance: theirs(), outcome: "agrees posted"),
    ]

    private static func text(_ comparison: ActualComparison) -> String {
        switch comparison {
        case .agrees(let agreement): "agrees \(agreement.rawValue)"
        case .underWay(let stage): stage.rawValue
        case .disagrees(let differences): differences.map(\.what).joined(separator: ", ")
        }
    }

    @Test("Each row of the table of actuals", arguments: rows)
    func row(_ row: Row) {
        let comparison = ActualComparison(row.dataverse, row.finance, Transit(lagging: row.lagging))
        #expect(Self.text(comparison) == row.outcome)
        guard case .disagrees(let differences) = comparison else { return }
        for difference in differences { #expect(!difference.reason.isEmpty && !difference.cure.isEmpty) }
    }

    @Test("What was given back is compared column by column")
    func details() {
        var written = Self.detail
        written.voucher = "V-2"
        written.accountingDate = Self.day.adding(days: 1)
        written.exchangeRate = ExchangeRate(110)
        written.accountingCurrency = "EUR"
        written.accountingAmount = Money(1_601)
        written.salesTaxAmount = Money(1)
        written.sourceNumber = "J-2"
        let comparison = ActualComparison(Self.ours(detail: written), Self.theirs(), Transit())
        #expect(
            Self.text(comparison)
                == "voucher, accounting date, exchange rate, accounting currency, accounting amount, sales tax, source")
    }

    @Test("A posting that was corrected has a higher version, which is no difference")
    func versions() {
        var written = Self.detail
        written.postingVersion = 2
        #expect(
            Self.text(ActualComparison(Self.ours(detail: written), Self.theirs(), Transit())) == "agrees posted")
    }
}
