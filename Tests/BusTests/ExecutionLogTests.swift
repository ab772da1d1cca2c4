import Bus
import Database
import Testbed
import Testing

/// What jobs say, and operators read.
struct ExecutionLogTests {
    @Test("The log is read newest first, at most as much as is asked for")
    func newestFirst() throws {
        let database = try TestDatabase()
        try Migrations.migrate(url: database.url, TestSide.migrations)
        let connection = try database.connect()
        let log = ExecutionLog(connection: connection)
        try log.write(.info, activity: "import from staging", subject: "usmf/1", "first")
        try log.write(.warning, activity: "import from staging", subject: "usmf/2", "second")
        try log.write(.error, activity: "posting", subject: "usmf journal 3", "third")
        let entries = try ExecutionLogList(.finance, connection, limit: 2).entries
        #expect(entries.map(\.message) == ["third", "second"])
        #expect(entries.map(\.level) == ["error", "warning"])
        #expect(entries.allSatisfy { $0.side == "finance" && $0.loggedAt.hasSuffix("Z") })
    }

    @Test(
        "A point in time is written in UTC, before 2000 too",
        arguments: [
            (0, 0, "2000-01-01T00:00:00Z"), (-1, 6, "1999-12-31T23:59:59.999999Z"),
            (86_400_000_001, 3, "2000-01-02T00:00:00.000Z"),
            (845_799_300_123_456, 6, "2026-10-20T08:15:00.123456Z"),
        ])
    func instants(_ microseconds: Int64, _ fraction: Int, _ text: String) {
        #expect(Instant(microsecondsSince2000: microseconds).text(fraction: fraction) == text)
    }
}
