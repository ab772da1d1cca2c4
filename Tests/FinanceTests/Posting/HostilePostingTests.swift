import Bus
import Contracts
import Service
import Testbed
import Testing

@testable import Database
@testable import Finance

/// Posting on a database that says no for a while, or does not say whether it has committed (promises 2 and 6).
@Suite("Posting on a database that does not behave")
struct HostilePostingTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    /// Ten journals and ten proposals, each asked for twice.
    private func request() throws -> [PostingRequest] {
        var requested: [PostingRequest] = []
        for number in 1...10 {
            try world.journal("J\(number)", [.cost("1"), .unbilled("2")])
            try world.proposal("P\(number)", [.typed("10")])
            for _ in 1...2 {
                requested.append(
                    PostingRequest(
                        commandId: try world.request(.journal, "J\(number)"), company: "usmf", kind: .journal,
                        number: world.number("J\(number)")))
                requested.append(
                    PostingRequest(
                        commandId: try world.request(.proposal, "P\(number)"), company: "usmf", kind: .proposal,
                        number: "P\(number)"))
            }
        }
        return requested
    }

    private func post(_ requested: [PostingRequest], by url: String) async throws {
        let shutdown = GracefulShutdown()
        let workers = PostingWorkers(
            databaseURL: url, workers: 2, zone: .utc, choices: world.choices, name: "test", shutdown: shutdown,
            logger: world.logger())
        let (own, choices) = (world.database.url, world.choices)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await workers.run() }
            let outcomes = try await runOnThread(name: "wait") {
                try PostingRequests(choices: choices).wait(
                    for: requested, timeout: .seconds(120), shutdown: GracefulShutdown(),
                    on: Connection(url: own, applicationName: "wait"))
            }
            shutdown.request()
            try await group.waitForAll()
            #expect(outcomes.allSatisfy { $0.status == .posted })
        }
    }

    /// Everything is posted once, and every number that was given out is in use, or a recorded gap.
    private func expectOnce() throws {
        #expect(try world.count("integration_journals", "status = 'Posted'") == 10)
        #expect(try world.count("project_invoices") == 10)
        #expect(try world.count("outbox", "topic = 'accounting-detail'") == 30)
        #expect(try world.count("outbox", "topic = 'invoice-posted'") == 10)
        #expect(
            try world.texts("SELECT voucher FROM ledger_entries GROUP BY voucher HAVING sum(accounting_amount) <> 0")
                .isEmpty)
        #expect(
            try world.texts(
                "SELECT count(DISTINCT customer_invoice_number) || ' ' || max(customer_invoice_number) FROM project_invoices"
            )
                == ["10 CIV-000010"])
        let unaccounted = try NumberGap.list(ReportScope(), zone: .utc, on: world.connection).filter { !$0.isExplained }
        #expect(unaccounted.isEmpty, "\(unaccounted)")
    }

    @Test(
        "Answers to commits that are lost: every document is posted once, and every number is in use or a recorded gap")
    func lostAnswers() async throws {
        let requested = try request()
        let proxy = try SilentProxy(to: world.database.url)
        defer { proxy.close() }
        proxy.loseAnswers(to: "COMMIT", times: 25)
        try await post(requested, by: try proxy.url(world.database.url))
        #expect(proxy.lostAnswers == 25)
        try expectOnce()
    }

    @Test(
        "What the server refuses for a while is posted after it, once",
        arguments: ["40001", "40P01", "55P03", "57014", "53100", "53200", "25006", "57P01"])
    func passes(_ state: String) async throws {
        let requested = try request()
        try world.connection.executeScript(
            """
            CREATE SEQUENCE attempts;
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF nextval('attempts') % 4 = 1 AND currval('attempts') < 40 THEN
                    RAISE EXCEPTION 'injected' USING ERRCODE = '\(state)';
                END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER refuse AFTER INSERT ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse();
            CREATE TRIGGER refuse AFTER UPDATE ON posting_requests FOR EACH STATEMENT EXECUTE FUNCTION refuse();
            CREATE TRIGGER refuse AFTER UPDATE ON number_sequences FOR EACH STATEMENT EXECUTE FUNCTION refuse()
            """)
        try await post(requested, by: world.database.url)
        try expectOnce()
    }
}
