import Dataverse
import Finance
import Foundation
import Service
import Testbed
import Testing

@testable import Database

/// Files that people hand over, spoilt: each command says what is wrong, leaves nothing half-done, and comes to its end.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.processes, .long))
struct HostileFileTests {
    private let folder: URL
    private let dataverse: TestDatabase
    private let finance: TestDatabase

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("hostile-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        dataverse = try TestDatabase(DataverseSchema.migrations)
        finance = try TestDatabase(FinanceSchema.migrations)
    }

    /// Runs the operator's tool on a file of these bytes, and checks that it comes to a decent end.
    ///
    /// - returns: its exit code.
    private func run(
        _ arguments: [String], _ bytes: [UInt8], environment: [String: String] = [:], seed: String
    ) throws -> Int32 {
        let file = folder.appendingPathComponent("file")
        try Data(bytes).write(to: file)
        let words = arguments.map { $0 == "FILE" ? file.path : $0 }
        let result = try ProcessBus.run(
            "/usr/bin/timeout", ["-k", "1", "60", "\(ProcessBus.binaries)/ledgerbus"] + words,
            environment: [
                "DATAVERSE_DATABASE_URL": dataverse.url, "FINANCE_DATABASE_URL": finance.url,
                "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
            ].merging(environment) { $1 })
        let what =
            "\(seed), \(arguments): \(result.status)\n\(result.errors)\n\(String(decoding: bytes, as: UTF8.self).prefix(2_000))"
        #expect([0, 1, 64].contains(result.status), "\(what)")
        #expect(result.status == 0 || !(result.output + result.errors).isEmpty, "\(what)")
        for crash in ["Fatal error", "Crash", "*** Signal"] { #expect(!result.errors.contains(crash), "\(what)") }
        return result.status
    }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    @Test("Set-up files that are spoilt are taken whole or change nothing")
    func setups() throws {
        defer { remove() }
        var random = SeededRandom()
        print(random)
        let good = Array(try Data(contentsOf: URL(fileURLWithPath: "\(ProcessBus.export)/../finance.yaml")))
        #expect(try run(["finance", "configure", "FILE"], good, seed: "\(random)") == 0)
        let connection = try finance.connect()
        var outcomes: [Int32: Int] = [:]
        for _ in 0..<60 {
            var bytes = good
            spoil(&bytes, &random)
            let before = try contents(connection)
            let status = try run(["finance", "configure", "FILE"], bytes, seed: "\(random)")
            outcomes[status, default: 0] += 1
            if status != 0 { #expect(try contents(connection) == before, "\(random)") }
        }
        #expect(outcomes[1, default: 0] > 10, "\(outcomes)")
    }

    @Test("Configuration files and variables that are spoilt are refused by name, or taken")
    func configurations() throws {
        defer { remove() }
        var random = SeededRandom()
        print(random)
        let good = Array(
            """
            kafka:
              topic.prefix: contoso-prod.
              message.max.bytes: 1_048_576
              properties:
                security.protocol: plaintext
            finance.time.zone: Europe/Paris
            posting.workers: 4
            choices.msdyn_transactionclassification.192350005: Retainer
            dataverse.companies.Contoso France: frsi
            """.utf8)
        let variables = [
            "KAFKA_TOPIC_PREFIX", "KAFKA_MESSAGE_MAX_BYTES", "FINANCE_TIME_ZONE", "POSTING_WORKERS",
            "FINANCE_DATABASE_URL",
            "KAFKA_PROPERTY_SECURITY_PROTOCOL", "KAFKA_PROPERTY_SASL_PASSWORD_FILE", "LOG_LEVEL", "TOPICS_FOLDER",
            "DATAVERSE_INVOICES_PREFIX", "KAFKA_BOOTSTRAP_SERVERS",
        ]
        let values = [
            "", " ", "-1", "999999999999999999999", "1e9", "/nowhere", "é\u{202E}", "a=b;c", "null", "[",
            "postgres://a:b@c:d/e",
        ]
        for round in 0..<60 {
            var bytes = good
            // No brokers, or none that are asked: it would wait for them.
            var environment = ["KAFKA_BOOTSTRAP_SERVERS": ""]
            if round % 2 == 0 {
                spoil(&bytes, &random)
            } else {
                for _ in 0...2 {
                    environment[variables.randomElement(using: &random) ?? ""] = values.randomElement(using: &random)
                }
            }
            let offline = environment["KAFKA_BOOTSTRAP_SERVERS"] == "" ? [] : ["--offline"]
            _ = try run(
                ["config", "check", "--config", "FILE"] + offline, bytes, environment: environment,
                seed: "\(random) \(environment)")
        }
    }

    @Test(
        "Requests that are spoilt cost their rows, or are refused whole",
        arguments: [
            ["approve"], ["customers"], ["milestones"], ["edit"], ["ready"], ["draft"], ["confirm"], ["revise"],
            ["retainers", "add"], ["retainers", "apply"], ["retainers", "refund"],
        ])
    func requests(_ command: [String]) throws {
        defer { remove() }
        var random = SeededRandom()
        print("\(command) \(random)")
        let pages = ["\(ProcessBus.export)/pages"]
        #expect(try run(["dataverse", "load"] + pages, [], seed: "") == 0)
        let connection = try dataverse.connect()
        let ids = try connection.values(
            String.self,
            """
            SELECT id FROM (
            SELECT contract_line_id::text AS id FROM contract_lines UNION ALL (SELECT project_id::text FROM projects LIMIT 5)
            UNION ALL (SELECT actual_id::text FROM actuals WHERE transaction_type = 'Unbilled Sales' LIMIT 20)
            UNION ALL (SELECT invoice_id::text FROM invoices LIMIT 5) UNION ALL SELECT contract_number FROM project_contracts
            UNION ALL SELECT account_number FROM accounts UNION ALL (SELECT invoice_number FROM invoices LIMIT 5)
            ) known WHERE id IS NOT NULL
            """)
        for _ in 0..<12 {
            let rows = (0..<Int.random(in: 1...8, using: &random)).map { _ in row(ids, &random) }
            var bytes = Array("[\(rows.joined(separator: ",\n"))]".utf8)
            if Int.random(in: 0..<3, using: &random) == 0 { spoil(&bytes, &random) }
            let before = try contents(connection)
            let status = try run(["dataverse"] + command + ["--file", "FILE", "--json"], bytes, seed: "\(random)")
            if status == 64 { #expect(try contents(connection) == before, "\(random)") }
        }
    }

    /// A row with members of any of the requests, some of them right.
    private func row(_ ids: [String], _ random: inout SeededRandom) -> String {
        let members = [
            "id", "class", "event", "project", "contractLine", "resource", "documentDate", "accountingDate",
            "quantitySubmitted", "quantityBillable", "costPrice", "salesPrice", "currency", "billingType", "customer",
            "percentage", "name", "amount", "percentages", "date", "dates", "status", "milestone", "progress",
            "lineDetail",
            "remove", "invoice", "quantity", "price", "contract", "through", "actual", "description", "unknown",
            "retainer",
            "all",
        ]
        let values = [
            "null", "true", "0", "-1", "1e999", "\"8\"", "\"1.00001\"", "\"99999999999999999999\"", "\"2026-09-01\"",
            "\"2026-02-30\"", "\"Time\"", "\"Approval Canceled\"", "\"Chargeable\"", "\"USD\"", "\"\"", "\"a\\u0000b\"",
            "\"\\ud800\"", "[]", "[\"50\",\"50\"]", "[[[[]]]]", "{}", "\"\(String(repeating: "x", count: 5_000))\"",
            "\"\u{202E}\"", "\"' OR 1=1 --\"",
        ]
        let chosen = members.filter { _ in Int.random(in: 0..<3, using: &random) > 0 }
        return "{"
            + chosen.map { member in
                let isId = Int.random(in: 0..<2, using: &random) == 0
                let value =
                    isId ? ids.randomElement(using: &random).map { "\"\($0)\"" } : values.randomElement(using: &random)
                return "\"\(member)\": \(value ?? "null")"
            }.joined(separator: ", ") + "}"
    }

    private func spoil(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: bytes = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
        case 1: bytes = (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) }
        case 2: bytes = Array(String(repeating: "[", count: 100_000).utf8)
        case 3: bytes = Array("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n".utf8) + bytes
        default: for _ in 0...Int.random(in: 0...5, using: &random) { random.damage(&bytes) }
        }
    }

    /// How many rows each table has, and what set-up says.
    private func contents(_ connection: Connection) throws -> [String] {
        let tables = try connection.values(
            String.self,
            """
            SELECT table_name::text FROM information_schema.tables
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
                AND table_name NOT IN ('operator_actions', 'execution_log') ORDER BY 1
            """)
        return try tables.map { table in
            try connection.value(
                String.self,
                "SELECT '\(table) ' || coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') FROM \(table) t")
        }
    }
}
