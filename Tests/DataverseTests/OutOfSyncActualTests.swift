import Contracts
import Testbed
import Testing

@testable import Database
@testable import Dataverse

/// The actuals that Finance ought to have posted and has not (`domain.md` §6.14).
@Suite struct OutOfSyncActualTests {
    private func store() throws -> DataverseStore {
        let store = try DataverseStore()
        var rows = WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 }
        rows["msdyn_actuals"]?.append(WebAPI.actual(501, .cost))
        rows["msdyn_actuals"]?.append(
            WebAPI.actual(502, .cost, ["_msdyn_project_value": WebAPI.text("\(WebAPI.id(77))")]))
        try store.load(rows)
        return store
    }

    private func give(_ store: DataverseStore, _ actual: Int) throws {
        let day = try #require(CalendarDate("2026-10-15"))
        try store.take(
            AccountingDetailHandler(choices: store.configuration.choices),
            [
                AccountingDetail(
                    actualId: WebAPI.id(actual), company: "usmf", voucher: "V-1", accountingDate: day,
                    exchangeRate: .parity, accountingCurrency: "USD", accountingAmount: Money(1_600),
                    salesTaxAmount: .zero, source: .journal, sourceNumber: "J-1", postingVersion: 1)
            ])
    }

    private func age(_ store: DataverseStore, _ interval: String, _ condition: String = "true") throws {
        try store.connection.executeScript(
            "UPDATE actuals SET captured_at = now() - interval '\(interval)' WHERE \(condition)")
    }

    private func listed(
        _ store: DataverseStore, _ change: (inout OutOfSyncCriteria) -> Void = { _ in }
    ) throws -> [UInt64] {
        var criteria = OutOfSyncCriteria()
        change(&criteria)
        return try OutOfSyncActuals(connection: store.connection).list(criteria).map(\.actualId.low).sorted()
    }

    @Test("Those with Skip Sync = No and no voucher, an hour old, of the last month, by default")
    func criteria() throws {
        let store = try store()
        #expect(try listed(store).isEmpty)
        try age(store, "61 minutes")
        // The reversal 202 has Skip Sync.
        #expect(try listed(store) == [201, 203, 501, 502])
        try give(store, 501)
        #expect(try listed(store) == [201, 203, 502])
        try age(store, "32 days", "actual_id = '\(WebAPI.id(201))'")
        #expect(try listed(store) == [203, 502])
        #expect(try listed(store) { $0.maximumAge = nil } == [201, 203, 502])
        try age(store, "10 minutes", "actual_id = '\(WebAPI.id(203))'")
        #expect(try listed(store) == [502])
        #expect(try listed(store) { $0.minimumAge = .seconds(60) } == [203, 502])
        #expect(
            try listed(store) {
                $0.minimumAge = .zero
                $0.maximumAge = nil
                $0.invoice = "INV-100"
            } == [201, 203])
        #expect(try listed(store) { $0.company = "demf" }.isEmpty)
    }

    @Test("Each says why, as far as Dataverse's side knows")
    func reasons() throws {
        let store = try store()
        try age(store, "2 hours")
        func reasons() throws -> [UInt64: String] {
            let list = try OutOfSyncActuals(connection: store.connection).list(OutOfSyncCriteria())
            return Dictionary(uniqueKeysWithValues: list.map { ($0.actualId.low, $0.reason) })
        }
        #expect(try reasons()[502]?.contains("waiting for project") == true)
        #expect(try reasons()[501]?.contains("in the outbox") == true)
        try store.connection.executeScript("DELETE FROM outbox_pending")
        #expect(try reasons()[501]?.contains("Finance has not posted it") == true)
        #expect(try reasons()[203]?.contains("ledgerbus why INV-100") == true)
    }

    @Test("They are published again as they were, with their connections and invoices; nothing else is")
    func resync() throws {
        let store = try store()
        try store.connection.executeScript("DELETE FROM outbox_pending")
        let events = try store.count("(SELECT DISTINCT event_id FROM outbox) events")
        let resync = ResyncActuals(connection: store.connection, configuration: store.configuration)
        var criteria = OutOfSyncCriteria()
        #expect(try resync.resync(criteria) == .init(chosen: 0, actuals: 0, connections: 0, invoices: 0, waiting: 0))
        criteria.minimumAge = .zero
        let report = try resync.resync(criteria)
        #expect(report == .init(chosen: 4, actuals: 3, connections: 1, invoices: 1, waiting: 1))
        // The same messages, by their ids.
        #expect(try store.count("(SELECT DISTINCT event_id FROM outbox) events") == events)
        #expect(try store.count("outbox_pending") == 5)
        #expect(try store.messages(InvoiceConfirmed.self).count == 1)

        try store.connection.executeScript("DELETE FROM outbox_pending")
        criteria.actuals = [WebAPI.id(501), WebAPI.id(999)]
        #expect(try resync.resync(criteria).chosen == 1)
        #expect(try store.count("outbox_pending") == 1)
        try give(store, 501)
        #expect(try resync.resync(criteria).chosen == 0)
    }
}
