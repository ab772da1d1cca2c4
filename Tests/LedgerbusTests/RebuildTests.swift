import Bus
import Foundation
import Kafka
import Operations
import Service
import Testbed
import Testing

@testable import Database

/// What is rebuilt from the log, and the log from the outboxes, ends where both sides agree, and what took effect before
/// changes nothing.
@Suite(.serialized, .timeLimit(.minutes(15)), .tags(.broker, .processes, .long))
struct RebuildTests {
    /// What no rebuild may change.
    private func posted(_ test: ProcessBus) throws -> [Int] {
        try [
            (test.finance, "SELECT count(*) FROM ledger_entries"),
            (test.finance, "SELECT count(*) FROM project_transactions"),
            (test.finance, "SELECT count(*) FROM integration_journal_lines"),
            (test.finance, "SELECT count(*) FROM project_invoice_lines"),
            (test.finance, "SELECT count(*) FROM posting_requests"),
            (test.finance, "SELECT count(*) FROM outbox"), (test.dataverse, "SELECT count(*) FROM outbox"),
            (test.dataverse, "SELECT count(*) FROM accounting_details"),
        ].map { try test.count($0.0, $0.1) }
    }

    private func staged(_ test: ProcessBus) throws -> [Int] {
        try [
            "SELECT count(*) FROM actuals_staging", "SELECT count(*) FROM transaction_connections",
            "SELECT coalesce(sum(count), 0)::bigint FROM invoice_arrivals",
        ].map { try test.count(test.finance, $0) }
    }

    private func expectAgreement(_ test: ProcessBus, _ before: [Int]) throws {
        let waited = try test.ledgerbus("status", "--wait", "120")
        #expect(waited.status == 0, "\(waited.errors)")
        for arguments in [["finance", "recount"], ["finance", "import-from-staging"], ["reconcile"]] {
            let result = try test.ledgerbus(arguments, environment: [:])
            #expect(result.status == 0, "\(arguments): \(result.output)\(result.errors)")
        }
        #expect(try posted(test) == before)
        for connection in [test.dataverse, test.finance] {
            #expect(try test.count(connection, "SELECT count(*) FROM dead_letters") == 0)
        }
    }

    private func runDemo(_ kind: TestBroker.Kind) throws -> ProcessBus {
        let test = try ProcessBus(on: kind)
        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: GracefulShutdown(), progress: { _, _ in })
        _ = try demo.run(isKept: true)
        return test
    }

    @Test(
        "Staging that was lost after posting comes back from Kafka under processes that run, and nothing is posted twice",
        arguments: TestBroker.Kind.available)
    func lostStaging(_ kind: TestBroker.Kind) throws {
        let test = try runDemo(kind)
        defer { test.remove() }
        let (before, rows) = (try posted(test), try staged(test))
        try test.finance.executeScript(
            """
            BEGIN; DELETE FROM blocked_actuals; DELETE FROM actuals_staging; DELETE FROM transaction_connections;
            DELETE FROM invoice_arrivals; COMMIT
            """)
        let unlike = try test.ledgerbus("reconcile")
        #expect(unlike.status == 1)
        let reset = try test.ledgerbus("positions", "reset", "--consumer", "finance-consumer", "--reason", "rows lost")
        #expect(reset.status == 0, "\(reset.errors)")
        try eventually("\(test.bus.fleet.lastWords)") { try staged(test) == rows }
        try expectAgreement(test, before)
    }

    @Test(
        "A cluster that lost its topics is rebuilt from the outboxes, and what took effect changes nothing",
        .onlyOnApacheKafka)
    func lostCluster() throws {
        let test = try runDemo(.apacheKafka)
        defer { test.remove() }
        let (before, rows) = (try posted(test), try staged(test))
        for program in Program.services { try test.bus.fleet.stop(program.rawValue) }
        let configuration = try test.bus.configuration(side: .dataverse)
        let admin = try Admin(configuration.kafka)
        for topic in try admin.topics() where topic.name.hasPrefix(configuration.topicPrefix) {
            try admin.deleteTopic(topic.name)
        }
        for command in [
            "topics apply --replication 1", "outbox resend --side dataverse", "outbox resend --side finance",
            "positions reset --consumer finance-consumer", "positions reset --consumer posting-consumer",
            "positions reset --consumer dataverse-consumer",
        ] {
            let result = try test.ledgerbus(command.split(separator: " ").map(String.init), environment: [:])
            #expect(result.status == 0, "\(command): \(result.errors)")
        }
        try test.bus.startProcesses()
        try expectAgreement(test, before)
        #expect(try staged(test) == rows)
        let messages = try TopicList(configuration).topics.reduce(0) { $0 + ($1.messages ?? 0) }
        let published =
            try test.count(test.finance, "SELECT count(*) FROM outbox")
            + test.count(test.dataverse, "SELECT count(*) FROM outbox")
        #expect(messages == published)
    }
}
