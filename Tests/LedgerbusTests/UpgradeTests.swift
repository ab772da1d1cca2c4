import Bus
import Dataverse
import Finance
import Foundation
import Operations
import Testbed
import Testing

@testable import Database

/// From the first version of the schemas to this one, with the databases that programs of the first version left, in the middle
/// of their work: `Version1` holds a dump of each.
@Suite(.serialized, .tags(.broker, .processes))
struct UpgradeTests {
    private static func migrations(_ side: Side) -> [Migration] {
        side == .dataverse ? DataverseSchema.migrations : FinanceSchema.migrations
    }

    /// A database as a program of the first version left it.
    private func restored(_ side: Side) throws -> TestDatabase {
        let database = try TestDatabase()
        let dump = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Version1/\(side.rawValue).sql").path
        let outcome = try ProcessBus.run(
            "/usr/bin/psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-f", dump, database.url])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return database
    }

    @Test("All that the first version knew is as it was: its programs run on", arguments: Side.allCases)
    func nothingIsTaken(_ side: Side) throws {
        let database = try restored(side)
        let connection = try database.connect()
        let first = Array(Self.migrations(side)[..<1])
        try Migrations.check(connection, first)
        let before = try Catalogue(connection)
        let applied = try SideDatabase.migrate(side, url: database.url, Self.migrations(side))
        #expect(applied.map(\.version) == Self.migrations(side).dropFirst().map(\.version))
        let after = try Catalogue(connection)

        #expect(before.columns.isSubset(of: after.columns), "\(before.columns.subtracting(after.columns))")
        #expect(before.rules.isSubset(of: after.rules), "\(before.rules.subtracting(after.rules))")
        let known = Set(before.columns.map(\.table))
        for column in after.columns.subtracting(before.columns) where known.contains(column.table) {
            #expect(column.mayBeLeftOut, "\(column) has to be given by whoever adds a row")
        }
        // Those of the first version that start now are let in, and would migrate nothing.
        try Migrations.check(connection, first)
        #expect(try SideDatabase.migrate(side, url: database.url, first).isEmpty)
        // Those of this one are not let in before.
        let old = try restored(side)
        let error = #expect(throws: SchemaMismatch.self) {
            try Migrations.check(old.connect(), Self.migrations(side))
        }
        #expect(error?.description.contains("ledgerbus database migrate") == true)
    }

    @Test(
        "What the first version left unfinished is finished to the cent, and what it published changes nothing when it comes again",
        .tags(.long))
    func workGoesOn() throws {
        let databases = try Dictionary(uniqueKeysWithValues: Side.allCases.map { ($0, try restored($0)) })
        var options = PrivateBus.Options(binaries: ProcessBus.binaries)
        let (dataverse, finance) = (try #require(databases[.dataverse]), try #require(databases[.finance]))
        options.databaseURLs = (dataverse.url, finance.url)
        options.environment = ["LEDGERBUS_CONFIG": "\(ProcessBus.export)/../month/config.yaml"]
        // It migrates both, and its broker, a new one, is sent all that was ever published.
        let test = try ProcessBus(options, dataverse: dataverse.connect(), finance: finance.connect())
        defer { test.remove() }
        let posted = try test.count(test.finance, "SELECT count(*) FROM project_invoices")
        let entries = try test.count(test.finance, "SELECT count(*) FROM ledger_entries")
        #expect(posted > 0 && entries > 0)
        try test.bus.startProcesses()
        let steps = [
            ["status", "--wait", "120"], ["finance", "import-from-staging"],
            ["finance", "post", "--journals", "--wait"],
            ["finance", "import-from-staging"], ["finance", "post", "--proposals", "--wait"],
            ["status", "--wait", "120"],
            ["finance", "import-from-staging"], ["finance", "post", "--proposals", "--wait"],
            ["status", "--wait", "120"],
            ["reconcile"],
        ]
        for step in steps {
            let outcome = try test.ledgerbus(step, environment: [:])
            #expect(outcome.status == 0, "\(step): \(outcome.output)\(outcome.errors)\n\(test.bus.fleet.lastWords)")
        }
        #expect(try test.count(test.finance, "SELECT count(*) FROM project_invoices") > posted)
        #expect(
            try test.count(test.finance, "SELECT count(*) FROM invoice_proposals WHERE status <> 'Invoiced'") == 0)
        #expect(
            try test.count(
                test.finance, "SELECT count(*) - count(DISTINCT customer_invoice_number) FROM project_invoices") == 0)
        #expect(
            try test.count(
                test.finance,
                """
                SELECT count(*) FROM (
                    SELECT 1 FROM ledger_entries GROUP BY data_area_id, voucher
                    HAVING sum(amount) <> 0 OR sum(accounting_amount) <> 0) unbalanced
                """) == 0)
        // The one that the first version had, and no other.
        #expect(try test.count(test.finance, "SELECT count(*) FROM dead_letters") == 1)
        #expect(test.bus.fleet.firstFailure() == nil)
    }
}

/// What the server knows of a schema.
private struct Catalogue {
    struct Column: Hashable, CustomStringConvertible {
        let table: String
        let name: String
        let type: String
        let mayBeLeftOut: Bool

        var description: String { "\(table).\(name) \(type)" }
    }

    let columns: Set<Column>
    /// Constraints, triggers and indexes.
    let rules: Set<String>

    init(_ connection: Connection) throws {
        columns = Set(
            try connection.query(
                """
                SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                    NOT a.attnotnull OR a.atthasdef OR a.attidentity <> ''
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
                    AND c.relname <> 'schema_migrations'
                """
            ).map {
                Column(
                    table: try $0.string(0), name: try $0.string(1), type: try $0.string(2),
                    mayBeLeftOut: try $0.bool(3))
            })
        rules = Set(
            try connection.query(
                """
                SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace
                UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
                UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
                """
            ).map { try $0.string(0) })
    }
}
