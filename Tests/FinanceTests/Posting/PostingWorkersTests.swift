import Bus
import Contracts
import Service
import Synchronization
import Testbed
import Testing

@testable import Database
@testable import Finance

/// Leases, shutdown and failure of workers (design §5, Posting; promises 2 and 6).
@Suite("Posting workers")
struct PostingWorkersTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    /// Runs two services of two workers each until all requests are done.
    private func runWorkers(until requested: [PostingRequest]) async throws -> [PostingRequestState] {
        let shutdown = GracefulShutdown()
        let services = (1...2).map { number in
            PostingWorkers(
                databaseURL: world.database.url, workers: 2, zone: .utc, choices: world.choices, name: "test \(number)",
                shutdown: shutdown, logger: world.logger())
        }
        let (url, choices) = (world.database.url, world.choices)
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
            try world.journal("J\(number)", [.cost("1"), .unbilled("2"), .unbilled("3")])
            // Two commands for each, as two accountants may send them.
            for _ in 1...2 {
                let command = try world.request(.journal, "J\(number)")
                requested.append(
                    .init(commandId: command, company: "usmf", kind: .journal, number: world.number("J\(number)")))
            }
        }
        let outcomes = try await runWorkers(until: requested)
        #expect(outcomes.allSatisfy { $0.status == .posted && $0.rowsDone == 3 })
        #expect(outcomes.count { $0.message?.contains("already posted") == true } == 30)
        #expect(try world.count("project_transactions") == 90)
        #expect(try world.count("ledger_entries") == 180)
        #expect(try world.count("outbox") == 90)
        #expect(try world.count("integration_journals", "status = 'Posted'") == 30)
        #expect(try world.text("SELECT max(attempts)::text FROM posting_requests") == "1")
    }

    @Test("Invoices posted side by side get numbers without gaps")
    func invoiceNumbers() async throws {
        var requested: [PostingRequest] = []
        for number in 1...20 {
            try world.proposal("P\(number)", [.typed("10")])
            let command = try world.request(.proposal, "P\(number)")
            requested.append(.init(commandId: command, company: "usmf", kind: .proposal, number: "P\(number)"))
        }
        #expect(try await runWorkers(until: requested).allSatisfy { $0.status == .posted })
        #expect(
            try world.text(
                "SELECT count(DISTINCT customer_invoice_number) || ' ' || max(customer_invoice_number) FROM project_invoices"
            )
                == "20 CIV-000020")
        #expect(try world.count("number_sequence_gaps") == 0)
    }

    private func journalOfTwoChunks() throws -> GUID {
        try world.journal("J", [.cost("1"), .unbilled("2"), .unbilled("3")])
        return try world.request(.journal, "J")
    }

    @Test("A worker that lost its lease cannot commit, and leaves the request to the new one")
    func lostLease() throws {
        let command = try journalOfTwoChunks()
        let url = world.database.url
        let worker = world.worker(chunk: 2) { rows in
            guard rows == 3 else { return }
            // Frozen for longer than its lease: another worker claims.
            let other = try Connection(url: url, applicationName: "other")
            try other.execute("UPDATE posting_requests SET lease_expires_at = now() - interval '1 second'")
            let claimed = try PostingClaims(worker: "other", lease: .seconds(60)).claim(on: other)
            #expect(claimed?.epoch == 2)
        }
        #expect(try worker.workOnce(world.connection))
        #expect(try world.rowsPosted() == 0)
        #expect(try world.text("SELECT status FROM integration_journals") == "Draft")
        #expect(try world.outcome(of: command).status == "Processing")
        #expect(try world.text("SELECT worker FROM posting_requests") == "other")
    }

    @Test("A request whose worker died is posted by another when the lease has expired")
    func expiredLease() throws {
        let command = try journalOfTwoChunks()
        let dead = PostingClaims(worker: "dead", lease: .seconds(60))
        let claimed = try #require(try dead.claim(on: world.connection))
        #expect(try !world.worker().workOnce(world.connection))
        #expect(try dead.renew(claimed, rowsDone: 2, on: world.connection))
        try world.connection.execute("UPDATE posting_requests SET lease_expires_at = now() - interval '1 second'")
        #expect(try world.worker().workOnce(world.connection))
        #expect(try world.outcome(of: command) == .init(status: "Posted"))
        #expect(try !dead.renew(claimed, rowsDone: 2, on: world.connection))
        #expect(try world.text("SELECT attempts || ' ' || epoch FROM posting_requests") == "2 2")
    }

    @Test("A lease that ends an hour from now keeps nobody waiting: the server's clock was set back")
    func clockSetBack() throws {
        let command = try journalOfTwoChunks()
        let dead = PostingClaims(worker: "dead", lease: .seconds(60))
        _ = try #require(try dead.claim(on: world.connection))
        try world.connection.execute(
            "UPDATE posting_requests SET lease_expires_at = lease_expires_at + interval '1 hour'")
        #expect(try world.worker().workOnce(world.connection))
        #expect(try world.outcome(of: command) == .init(status: "Posted"))
    }

    @Test("A request at which every worker dies ends as an error, and is posted when it is reset and asked for anew")
    func everyWorkerDies() throws {
        let command = try journalOfTwoChunks()
        let dying = PostingClaims(worker: "dying", lease: .zero)
        for _ in 0..<ClaimedRequest.mostAttempts {
            #expect(try dying.claim(on: world.connection)?.commandId == command)
        }
        #expect(try world.worker().workOnce(world.connection))
        #expect(try world.outcome(of: command).status == "Error")
        #expect(
            try world.text("SELECT error FROM posting_requests").contains("10 workers ended while they posted it"))
        #expect(try world.rowsPosted() == 0)
        try world.reset("J")
        let again = try world.request(.journal, "J")
        #expect(try world.worker().workOnce(world.connection))
        #expect(try world.outcome(of: again) == .init(status: "Posted"))
    }

    @Test("While a journal is being posted, a second request for it waits")
    func sameNumberWaits() throws {
        _ = try journalOfTwoChunks()
        try world.request(.journal, "J")
        let table = PostingClaims(worker: "one", lease: .seconds(60))
        #expect(try table.claim(on: world.connection) != nil)
        #expect(try table.claim(on: world.connection) == nil)
    }

    @Test("A shutdown in the middle rolls the posting back and gives the request to the next worker")
    func shutdown() throws {
        let command = try journalOfTwoChunks()
        let shutdown = GracefulShutdown()
        let worker = world.worker(chunk: 2, shutdown: shutdown) { if $0 == 2 { shutdown.request() } }
        #expect(try worker.workOnce(world.connection))
        #expect(try world.outcome(of: command).status == "Draft")
        #expect(try world.rowsPosted() == 0)
        #expect(try world.worker().workOnce(world.connection))
        #expect(try world.outcome(of: command) == .init(status: "Posted"))
        #expect(try world.count("project_transactions") == 3)
    }

    @Test(
        "A connection that is killed in the middle leaves nothing, and the posting is done again",
        arguments: PostingKind.allCases)
    func killedConnection(kind: PostingKind) throws {
        let line = ProposalLineSample.typed("10")
        if kind == .journal { try world.journal("X", [.cost("1"), .cost("2"), .cost("3")]) }
        if kind == .proposal { try world.proposal("X", [line, line, line]) }
        let command = try world.request(kind, "X")
        let url = world.database.url
        let kills = Atomic<Int>(0)
        let worker = world.worker(chunk: 2) { rows in
            guard rows == 3, kills.add(1, ordering: .relaxed).newValue == 1 else { return }
            let other = try Connection(url: url, applicationName: "killer")
            try other.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'test'")
            let left = try ["project_transactions", "project_invoice_lines", "ledger_entries", "outbox"].reduce(0) {
                try $0 + other.query("SELECT count(*) FROM \($1)").single().int(0)
            }
            #expect(left == 0)
        }
        #expect(try worker.workOnce(world.connection))
        #expect(kills.load(ordering: .relaxed) == 2)
        #expect(try world.outcome(of: command) == .init(status: "Posted"))
        #expect(try world.count("outbox", "topic = 'accounting-detail'") == 3)
        #expect(try world.count("project_invoices") == (kind == .proposal ? 1 : 0))
        #expect(try world.count("number_sequence_gaps") == 0)
    }

    @Test("Set-up that changes is noticed by the next posting")
    func setupChanges() throws {
        let worker = world.worker()
        for (number, account) in [("J1", "A-cost"), ("J2", "6000")] {
            try world.journal(number, [.cost("1")])
            try world.request(.journal, number)
            #expect(try worker.workOnce(world.connection))
            #expect(
                try world.text(
                    "SELECT main_account FROM ledger_entries WHERE voucher = '\(world.voucher("\(number)-1"))' AND posting_type = 'cost'"
                )
                    == account)
            try world.connection.execute(
                "UPDATE posting_accounts SET main_account = '6000' WHERE posting_type = 'cost'")
        }
    }
}
