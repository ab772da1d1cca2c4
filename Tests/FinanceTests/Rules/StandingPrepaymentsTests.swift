import Contracts
import Testbed
import Testing

@testable import Finance

/// `domain.md` §6.7, §9.11.
@Suite("Deductions take prepayments back as they stand on account")
struct StandingPrepaymentsTests {
    private func account(_ number: String) -> LedgerAccount {
        LedgerAccount(postingType: .wipInvoicedOnAccount, mainAccount: number, projectNumber: "P1")
    }

    private func prepayment(
        _ number: Int, _ amount: String, accounting: String, rate: Int = 115, account number2: String = "150200"
    ) throws -> StandingPrepayments.Prepayment {
        StandingPrepayments.Prepayment(
            actualId: id(number), unbilledActualId: id(number, 2), account: account(number2),
            rates: PostingRates(accounting: ExchangeRate(rate)),
            standing: PostedAmount(amount: try Money(amount), accounting: try Money(accounting), reporting: nil))
    }

    private func text(_ shares: [StandingPrepayments.Share]) -> [String] {
        shares.map { "\($0.prepaymentActualId.description.suffix(1)) \($0.amount.amount) \($0.amount.accounting)" }
    }

    @Test("The oldest first, over as many as it takes, and no more than there is")
    func oldestFirst() throws {
        var standing = StandingPrepayments(
            [try prepayment(1, "300", accounting: "345"), try prepayment(2, "700", accounting: "840", rate: 120)],
            accountingPrecision: 2)
        #expect(try text(standing.take(Money(400), using: nil)) == ["1 300.0000 345.0000", "2 100.0000 120.0000"])
        #expect(try text(standing.take(Money(1_000), using: nil)) == ["2 600.0000 720.0000"])
        #expect(try standing.take(Money(1), using: nil).isEmpty)
    }

    @Test("The prepayment whose open balance it uses goes before older ones")
    func ownFirst() throws {
        var standing = StandingPrepayments(
            [try prepayment(1, "300", accounting: "345"), try prepayment(2, "700", accounting: "840")],
            accountingPrecision: 2)
        #expect(
            try text(standing.take(Money(800), using: id(2, 2))) == ["2 700.0000 840.0000", "1 100.0000 115.0000"])
    }

    @Test("Who takes the rest takes all that is left of it: three thirds of 1,000.01 at 115 come to 1,150.01")
    func lastTakesTheRest() throws {
        var standing = StandingPrepayments(
            [try prepayment(1, "1000.01", accounting: "1150.01")], accountingPrecision: 2)
        var taken: [String] = []
        for amount in ["333.33", "333.33", "333.35"] {
            taken += try standing.take(Money(amount), using: nil).map(\.amount.accounting.description)
        }
        #expect(taken == ["383.3300", "383.3300", "383.3500"])
        #expect(standing.prepayments.map(\.standing) == [.zero])
    }

    @Test(
        "A credit of a deduction gives back what that took, the youngest first; a credit of a prepayment takes it away")
    func credits() throws {
        var standing = StandingPrepayments(
            [try prepayment(1, "300", accounting: "345"), try prepayment(2, "700", accounting: "840", rate: 120)],
            accountingPrecision: 2)
        let taken = try standing.take(Money(400), using: nil)
        #expect(
            try text(standing.giveBack(Money(150), of: taken)) == ["2 -100.0000 -120.0000", "1 -50.0000 -57.5000"])
        #expect(try text(standing.takeBack(Money(700), of: id(2))) == ["2 700.0000 840.0000"])
        #expect(standing.prepayments.map(\.standing.amount) == [Money(50), .zero])
    }

    @Test(
        "Whatever is taken and given back, what was taken and what stands come to what was prepaid, in both currencies")
    func nothingIsLost() throws {
        var random = SeededRandom()
        print("prepayments: \(random)")
        for _ in 0..<2_000 {
            let prepayments = (1...Int.random(in: 1...4, using: &random)).map { number in
                let cents = Int.random(in: 1...100_000, using: &random)
                return StandingPrepayments.Prepayment(
                    actualId: id(number), unbilledActualId: id(number, 2), account: account("\(number)"),
                    rates: PostingRates(accounting: ExchangeRate(Int.random(in: 60...180, using: &random))),
                    standing: PostedAmount(
                        amount: Money(units: Int128(cents) * 100),
                        accounting: Money(units: Int128(cents * Int.random(in: 60...180, using: &random) / 100) * 100),
                        reporting: Money(units: Int128(cents * Int.random(in: 60...180, using: &random) / 100) * 10)))
            }
            var standing = StandingPrepayments(prepayments, accountingPrecision: 2, reportingPrecision: 3)
            var settled = PostedAmount.zero
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let amount = Money(units: Int128(Int.random(in: 1...60_000, using: &random)) * 100)
                let using = Bool.random(using: &random) ? id(Int.random(in: 1...4, using: &random), 2) : nil
                let taken = try standing.take(amount, using: using)
                for share in taken { settled += share.amount }
                if Int.random(in: 0..<4, using: &random) == 0 {
                    for share in try standing.giveBack(amount, of: taken) { settled += share.amount }
                }
                #expect(
                    standing.prepayments.allSatisfy { $0.standing.amount >= .zero && $0.standing.accounting >= .zero })
                var sum = settled
                for prepayment in standing.prepayments { sum += prepayment.standing }
                var prepaid = PostedAmount.zero
                for prepayment in prepayments { prepaid += prepayment.standing }
                #expect(sum == prepaid, "\(random)")
            }
            let all = standing.prepayments.reduce(Money.zero) { $0 + $1.standing.amount }
            if all > .zero { for share in try standing.take(all, using: nil) { settled += share.amount } }
            #expect(standing.prepayments.allSatisfy { $0.standing.isZero }, "\(random)")
        }
    }
}
