import Contracts
import Testing

@testable import Finance

@Suite("Reset to draft (domain.md §6.11, §6.14)")
struct JournalResetRuleTests {
    private func refusal(
        _ status: JournalStatus, _ request: PostingRequestStatus? = nil, isHeld: Bool = false, hours: Int? = nil,
        isForced: Bool = false
    ) -> String? {
        JournalResetRule.refusal(
            of: "J-1", status,
            request: request.map {
                JournalResetRule.OpenRequest(
                    commandId: id(1), status: $0, worker: "posting-consumer@a/1", isHeld: isHeld, hours: hours)
            }, stuckAfter: 24, isForced: isForced)?.reason
    }

    @Test("Draft, nobody asked for it: there is nothing to reset", arguments: [false, true])
    func draft(isForced: Bool) {
        #expect(refusal(.draft, isForced: isForced)?.contains("nothing to reset") == true)
    }

    @Test("Draft, asked for, not claimed yet: by force")
    func asked() {
        #expect(refusal(.draft, .draft)?.contains("--force") == true)
        #expect(refusal(.draft, .draft, isForced: true) == nil)
    }

    @Test("Processing, by a worker that is alive: refused, also by force, and however long", arguments: [false, true])
    func alive(isForced: Bool) {
        let reason = refusal(.draft, .processing, isHeld: true, hours: 100, isForced: isForced)
        #expect(reason?.contains("posting-consumer@a/1, which is alive") == true)
    }

    @Test("Processing, by a worker of which nothing is heard, not for long: by force")
    func silent() {
        #expect(refusal(.draft, .processing, hours: 23)?.contains("stuck after 24 hours") == true)
        #expect(refusal(.draft, .processing, hours: 23, isForced: true) == nil)
    }

    @Test("Processing, stuck: 24 h passed")
    func stuck() {
        #expect(refusal(.draft, .processing, hours: 24) == nil)
    }

    @Test("Posted: refused")
    func posted() {
        #expect(refusal(.posted, isForced: true)?.contains("is posted") == true)
    }

    @Test("Error: back to draft")
    func error() {
        #expect(refusal(.error) == nil)
    }
}
