import Bus
import Contracts
import Database
import Service
import Synchronization
import Testbed
import Testing

@testable import Finance

/// Leases, shutdown and failure of workers (design §5, Posting; promises 2 and 6).
@Suite("Posting workers")
struct PostingWorkersTests {
    let fixture: PostingFixture

    init() throws { fixture = try PostingFixture() }

    /// Runs two services of two workers each until all requests are done.
    private func runWorkers(until requested: [PostingRequest]) async throws -> [PostingRequestState] {
        let shutdown = GracefulShutdown()
        let services = (1...2).map { number in
            PostingWorkers(
                databaseURL: fixture.database.url, workers: 2, choices: fixture.choices, name: "test \(number)",
                shutdown: shutdown, logger: fixture.logger())
        }
        let (url, choices) = (fixture.database.url, fixture.choices)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { try await service.run() } }
            let outcomes = try await runOnThread(name: "wait") {
                try PostingRequests(choices: choices).wait(
                    for: requested, timeout: .seconds(120), shutdown: GracefulShutdown(),
                    on: Connection(url: url, applicationName: "wait"))
            }
            shutdown.request()
            try await group.waitForAll()
            return outcomes
        }
    }

    @Test("Four workers in two processes share the journals, and post none twice")
    func nothingTwice() async throws {
        var requested: [PostingRequest] = []
        for number in 1...30 {
            try fixture.journal("J\(number)", [.cost("1"), .unbilled("2"), .unbilled("3")])
            // Two commands for each, as two accountants may send them.
            for _ in 1...2 {
                let command = try fixture.request(.journal, "J\(number)")
                requested.append(.init(commandId: command, company: "usmf", kind: .journal, number: "J\(number)"))
            }
        }
        let outcomes = try await runWorkers(until: requested)
        #expect(outcomes.allSatisfy { $0.status == .posted && $0.rowsDone == 3 })
        #expect(outcomes.count { $0.message?.contains("already posted") == true } == 30)
        #expect(try fixture.count("project_transactions") == 90)
        #expect(try fixture.count("ledger_entries") == 180)
        #expect(try fixture.count("outbox") == 90)
        #expect(try fixture.count("integration_journals", "status = 'Posted'") == 30)
        #expect(try fixture.text("SELECT max(attempts)::text FROM posting_requests") == "1")
    }

    @Test("Invoices posted side by side get numbers without gaps")
    func invoiceNumbers() async throws {
        var requested: [PostingRequest] = []
        for number in 1...20 {
            try fixture.proposal("P\(number)", [ProposalLineSample(project: "PLAIN", amount: "10")])
            let command = try fixture.request(.proposal, "P\(number)")
            requested.append(.init(commandId: command, company: "usmf", kind: .proposal, number: "P\(number)"))
        }
        #expect(try await runWorkers(until: requested).allSatisfy { $0.status == .posted })
        #expect(
            try fixture.text(
                "SELECT count(DISTINCT customer_invoice_number) || ' ' || max(customer_invoice_number) FROM project_invoices"
            )
                == "20 CIV-000020")
        #expect(try fixture.count("number_sequence_gaps") == 0)
    }

    private func journalOfTwoChunks() throws -> GUID {
        try fixture.journal("J", [.cost("1"), .unbilled("2"), .unbilled("3")])
        return try fixture.request(.journal, "J")
    }

    @Test("A worker that lost its lease cannot commit, and leaves the request to the new one")
    func lostLease() throws {
        let command = try journalOfTwoChunks()
        let url = fixture.database.url
        let worker = fixture.worker(chunk: 2) { rows in
            guard rows == 3 else { return }
            // Frozen for longer than its lease: another worker claims.
            let other = try Connection(url: url, applicationName: "other")
            try other.execute("UPDATE posting_requests SET lease_expires_at = now() - interval '1 second'")
            let claimed = try PostingClaims(worker: "other", lease: .seconds(60)).claim(on: other)
            #expect(claimed?.epoch == 2)
        }
        #expect(try worker.workOnce(fixture.connection))
        #expect(try fixture.rowsPosted() == 0)
        #expect(try fixture.text("SELECT status FROM integration_journals") == "Draft")
        #expect(try fixture.outcome(of: command).status == "Processing")
        #expect(try fixture.text("SELECT worker FROM posting_requests") == "other")
    }

    @Test("A request whose worker died is posted by another when the lease has expired")
    func expiredLease() throws {
        let command = try journalOfTwoChunks()
        let dead = PostingClaims(worker: "dead", lease: .seconds(60))
        let claimed = try #require(try dead.claim(on: fixture.connection))
        #expect(try !fixture.worker().workOnce(fixture.connection))
        #expect(try dead.renew(claimed, rowsDone: 2, on: fixture.connection))
        try fixture.connection.execute("UPDATE posting_requests SET lease_expires_at = now() - interval '1 second'")
        #expect(try fixture.worker().workOnce(fixture.connection))
        #expect(try fixture.outcome(of: command) == .init(status: "Posted"))
        #expect(try !dead.renew(claimed, rowsDone: 2, on: fixture.connection))
        #expect(try fixture.text("SELECT attempts || ' ' || epoch FROM posting_requests") == "2 2")
    }

    @Test("A request at which every worker dies ends as an error, and is posted when it is asked for anew")
    func everyWorkerDies() throws {
        let command = try journalOfTwoChunks()
        let dying = PostingClaims(worker: "dying", lease: .zero)
        for _ in 0..<ClaimedRequest.mostAttempts {
            #expect(try dying.claim(on: fixture.connection)?.commandId == command)
        }
        #expect(try fixture.worker().workOnce(fixture.connection))
        #expect(try fixture.outcome(of: command).status == "Error")
        #expect(
            try fixture.text("SELECT error FROM posting_requests").contains("10 workers ended while they posted it"))
        #expect(try fixture.rowsPosted() == 0)
        let again = try fixture.request(.journal, "J")
        #expect(try fixture.worker().workOnce(fixture.connection))
        #expect(try fixture.outcome(of: again) == .init(status: "Posted"))
    }

    @Test("While a journal is being posted, a second request for it waits")
    func sameNumberWaits() throws {
        _ = try journalOfTwoChunks()
        try fixture.request(.journal, "J")
        let table = PostingClaims(worker: "one", lease: .seconds(60))
        #expect(try table.claim(on: fixture.connection) != nil)
        #expect(try table.claim(on: fixture.connection) == nil)
    }

    @Test("A shutdown in the middle rolls the posting back and gives the request to the next worker")
    func shutdown() throws {
        let command = try journalOfTwoChunks()
        let shutdown = GracefulShutdown()
        let worker = fixture.worker(chunk: 2, shutdown: shutdown) { if $0 == 2 { shutdown.request() } }
        #expect(try worker.workOnce(fixture.connection))
        #expect(try fixture.outcome(of: command).status == "Draft")
        #expect(try fixture.rowsPosted() == 0)
        #expect(try fixture.worker().workOnce(fixture.connection))
        #expect(try fixture.outcome(of: command) == .init(status: "Posted"))
        #expect(try fixture.count("project_transactions") == 3)
    }

    @Test(
        "A connection that is killed in the middle leaves nothing, and the posting is done again",
        arguments: PostingKind.allCases)
    func killedConnection(kind: PostingKind) throws {
        let line = ProposalLineSample(project: "PLAIN", amount: "10")
        if kind == .journal { try fixture.journal("X", [.cost("1"), .cost("2"), .cost("3")]) }
        if kind == .proposal { try fixture.proposal("X", [line, line, line]) }
        let command = try fixture.request(kind, "X")
        let url = fixture.database.url
        let kills = Atomic<Int>(0)
        let worker = fixture.worker(chunk: 2) { rows in
            guard rows == 3, kills.add(1, ordering: .relaxed).newValue == 1 else { return }
            let other = try Connection(url: url, applicationName: "killer")
            try other.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'test'")
            let left = try ["project_transactions", "project_invoice_lines", "ledger_entries", "outbox"].reduce(0) {
                try $0 + other.query("SELECT count(*) FROM \($1)").single().int(0)
            }
            #expect(left == 0)
        }
        #expect(try worker.workOnce(fixture.connection))
        #expect(kills.load(ordering: .relaxed) == 2)
        #expect(try fixture.outcome(of: command) == .init(status: "Posted"))
        #expect(try fixture.count("outbox", "topic = 'accounting-detail'") == 3)
        #expect(try fixture.count("project_invoices") == (kind == .proposal ? 1 : 0))
        #expect(try fixture.count("number_sequence_gaps") == 0)
    }

    @Test("Set-up that changes is noticed by the next posting")
    func setupChanges() throws {
        let worker = fixture.worker()
        for (number, account) in [("J1", "A-cost"), ("J2", "6000")] {
            try fixture.journal(number, [.cost("1")])
            try fixture.request(.journal, number)
            #expect(try worker.workOnce(fixture.connection))
            #expect(
                try fixture.text(
                    "SELECT main_account FROM ledger_entries WHERE voucher = '\(number)-1' AND posting_type = 'cost'")
                    == account)
            try fixture.connection.execute(
                "UPDATE posting_accounts SET main_account = '6000' WHERE posting_type = 'cost'")
        }
    }
}
