import Bus
import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("What a reversal or a credit may take back (domain.md §9.26)")
struct ReversalRuleTests {
    private let original = actual(1, .unbilledSales)

    private func blockage(
        other: ReversalRule.Other? = nil, _ changeReversal: (inout ActualCreated) -> Void = { _ in },
        original changeOriginal: (inout ActualCreated) -> Void = { _ in }
    ) -> Blockage? {
        var original = original
        changeOriginal(&original)
        var reversal = actual(2, .unbilledSales) {
            $0.amount = -$0.amount
            $0.quantity = -$0.quantity
            $0.reversedActualId = id(1)
        }
        changeReversal(&reversal)
        return ReversalRule.blockage(
            of: LinkedTransaction(reversal), original: LinkedTransaction(original), other: other)
    }

    @Test("All of the original, with the opposite sign, is taken back") func whole() { #expect(blockage() == nil) }

    @Test("Less than the original is taken back") func part() { #expect(blockage { $0.amount = Money(-400) } == nil) }

    @Test("Nothing of nothing is taken back: a line of price zero can be corrected (2358236)")
    func zero() { #expect(blockage({ $0.amount = .zero }, original: { $0.amount = .zero }) == nil) }

    @Test("A negative original is taken back by a positive row")
    func negative() { #expect(blockage({ $0.amount = Money(300) }, original: { $0.amount = Money(-300) }) == nil) }

    @Test("No more than the original's amount, and both amounts are named")
    func tooMuch() {
        let reason = blockage { $0.amount = Money(-1700) }
        #expect(reason?.code == .contradictsOriginal)
        #expect(reason?.reason.contains("-1700.0000") == true && reason?.reason.contains("1600.0000") == true)
        #expect(reason?.reason.contains("\(id(1))") == true)
    }

    @Test("No row of the same sign")
    func sameSign() { #expect(blockage { $0.amount = Money(1600) }?.code == .contradictsOriginal) }

    @Test("No row of another currency")
    func currency() { #expect(blockage { $0.currency = "EUR" }?.reason.contains("currency is EUR") == true) }

    @Test("No row of another contract")
    func contract() { #expect(blockage { $0.contractNumber = "C2" }?.reason.contains("contract is C2") == true) }

    @Test("No row of another company")
    func company() { #expect(blockage { $0.company = "demf" }?.reason.contains("company is demf") == true) }

    @Test("No row of another type")
    func type() { #expect(blockage { $0.transactionType = .cost }?.reason.contains("has to be Cost") == true) }

    @Test("No row takes itself back")
    func itself() { #expect(blockage { $0.actualId = id(1) }?.reason.contains("takes itself back") == true) }

    @Test("No row takes back one that takes another back")
    func chain() {
        #expect(blockage(original: { $0.reversedActualId = id(9) })?.reason.contains("takes \(id(9)) back") == true)
    }

    @Test(
        "A row is taken back once, and the other is named, with its journal, proposal or customer invoice",
        arguments: [
            (ReversalRule.Other.Place.staged, "actual \(id(7)) already"), (.journal("J-1"), "in journal J-1 already"),
            (.proposal("P-1"), "in proposal P-1 already"),
            (.invoice("CIV-1", proposal: "P-1"), "in customer invoice CIV-1 (proposal P-1) already"),
        ])
    func once(place: ReversalRule.Other.Place, named: String) {
        let blockage = blockage(other: ReversalRule.Other(actualId: id(7), place: place))
        #expect(blockage?.code == .reversedTwice && blockage?.isRetriedByEachImport == true)
        #expect(blockage?.reason.contains(named) == true, "\(blockage?.reason ?? "")")
    }

    @Test("A row that says that it takes another back, and not which, is an orphan")
    func orphan() {
        #expect(ReversalRule.isOrphan(actual(1, .cost) { $0.adjustmentStatus = .unadjustable }))
        #expect(!ReversalRule.isOrphan(actual(1, .cost) { $0.adjustmentStatus = .adjusted }))
        #expect(
            !ReversalRule.isOrphan(
                actual(1, .cost) {
                    $0.adjustmentStatus = .unadjustable
                    $0.reversedActualId = id(2)
                }))
    }
}

@Suite("What a billed sale may bill (domain.md §9.26)")
struct BillingRuleTests {
    private let unbilled = actual(1, .unbilledSales)

    private func blockage(of billed: Money, on unbilled: Money) -> Blockage? {
        var sale = self.unbilled
        sale.amount = unbilled
        return blockage(of: actual(1_001, .billedSales) { $0.amount = billed }, on: sale)
    }

    private func blockage(of billed: ActualCreated, on unbilled: ActualCreated) -> Blockage? {
        BillingRule.blockage(of: LinkedTransaction(billed), unbilled: LinkedTransaction(unbilled))
    }

    @Test("The amount of its unbilled sale, or less")
    func amount() {
        #expect(blockage(of: Money(1600), on: Money(1600)) == nil)
        #expect(blockage(of: Money(200), on: Money(1600)) == nil)
    }

    @Test("No more than its unbilled sale, which is named with both amounts")
    func more() {
        let blockage = blockage(of: Money(500), on: Money(200))
        #expect(blockage?.code == .contradictsUnbilledSale)
        #expect(blockage?.reason.contains("500.0000") == true && blockage?.reason.contains("200.0000") == true)
        #expect(blockage?.reason.contains("\(id(1))") == true)
    }

    @Test("Nothing of the opposite sign")
    func sign() { #expect(blockage(of: Money(-1600), on: Money(1600))?.code == .contradictsUnbilledSale) }

    @Test("The unbilled sale of a retainer has the opposite sign, and another amount when some of it is used up")
    func retainer() {
        let billed = actual(1_001, .billedSales) {
            $0.transactionClass = .retainer
            $0.amount = Money(-400)
        }
        let unbilled = actual(1, .unbilledSales) {
            $0.transactionClass = .retainer
            $0.amount = Money(-1000)
        }
        #expect(blockage(of: billed, on: unbilled) == nil)
        var more = billed
        more.amount = Money(1_001)
        #expect(blockage(of: more, on: unbilled)?.reason.contains("no more than that can be billed") == true)
    }

    @Test("Nothing but an unbilled sale")
    func type() {
        #expect(blockage(of: actual(1_001, .billedSales), on: actual(1, .cost))?.code == .contradictsUnbilledSale)
    }

    @Test("An amount that was rounded to its currency when it was posted is the same")
    func rounded() throws { #expect(try blockage(of: Money("33.3333"), on: Money("33.33")) == nil) }
}

@Suite("Rates of what takes another back (domain.md §9.5)")
struct ReversedRowsTests {
    private let reversal = actual(2, .unbilledSales) {
        $0.currency = "EUR"
        $0.amount = -$0.amount
        $0.reversedActualId = id(1)
    }
    private let original = LinkedTransaction(actual(1, .unbilledSales) { $0.currency = "EUR" })

    private func code(_ rows: ReversedRows, _ actual: ActualCreated) -> FailureCode? {
        let blockage = #expect(throws: Blockage.self) { try rows.rates(for: actual) }
        #expect(blockage?.isRetriedByEachImport == true)
        return blockage?.code
    }

    @Test("The original has a line: its rate")
    func known() throws {
        let rows = ReversedRows([
            .init(transaction: original, rates: .init(accounting: ExchangeRate(108), reporting: ExchangeRate(90)))
        ])
        #expect(try rows.rates(for: reversal) == .init(accounting: ExchangeRate(108), reporting: ExchangeRate(90)))
    }

    @Test("The original is staged and has no line: it waits")
    func staged() { #expect(code(ReversedRows([.init(transaction: original)]), reversal) == .waitsForReversed) }

    @Test("The original has not come: it waits")
    func unknown() { #expect(code(ReversedRows([]), reversal) == .waitsForReversed) }

    @Test("Nothing says what the original is: it waits")
    func orphan() {
        var orphan = reversal
        orphan.reversedActualId = nil
        orphan.adjustmentStatus = .unadjustable
        #expect(code(ReversedRows([]), orphan) == .waitsForConnection)
    }

    @Test("What takes nothing back has a rate of its own")
    func ordinary() throws { #expect(try ReversedRows([]).rates(for: actual(3, .unbilledSales)) == nil) }
}
