import Bus
import Contracts
import Foundation
import Kafka
import Operations
import Service
import Testbed
import Testing

@testable import Database

/// Text from outside that would move a cursor, forge a line, or read from right to left.
@Suite(.serialized, .tags(.broker, .processes))
struct HostileTextTests {
    private static let hostile = "\u{1B}[2J\u{9B}1A\r\nFORGED\u{202E}\u{2066}\u{200F}\u{2028}\u{7F}\u{200B}\t"

    /// Whether a terminal would act on it, or a reader be misled.
    private func isHostile(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\n"
            && (scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
                || [0x2028, 0x2029, 0x200B].contains(scalar.value))
    }

    @Test(
        "Whatever text is in the databases, on the topics and on the command line, no command prints it unescaped",
        .tags(.long))
    func everyCommand() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: GracefulShutdown(), progress: { _, _ in })
        let report = try demo.run(isKept: true)
        try sendNonsense(test)
        try test.bus.waitForNone(of: "setting aside", timeout: .seconds(60), shutdown: GracefulShutdown()) {
            try 1 - min(1, test.count(test.finance, "SELECT count(*) FROM dead_letters"))
        }
        let changed = try spoil(test.dataverse) + spoil(test.finance)
        #expect(changed > 10)
        let proposal = try #require(report.invoices.first?.proforma)
        let invoice = try test.finance.query("SELECT customer_invoice_number FROM project_invoices LIMIT 1").single()
            .string(0)
        let hostile = Self.hostile
        let commands: [[String]] = [
            ["status"], ["errors", "list", "--all"], ["errors", "show", "F1"], ["errors", "log"], ["outbox", "list"],
            ["positions", "list"], ["topics", "list"], ["config", "check"], ["dataverse", "invoices"],
            ["dataverse", "actuals", proposal], ["dataverse", "waiting"], ["finance", "journals", "list"],
            ["finance", "proposals", "list"], ["finance", "invoices", "list"],
            ["finance", "invoices", "show", invoice],
            ["dataverse", "load", "/tmp/\(hostile).json"], ["dataverse", "invoices", hostile],
            ["dataverse", "confirm", hostile], ["finance", "post", hostile], ["finance", "configure", "/\(hostile)"],
            ["finance", "journals", "show", hostile], ["errors", "show", hostile], ["\(hostile)"], ["--\(hostile)"],
            ["config", "check", "--config", "/\(hostile)"],
        ]
        for command in commands {
            for words in [command, command + ["--json"]] {
                let result = try test.ledgerbus(
                    words,
                    environment: [
                        "DATAVERSE_SOURCE": "/\(hostile)", "LOG_LEVEL": hostile, "KAFKA_PROPERTY_CLIENT_RACK": hostile,
                    ])
                let said = result.output + result.errors
                #expect(!said.isEmpty, "\(words)")
                #expect(!said.unicodeScalars.contains(where: isHostile), "\(words): \(said)")
                #expect(!said.split(separator: "\n").contains { $0.hasPrefix("FORGED") }, "\(words): \(said)")
                guard words.last == "--json" else { continue }
                for document in [result.output, result.errors] where !document.isEmpty {
                    #expect(throws: Never.self, "\(words): \(document)") {
                        try JSONSerialization.jsonObject(with: Data(document.utf8))
                    }
                }
            }
        }
        let logs = try test.bus.fleet.members.map { try String(contentsOfFile: $0.log, encoding: .utf8) }.joined()
        #expect(!logs.unicodeScalars.contains(where: isHostile))
    }

    /// A message whose key, headers and value are hostile.
    private func sendNonsense(_ test: ProcessBus) throws {
        let configuration = try test.bus.configuration(side: .dataverse)
        let producer = try Producer(configuration.kafka, clientID: "test")
        defer { producer.close(timeout: .seconds(5)) }
        let text = Array(Self.hostile.utf8)
        try text.withUnsafeBytes { text in
            try producer.send(
                topic: configuration.clusterName(TopicName.actualCreated.rawValue), key: text, value: text,
                headers: [("x-\(Self.hostile)", text)], token: 0)
        }
        var deliveries: [Delivery] = []
        while deliveries.isEmpty { producer.deliveries(into: &deliveries, timeout: .seconds(30)) }
        if let error = deliveries.first?.error { throw error }
    }

    /// Puts hostile text into every column of the database that takes it, and gives how many those are.
    private func spoil(_ connection: Connection) throws -> Int {
        let columns = try connection.query(
            """
            SELECT c.table_name::text, c.column_name::text FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = 'text'
                AND c.table_name NOT IN ('schema_migrations') AND c.column_name ~ 'name|description|reason|message|title|address'
            """
        ).map { (table: try $0.string(0), column: try $0.string(1)) }
        var changed = 0
        for (table, column) in columns {
            let count = try? connection.transaction {
                try connection.execute(
                    "UPDATE \(table) SET \(column) = left($1 || coalesce(\(column), ''), 60)",
                    // An address has lines.
                    column.contains("address") ? Self.hostile.replacing("\r\n", with: " ") : Self.hostile)
            }
            if let count, count > 0 { changed += 1 }
        }
        return changed
    }
}
