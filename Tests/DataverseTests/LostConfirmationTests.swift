import Bus
import Contracts
import Database
import Testing

@testable import Dataverse

/// What Dataverse's side does when its topic has more confirmed invoices than it knows: its database was restored from a
/// backup (`domain.md` §9.27).
@Suite("A Dataverse database that was restored from a backup")
struct LostConfirmationTests {
    /// A store with a contract and one unbilled sale that is ready.
    private func store() throws -> DataverseStore {
        let store = try DataverseStore()
        try store.load(WebAPI.lookupsOfDrafts)
        try approve(201, in: store)
        return store
    }

    private func approve(_ number: Int, in store: DataverseStore) throws {
        try store.load(["msdyn_actuals": [WebAPI.actual(number, .unbilled, DraftingTests.ready)]])
    }

    /// What was published of the first draft, by a database that had it.
    private func published(_ numbers: [Int] = [201]) throws -> [InvoiceConfirmed] {
        let store = try store()
        for number in numbers where number != 201 { try approve(number, in: store) }
        try store.draftAll()
        try store.confirm("PI-000001")
        return try store.messages()
    }

    private func readBack(_ messages: [InvoiceConfirmed], in store: DataverseStore) throws {
        try store.take(PublishedConfirmationHandler(choices: store.configuration.choices), messages)
    }

    private func lost(_ store: DataverseStore) throws -> [String] {
        try LostConfirmationStore(store.connection).list().map { "\($0.invoiceNumber) \($0.state.rawValue)" }
    }

    private func decide(_ store: DataverseStore) -> DecideOnLostInvoices {
        DecideOnLostInvoices(connection: store.connection)
    }

    @Test("In all other cases what was published is what is known, and nothing is written")
    func nothingLost() throws {
        let store = try store()
        try store.draftAll()
        try store.confirm("PI-000001")
        for _ in 0..<2 { try readBack(store.messages(), in: store) }
        #expect(try lost(store).isEmpty)
        #expect(try store.count("execution_log") == 0)
    }

