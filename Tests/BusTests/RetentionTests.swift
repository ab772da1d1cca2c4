import Contracts
import Foundation
import Service
import Testbed
import Testing

@testable import Bus
@testable import Database

/// What is done with goes by policy, into archives from which nothing is missing.
struct RetentionTests {
    private let database: TestDatabase
    private let connection: Connection
    private let folder: String

    init() throws {
        database = try TestDatabase(TestSide.migrations)
        connection = try database.connect()
        folder = NSTemporaryDirectory() + "ledgerbus-archive-\(UUID().uuidString.prefix(8))"
        // Of ten messages that are old the last three are not sent, and two are new.
        try connection.executeScript(
            """
            INSERT INTO outbox (topic, key, event_id, trace_id, headers, payload, created_at)
            SELECT 'actual-created', convert_to('key ' || n, 'UTF8'), gen_random_uuid(), gen_random_uuid(),
                CASE WHEN n = 2 THEN ARRAY['\\x6e'::bytea, '\\x00ff'::bytea] END, decode(md5(n::text), 'hex'),
                now() - CASE WHEN n <= 10 THEN interval '100 days' ELSE interval '1 day' END
            FROM generate_series(1, 12) n;
            DELETE FROM outbox_pending WHERE id <= 7 OR id > 10;
            """)
    }

    private var policy: RetentionPolicy { RetentionPolicy(outbox: .seconds(90 * 86_400), archive: folder) }

    private func ids(_ table: String) throws -> [Int64] {
        try connection.values(Int64.self, "SELECT id FROM \(table) ORDER BY id")
    }

    private func digest() throws -> String {
        try connection.value(
            String.self, "SELECT md5(string_agg(outbox::text, '|' ORDER BY id)) FROM outbox WHERE id <= 7")
    }

