import Bus
import Operations
import Service
import Testbed
import Testing

@testable import Database

/// The main job, by the real processes on the sample export.
@Suite(.serialized, .tags(.broker, .processes))
struct MainJobTests {
    @Test(
        "Every invoice of the export is posted to the cent, and every actual has its detail back",
        arguments: TestBroker.Kind.available)
    func everyInvoiceIsPostedAndWrittenBack(kind: TestBroker.Kind) throws {
        let test = try ProcessBus(on: kind)
        defer { test.remove() }
        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: GracefulShutdown(), progress: { _, _ in })
        try test.expectEverything(demo.run(isKept: true))
        try expectExampleE17(test)

        let published = try test.count(test.dataverse, "SELECT count(*) FROM outbox")
        let again = try test.ledgerbus("dataverse", "load", "\(ProcessBus.export)/pages")
        #expect(again.status == 0, "\(again.errors)")
        #expect(try test.count(test.dataverse, "SELECT count(*) FROM outbox") == published)
    }

    @Test(
        "Every process is killed at its work; others take it up, and every invoice is posted to the cent",
        .tags(.long), arguments: TestBroker.Kind.available)
    func killedAtWork(kind: TestBroker.Kind) throws {
        let test = try ProcessBus(on: kind)
        defer { test.remove() }
        var victims = [
            "relaying": [Program.dataverseProducer, .financeConsumer],
            "posting": [Program.postingConsumer, .dataverseConsumer],
        ]
        var killed: [Program] = []
        var failure: (any Error)?
        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: GracefulShutdown()) { step, left in
            guard let left, left > 0, let programs = victims.removeValue(forKey: step) else { return }
            do {
                for program in programs { try test.killAndReplace(program) }
                killed += programs
            } catch { failure = error }
        }
        try test.expectEverything(demo.run(isKept: true))
        #expect(failure == nil)
        #expect(killed.count == 4, "only \(killed) had work when they were looked at")
        #expect(
            try test.count(test.finance, "SELECT count(*) FROM actuals_staging")
                == test.count(test.dataverse, "SELECT count(DISTINCT key) FROM outbox WHERE topic = 'actual-created'"))
        #expect(
            try test.count(test.finance, "SELECT count(*) FROM project_transactions")
                == test.count(test.finance, "SELECT count(*) FROM integration_journal_lines"))
    }

    /// E17 (domain.md §7): 1 h, cost 50, bill 75.
    private func expectExampleE17(_ test: ProcessBus) throws {
        let actuals = try test.dataverse.query(
            """
            SELECT transaction_type, d.voucher, d.accounting_amount::text FROM actuals a JOIN accounting_details d USING (actual_id)
            WHERE a.description LIKE 'E17%' ORDER BY 1
            """)
        let found = try actuals.map { "\(try $0.string(0)) \(try $0.string(2))" }
        #expect(found == ["Billed Sales 75.0000", "Cost 50.0000", "Unbilled Sales 75.0000"])
        for row in actuals where try row.string(0) != "Billed Sales" {
            let entries = try test.finance.query(
                "SELECT accounting_amount::text FROM ledger_entries WHERE voucher = $1 ORDER BY accounting_amount",
                try row.string(1)
            ).map { try $0.string(0) }
            let amount = try row.string(2)
            #expect(entries == ["-\(amount)", amount])
        }
    }
}
