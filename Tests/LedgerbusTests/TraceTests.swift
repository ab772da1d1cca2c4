import Bus
import Contracts
import Foundation
import Kafka
import Operations
import Service
import Testbed
import Testing

@testable import Database

/// The way of an invoice over both sides, as `ledgerbus trace` tells it.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker, .processes))
struct TraceTests {
    private struct Hop: Decodable {
        var side: String
        var step: String
        var table: String
        var rows: Int
        var first: String?
        var topic: String?
        var partition: Int32?
        var offset: Int64?
        var taken: Bool?
        var eventId: String?
    }

    private struct Answer: Decodable {
        var kind: String
        var id: String
        var traceId: String?
        var now: String?
        var hops: [Hop]
        var missing: [String]
    }

    private func trace(
        _ id: String, _ test: ProcessBus, environment: [String: String] = [:]
    ) throws -> (status: Int32, answers: [Answer], errors: String) {
        let result = try test.ledgerbus(["trace", id, "--json"], environment: environment)
        guard !result.output.isEmpty else { return (result.status, [], result.errors) }
        return (
            result.status, try JSONDecoder().decode([Answer].self, from: Data(result.output.utf8)), result.errors
        )
    }

    @Test(
        "An invoice is one trace through all six topics and back, found by any of its ids, with each hop's place and time",
        arguments: TestBroker.Kind.available)
    func oneTrace(_ kind: TestBroker.Kind) throws {
        let test = try ProcessBus(on: kind)
        defer { test.remove() }
        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: GracefulShutdown(), progress: { _, _ in })
        _ = try demo.run(isKept: true)
        let posted = try test.finance.query(
            """
            SELECT i.invoice_id::text, i.proposal_number, i.customer_invoice_number, i.voucher, i.line_count::text
            FROM project_invoices i
            WHERE EXISTS (
                SELECT FROM invoice_proposal_lines l
                WHERE l.data_area_id = i.data_area_id AND l.proposal_number = i.proposal_number
                    AND l.unbilled_actual_id IS NOT NULL)
            ORDER BY i.line_count DESC LIMIT 1
            """
        ).single()
        let invoiceId = try posted.string(0)
        let (status, answers, errors) = try trace(invoiceId, test)
        #expect(status == 0, "\(errors)")
        let answer = try #require(answers.first)
        #expect(answers.count == 1 && answer.kind == "invoice" && answer.missing.isEmpty)
        #expect(answer.now?.contains("posted as customer invoice") ?? false)
        for step in TraceStep.allCases where ![.waiting, .setAside, .blocked].contains(step) {
            #expect(answer.hops.contains { $0.step == step.rawValue }, "\(step.rawValue) is missing")
        }
        let lines = try #require(Int(try posted.string(4)))
        #expect(answer.hops.first { $0.table == "invoice_proposal_lines" }?.rows == lines)

        // In Kafka, the messages of all six topics have the invoice as their trace.
        let sent = answer.hops.filter { $0.topic != nil }
        let prefix = try test.bus.configuration(side: .finance).topicPrefix
        #expect(Set(sent.compactMap(\.topic)) == Set(TopicName.allCases.map { prefix + $0.rawValue }))
        let lookup = try MessageLookup(test.bus.configuration(side: .finance).kafka, clientID: "test")
        for hop in sent {
            let partition = TopicPartition(
                topic: try #require(hop.topic), partition: try #require(hop.partition, "\(hop)"))
            let offset = try #require(hop.offset)
            let headers = try lookup.messages(at: [partition: offset]) { message in
                message.withHeaders { headers in
                    (
                        headers["traceparent"].flatMap(TraceParent.trace),
                        headers["ce_id"].map { String(decoding: $0, as: UTF8.self) }
                    )
                }
            }
            let found = try #require(headers[partition])
            #expect(found.0 == answer.traceId && answer.traceId == invoiceId.replacing("-", with: ""))
            #expect(found.1 == hop.eventId)
            #expect(hop.taken == true && hop.first != nil, "\(hop)")
        }

        for column in 1...3 {
            let number = try posted.string(column)
            let other = try trace(number, test)
            #expect(other.status == 0 && other.answers.map(\.id) == [invoiceId], "\(number)")
        }
        let event = try #require(sent.first { $0.topic == prefix + "invoice-posted" }?.eventId)
        #expect(try trace(event, test).answers.map(\.id) == [invoiceId])

        // An actual, and the journal that posted it.
        let unbilled = try test.finance.query(
            """
            SELECT actual_id::text, journal_number, voucher FROM integration_journal_lines
            WHERE transaction_type = 'Unbilled Sales' ORDER BY actual_id LIMIT 1
            """
        ).single()
        let actualId = try unbilled.string(0)
        for id in [actualId, try unbilled.string(2)] {
            let actual = try #require(try trace(id, test).answers.first)
            #expect(actual.kind == "actual" && actual.id == actualId)
            #expect(actual.now == "posted, and written back")
            #expect(
                actual.hops.map(\.step) == [
                    "captured", "published", "staged", "imported", "requested", "claimed", "posted", "given back",
                    "written back",
                ])
        }
        let journal = try #require(try trace(try unbilled.string(1), test).answers.first)
        #expect(journal.kind == "journal" && journal.now == "posted")
        #expect(journal.hops.map(\.step) == ["imported", "asked", "requested", "claimed", "posted"])

        // What is left when a source is away.
        let partial = try trace(
            invoiceId, test, environment: ["FINANCE_DATABASE_URL": "postgres://nobody@127.0.0.1:1/finance"])
        #expect(partial.status == 1 && partial.errors.contains("finance"))
        #expect(Set(partial.answers.first?.hops.map(\.side) ?? []) == ["dataverse"])
        let nothing = try trace("NO-SUCH", test)
        #expect(nothing.status == 1 && nothing.errors.contains("Nothing has the id or number NO-SUCH"))
    }
}
