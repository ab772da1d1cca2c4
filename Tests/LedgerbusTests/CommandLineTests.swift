import Database
import Foundation
import Operations
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
            says: ["dataverse.columns.skip-sync", "msdyn_isjournalized"]),
        BadPage(
            testDescription: "invoice number that Finance cannot hold",
            content: page(
                "invoices",
                #"{"invoiceid":"00000000-0000-4000-8000-000000000002","versionnumber":7,"invoicenumber":"PROFORMA-000000000021","msdyn_ordertype":192350001,"totallineitemamount":1.0,"msdyn_projectinvoicestatus":192350002,"_transactioncurrencyid_value":"00000000-0000-4000-8000-0000000000cc"}"#
            ), says: ["row 1", "PROFORMA-000000000021", "20"]),
    ]

    @Test("A bad page is refused in one line, and nothing of its load stays", arguments: badPages)
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
        #expect(try test.count(test.dataverse, "SELECT count(*) FROM accounts") == 0)

        let alone = try test.ledgerbus("dataverse", "load", good, "--json")
        #expect(alone.status == 0, "\(alone.errors)")
        #expect(try test.count(test.dataverse, "SELECT count(*) FROM accounts") == 1)
    }

    @Test("A row with an unknown currency is kept, and listed as waiting")
    func unknownCurrencyWaits() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        let file = "\(test.bus.directory)/actuals.json"
        try Self.actual("").write(toFile: file, atomically: true, encoding: .utf8)
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
            ["finance", "proposals", "list"], ["finance", "invoices", "list"], ["errors", "list"], ["outbox", "list"],
            ["positions", "list"], ["topics", "list"], ["status"], ["config", "check"],
        ] {
            let result = try test.ledgerbus(list + ["--json"], environment: [:])
            #expect(result.status == 0, "\(list): \(result.errors)")
            _ = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        }
    }
}
