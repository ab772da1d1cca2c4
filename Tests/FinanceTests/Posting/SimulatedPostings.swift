import Bus
import Contracts
import Service
import Testbed
import Testing

@testable import Database
@testable import Finance

/// Posting workers whose every step is chosen by a seed: they are the product's own, on a real database, in one thread. Time
/// is a step that ends leases, and what befalls a worker befalls it between two chunks of a document.
final class SimulatedPostings: @unchecked Sendable {
    // Safe to share: used by one thread, also within a worker's checkpoints.

    /// The process ends here.
    private struct Crash: Error {}

    private let world: FinanceWorld
    private var random: SeededRandom
    private var workers: [(worker: PostingWorker, connection: Connection)?] = [nil, nil, nil]
    private var journals: [String: Int] = [:]
    /// What happens at the checkpoint after so many others, once.
    private var fault: (after: Int, happens: () throws -> Void)?
    private(set) var steps: [String: Int] = [:]

    init(random: SeededRandom) throws {
        self.random = random
        world = try FinanceWorld(setup: FinanceWorld.postingSetup)
        for number in 1...12 {
            let lines = Int.random(in: 1...7, using: &self.random)
            try world.journal(
                "J\(number)", (0..<lines).map { $0 % 3 == 0 ? .cost("\($0 + 1)") : .unbilled("\($0 + 1)") })
            journals[world.number("J\(number)")] = lines
        }
    }

    /// Takes so many steps, and then comes to the end undisturbed.
    func run(steps count: Int) throws {
        for number in 0..<count {
            try step()
            try check("step \(number)")
        }
        try pass()
        workers = [nil, nil, nil]
        try start(0)
        // Who has ended too many workers is asked for once more.
        for journal in 1...12 { try world.request(.journal, "J\(journal)") }
        while try workers[0].map({ try $0.worker.workOnce($0.connection) }) ?? false {}
        try check("the end")
        let open = try world.texts(
            """
            SELECT journal_number FROM integration_journals j WHERE status <> 'Posted' AND NOT EXISTS (
                SELECT FROM posting_requests r WHERE r.number = j.journal_number AND r.error_code = 'workers-ended')
            """)
        #expect(open.isEmpty, "\(random)")
        #expect(try world.count("posting_requests", "status IN ('Draft', 'Processing')") == 0, "\(random)")
    }

    private func step() throws {
        let who = Int.random(in: 0..<workers.count, using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<25:
            count("request")
            try world.request(.journal, "J\(Int.random(in: 1...12, using: &random))")
        case 25..<40: try pass()
        case 40..<43:
            count("crash")
            workers[who] = nil
        default:
            if workers[who] == nil { try start(who) }
            try work(who)
        }
    }

    private func start(_ who: Int) throws {
        count("start")
        let name = "worker \(who)"
        let worker = PostingWorker(
            claims: PostingClaims(worker: name, lease: .seconds(600)), active: ActivePostings(),
            databaseURL: world.database.url, setups: SetupCache(), zone: .utc, choices: world.choices, chunk: 2,
            shutdown: GracefulShutdown(), logger: world.logger(),
            atCheckpoint: { [weak self] _ in try self?.atCheckpoint() })
        workers[who] = (worker, try world.database.connect())
    }

    private func atCheckpoint() throws {
        guard let fault else { return }
        self.fault = fault.after == 0 ? nil : (fault.after - 1, fault.happens)
        if fault.after == 0 { try fault.happens() }
    }

    private func work(_ who: Int) throws {
        guard let (worker, connection) = workers[who] else { return }
        let after = Int.random(in: 0...3, using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0: plan("crash in a posting", after) { throw Crash() }
        case 1: plan("killed session", after) { [self] in try killSession(who) }
        case 2:
            plan("lease lost", after) { [self] in
                try pass()
                // Another claims the document, and ends before it begins.
                _ = try PostingClaims(worker: "other", lease: .seconds(600)).claim(on: world.connection)
            }
        case 3:
            plan("posted by another meanwhile", after) { [self] in
                try pass()
                try killSession(who)
                guard let other = workers.indices.first(where: { $0 != who && workers[$0] != nil }) else { return }
                while try workers[other].map({ try $0.worker.workOnce($0.connection) }) ?? false {}
            }
        case 4: plan("stopped", after) { throw CancellationError() }
        default: count("work")
        }
        defer { fault = nil }
        do { _ = try worker.workOnce(connection) } catch is Crash { workers[who] = nil }
    }

    private func plan(_ name: String, _ after: Int, _ happens: @escaping () throws -> Void) {
        fault = (
            after,
            { [self] in
                count(name)
                try happens()
            }
        )
    }

    /// Leases expire.
    private func pass() throws {
        count("time passes")
        try world.connection.execute(
            "UPDATE posting_requests SET lease_expires_at = '-infinity' WHERE status = 'Processing'")
    }

    private func killSession(_ who: Int) throws {
        _ = try world.connection.query(
            """
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = $1
            """, "worker \(who)")
    }

    private func count(_ step: String) { steps[step, default: 0] += 1 }

    /// A journal is posted whole or not at all, once, and what is posted is published and balances.
    private func check(_ place: String) throws {
        let posted = Set(
            try world.texts("SELECT journal_number FROM integration_journals WHERE status = 'Posted'"))
        let lines = posted.reduce(0) { $0 + (journals[$1] ?? 0) }
        for (table, count) in [("project_transactions", lines), ("ledger_entries", 2 * lines), ("outbox", lines)] {
            let found = try world.count(table)
            try #require(found == count, "\(random), \(place): \(found) rows in \(table), \(count) are of \(posted)")
        }
        let isOdd = try world.connection.value(
            Bool.self,
            """
            SELECT EXISTS (SELECT FROM project_transactions GROUP BY actual_id HAVING count(*) > 1)
                OR EXISTS (SELECT FROM ledger_entries GROUP BY voucher HAVING sum(amount) <> 0 OR sum(accounting_amount) <> 0)
            """)
        try #require(!isOdd, "\(random), \(place)")
    }
}
