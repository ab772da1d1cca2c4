import Testing

@testable import Bus

struct ProgressRuleTests {
    private let start = ContinuousClock.now

    @Test(
        "Work is stuck when it waits and none is done for a while",
        arguments: [
            ("nothing to do", [(0, 0, 5, false), (600, 0, 5, false)]),
            ("it gets on", [(0, 9, 5, false), (600, 8, 6, false), (1200, 20, 7, false)]),
            ("it stands, not for long", [(0, 9, 5, false), (60, 9, 5, false)]),
            ("it stands", [(0, 9, 5, false), (61, 9, 5, true)]),
            ("it stands, and more comes", [(0, 9, 5, false), (61, 5000, 5, true)]),
            ("it gets on again", [(0, 9, 5, false), (61, 9, 5, true), (62, 8, 6, false), (122, 8, 6, false)]),
            ("it begins anew from less", [(0, 9, 5, false), (61, 14, 0, false)]),
            ("work comes after a rest", [(0, 0, 5, false), (600, 0, 5, false), (660, 3, 5, false), (661, 3, 5, true)]),
            ("what waits is taken away", [(0, 9, 5, false), (61, 9, 5, true), (62, 0, 5, false)]),
        ] as [(String, [(Int, Int64, Int64, Bool)])])
    func stuck(name: String, looks: [(Int, Int64, Int64, Bool)]) {
        var sight: ProgressRule.Sight?
        for (after, waiting, done, isStuck) in looks {
            let verdict = ProgressRule.judge(
                Work("outbox", waiting: waiting, done: done), before: sight, now: start + .seconds(after),
                patience: .seconds(60))
            sight = verdict.sight
            #expect((verdict.problem != nil) == isStuck, "\(name) after \(after) s: \(verdict.problem ?? "")")
        }
    }

    @Test("An obstacle is told at once, a cause only of what is stuck, and some work has more time")
    func causes() {
        let held = Work("a/0", waiting: 1, done: 0, obstacle: "it stands still")
        #expect(
            ProgressRule.judge(held, before: nil, now: start, patience: .seconds(60)).problem == "it stands still")
        let slow = Work("a/0", waiting: 3, done: 0, cause: "no broker answers", patience: 5)
        let sight = ProgressRule.judge(slow, before: nil, now: start, patience: .seconds(60)).sight
        #expect(
            ProgressRule.judge(slow, before: sight, now: start + .seconds(300), patience: .seconds(60)).problem == nil)
        #expect(
            ProgressRule.judge(slow, before: sight, now: start + .seconds(301), patience: .seconds(60)).problem
                == "3 messages wait, and none was done for 5 min 1 s: no broker answers")
    }
}
