import Bus
import Dataverse
import Finance
import Testbed
import Testing

@testable import Database

/// What a migration may be: it never changes once it has shipped, and those of the version before run on beside it.
struct SchemaVersionTests {
    private static func migrations(_ side: Side) -> [Migration] {
        side == .dataverse ? DataverseSchema.migrations : FinanceSchema.migrations
    }

    /// The checksum of every migration that has shipped. A line is added when one ships, and never changed: what is wrong
    /// with a migration is corrected by a later one.
    private static let shipped: [(side: Side, version: Int, checksum: String)] = [
        (.dataverse, 1, "91c91b853f081259"),
        (.finance, 1, "33a3afef795f7bd4"),
    ]

    @Test("A migration that has shipped never changes", arguments: shipped)
    func frozen(_ side: Side, _ version: Int, _ checksum: String) throws {
        let migration = try #require(Self.migrations(side).first { $0.version == version })
        #expect(migration.checksum == checksum, "write migration \(Self.migrations(side).count + 1) instead")
    }

    @Test("Migrations are counted from 1 without gaps, and each says which side's it is", arguments: Side.allCases)
    func counted(_ side: Side) {
        let migrations = Self.migrations(side)
        #expect(migrations.map(\.version) == Array(1...migrations.count))
        #expect(migrations.allSatisfy { $0.name.hasPrefix(side.schemaName) })
    }

    @Test("A migration beside which older programs run only adds: nothing that they write is refused or rewritten")
    func onlyAdds() throws {
        for side in Side.allCases {
            for migration in Self.migrations(side) where migration.oldestProgram < migration.version {
                let made = Set(migration.sql.matches(of: /CREATE TABLE (\w+)/).map { String($0.1) })
                for statement in Self.statements(migration.sql) {
                    #expect(Self.onlyAdds(statement, made: made), "\(side.rawValue) \(migration.version): \(statement)")
                }
            }
        }
    }

    @Test(
        "What would stop an older program, or the bus for as long as a table is read, is not taken for an addition",
        arguments: [
            "DROP TABLE outbox", "ALTER TABLE outbox DROP COLUMN key", "ALTER TABLE outbox ADD COLUMN a int NOT NULL",
            "ALTER TABLE outbox ADD COLUMN a timestamptz DEFAULT clock_timestamp()",
            "ALTER TABLE outbox ALTER COLUMN key TYPE text", "ALTER TABLE outbox ADD CHECK (id > 0)",
            "CREATE UNIQUE INDEX ON outbox (event_id)", "CREATE INDEX ON actuals_staging (amount)",
            "UPDATE outbox SET key = NULL", "ALTER TABLE outbox RENAME TO b",
        ])
    func noAddition(_ statement: String) { #expect(!Self.onlyAdds(statement, made: [])) }

    /// Tables that stay small, on which an index is made in no time.
    private static let small: Set = [
        "outbox_lease", "cluster_binding", "consumer_positions", "dead_letters", "held_messages", "posting_requests",
    ]

    private static func statements(_ sql: String) -> [String] {
        // Bodies of functions have semicolons of their own.
        let plain = sql.replacing(/--[^\n]*/, with: "").replacing(/\$\$[\s\S]*?\$\$/, with: "$$")
        return plain.split(separator: ";").map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .filter { !$0.isEmpty }
    }

    private static func onlyAdds(_ statement: String, made: Set<String>) -> Bool {
        if statement.wholeMatch(of: /(CREATE TABLE|COMMENT ON|CREATE FUNCTION|CREATE SEQUENCE) .*/) != nil {
            return true
        }
        // Rows of its own tables.
        if let rows = statement.firstMatch(of: /^INSERT INTO (\w+)/) { return made.contains(String(rows.1)) }
        if let index = statement.firstMatch(of: /^CREATE (UNIQUE )?INDEX .*?ON (\w+)/) {
            let table = String(index.2)
            return made.contains(table) || index.1 == nil && small.contains(table)
        }
        if let trigger = statement.firstMatch(of: /^CREATE TRIGGER .* ON (\w+)/) {
            return made.contains(String(trigger.1))
        }
        guard let change = statement.firstMatch(of: /^ALTER TABLE (\w+) (.*)/) else { return false }
        if made.contains(String(change.1)) { return true }
        // Default values that are constants are kept once, not written to every row.
        return change.2.split(separator: /, (?=ADD )/).allSatisfy { part in
            part.wholeMatch(
                of: /ADD COLUMN \w+ [\w\[\]]+( NOT NULL)?( DEFAULT ('[^']*'|-?\d+|true|false|now\(\)))( CHECK .*)?/)
                != nil || part.wholeMatch(of: /ADD COLUMN \w+ [\w\[\]]+( CHECK .*)?/) != nil
                // A default that only rows from then on get.
                || part.wholeMatch(of: /ADD COLUMN (\w+) \w+, ALTER COLUMN \1 SET DEFAULT now\(\)/) != nil
        }
    }
}
