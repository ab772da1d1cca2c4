import Database
import Foundation
import Glibc
import Operations
import Service
import Testbed
import Testing

/// What the operator's tool says to bad input: one clear line, a code that
/// is not zero, and nothing half-done.
@Suite(.serialized, .tags(.broker, .processes))
struct CommandLineTests {
    /// A file that is refused, and what the refusal says.
    struct BadPage: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let content: String
        let says: [String]
        /// Whether no row of the page can be trusted, and nothing of its load stays.
        var costsTheLoad = false
    }

    private static func page(_ table: String, _ row: String) -> String {
        #"{"@odata.context":"https://contoso.crm.dynamics.com/api/data/v9.2/$metadata#\#(table)","value":[\#(row)]}"#
    }

    private static func actual(_ members: String) -> String {
        page(
            "msdyn_actuals",
            #"""
            {"msdyn_actualid":"00000000-0000-4000-8000-000000000001","versionnumber":7,"msdyn_skipsync":false,\#
            "msdyn_transactiontypecode":192350000,"msdyn_transactionclassification":192350000,"msdyn_amount":100.0,\#
            "msdyn_billingstatus":null,"msdyn_adjustmentstatus":null,"_msdyn_invoice_value":null,\#
            "msdyn_documentdate":"2026-10-01","_transactioncurrencyid_value":"00000000-0000-4000-8000-0000000000cc"\#(members)}
            """#.replacingOccurrences(of: "\\\n", with: ""))
    }

    static let badPages = [
        BadPage(testDescription: "not JSON", content: "nonsense", says: ["not JSON"]),
        BadPage(testDescription: "unknown table", content: page("leads", ""), says: ["leads", "msdyn_actuals"]),
        BadPage(
            testDescription: "row without its key", content: page("accounts", #"{"name":"A"}"#),
            says: ["row 1", "accountid"]),
        BadPage(
            testDescription: "amount with too many places",
            content: actual("").replacingOccurrences(of: "100.0,", with: "100.00001,"),
            says: ["row 1", "msdyn_amount", "100.00001", "decimal places"]),
        BadPage(
            testDescription: "amount that is no decimal",
            content: actual("").replacingOccurrences(of: "100.0,", with: #""a lot","#), says: ["row 1", "msdyn_amount"]),
        BadPage(
            testDescription: "unknown choice code with its annotation",
            content: actual(
                #","msdyn_billingtype":192359999,"msdyn_billingtype@OData.Community.Display.V1.FormattedValue":"Barter""#
            ),
            says: ["row 1", "Barter", "choices.msdyn_billingtype.192359999: Barter"]),
        BadPage(
            testDescription: "no Skip Sync column",
            content: actual(#","msdyn_isjournalized":false"#).replacingOccurrences(
                of: #""msdyn_skipsync":false,"#, with: ""),
            says: ["dataverse.columns.skip-sync", "msdyn_isjournalized"], costsTheLoad: true),
        BadPage(
            testDescription: "invoice number that Finance cannot hold",
            content: page(
                "invoices",
                #"{"invoiceid":"00000000-0000-4000-8000-000000000002","versionnumber":7,"invoicenumber":"PROFORMA-000000000021","msdyn_ordertype":192350001,"totallineitemamount":1.0,"msdyn_projectinvoicestatus":192350002,"_transactioncurrencyid_value":"00000000-0000-4000-8000-0000000000cc"}"#
            ), says: ["row 1", "PROFORMA-000000000021", "20"]),
    ]

    @Test(
        "A bad row or page is refused in one line, the exit code is 1, and the others are loaded", arguments: badPages)
    func badPageIsRefused(bad: BadPage) throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        let good = "\(test.bus.directory)/accounts.json"
        let account =
            #"{"accountid":"00000000-0000-4000-8000-00000000000a","versionnumber":1,"accountnumber":"C1","name":"A"}"#
        try Self.page("accounts", account).write(toFile: good, atomically: true, encoding: .utf8)
        let file = "\(test.bus.directory)/bad.json"
        try bad.content.write(toFile: file, atomically: true, encoding: .utf8)
        let load = try test.ledgerbus("dataverse", "load", good, file)
        #expect(load.status == 1)
        for words in ["bad.json"] + bad.says { #expect(load.errors.contains(words), "\(load.errors)") }
        #expect(load.errors.split(separator: "\n").count == 1, "\(load.errors)")
        #expect(try test.count(test.dataverse, "SELECT count(*) FROM accounts") == (bad.costsTheLoad ? 0 : 1))
        #expect(try test.count(test.dataverse, "SELECT count(*) FROM actuals") == 0)

        let alone = try test.ledgerbus("dataverse", "load", good, "--json")
        #expect(alone.status == 0, "\(alone.errors)")
        #expect(try test.count(test.dataverse, "SELECT count(*) FROM accounts") == 1)
    }

    @Test("A row with an unknown currency is kept, and listed as waiting")
    func unknownCurrencyWaits() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        let file = "\(test.bus.directory)/actuals.json"
        try Self.actual(#","msdyn_billingtype":null"#).write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try test.ledgerbus("dataverse", "load", file).status == 0)
        let waiting = try test.ledgerbus("dataverse", "waiting")
        #expect(waiting.output.contains("waiting for"), "\(waiting.output)\(waiting.errors)")
        #expect(try test.count(test.dataverse, "SELECT count(*) FROM outbox") == 0)
    }

    /// A command line that fails, its code, and what it says.
    struct BadCommand: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        var environment: [String: String] = [:]
        var status: Int32 = 1
        let says: String

        var testDescription: String { arguments.joined(separator: " ") + environment.keys.joined() }
    }

    static let badCommands = [
        BadCommand(arguments: ["finance", "proposals", "create"], says: "made by a confirmed invoice"),
        BadCommand(arguments: ["finance", "proposals", "delete", "INV-1"], says: "belongs to a confirmed invoice"),
        BadCommand(arguments: ["finance", "post", "--journal"], status: 64, says: "did you mean '--journals'"),
        BadCommand(arguments: ["finance", "post", "NO-SUCH", "--wait"], says: "NO-SUCH"),
        BadCommand(
            arguments: ["finance", "post", "--proposals", "--invoice-date", "21.11.2026"], status: 64,
            says: "2026-11-21"),
        BadCommand(arguments: ["finance", "configure", "/etc/hostname"], says: "/etc/hostname:1"),
        BadCommand(arguments: ["dataverse", "load", "/nowhere.json"], says: "/nowhere.json"),
        BadCommand(arguments: ["dataverse", "confirm", "NO-SUCH"], says: "NO-SUCH"),
        BadCommand(
            arguments: ["dataverse", "invoices"], environment: ["DATAVERSE_DATABASE_URL": "postgres://127.0.0.1:1/x"],
            says: "can't be reached"),
        BadCommand(
            arguments: ["topics", "list"], environment: ["KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1"], says: "127.0.0.1:1"),
        BadCommand(
            arguments: ["topics", "list"], environment: ["KAFKA_BOOTSTRAP_SERVERS": ""], says: "KAFKA_BOOTSTRAP_SERVERS"
        ),
        BadCommand(arguments: ["finance", "post", "--journals", "X"], status: 64, says: "Give numbers"),
        BadCommand(
            arguments: ["finance", "configure", "/nowhere.yaml"], says: "/nowhere.yaml can't be read: it is not there"),
        BadCommand(arguments: ["finance", "configure", "/tmp"], says: "/tmp can't be read: it is a folder"),
        BadCommand(arguments: ["finance", "journals", "show", "NO-SUCH"], says: "NO-SUCH"),
        BadCommand(arguments: ["finance", "journals", "delete", "NO-SUCH"], says: "NO-SUCH"),
        BadCommand(arguments: ["finance", "invoices", "show", "NO-SUCH"], says: "NO-SUCH"),
        BadCommand(arguments: ["finance", "voucher", "NO-SUCH"], says: "NO-SUCH"),
        BadCommand(arguments: ["finance", "preview", "NO-SUCH"], says: "NO-SUCH"),
        BadCommand(arguments: ["finance", "posted", "--json", "--csv"], status: 64, says: "it cannot be both"),
        BadCommand(
            arguments: ["finance", "blocked", "--from", "2026-11-02", "--to", "2026-11-01"], status: 64,
            says: "--from 2026-11-02 is after --to 2026-11-01"),
        BadCommand(arguments: ["finance", "trial-balance", "--per", "week"], status: 64, says: "quarter"),
        BadCommand(arguments: ["finance", "import-from-staging", "--proposal", "NO-SUCH"], says: "NO-SUCH"),
        BadCommand(
            arguments: ["finance", "import-from-staging", "--every", "9223372036854775807"], status: 64, says: "86,400"),
        BadCommand(arguments: ["dataverse", "invoices", "NO-SUCH"], says: "NO-SUCH"),
        BadCommand(arguments: ["dataverse", "confirm", "X", "--date", "2026-13-01"], status: 64, says: "2026-13-01"),
        BadCommand(arguments: ["dataverse", "load", "/proc/self/mem"], says: "/proc/self/mem"),
        BadCommand(arguments: ["dataverse", "actuals", "X", "--limit", "-1"], status: 64, says: "from 1 to"),
        BadCommand(
            arguments: ["dataverse", "actuals", "X", "--limit", "99999999999999999999"], status: 64, says: "from 1 to"),
        BadCommand(arguments: ["errors", "log", "--limit", "0"], status: 64, says: "from 1 to"),
        BadCommand(arguments: ["errors", "show", "F999"], says: "F999"),
        BadCommand(arguments: ["errors", "show", "NOPE"], status: 64, says: "such as F12"),
        BadCommand(arguments: ["errors", "show", "F99999999999999999999"], status: 64, says: "such as F12"),
        BadCommand(arguments: ["errors", "retry", "F1", "NOPE"], status: 64, says: "NOPE"),
        BadCommand(arguments: ["errors", "retry", "F998", "F999"], says: "F998: there is no such dead letter; F999"),
        BadCommand(arguments: ["errors", "retry", "FW1"], says: "tried again by itself"),
        BadCommand(arguments: ["errors", "discard", "F1"], status: 64, says: "--reason"),
        BadCommand(arguments: ["errors", "discard", "F999", "--reason", "x"], says: "F999"),
        BadCommand(arguments: ["topics", "apply", "--replication", "99999999999"], status: 64, says: "from 1 to"),
        BadCommand(arguments: ["topics", "diff", "--replication", "0"], status: 64, says: "from 1 to"),
        BadCommand(arguments: ["bench", "--rows", "99999999999999"], status: 64, says: "10,000,000"),
        BadCommand(
            arguments: ["bench", "--directory", "/proc/nowhere/x", "--stages", "none", "--lines", "none"],
            says: "/proc/nowhere"),
        BadCommand(arguments: ["demo", "--export", "/nowhere"], says: "/nowhere"),
        BadCommand(arguments: ["status", "--config", "/nowhere.yaml"], says: "/nowhere.yaml can't be read"),
        BadCommand(
            arguments: ["status"],
            environment: ["FINANCE_DATABASE_URL": "postgres//app:hunter2@db/finance"], says: "finance.database.url"),
        BadCommand(
            arguments: ["finance", "journals", "list"], environment: ["FINANCE_DATABASE_URL": ""],
            says: "set FINANCE_DATABASE_URL"),
        BadCommand(
            arguments: ["errors", "list"], environment: ["FINANCE_DATABASE_URL": "", "DATAVERSE_DATABASE_URL": ""],
            says: "No database is configured"),
        BadCommand(arguments: ["nonsense"], status: 64, says: "nonsense"),
    ]

    @Test("A command that cannot be carried out says why and what to do, with a code that is not zero")
    func badCommandsAreRefused() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        for bad in Self.badCommands {
            let result = try test.ledgerbus(bad.arguments, environment: bad.environment)
            #expect(result.status == bad.status, "\(bad): \(result.errors)")
            #expect(result.errors.contains(bad.says), "\(bad): \(result.errors)")
            #expect(!result.errors.contains("Fatal error"), "\(bad): \(result.errors)")
            #expect(!result.errors.contains("NSCocoaErrorDomain"), "\(bad): \(result.errors)")
            #expect(!result.errors.contains("hunter2"), "\(bad): \(result.errors)")
        }
    }

    @Test("A program that gives --json gets the same code, and one line of JSON on standard error with the same keys")
    func failuresAreJSON() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        for bad in Self.badCommands {
            let result = try test.ledgerbus(bad.arguments + ["--json"], environment: bad.environment)
            #expect(result.status == bad.status, "\(bad): \(result.errors)")
            #expect(result.output.isEmpty, "\(bad): \(result.output)")
            let lines = result.errors.split(separator: "\n")
            #expect(lines.count == 1, "\(bad): \(result.errors)")
            let failure = try? JSONSerialization.jsonObject(with: Data(result.errors.utf8)) as? [String: Any]
            #expect(failure?.keys.sorted() == ["error", "exitCode", "usage"], "\(bad): \(result.errors)")
            #expect(failure?["exitCode"] as? Int32 == bad.status)
            #expect((failure?["error"] as? String)?.contains(bad.says) == true, "\(bad): \(result.errors)")
        }
    }

    @Test("Several dead letters are tried again, or settled, on both sides or on none")
    func deadLettersOfBothSides() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        for connection in [test.dataverse, test.finance] {
            try connection.executeScript(
                """
                INSERT INTO dead_letters (cluster_id, topic, partition, message_offset, consumer, payload, payload_size,
                    payload_sha256, code, reason)
                SELECT 'c', 't', 0, number, 'finance-consumer', '{', 1, '1', 'not-json', 'r' FROM generate_series(1, 2) number
                """)
        }
        func states() throws -> [Int] {
            try [test.dataverse, test.finance].map {
                try test.count($0, "SELECT count(*) FROM dead_letters WHERE state = 'parked'")
            }
        }
        let refused = try test.ledgerbus("errors", "retry", "D1", "F1", "F99")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("F99") && refused.errors.contains("Nothing was done"), "\(refused.errors)")
        #expect(try states() == [2, 2])
        #expect(try test.ledgerbus("errors", "discard", "F99", "D1", "--reason", "x").status == 1)
        #expect(try states() == [2, 2])
        #expect(try test.ledgerbus("errors", "retry", "D1", "F1").status == 0)
        #expect(try states() == [1, 1])
        let discarded = try test.ledgerbus("errors", "discard", "D2", "F2", "--reason", "sent by hand")
        #expect(discarded.output == "2 discarded.\n", "\(discarded.errors)")
        #expect(try states() == [0, 0])
        let shown = try test.ledgerbus("errors", "show", "F2")
        #expect(shown.output.contains("sent by hand"), "\(shown.output)")
    }

    @Test("Who waits for a posting is told that no posting-consumer runs, and Ctrl-C leaves what was asked for")
    func noWorker() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        #expect(try test.ledgerbus("finance", "configure", "\(ProcessBus.export)/finance.yaml").status == 0)
        try test.finance.execute(
            """
            INSERT INTO integration_journals (data_area_id, journal_number, description, line_count)
            VALUES ('usmf', 'J1', 'test', 0)
            """)
        let asked = try test.ledgerbus("finance", "post", "J1")
        #expect(asked.status == 0, "\(asked.errors)")
        #expect(asked.errors.contains("No posting-consumer is running"), "\(asked.errors)")
        let program = try InterruptedProgram(
            "\(ProcessBus.binaries)/ledgerbus", ["finance", "post", "J1", "--wait", "--json"],
            environment: test.bus.environment, until: "\n")
        #expect(program.before.contains(#"{"notice":"No posting-consumer is running"#), "\(program.before)")
        #expect(program.status == 130)
        #expect(program.after.contains("will be posted all the same"), "\(program.after)")
    }

    @Test("Ctrl-C during an import, whenever it comes, leaves no number that is neither used nor free")
    func interruptedImport() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: GracefulShutdown(), progress: { _, _ in })
        _ = try demo.run(isKept: true)
        test.bus.fleet.stopAll()
        // Lines that are to be imported again, as those of deleted journals.
        func again() throws {
            try test.finance.executeScript(
                """
                TRUNCATE integration_journal_lines, number_sequence_gaps CASCADE;
                DELETE FROM integration_journals;
                UPDATE number_sequences SET next = 1 WHERE sequence = 'voucher';
                INSERT INTO actuals_to_import (data_area_id, actual_id)
                SELECT data_area_id, actual_id FROM actuals_staging WHERE transaction_type <> 'Billed Sales'
                ON CONFLICT DO NOTHING
                """)
        }
        // At once, when it has connected, and when it has taken numbers.
        for moment in [
            "SELECT 1",
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ledgerbus import-from-staging'",
            "SELECT count(*) FROM number_sequences WHERE sequence = 'voucher' AND next > 1",
        ] {
            try again()
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "\(ProcessBus.binaries)/ledgerbus")
            process.arguments = ["finance", "import-from-staging"]
            process.environment = ProcessInfo.processInfo.environment.merging(test.bus.environment) { $1 }
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            while process.isRunning, try test.count(test.finance, moment) == 0 {}
            kill(process.processIdentifier, SIGINT)
            process.waitUntilExit()
            let lines = try test.count(test.finance, "SELECT count(*) FROM integration_journal_lines")
            #expect(
                try test.count(
                    test.finance,
                    "SELECT coalesce(sum(next - 1), 0)::bigint FROM number_sequences WHERE sequence = 'voucher'")
                    == lines, "\(moment)")
            #expect(try test.count(test.finance, "SELECT count(*) FROM number_sequence_gaps") == 0)
        }
    }

    @Test("A schema older or newer than the program is refused, with what to do")
    func otherSchemaIsRefused() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        let empty = try TestDatabase()
        let older = try test.ledgerbus(
            ["finance", "journals", "list"], environment: ["FINANCE_DATABASE_URL": empty.url])
        #expect(older.status == 1)
        #expect(older.errors.contains("ledgerbus database migrate"), "\(older.errors)")
        try test.finance.execute(
            "INSERT INTO schema_migrations SELECT version + 1000, name, applied_at, checksum FROM schema_migrations LIMIT 1"
        )
        let newer = try test.ledgerbus(["finance", "journals", "list"], environment: [:])
        #expect(newer.status == 1)
        #expect(newer.errors.contains("upgrade"), "\(newer.errors)")
    }

    @Test("Every command's help has an example, and lists are JSON on demand")
    func helpHasExamples() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        var unseen: [[String]] = [[]]
        var seen = 0
        while let path = unseen.popLast() {
            let help = try test.ledgerbus(path + ["--help"], environment: [:]).output
            seen += 1
            #expect(help.contains("ledgerbus " + path.joined(separator: " ")), "\(path)")
            #expect(help.lowercased().contains("example"), "\(path): \(help)")
            guard let list = help.range(of: "SUBCOMMANDS:", options: .caseInsensitive) else { continue }
            let listing = help[list.upperBound...].components(separatedBy: "\n\n")[0]
            for line in listing.split(separator: "\n") where line.hasPrefix("  ") && !line.hasPrefix("   ") {
                if let name = line.split(separator: " ").first { unseen.append(path + [String(name)]) }
            }
        }
        #expect(seen > 25, "only \(seen) commands were found")
        for list in [
            ["dataverse", "invoices"], ["dataverse", "waiting"], ["finance", "journals", "list"],
            ["finance", "proposals", "list"], ["finance", "invoices", "list"], ["finance", "blocked"],
            ["finance", "posted"], ["finance", "trial-balance"], ["finance", "sales-tax"], ["finance", "on-account"],
            ["finance", "work-in-progress"], ["finance", "subledger", "P1"], ["finance", "sequences", "gaps"],
            ["errors", "list"], ["outbox", "list"],
            ["positions", "list"], ["topics", "list"], ["status"], ["config", "check"],
        ] {
            let result = try test.ledgerbus(list + ["--json"], environment: [:])
            #expect(result.status == 0, "\(list): \(result.errors)")
            _ = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        }
    }
}
