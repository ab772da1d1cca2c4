import Foundation
import Testbed
import Testing

/// Posting, step by step (design §5; promises 2 and 6).
@Suite(.serialized, .timeLimit(.minutes(60)), .tags(.chaos, .long))
struct PostingSimulationTests {
    /// How many databases there are; `LEDGERBUS_TEST_WORLDS` asks for more of them.
    private static let worlds = ProcessInfo.processInfo.environment["LEDGERBUS_TEST_WORLDS"].flatMap(Int.init) ?? 3

    @Test(
        "Whatever order workers claim, post, crash, freeze and stop in, each journal is posted once, and whole"
    )
    func everyOrder() throws {
        var random = SeededRandom()
        print("postings: \(random)")
        var steps: [String: Int] = [:]
        let start = ContinuousClock.now
        for world in 0..<Self.worlds {
            let postings = try SimulatedPostings(
                random: SeededRandom(seed: world == 0 ? random.seed : random.next()))
            try postings.run(steps: 120)
            steps.merge(postings.steps, uniquingKeysWith: +)
        }
        let minutes = (ContinuousClock.now - start) / .seconds(60)
        let total = steps.values.reduce(0, +)
        print(
            "\(Self.worlds) databases, \(total) steps, \(Int(Double(total) / minutes)) a minute: "
                + "\(steps.sorted { $0.key < $1.key })")
        #expect(steps.count > 5)
    }
}