    private func archives() throws -> [ArchiveFile] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }.sorted()
            .map { ArchiveFile("\(folder)/\($0)") }
    }

    @Test("Sent messages go when they are old, those that are not sent never, and archives bring each back as it was")
    func outbox() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let before = try digest()
        let retention = Retention(.dataverse, policy, batch: 3)
        #expect(try retention.due(on: connection).map(\.rows) == [7])
        #expect(try ids("outbox").count == 12)
        let outcome = try retention.apply(on: connection)
        #expect(outcome.map(\.rows) == [7] && outcome[0].archives.count == 3)
        #expect(try ids("outbox") == [8, 9, 10, 11, 12])
        #expect(try retention.apply(on: connection).map(\.rows) == [0])

        // In any order of the files, and twice.
        for _ in 0..<2 {
            _ = try OutboxArchive.restore(archives().reversed(), of: .dataverse, on: connection)
        }
        #expect(try ids("outbox") == Array(1...12))
        #expect(try ids("outbox_pending") == Array(1...10))
        #expect(try digest() == before)
    }

    @Test("Interrupted after the archive and before the commit, all is there, and comes once")
    func interrupted() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try connection.executeScript(
            """
            CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$;
            CREATE TRIGGER stop BEFORE DELETE ON outbox EXECUTE FUNCTION stop();
            """)
        #expect(throws: DatabaseError.self) { try Retention(.dataverse, policy).apply(on: connection) }
        #expect(try ids("outbox").count == 12)
        #expect(try archives().count == 1)
        try connection.executeScript("DROP TRIGGER stop ON outbox")
        #expect(try Retention(.dataverse, policy).apply(on: connection).map(\.rows) == [7])
        #expect(try OutboxArchive.restore(archives(), of: .dataverse, on: connection) == 7)
        #expect(try ids("outbox") == Array(1...12))
    }

    @Test("An archive that was changed, cut, or is another side's is refused, and nothing of it is taken")
    func damaged() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Retention(.dataverse, policy).apply(on: connection)
        let archive = try #require(try archives().first)
        #expect(throws: ArchiveError.self) {
            try OutboxArchive.restore([archive], of: .finance, on: connection)
        }
        let content = try Data(contentsOf: URL(fileURLWithPath: archive.path))
        try content.dropLast(40).write(to: URL(fileURLWithPath: archive.path))
        let error = #expect(throws: ArchiveError.self) {
            try OutboxArchive.restore([archive], of: .dataverse, on: connection)
        }
        #expect(error?.description.contains("digest") == true)
        #expect(try ids("outbox").count == 5)
    }

    @Test("Settled dead letters lose their values, are still known again, and those that are not settled stay whole")
    func deadLetters() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try connection.executeScript(
            """
            INSERT INTO dead_letters (cluster_id, topic, partition, message_offset, consumer, headers, payload,
                payload_size, payload_sha256, code, reason, state, discarded_by, discard_reason, edited_payload,
                changed_at)
            SELECT 'c', 't', 0, n, 'finance-consumer', ARRAY['a'::bytea, 'b'::bytea], '{', 1, '1', 'not-json', 'r', s,
                CASE WHEN s = 'discarded' THEN 'Ada' END, CASE WHEN s = 'discarded' THEN 'x' END,
                CASE WHEN s = 'resolved' THEN '{}'::bytea END, now() - interval '100 days'
            FROM unnest(ARRAY['parked', 'requested', 'resolved', 'discarded']) WITH ORDINALITY u (s, n)
            """)
        var policy = RetentionPolicy(deadLetters: .seconds(86_400), archive: folder)
        #expect(try Retention(.finance, policy).apply(on: connection).map(\.rows) == [2])
        #expect(
            try connection.values(Int64.self, "SELECT id FROM dead_letters WHERE payload IS NOT NULL ORDER BY id")
                == [1, 2])
        func known() throws -> [Int64] {
            try DeadLetterStore.settledByOperators(
                clusterID: "c", topic: "t", partition: 0, from: 0, of: .financeConsumer, on: connection
            ).keys.sorted()
        }
        #expect(try known() == [3, 4])
        policy.dedupe = .seconds(2 * 86_400)
        #expect(try Retention(.finance, policy).apply(on: connection).map(\.rows) == [0, 2])
        #expect(try ids("dead_letters") == [1, 2])
        #expect(try known().isEmpty)
    }

    @Test("The execution log goes when it is old")
    func executionLog() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try connection.executeScript(
            """
            INSERT INTO execution_log (logged_at, activity, subject, level, message)
            VALUES (now() - interval '3 days', 'a', 's', 'info', 'old'), (now(), 'a', 's', 'info', 'new')
            """)
        let policy = RetentionPolicy(executionLog: .seconds(86_400), archive: folder)
        #expect(try Retention(.finance, policy).apply(on: connection).map(\.rows) == [1])
        #expect(try ExecutionLog(connection: connection).latest(10).map(\.message) == ["new"])
    }

    @Test(
        "A policy by which a letter could take effect twice, or that has no place for what goes, is refused",
        arguments: [
            (
                ["RETENTION_DEDUPE": "30d", "RETENTION_DEAD_LETTERS": "90d", "RETENTION_ARCHIVE": "/a"],
                "take effect twice"
            ),
            (["RETENTION_DEDUPE": "30d", "RETENTION_ARCHIVE": "/a"], "take effect twice"),
            (["RETENTION_OUTBOX": "30d"], "retention.archive is not set"),
            (["RETENTION_OUTBOX": "never", "RETENTION_ARCHIVE": "/a"], "expected forever"),
            (["RETENTION_OUTBOX": "5m", "RETENTION_ARCHIVE": "/a"], "an hour or more"),
        ])
    func refusedPolicy(_ environment: [String: String], _ problem: String) {
        let reader = ConfigReader(providers: [EnvironmentVariablesProvider(environment: environment)])
        let error = #expect(throws: ConfigError.self) { try RetentionPolicy(reader: reader) }
        #expect(error.map { "\($0)".contains(problem) } == true, "\(error.map { "\($0)" } ?? "")")
    }

    @Test("Nothing goes unless somebody wants it")
    func standard() throws {
        let reader = ConfigReader(providers: [EnvironmentVariablesProvider(environment: [:])])
        #expect(try RetentionPolicy(reader: reader) == RetentionPolicy())
        #expect(try Retention(.finance, RetentionPolicy()).apply(on: connection).isEmpty)
    }
}
