import Foundation
import Operations
import Service
import Terminal
import Testbed
import Testing

@testable import Database
@testable import ledgerbus

/// Every command by which an operator changes something leaves a trace.
///
/// Commands have connections by which the server changes nothing (`Side.connect(_:)`), unless they name a run that is
/// recorded with what they change (`Side.connect(_:for:)`): so what is in neither list here cannot change anything.
struct AuditTests {
    /// Commands that change something, as the audit calls them.
    static let changing = [
        "database adopt", "database migrate", "topics apply", "positions reset", "positions skip", "outbox resend",
        "retention apply", "errors retry", "errors edit", "errors discard", "finance configure",
        "finance import-from-staging", "finance post", "finance journals set", "finance journals reset",
        "finance journals delete", "finance proposals set-tax", "finance proposals set-milestone-tax",
        "finance sequences advance", "finance accrued-revenue propose", "finance lost-invoices repeat",
        "finance recount", "dataverse load", "dataverse approve", "dataverse ready", "dataverse draft",
        "dataverse edit", "dataverse confirm", "dataverse revise", "dataverse milestones", "dataverse customers",
        "dataverse retainers add", "dataverse retainers apply", "dataverse retainers refund", "dataverse resync",
        "dataverse recount", "dataverse unfinished --close",
    ]

    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/ledgerbus").standardizedFileURL.path

    @Test("Every command that changes something names the run that is recorded")
    func named() throws {
        let files = FileManager.default.enumerator(atPath: Self.sources)?.compactMap { $0 as? String } ?? []
        let text = try files.filter { $0.hasSuffix(".swift") }
            .map { try String(contentsOfFile: "\(Self.sources)/\($0)", encoding: .utf8) }.joined()
        for action in Self.changing { #expect(text.contains("command: \"\(action)\""), "\(action)") }
        // A connection of another kind would be one that nothing records.
        #expect(text.matches(of: /SideDatabase\.open\(/).count == 1)
        #expect(text.matches(of: /[^.]\bConnection\(url/).isEmpty)
    }

    @Test(
        "What is done on a bus that works is in the audit: who, what, to what, as it was typed",
        .tags(.broker, .processes, .long))
    func done() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: GracefulShutdown(), progress: { _, _ in })
        _ = try demo.run(isKept: true)
        try test.finance.executeScript(
            """
            INSERT INTO dead_letters (cluster_id, topic, partition, message_offset, consumer, payload, payload_size,
                payload_sha256, code, reason)
            SELECT 'c', 'actual-created', 0, n, 'finance-consumer', '{', 1, '1', 'not-json', 'r'
            FROM generate_series(1, 3) n
            """)
        let commands = [
            "errors retry F1", "errors discard F2 --reason typed", "finance recount", "finance import-from-staging",
            "finance sequences advance", "finance configure \(ProcessBus.export)/finance.yaml",
            "dataverse load \(ProcessBus.export)/pages", "dataverse recount", "dataverse resync",
        ]
        for command in commands {
            let answer = try test.ledgerbus(
                command.split(separator: " ").map(String.init), environment: ["LEDGERBUS_ACTOR": "ada"])
            #expect(answer.status == 0, "\(command): \(answer.errors.prefix(300))")
        }
        for table in [test.dataverse, test.finance] {
            #expect(try test.count(table, "SELECT count(*) FROM operator_actions WHERE actor <> 'ada'") == 0)
        }
        let answer = try test.ledgerbus("audit", "--actor", "ada", "--json")
        #expect(answer.status == 0, "\(answer.errors)")
        for expected in [
            "errors retry F1", "errors discard F2 --reason typed", "dataverse load \(ProcessBus.export)/pages",
        ] {
            #expect(answer.output.contains("\"\(expected)\""), "\(expected) is not in \(answer.output.prefix(2_000))")
        }
        // One that asks leaves nothing.
        let count = "SELECT count(*) FROM operator_actions"
        let before = try test.count(test.finance, count)
        #expect(try test.ledgerbus("errors").status == 0)
        #expect(try test.ledgerbus("audit").status == 0)
        #expect(try test.ledgerbus("finance", "recount", "--dry-run").status == 0)
        #expect(try test.count(test.finance, count) == before)
    }

    @Test("Errors of one side are shown when the other is away, which is said, with exit code 1", .tags(.processes))
    func partial() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        try test.finance.executeScript(
            """
            INSERT INTO dead_letters (cluster_id, topic, partition, message_offset, consumer, payload, payload_size,
                payload_sha256, code, reason)
            SELECT 'c', 'actual-created', 0, n, 'finance-consumer', '{', 1, '1', 'not-json', 'r'
            FROM generate_series(1, 3) n
            """)
        let away = ["DATAVERSE_DATABASE_URL": "postgres://127.0.0.1:1/dataverse"]
        let answer = try test.ledgerbus(["errors"], environment: away)
        #expect(answer.status == 1)
        #expect(answer.output.contains("not-json") && answer.output.contains("errors edit"), "\(answer.output)")
        #expect(answer.errors.contains("dataverse is not shown"), "\(answer.errors)")
        let json = try test.ledgerbus(["errors", "--json"], environment: away)
        #expect(json.status == 1 && json.output.contains("\"unavailable\""))
    }
}
