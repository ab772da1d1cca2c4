import Contracts
import Testbed
import Testing

@testable import Dataverse

/// `domain.md` §6.7, §9.11.
@Suite struct RetainerApplicationsTests {
    private func balance(_ amount: Int, used: Int = 0, applied: Int = 0, invoiced: Bool = true) -> RetainerBalance {
        RetainerBalance(
            amount: Money(amount), used: Money(used), applied: Money(applied), isInvoiced: invoiced)
    }

    private func parts(_ balances: RetainerBalance..., upTo chargeable: Int) -> [String] {
        let retainers = balances.enumerated().map { (retainerId: WebAPI.id($0 + 1), balance: $1) }
        return RetainerApplications.parts(of: retainers, upTo: Money(chargeable)).map {
            "\($0.retainerId.description.suffix(1)) \($0.amount)"
        }
    }

    @Test("Not usable until invoiced: available is 0 before, and amount − used after")
    func available() {
        #expect(balance(1_000, invoiced: false).available == .zero && balance(1_000, invoiced: false).open == .zero)
        #expect(balance(1_000, used: 300, applied: 200).available == Money(700))
        #expect(parts(balance(1_000, invoiced: false), upTo: 500).isEmpty)
    }

    @Test("Balance = amount − used − applied")
    func balances() {
        #expect(balance(1_000, used: 300, applied: 200).balance == Money(500))
        #expect(balance(1_000, used: 300, applied: 200).open == Money(500))
    }

    @Test("Applied by itself, oldest first, several on one invoice, up to the chargeable amount without tax")
    func parts() {
        #expect(parts(balance(300), balance(1_000), upTo: 800) == ["1 300.0000", "2 500.0000"])
        #expect(parts(balance(1_000), balance(1_000), upTo: 800) == ["1 800.0000"])
        #expect(parts(balance(300, used: 300), balance(100, applied: 40), upTo: 800) == ["2 60.0000"])
        #expect(parts(balance(300), upTo: 0).isEmpty)
    }

    @Test(
        "4319341, 4655493: only to chargeable transactions, which retainers are not; to nothing where those are negative"
    )
    func chargeable() {
        #expect(RetainerApplications.chargeableAmount(of: Money(900), retainers: Money(-100)) == Money(1_000))
        #expect(RetainerApplications.chargeableAmount(of: Money(1_500), retainers: Money(1_000)) == Money(500))
        #expect(RetainerApplications.chargeableAmount(of: Money(600), retainers: Money(1_000)) == .zero)
    }

    @Test(
        "What is applied may be lowered, never raised above what is available, or what is chargeable",
        arguments: [
            (400, 300, 1_000, nil), (400, 0, 1_000, nil), (400, 1_000, 1_000, nil),
            (400, 1_001, 2_000, "1001.0000 is more than the 1000.0000 that is available of it"),
            (400, 600, 500, "600.0000 is more than the 500.0000 of chargeable amount without tax"),
            (400, -1, 1_000, "is negative"), (400, 300, 100, nil),
        ] as [(Int, Int, Int, String?)])
    func changed(old: Int, new: Int, room: Int, problem: String?) {
        let found = RetainerApplications.problem(
            changing: Money(old), to: Money(new), of: balance(1_000, applied: old), room: Money(room))
        #expect((found == nil) == (problem == nil) && found?.contains(problem ?? "") != false, "\(found ?? "")")
    }

    @Test(
        "A refund is never above what is available, and needs no chargeable lines",
        arguments: [
            (700, 200, true, nil), (800, 200, true, nil), (801, 200, true, "that is available of it"),
            (100, 0, false, "is not invoiced yet"), (0, 1_000, true, "nothing is left of it"),
            (0, 200, true, "is nothing to refund"),
        ] as [(Int, Int, Bool, String?)])
    func refunded(amount: Int, used: Int, invoiced: Bool, problem: String?) {
        let found = RetainerApplications.problem(
            refunding: Money(amount), of: balance(1_000, used: used, invoiced: invoiced))
        #expect((found == nil) == (problem == nil) && found?.contains(problem ?? "") != false, "\(found ?? "")")
    }

    @Test("An invoice whose lines were lowered below what it deducts is not confirmed")
    func lowered() {
        #expect(RetainerApplications.problem(deducting: Money(400), from: Money(400)) == nil)
        #expect(
            RetainerApplications.problem(deducting: Money(401), from: Money(400))?.contains("retainers apply") == true)
    }

    @Test(
        "Whatever drafts apply, change, drop and confirm: no balance is negative, and no more is applied than there is")
    func neverNegative() {
        var random = SeededRandom()
        print("retainers: \(random)")
        for _ in 0..<3_000 {
            var retainers = (1...Int.random(in: 1...4, using: &random)).map { number in
                (
                    retainerId: WebAPI.id(number),
                    balance: balance(Int.random(in: 1...2_000, using: &random), invoiced: false)
                )
            }
            var drafts: [[RetainerApplications.Part]] = []
            var confirmed: [GUID: Money] = [:]
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                func index(_ id: GUID) -> Int { retainers.firstIndex { $0.retainerId == id } ?? 0 }
                switch Int.random(in: 0..<6, using: &random) {
                case 0: retainers[Int.random(in: 0..<retainers.count, using: &random)].balance.invoice()
                case 1, 2:
                    let parts = RetainerApplications.parts(
                        of: retainers, upTo: Money(Int.random(in: -500...3_000, using: &random)))
                    for part in parts { retainers[index(part.retainerId)].balance.apply(part.amount) }
                    drafts.append(parts)
                case 3:
                    guard let draft = drafts.indices.randomElement(using: &random),
                        let part = drafts[draft].indices.randomElement(using: &random)
                    else { continue }
                    let (old, retainer) = (drafts[draft][part].amount, index(drafts[draft][part].retainerId))
                    let new = Money(Int.random(in: -10...3_000, using: &random))
                    let problem = RetainerApplications.problem(
                        changing: old, to: new, of: retainers[retainer].balance, room: nil)
                    if problem == nil {
                        retainers[retainer].balance.apply(new - old)
                        drafts[draft][part].amount = new
                    }
                case 4:
                    let retainer = Int.random(in: 0..<retainers.count, using: &random)
                    let amount = Money(Int.random(in: 0...3_000, using: &random))
                    guard RetainerApplications.problem(refunding: amount, of: retainers[retainer].balance) == nil else {
                        continue
                    }
                    retainers[retainer].balance.apply(amount)
                    drafts.append([.init(retainerId: retainers[retainer].retainerId, amount: amount)])
                default:
                    guard let draft = drafts.indices.randomElement(using: &random) else { continue }
                    for part in drafts.remove(at: draft) {
                        if Bool.random(using: &random) {
                            retainers[index(part.retainerId)].balance.use(part.amount)
                            confirmed[part.retainerId, default: .zero] += part.amount
                        } else {
                            retainers[index(part.retainerId)].balance.apply(-part.amount)
                        }
                    }
                }
                for (id, balance) in retainers {
                    let applied = drafts.joined().filter { $0.retainerId == id }.reduce(Money.zero) { $0 + $1.amount }
                    #expect(balance.balance >= .zero && balance.applied == applied, "\(random)")
                    #expect(
                        balance.used == confirmed[id] ?? .zero && balance.used + applied <= balance.amount, "\(random)")
                    #expect(balance.isInvoiced || balance.used + balance.applied == .zero, "\(random)")
                }
            }
        }
    }
}
