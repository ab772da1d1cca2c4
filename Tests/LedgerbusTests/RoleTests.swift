import Bus
import Dataverse
import Finance
import Foundation
import Testbed
import Testing

@testable import Database

/// What each database role may not do. That each may do its work is seen by ``SecuredBusTests``.
@Suite(.rolesOfItsOwn, .tags(.processes))
struct RoleTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let role: DatabaseRoles.Role
        let side: Side
        let sql: String

        init(_ role: DatabaseRoles.Role, _ side: Side, _ sql: String) {
            self.role = role
            self.side = side
            self.sql = sql
        }

        var testDescription: String { "\(role.rawValue) may not: \(sql)" }
    }

    static let refusals: [Refusal] = [
        // Who stages books nothing, and sets up nothing.
        Refusal(.financeConsumer, .finance, "INSERT INTO ledger_entries DEFAULT VALUES"),
        Refusal(.financeConsumer, .finance, "INSERT INTO project_invoices DEFAULT VALUES"),
        Refusal(.financeConsumer, .finance, "SELECT * FROM ledger_entries"),
        Refusal(.financeConsumer, .finance, "UPDATE number_sequences SET next = 1"),
        Refusal(.financeConsumer, .finance, "UPDATE posting_requests SET status = status"),
        Refusal(.financeConsumer, .finance, "DELETE FROM actuals_staging"),
        Refusal(.financeConsumer, .finance, "INSERT INTO exchange_rates DEFAULT VALUES"),
        Refusal(.financeConsumer, .finance, "SELECT payload FROM outbox"),
        Refusal(.financeConsumer, .finance, "DELETE FROM outbox_pending"),
        Refusal(.financeConsumer, .finance, "DELETE FROM dead_letters"),
        Refusal(.financeConsumer, .finance, "DELETE FROM consumer_positions"),
        Refusal(.financeConsumer, .finance, "INSERT INTO operator_actions DEFAULT VALUES"),
        Refusal(.financeConsumer, .finance, "INSERT INTO schema_migrations DEFAULT VALUES"),
        Refusal(.financeConsumer, .finance, "CREATE TABLE mine (id int)"),
        // Who posts never changes what is posted.
        Refusal(.postingConsumer, .finance, "UPDATE ledger_entries SET voucher = ''"),
        Refusal(.postingConsumer, .finance, "DELETE FROM ledger_entries"),
        Refusal(.postingConsumer, .finance, "UPDATE project_transactions SET voucher = ''"),
        Refusal(.postingConsumer, .finance, "UPDATE project_invoices SET customer_invoice_number = ''"),
        Refusal(.postingConsumer, .finance, "DELETE FROM project_invoices"),
        Refusal(.postingConsumer, .finance, "INSERT INTO actuals_staging DEFAULT VALUES"),
        Refusal(.postingConsumer, .finance, "UPDATE companies SET name = ''"),
        Refusal(.postingConsumer, .finance, "INSERT INTO exchange_rates DEFAULT VALUES"),
        Refusal(.postingConsumer, .finance, "DELETE FROM outbox"),
        Refusal(.postingConsumer, .finance, "UPDATE outbox SET topic = ''"),
        Refusal(.postingConsumer, .finance, "DELETE FROM dead_letters"),
        // Who operates changes neither what is posted nor the record of who did what.
        Refusal(.operator, .finance, "UPDATE ledger_entries SET voucher = ''"),
        Refusal(.operator, .finance, "DELETE FROM ledger_entries"),
        Refusal(.operator, .finance, "DELETE FROM sales_tax_transactions"),
        Refusal(.operator, .finance, "UPDATE project_invoices SET customer_invoice_number = ''"),
        Refusal(.operator, .finance, "UPDATE operator_actions SET actor = ''"),
        Refusal(.operator, .finance, "DELETE FROM operator_actions"),
        Refusal(.operator, .finance, "DELETE FROM invoice_proposals"),
        Refusal(.operator, .finance, "UPDATE outbox SET topic = ''"),
        Refusal(.operator, .finance, "DELETE FROM schema_migrations"),
        Refusal(.operator, .finance, "DROP TABLE outbox"),
        Refusal(.operator, .dataverse, "UPDATE accounting_details SET voucher = ''"),
        Refusal(.operator, .dataverse, "INSERT INTO posted_invoices DEFAULT VALUES"),
        Refusal(.operator, .dataverse, "DELETE FROM operator_actions"),
        Refusal(.operator, .dataverse, "ALTER TABLE actuals ADD COLUMN mine int"),
        // Who reads changes nothing, and reads no messages.
        Refusal(.accountant, .finance, "UPDATE exchange_rates SET rate = 1"),
        Refusal(.accountant, .finance, "INSERT INTO outbox DEFAULT VALUES"),
        Refusal(.accountant, .finance, "UPDATE invoice_proposals SET status = status"),
        Refusal(.accountant, .finance, "DELETE FROM integration_journals"),
        Refusal(.accountant, .finance, "TRUNCATE ledger_entries"),
        Refusal(.accountant, .finance, "UPDATE dead_letters SET state = 'requested'"),
        Refusal(.accountant, .finance, "SELECT payload FROM dead_letters"),
        Refusal(.accountant, .finance, "SELECT headers FROM held_messages"),
        Refusal(.accountant, .finance, "SELECT payload FROM outbox"),
        Refusal(.accountant, .finance, "SELECT nextval('staging_batch')"),
        Refusal(.accountant, .dataverse, "UPDATE actuals SET amount = 0"),
        Refusal(.accountant, .dataverse, "DELETE FROM invoices"),
        Refusal(.accountant, .dataverse, "SELECT payload FROM dead_letters"),
        // Who watches sees counts, not amounts.
        Refusal(.monitor, .finance, "SELECT * FROM ledger_entries"),
        Refusal(.monitor, .finance, "SELECT * FROM customers"),
        Refusal(.monitor, .finance, "SELECT payload FROM outbox"),
        Refusal(.monitor, .finance, "SELECT before FROM operator_actions"),
        Refusal(.monitor, .finance, "UPDATE consumer_positions SET next = 0"),
        Refusal(.monitor, .dataverse, "SELECT * FROM entries"),
        // Who relays sends what is there.
        Refusal(.dataverseProducer, .dataverse, "INSERT INTO outbox DEFAULT VALUES"),
        Refusal(.dataverseProducer, .dataverse, "DELETE FROM outbox"),
        Refusal(.dataverseProducer, .dataverse, "SELECT * FROM actuals"),
        Refusal(.dataverseProducer, .dataverse, "UPDATE consumer_positions SET next = 0"),
        // Who writes back writes the feedback, and nothing that is Dataverse's own.
        Refusal(.dataverseConsumer, .dataverse, "UPDATE actuals SET amount = 0"),
        Refusal(.dataverseConsumer, .dataverse, "UPDATE invoices SET status = status"),
        Refusal(.dataverseConsumer, .dataverse, "DELETE FROM accounting_details"),
        Refusal(.dataverseConsumer, .dataverse, "SELECT payload FROM outbox"),
        Refusal(.dataverseConsumer, .dataverse, "UPDATE retainers SET amount = 0"),
    ]

    @Test("A role is refused what is not its work", arguments: refusals)
    func refused(_ refusal: Refusal) throws {
        let roles = try #require(RolesOfItsOwn.current)
        let connection = try Connection(
            url: roles.url(refusal.role, refusal.side), applicationName: "tests")
        let error = #expect(throws: DatabaseError.self) { try connection.execute(refusal.sql) }
        #expect(error?.isInsufficientPrivilege == true, "\(error.map { "\($0)" } ?? "")")
    }

    @Test(
        "A process of one side is not let into the other's database",
        arguments: [
            (DatabaseRoles.Role.financeConsumer, Side.dataverse), (.postingConsumer, .dataverse),
            (.dataverseConsumer, .finance), (.dataverseProducer, .finance),
        ])
    func otherSide(_ role: DatabaseRoles.Role, _ side: Side) throws {
        let roles = try #require(RolesOfItsOwn.current)
        let error = #expect(throws: DatabaseError.self) {
            try Connection(url: roles.url(role, side), applicationName: "tests")
        }
        #expect(error?.description.contains("permission denied for database") == true, "\(error.map { "\($0)" } ?? "")")
        #expect(error?.isTransient == false)
    }

    @Test("Whoever operates may archive and take out all that retention does", arguments: Side.allCases)
    func retention(_ side: Side) throws {
        let roles = try #require(RolesOfItsOwn.current)
        let owner = try #require(RolesOfItsOwn.connections[side])
        try owner.executeScript(
            """
            INSERT INTO dead_letters (cluster_id, topic, partition, message_offset, consumer, payload, payload_size,
                payload_sha256, code, reason, state, discarded_by, discard_reason, changed_at)
            VALUES ('c', 't', 0, 0, 'finance-consumer', '{', 1, '1', 'not-json', 'r', 'discarded', 'Ada', 'x',
                now() - interval '100 days');
            INSERT INTO outbox (topic, key, event_id, trace_id, payload, created_at)
            VALUES ('actual-created', 'key', gen_random_uuid(), gen_random_uuid(), '{}', now() - interval '100 days');
            DELETE FROM outbox_pending;
            """)
        let folder = NSTemporaryDirectory() + "ledgerbus-archive-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let age = Duration.seconds(86_400)
        let policy = RetentionPolicy(outbox: age, deadLetters: age, dedupe: age, executionLog: age, archive: folder)
        let connection = try Connection(url: roles.url(.operator, side), applicationName: "tests")
        let outcomes = try Retention(side, policy).apply(on: connection)
        #expect(outcomes.map(\.rows) == [1, 1, 1, 0])
    }

    @Test(
        "The script may run again, and stops at a table of which nobody has decided who may do what",
        arguments: Side.allCases)
    func undecided(_ side: Side) throws {
        let roles = try #require(RolesOfItsOwn.current)
        #expect(try roles.grant(side).status == 0)
        let connection = try #require(RolesOfItsOwn.connections[side])
        try connection.executeScript("CREATE TABLE forgotten (id int)")
        defer { _ = try? connection.executeScript("DROP TABLE IF EXISTS forgotten") }
        let outcome = try roles.grant(side)
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("no line says who may do what with: forgotten"), "\(outcome.errors)")
        // Those who had rights still have them.
        let monitor = try Connection(url: roles.url(.monitor, side), applicationName: "tests")
        #expect(try monitor.query("SELECT count(*) FROM consumer_positions").single().int(0) == 0)
    }
}

/// Makes both databases and the roles for the tests of a suite.
struct RolesOfItsOwn: SuiteTrait, TestScoping {
    @TaskLocal static var current: DatabaseRoles?
    @TaskLocal fileprivate static var databases: [Side: TestDatabase] = [:]

    fileprivate static var connections: [Side: Connection] { databases.compactMapValues { try? $0.connect() } }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let databases = [
            Side.dataverse: try TestDatabase(DataverseSchema.migrations),
            .finance: try TestDatabase(FinanceSchema.migrations),
        ]
        let roles = try DatabaseRoles(databases.mapValues(\.url))
        defer { roles.remove() }
        try await Self.$databases.withValue(databases) {
            try await Self.$current.withValue(roles) { try await function() }
        }
    }
}

extension Trait where Self == RolesOfItsOwn {
    static var rolesOfItsOwn: Self { RolesOfItsOwn() }
}
