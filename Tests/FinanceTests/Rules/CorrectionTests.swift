import Contracts
import Testing

@testable import Finance

/// What a correction's rows bill, row by row of the table at ``Correction``.
@Suite("Correction (domain.md §6.12, §9.10)")
struct CorrectionTests {
    private let sale = GUID(high: 1, low: 1)
    private let original = GUID(high: 1, low: 2)

    @Test("A credit bills no unbilled sale, so it leaves WIP alone; every other billed row bills its own")
    func credit() {
        #expect(Correction.isCredit(reversing: original))
        #expect(Correction.billedSale(sale, reversing: original) == nil)
        #expect(!Correction.isCredit(reversing: nil))
        #expect(Correction.billedSale(sale, reversing: nil) == sale)
    }

    @Test("A retainer that is billed is a prepayment, one that is applied a deduction; time makes no on-account line")
    func onAccount() {
        #expect(OnAccountOrigin(.retainer, isNegative: false) == .prepayment)
        #expect(OnAccountOrigin(.retainer, isNegative: true) == .deduction)
        #expect(OnAccountOrigin(.milestone, isNegative: true) == .milestone)
        #expect(OnAccountOrigin(.time, isNegative: false) == nil)
    }
}