    @Test("An invoice that was confirmed is noticed once, with an error, and nothing more of its contract is drafted")
    func noticed() throws {
        let messages = try published()
        let store = try store()
        for _ in 0..<2 { try readBack(messages, in: store) }
        #expect(try lost(store) == ["PI-000001 Lost"])
        #expect(
            try store.texts("SELECT subject || ': ' || message FROM execution_log WHERE level = 'error'") == [
                "usmf invoice PI-000001: it was confirmed as PI-000001 of USD 1600.0000, with 1 billed sales, accounting date "
                    + "2026-10-15, version 1, and this database has lost that: it was restored from a backup; see "
                    + "\"ledgerbus dataverse lost-invoices list\""
            ])
        let report = try store.draftAll()
        #expect(report.drafts.isEmpty && report.problems.count == 1)
        #expect(report.problems.first?.contains("ledgerbus dataverse lost-invoices repeat PI-000001") == true)
        #expect(try store.count("invoices") == 0)
    }

    @Test(
        "What a person decides to repeat gets its number again, and what is confirmed as it was is not published twice")
    func repeated() throws {
        let messages = try published()
        let store = try store()
        try readBack(messages, in: store)
        #expect(try decide(store).repeat(nil) == ["PI-000001"])
        let report = try store.draftAll()
        #expect(report.drafts.map(\.invoiceNumber) == ["PI-000001"])
        #expect(report.drafts.map(\.invoiceId) == messages.map(\.invoiceId))
        try store.confirm("PI-000001")
        #expect(try store.messages(InvoiceConfirmed.self).isEmpty)
        #expect(try lost(store).isEmpty)
        #expect(try store.texts("SELECT totals_version::text FROM published_invoices") == ["1"])
        try approve(202, in: store)
        #expect(try store.draftAll().drafts.map(\.invoiceNumber) == ["PI-000002"])
    }

    @Test("What would be confirmed otherwise than it was is refused, and says how it was", arguments: [true, false])
    func otherwise(hasMoreLines: Bool) throws {
        let messages = try published()
        let store = try store()
        if hasMoreLines { try approve(202, in: store) }
        try readBack(messages, in: store)
        _ = try decide(store).repeat(["PI-000001"])
        try store.draftAll()
        let refusal = #expect(throws: ConfirmationError.self) {
            try store.confirm("PI-000001", on: hasMoreLines ? "2026-10-15" : "2026-10-16")
        }
        #expect(refusal?.problems.first?.contains("with 1 billed sales, accounting date 2026-10-15") == true)
        #expect(try store.messages(InvoiceConfirmed.self).isEmpty)
        #expect(try lost(store) == ["PI-000001 Repeat"])
    }

    @Test("A draft of the backup that was confirmed since is confirmed again as it was, without a decision")
    func drafted() throws {
        let messages = try published()
        let store = try store()
        try store.draftAll()
        try readBack(messages, in: store)
        try approve(202, in: store)
        #expect(try store.draftAll().problems.count == 1, "nothing is added to what has to be as it was")
        try store.confirm("PI-000001")
        #expect(try lost(store).isEmpty)
        #expect(try store.messages(InvoiceConfirmed.self).isEmpty)
    }

    @Test("The number of an invoice that is given up is not given out again")
    func givenUp() throws {
        let messages = try published()
        let store = try store()
        try readBack(messages, in: store)
        #expect(try decide(store).giveUp(["PI-000001"]) == ["PI-000001"])
        #expect(try store.draftAll().drafts.map(\.invoiceNumber) == ["PI-000002"])
    }

    @Test("A draft whose lost confirmation is given up is published as the next version")
    func publishedOtherwise() throws {
        let messages = try published()
        let store = try store()
        try store.draftAll()
        try readBack(messages, in: store)
        _ = try decide(store).giveUp(["PI-000001"])
        try store.confirm("PI-000001", on: "2026-10-20")
        #expect(try store.messages(InvoiceConfirmed.self).map(\.totalsVersion) == [2])
        #expect(try lost(store).isEmpty)
    }

    @Test(
        "An invoice that is loaded again as it was is not published again; otherwise, as the next version",
        arguments: [true, false])
    func loaded(isSame: Bool) throws {
        let rows = WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 }
        let first = try DataverseStore()
        try first.load(rows)
        var message = try #require(try first.messages(InvoiceConfirmed.self).first)
        message.totalsVersion = 3
        if !isSame { message.customerName = "Somebody else" }
        let store = try DataverseStore()
        try readBack([message], in: store)
        #expect(try lost(store) == ["INV-100 Lost"])
        #expect(throws: LostInvoiceRefusal.self) { try decide(store).repeat(["INV-100"]) }
        try store.load(rows)
        #expect(try store.messages(InvoiceConfirmed.self).map(\.totalsVersion) == (isSame ? [] : [4]))
        #expect(try lost(store).isEmpty)
        #expect(try store.texts("SELECT totals_version::text FROM published_invoices") == [isSame ? "3" : "4"])
    }

    @Test("What was published again before it was read back is not lost: its version is taken over")
    func readBackLate() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
        var message = try #require(try store.messages(InvoiceConfirmed.self).first)
        message.totalsVersion = 2
        try readBack([message], in: store)
        #expect(try lost(store).isEmpty)
        #expect(try store.texts("SELECT totals_version::text FROM published_invoices") == ["2"])
    }

    @Test("Of several versions that were lost the newest counts")
    func newest() throws {
        var messages = try published()
        messages.append(messages[0])
        messages[1].totalsVersion = 2
        messages[1].lineAmount = Money(1_700)
        let store = try store()
        try readBack([messages[1], messages[0]], in: store)
        try readBack([messages[0]], in: store)
        let lost = try #require(try LostConfirmationStore(store.connection).list().first)
        #expect(lost.totalsVersion == 2 && lost.lineAmount == Money(1_700))
        #expect(try store.count("execution_log") == 1)
    }

    @Test("Only what is lost can be decided on")
    func unknown() throws {
        let store = try store()
        #expect(throws: LostInvoiceRefusal.self) { try decide(store).giveUp(["PI-000009"]) }
    }
}
