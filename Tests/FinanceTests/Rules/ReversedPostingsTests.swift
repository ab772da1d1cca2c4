import Bus
import Contracts
import Testing

@testable import Finance

@Suite("Where a journal's reversal is booked (domain.md §9.26)")
struct ReversedPostingsTests {
    private let original = GUID(high: 1, low: 1)
    private let accounts = JournalAccounts(
        debit: LedgerAccount(postingType: .cost, mainAccount: "1"),
        credit: LedgerAccount(postingType: .payrollAllocation, mainAccount: "2"))

    private func postings(_ known: ReversedPostings.Original?) -> ReversedPostings {
        var postings = ReversedPostings(of: [original])
        if let known { postings.learn(original, known) }
        return postings
    }

    @Test("On the accounts of its original, or nowhere if that booked nothing")
    func posted() throws {
        #expect(try postings(.posted(accounts)).original(of: original) == .some(accounts))
        #expect(try postings(.posted(nil)).original(of: original) == .some(nil))
    }

    @Test("Where set-up says, when it reverses no row that has a line")
    func unknown() throws {
        #expect(try postings(nil).original(of: original) == .none)
        #expect(try postings(.posted(accounts)).original(of: nil) == .none)
    }

    @Test("Where set-up says, when it is posted before its original, whose journal is named")
    func unposted() throws {
        let postings = postings(.unposted(journal: "J-7"))
        #expect(try postings.original(of: original) == .none)
        #expect(postings.unposted == ["J-7"] && !postings.isPosted(original))
    }

    @Test("Not without its original, when that could not be posted")
    func refused() {
        let refusal = #expect(throws: LineRefusal.self) { try postings(.refused).original(of: original) }
        #expect(refusal?.reason.code == .waitsForReversed)
    }

    @Test("Only what the lines reverse is remembered")
    func others() {
        var postings = ReversedPostings(of: [])
        postings.learn(original, .refused)
        #expect(postings.isEmpty && postings.actuals.isEmpty)
    }
}
