import Bus
import Contracts
import Database
import Service
import Testbed
import Testing

@testable import Dataverse

/// Write-back by several consumers at once, and of messages that can take no effect.
@Suite struct WriteBackAtOnceTests {
    private func detail(_ actual: Int, version: Int = 1, amount: Int = 1_600) throws -> AccountingDetail {
        AccountingDetail(
            actualId: WebAPI.id(actual), company: "usmf", voucher: "V-1",
            accountingDate: try #require(CalendarDate("2026-10-15")), exchangeRate: .parity, accountingCurrency: "USD",
            accountingAmount: Money(amount), salesTaxAmount: Money(80), source: .proposal, sourceNumber: "INV-100",
            invoiceId: WebAPI.id(100), postingVersion: version)
    }

    private func store() throws -> DataverseStore {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
        // Many more actuals than the invoice came with, of which only the ids matter here.
        try store.connection.execute(
            """
            INSERT INTO actuals SELECT (jsonb_populate_record(NULL::actuals, to_jsonb(a) || jsonb_build_object(
                'actual_id', '00000000-0000-0000-0000-' || lpad(to_hex(100000 + n), 12, '0')))).*
            FROM (SELECT * FROM actuals LIMIT 1) a, generate_series(1, 300) n
            """)
        return store
    }

    @Test("The same details over three partitions at once are counted once")
    func threePartitions() throws {
        let store = try store()
        let actuals = try store.connection.values(GUID.self, "SELECT actual_id FROM actuals")
        let writers = try (0..<3).map { partition in
            let collector = AccountingDetailHandler(choices: store.configuration.choices).makeCollector()
            for (offset, actual) in actuals.enumerated() {
                var detail = try detail(203)
                detail.actualId = actual
                try detail.bytes(store.configuration.choices).withUnsafeBytes {
                    try collector.add(
                        $0,
                        from: MessageSource(
                            partition: Int32(partition), offset: Int64(offset), eventId: WebAPI.id(0)))
                }
            }
            let session = Session(connection: try store.database.connect(), collector: collector)
            return WorkerThread(name: "writer") {
                try session.connection.transaction { try session.collector.write(to: session.connection) }
            }
        }
        for writer in writers { try writer.join() }
        #expect(try store.count("accounting_details") == actuals.count)
        #expect(
            try store.connection.value(Int.self, "SELECT sum(details)::bigint FROM invoice_detail_counts")
                == actuals.count)
        #expect(
            try InvoiceRecount.run(isDry: true, on: store.connection).allSatisfy {
                $0.count == .billedSales || $0.count == .chargeableAmount
            })
    }

    @Test("All messages of an unknown id are refused at once, whatever their versions")
    func unknownAtOnce() throws {
        let store = try store()
        let messages = try (1...5_000).map { try detail(999_999, version: $0 % 7) } + [detail(203)]
        let refusal = #expect(throws: MessageRefusal.self) {
            try store.take(AccountingDetailHandler(choices: store.configuration.choices), messages)
        }
        #expect(refusal?.reasons.count == 5_000)
        #expect(refusal?.reasons[.init(partition: 0, offset: 5_000)] == nil)
    }

    @Test("A recount says which counts and amounts differ, and corrects them")
    func recount() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
        try store.take(AccountingDetailHandler(choices: store.configuration.choices), [detail(203)], partition: 4)
        #expect(try InvoiceRecount.run(isDry: true, on: store.connection) == [])
        let before = try progress(store)
        try store.connection.executeScript(
            """
            UPDATE invoice_detail_counts SET details = details + 2, accounting_amount = accounting_amount + 1;
            UPDATE invoice_progress SET billed_sales = billed_sales + 1
            """)
        let differences = try InvoiceRecount.run(isDry: true, on: store.connection)
        #expect(differences.map(\.count) == [.billedSales, .accountingDetails, .accountingAmount])
        #expect(differences.map(\.invoiceId) == Array(repeating: WebAPI.id(100), count: 3))
        #expect(differences.last?.counted == "1601.0000" && differences.last?.found == "1600.0000")
        #expect(try InvoiceRecount.run(isDry: false, on: store.connection) == differences)
        #expect(try InvoiceRecount.run(isDry: false, on: store.connection) == [])
        #expect(try progress(store) == before)
    }

    private func progress(_ store: DataverseStore) throws -> [String] {
        try store.connection.values(
            String.self,
            """
            SELECT p::text || sum(c.details) || ' ' || sum(c.accounting_amount)
            FROM invoice_progress p JOIN invoice_detail_counts c USING (invoice_id) GROUP BY p.*
            """)
    }
}

/// A connection and what is written on it, by one thread.
private struct Session: @unchecked Sendable {
    let connection: Connection
    let collector: any MessageCollector
}
