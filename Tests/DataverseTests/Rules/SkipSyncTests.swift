import Testbed
import Testing

@testable import Dataverse

/// `domain.md` §6.8, §9.1.
@Suite struct SkipSyncTests {
    @Test("Set: the reversal of an unbilled row that Finance will mark as invoiced")
    func set() { #expect(SkipSync.isSet(on: .reversalOfInvoicedUnbilledSale)) }

    @Test("Not set: the first reversal of T8 and T9")
    func firstReversal() { #expect(!SkipSync.isSet(on: .reversalOfEditedUnbilledSale)) }

    @Test("Not set: reversals of billed rows")
    func reversalOfBilled() { #expect(!SkipSync.isSet(on: .reversalOfBilledSale)) }

    @Test("Not set: what an invoice bills")
    func billed() { #expect(!SkipSync.isSet(on: .billedSale)) }

    @Test("Not set: what is open of a retainer, an open balance and no reversal (§6.8, §9.11)")
    func openBalance() { #expect(!SkipSync.isSet(on: .openBalanceOfRetainer)) }
}
