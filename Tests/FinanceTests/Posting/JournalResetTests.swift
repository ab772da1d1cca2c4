import Bus
import Contracts
import Database
import Testbed
import Testing

@testable import Finance

@Suite("Journals in error, stuck, and selected (domain.md §6.11)")
struct JournalResetTests {
    private let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    private var requests: PostingRequests { PostingRequests(choices: world.choices) }

    private func status(_ name: String) throws -> JournalHeaderStatus? {
        try JournalSummary.list(world.connection).first { $0.number == world.number(name) }?.status
    }

    @Test("Error: not posted, also when asked for by its number, before it is reset to draft")
    func error() throws {
        try world.connection.executeScript("DELETE FROM posting_accounts WHERE posting_type = 'item-offset'")
        try world.journal("J", [.cost("2", .material)])
        #expect(try world.post(.journal, "J").status == "Error")
        #expect(try status("J") == .error)
        try world.connection.executeScript(
            "INSERT INTO posting_accounts VALUES ('usmf', 'item-offset', 'company', '', '1')")
        #expect(try requests.publish(.journals, requestedBy: "Ada", on: world.connection).isEmpty)
        #expect(try world.post(.journal, "J").error?.contains("is in error") == true)
        try world.reset("J")
        #expect(try status("J") == .draft)
        let lines = try JournalLineSummary.list(world.connection, company: "usmf", journal: world.number("J"))
        #expect(lines.map(\.status) == [.draft] && lines.map(\.error) == [nil])
        #expect(try requests.publish(.journals, requestedBy: "Ada", on: world.connection).count == 1)
        #expect(try world.post(.journal, "J") == .init(status: "Posted"))
        #expect(try status("J") == .posted)
        #expect(throws: JournalRefusal.self) { try world.reset("J", isForced: true) }
        #expect(try world.count("execution_log", "message = 'reset to draft by tests'") == 1)
    }

    @Test("Without the transfer of bad lines one of them keeps its whole journal from being posted")
    func noTransfer() throws {
        try world.configure([
            (
                "journal-period-unit: days",
                "journal-period-unit: days\n      transfer-lines-with-posting-errors: false"
            ), ("              item-offset: {company: A-item-offset}\n", ""),
            ("      item-offset: {company: A-item-offset}\n", ""),
        ])
        try world.journal("J", [.cost("1"), .cost("2", .material)])
        #expect(try world.post(.journal, "J").error?.contains("because of 1 of its lines: line 2") == true)
        #expect(try world.rowsPosted() == 0 && world.count("integration_journals") == 1)
        let lines = try JournalLineSummary.list(world.connection, company: "usmf", journal: world.number("J"))
        #expect(lines.map(\.status) == [.draft, .error])
    }

    @Test("Processing: never reset while a live lease holds it; stuck after the hours of the parameter, or by force")
    func stuck() throws {
        try world.journal("J", [.cost("1"), .cost("2")])
        let command = try world.request(.journal, "J")
        let claims = PostingClaims(worker: "posting-consumer@a/1", lease: .seconds(120))
        let claimed = try #require(try claims.claim(on: world.connection))
        #expect(try status("J") == .processing)
        let lines = try JournalLineSummary.list(world.connection, company: "usmf", journal: world.number("J"))
        #expect(lines.map(\.status) == [.processing, .processing])
        for isForced in [false, true] {
            let refusal = #expect(throws: JournalRefusal.self) { try world.reset("J", isForced: isForced) }
            #expect(refusal?.reason.contains("posting-consumer@a/1, which is alive") == true)
        }
        // Nothing is heard of the worker, and not for long.
        try world.connection.execute("UPDATE posting_requests SET lease_expires_at = now() - interval '1 minute'")
        #expect(throws: JournalRefusal.self) { try world.reset("J") }
        try world.connection.execute("UPDATE posting_requests SET processing_since = now() - interval '25 hours'")
        try world.reset("J")
        #expect(try status("J") == .draft)
        #expect(try world.outcome(of: command).error?.contains("reset to draft by tests") == true)
        // Its worker, if it still is, cannot commit.
        #expect(throws: PostingLeaseLost.self) {
            try world.connection.transaction {
                try claims.finish(claimed, PostedDocument(lines: 2), on: world.connection)
            }
        }
        #expect(try world.post(.journal, "J").status == "Posted")
    }

    @Test("Stuck: by force at once, when the operator knows that nothing is running")
    func forced() throws {
        try world.journal("J", [.cost("1")])
        let command = try world.request(.journal, "J")
        #expect(throws: JournalRefusal.self) { try world.reset("J") }
        try world.reset("J", isForced: true)
        #expect(try world.outcome(of: command).status == "Error")
        #expect(try JournalDeletion.delete(world.number("J"), of: "usmf", on: world.connection) == 1)
    }

    @Test("Filters: period start date, journal number, original journal number")
    func filters() throws {
        try world.connection.executeScript("DELETE FROM posting_accounts WHERE posting_type = 'item-offset'")
        try world.journal("J1", [.cost("1"), .cost("2", .material)])
        try world.post(.journal, "J1")
        let apart = try #require(try JournalSummary.list(world.connection).last)
        try JournalReset.reset(apart.number, of: "usmf", requestedBy: "tests", on: world.connection)
        try world.journal("J2", [.cost("1")])
        try world.journal("J3", [.cost("1")])
        let (j1, j2, j3) = (world.number("J1"), world.number("J2"), world.number("J3"))
        func asked(_ filter: JournalFilter) throws -> [String] {
            try PostingRequestStore(connection: world.connection).documents(.journals, filter: filter, company: nil)
                .map(\.number)
        }
        #expect(try asked(JournalFilter()) == [apart.number, j2, j3].sorted())
        #expect(try asked(JournalFilter(periodStart: try day("2026-01-02"))) == [j2])
        #expect(try asked(JournalFilter(number: j3)) == [j3])
        #expect(try asked(JournalFilter(originalNumber: j1)) == [apart.number])
        #expect(try asked(JournalFilter(periodStart: try day("2026-01-02"), number: j3)).isEmpty)
        #expect(
            try requests.publish(.journals, filter: JournalFilter(number: j2), requestedBy: "Ada", on: world.connection)
                .map(\.number) == [j2])
    }
}
