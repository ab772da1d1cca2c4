import Foundation
import Testbed
import Testing

/// Generated histories (`domain.md` §7).
@Suite(.tags(.long))
struct HistoryTests {
    /// How many worlds there are, and how many histories each has; `LEDGERBUS_TEST_WORLDS` asks for more of them.
    private static let worlds = ProcessInfo.processInfo.environment["LEDGERBUS_TEST_WORLDS"].flatMap(Int.init) ?? 4
    private static let contracts = 50

    @Test("Every invariant holds after any history, in whatever order and pieces it arrives", arguments: 0..<worlds)
    func invariantsHold(world: Int) throws {
        let random = SeededRandom()
        let histories = try Histories(contracts: Self.contracts, random: random)
        for _ in 0..<8 { try histories.round() }
        try histories.comeToRest()
        let tally = histories.tally.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        print("\(random): \(tally.joined(separator: ", "))")
        for (what, problem) in histories.refusals { print("  \(what): \(problem)") }
    }
}
