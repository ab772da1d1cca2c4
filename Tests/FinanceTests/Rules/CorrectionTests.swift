import Contracts
import Testing

@testable import Finance

/// How a correction is posted, row by row of the table at ``Correction``.
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

    @Test("A reversal accrues if its original was accrued, whatever its profile says now")
    func reversal() {
        #expect(Correction.event(.sales, originalAccrued: true) == .accrualReversed)
        #expect(Correction.event(.sales, originalAccrued: false) == .salesNotAccrued)
        for profile in AccountingProfile.allCases {
            #expect(
                LedgerEffect.of(.accrualReversed, under: profile)
                    == LedgerEffect(.wipSalesValue, .accruedRevenueSalesValue))
        }
    }

    @Test("A new unbilled row accrues as any does")
    func replacement() {
        #expect(Correction.event(.sales, originalAccrued: nil) == .sales)
    }

    @Test("Nothing but unbilled sales asks for its original", arguments: LedgerEvent.allCases.filter { $0 != .sales })
    func others(event: LedgerEvent) {
        #expect(Correction.event(event, originalAccrued: true) == event)
    }

    @Test(
        "A credit takes back on-account what its original was: of a prepayment a prepayment, of a deduction a deduction"
    )
    func onAccount() {
        #expect(OnAccountOrigin(.retainer, isNegative: false, isCredit: false) == .prepayment)
        #expect(OnAccountOrigin(.retainer, isNegative: true, isCredit: true) == .prepayment)
        #expect(OnAccountOrigin(.retainer, isNegative: true, isCredit: false) == .deduction)
        #expect(OnAccountOrigin(.retainer, isNegative: false, isCredit: true) == .deduction)
        #expect(OnAccountOrigin(.milestone, isNegative: true, isCredit: true) == .milestone)
        #expect(OnAccountOrigin(.time, isNegative: false, isCredit: false) == nil)
    }
}
