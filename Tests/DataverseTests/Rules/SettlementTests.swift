import Contracts
import Testing

@testable import Dataverse

@Suite struct SettlementTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let facts: InvoiceAtCutover
        let settlement: Settlement
    }

    private static let before = CalendarDate("2026-09-30"), day = CalendarDate("2026-10-01")

    static let rows = [
        Row(
            testDescription: "Draft, dated before", facts: InvoiceAtCutover(status: .draft, date: before),
            settlement: .notSettled),
        Row(
            testDescription: "In Review, dated before", facts: InvoiceAtCutover(status: .inReview, date: before),
            settlement: .notSettled),
        Row(
            testDescription: "Invoice Paid, dated later", facts: InvoiceAtCutover(status: .invoicePaid, date: day),
            settlement: .paid),
        Row(
            testDescription: "Posted, dated later", facts: InvoiceAtCutover(status: .posted, date: day),
            settlement: .posted),
        Row(
            testDescription: "Confirmed, a billed sale has a voucher",
            facts: InvoiceAtCutover(status: .confirmed, date: day, hasVoucher: true), settlement: .posted),
        Row(
            testDescription: "Confirmed, dated before", facts: InvoiceAtCutover(status: .confirmed, date: before),
            settlement: .datedBefore),
        Row(
            testDescription: "Confirmed, dated the cut-over", facts: InvoiceAtCutover(status: .confirmed, date: day),
            settlement: .notSettled),
        Row(
            testDescription: "Confirmed, its date not known", facts: InvoiceAtCutover(status: .confirmed, date: nil),
            settlement: .undecided),
    ]

    @Test("Each row of the table of settled invoices", arguments: rows)
    func row(_ row: Row) throws {
        #expect(Settlement(of: row.facts, cutover: try #require(Self.day)) == row.settlement)
    }

    @Test("Only what is settled is another system's, and says why")
    func settled() {
        #expect(Settlement.all(\.isSettled) == [.paid, .posted, .datedBefore])
        for settlement in Settlement.allCases { #expect((settlement.sentence != nil) == settlement.isSettled) }
    }

    struct Request: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var requested: CalendarDate?
        var recorded: CalendarDate?
        var hasInvoicing = false
        /// Nil when it is refused.
        var decided: CalendarDate??
    }

    static let requests = [
        Request(testDescription: "no cut-over at all", decided: .some(nil)),
        Request(testDescription: "the first load names a day", requested: day, decided: day),
        Request(testDescription: "rows were loaded without one", requested: day, hasInvoicing: true),
        Request(testDescription: "a later load names none", recorded: day, hasInvoicing: true, decided: day),
        Request(
            testDescription: "a later load names the same", requested: day, recorded: day, hasInvoicing: true,
            decided: day),
        Request(testDescription: "a later load names another", requested: before, recorded: day, hasInvoicing: true),
    ]

    @Test("Each row of the table of loads", arguments: requests)
    func request(_ request: Request) throws {
        func decide() throws -> CalendarDate? {
            try CutoverRequest.decide(
                requested: request.requested, recorded: request.recorded, hasInvoicing: request.hasInvoicing)
        }
        if let decided = request.decided {
            #expect(try decide() == decided)
        } else {
            let error = try #require(throws: CutoverError.self) { try decide() }
            #expect(error.description.contains("refused"))
        }
    }
}
