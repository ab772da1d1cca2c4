import Contracts
import Testing

@testable import Dataverse

/// What covers a line detail whose billed sale is not just like it (`domain.md` §9.25).
@Suite struct LineDetailEvidenceTests {
    typealias Sum = LineDetailEvidence.Sum

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let evidence: LineDetailEvidence
        let says: String?

        /// - parameter says: a part of what is missing; nil when it is covered.
        init(_ title: String, _ says: String?, _ change: (inout LineDetailEvidence) -> Void) {
            testDescription = title
            self.says = says
            var evidence = LineDetailEvidence(
                invoiceId: WebAPI.id(100), lineDetailId: WebAPI.id(301), detail: hours(8), basisId: WebAPI.id(201),
                basisQuantity: Quantity(8), billedSales: 1, billed: hours(8), all: hours(8))
            change(&evidence)
            self.evidence = evidence
        }
    }

    private static func hours(_ hours: Int) -> Sum { Sum(quantity: Quantity(hours), amount: Money(200 * hours)) }

    private static func correction(
        to remaining: Int, reversals: Int = 1, billed: Int, _ evidence: inout LineDetailEvidence
    ) {
        evidence.isCorrection = true
        evidence.basisQuantity = nil
        evidence.detail = hours(remaining)
        evidence.reversals = reversals
        evidence.billedSales = reversals + (billed == 0 ? 0 : 1)
        evidence.billed = hours(billed)
        evidence.all = hours(billed - 8 * reversals)
    }

    static let rows = [
        Row("a billed sale of all of it", nil) { _ in },
        Row("nothing", "lacks its billed sale of unbilled sale \(WebAPI.id(201))") {
            ($0.billedSales, $0.billed, $0.all) = (0, Sum(), Sum())
        },
        Row("less than it says", "is 8.0000 for 1600.0000, and its billed sales") { $0.billed = hours(6) },
        Row("another sign", "and its billed sales") { $0.billed = hours(-8) },
        Row("a negative one, billed", nil) {
            ($0.detail, $0.billed, $0.all, $0.basisQuantity) = (hours(-8), hours(-8), hours(-8), Quantity(-8))
        },
        Row("T8: the lower quantity and the rest", nil) {
            ($0.detail, $0.billed, $0.all, $0.billedSales) = (hours(6), hours(6), hours(8), 2)
        },
        Row("T8: the rest is missing", "lacks the billed sale of the rest, 2.0000") {
            ($0.detail, $0.billed, $0.all) = (hours(6), hours(6), hours(6))
        },
        Row("T8: the rest is there, by its quantity alone", nil) {
            ($0.detail, $0.billed, $0.all, $0.hasRest) = (hours(6), hours(6), hours(6), true)
        },
        Row("T9: the higher quantity", nil) { ($0.detail, $0.billed, $0.all) = (hours(10), hours(10), hours(10)) },
        Row("all of it taken off, and billed as a rest", nil) {
            ($0.detail, $0.billed, $0.all) = (Sum(), Sum(), hours(8))
        },
        Row("all of it taken off, and nothing billed", "lacks the billed sale of the rest, 8.0000") {
            ($0.detail, $0.billed, $0.all, $0.billedSales) = (Sum(), Sum(), Sum(), 0)
        },
        Row("a replacement that is not here", "actual \(WebAPI.id(9)), which replaces unbilled sale") {
            $0.missingReplacement = WebAPI.id(9)
        },
        Row("T10: the reversal and what remains", nil) { correction(to: 6, billed: 6, &$0) },
        Row("T10: without the reversal", "lacks the reversal of billed sale \(WebAPI.id(201))") {
            correction(to: 6, reversals: 0, billed: 6, &$0)
        },
        Row("T10: without what remains", "is 6.0000 for 1200.0000, and its billed sales") {
            correction(to: 6, billed: 0, &$0)
        },
        Row("a full credit", nil) { correction(to: 0, billed: 0, &$0) },
        Row("a full credit that says what it adds", nil) { correction(to: -8, billed: 0, &$0) },
        Row("a correction without anything", "lacks its billed sale of billed sale \(WebAPI.id(201))") {
            correction(to: 6, reversals: 0, billed: 0, &$0)
        },
        Row("a milestone or typed line with its like", nil) {
            ($0.basisId, $0.basisQuantity, $0.billedSales, $0.hasLike) = (nil, nil, 0, true)
        },
        Row("a milestone or typed line without its like", "line detail \(WebAPI.id(301)) lacks its billed sale") {
            ($0.basisId, $0.basisQuantity, $0.billedSales) = (nil, nil, 0)
        },
    ]

    @Test("A line detail is covered, or what it lacks is said by its id", arguments: rows)
    func gap(_ row: Row) {
        let gap = row.evidence.gap?.sentence
        #expect((gap == nil) == (row.says == nil), "\(gap ?? "covered")")
        if let says = row.says { #expect(gap?.contains(says) == true, "\(gap ?? "covered")") }
    }

    @Test("The first gap of an invoice is named, and the others counted")
    func several() {
        var gaps = InvoiceGaps(InvoiceGap("this"))
        #expect(gaps.sentence == "this")
        gaps.add(InvoiceGaps(InvoiceGap("that"), count: 2))
        #expect(gaps.sentence == "this (and 2 more)")
    }
}
