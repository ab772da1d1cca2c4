import Bus
import Contracts
import Database
import Testbed
import Testing

@testable import Finance

@Suite("Staging of confirmed invoices and connections (design §4)")
struct StagingInvoiceTests {
    private let billed = [actual(1_001, .billedSales), actual(1_002, .billedSales)]

    @Test("A confirmed invoice makes one proposal, and its replay changes nothing")
    func confirms() throws {
        let world = try FinanceWorld(configured: false)
        let confirmed = try confirmation(of: billed)
        try world.confirm([confirmed, confirmed])
        let before = try world.content()
        try world.confirm([confirmed])
        #expect(try world.content() == before)
        #expect(
            try world.texts("SELECT proposal_number || ' ' || total_count || ' ' || status FROM invoice_proposals")
                == ["PRO-1 2 Open"])
        #expect(try world.count("invoice_confirmations") == 1)
    }

    @Test("A newer totals version renews an open proposal, an older one does not", arguments: [[1, 2], [2, 1]])
    func newer(versions: [Int]) throws {
        let world = try FinanceWorld(configured: false)
        for version in versions {
            try world.confirm([try confirmation(of: Array(billed.prefix(version)), version: version)])
        }
        #expect(try world.texts("SELECT total_count::text FROM invoice_proposals") == ["2"])
    }

    @Test(
        "A totals version that says otherwise than it did before is refused, and says what to look at; its replay is not"
    )
    func contradiction() throws {
        let world = try FinanceWorld(configured: false)
        let first = try confirmation(of: billed)
        try world.confirm([first])
        let second = try confirmation(of: Array(billed.prefix(1)))
        let refusal = #expect(throws: MessageRefusal.self) { try world.confirm([second]) }
        let reason = try #require(refusal?.reasons.values.first)
        #expect(reason.contains("version 1 of invoice PRO-1") && reason.contains("lost-invoices list"))
        #expect(try world.texts("SELECT total_count::text FROM invoice_proposals") == ["2"])
        try world.confirm([first])
        try world.confirm([try confirmation(of: billed, version: 2)])
        try world.confirm([first])
        #expect(try world.count("invoice_confirmations") == 2)
    }

    @Test("A proposal that has its lines is renewed by a newer confirmation, and is not posted until it has new ones")
    func renewed() throws {
        let world = try FinanceWorld()
        try world.confirm([try confirmation(of: billed)])
        try world.connection.execute("UPDATE invoice_proposals SET status = 'Ready'")
        try world.confirm([try confirmation(of: Array(billed.prefix(1)), version: 2)])
        let proposal = try #require(try ProposalSummary.list(world.connection).first)
        #expect(proposal.status == .open && proposal.expected == 1)
        #expect(proposal.reason?.contains("confirmed anew after its lines were made") == true)
    }

    @Test("A posted invoice that is confirmed with other totals is out of sync in every list, until they agree again")
    func outOfSync() throws {
        let world = try FinanceWorld()
        try world.stage(billed)
        try world.confirm([try confirmation(of: billed)])
        try world.connection.execute("UPDATE invoice_proposals SET status = 'Invoiced'")
        try world.confirm([try confirmation(of: billed, version: 2)])
        #expect(try FinanceCounts.load(world.connection).invoicesOutOfSync == 0)
        let changed = try confirmation(of: Array(billed.prefix(1)), version: 3)
        try world.confirm([changed])
        try world.confirm([changed, try confirmation(of: billed, version: 2)])
        let log = try world.texts("SELECT message FROM execution_log WHERE level = 'error'")
        #expect(log.count == 1 && log[0].hasPrefix("out of sync"))
        #expect(try world.texts("SELECT total_count::text FROM invoice_proposals") == ["2"])
        #expect(try FinanceCounts.load(world.connection).invoicesOutOfSync == 1)
        #expect(try ProposalSummary.list(world.connection).map(\.reason) == [log[0]])
        #expect(try InvoiceOutOfSync.list(world.connection).map(\.reason) == [log[0]])
        #expect(try InvoiceOutOfSync.list(world.connection, company: "demf").isEmpty)
        try world.confirm([try confirmation(of: billed, version: 4)])
        #expect(try InvoiceOutOfSync.list(world.connection).isEmpty)
        #expect(try FinanceCounts.load(world.connection).invoicesOutOfSync == 0)
    }

    @Test("A number that another invoice's proposal has is refused, with the message's place")
    func takenNumber() throws {
        let world = try FinanceWorld(configured: false)
        try world.confirm([try confirmation(of: billed)])
        let refusal = #expect(throws: MessageRefusal.self) {
            try world.confirm([try confirmation(of: billed, invoice: id(2, 9))])
        }
        #expect(refusal?.reasons.values.first?.contains("PRO-1") == true)
        #expect(refusal?.reasons.keys.first == .init(partition: 0, offset: 2))
        #expect(try world.count("invoice_proposals") == 1)
    }

    @Test("Nobody deletes a proposal, and who wants to create or delete one is told why")
    func refuses() throws {
        let world = try FinanceWorld(configured: false)
        try world.confirm([try confirmation(of: billed)])
        let error = #expect(throws: DatabaseError.self) {
            try world.connection.execute("DELETE FROM invoice_proposals")
        }
        #expect(error?.message.contains("cannot be deleted") == true)
        #expect(ProposalRefusal.create.description.contains("confirmed invoice"))
        #expect(ProposalRefusal.delete.description.contains("confirmed invoice"))
    }

    @Test("Of connections the newest version wins, in any order and however often they come")
    func connections() throws {
        let world = try FinanceWorld(configured: false)
        func connection(_ number: Int, _ version: Int) -> TransactionConnected {
            TransactionConnected(
                connectionId: id(number, 5), rowVersion: version, company: "usmf", transaction1Id: id(1),
                transaction1Role: "Billed Sales", transaction1Type: "msdyn_actual", transaction2Id: id(2),
                transaction2Role: "Unbilled Sales \(version)", transaction2Type: "msdyn_actual")
        }
        try world.connect([connection(1, 2), connection(2, 1), connection(2, 3), connection(2, 2)])
        try world.connect([connection(1, 1), connection(3, 1), connection(2, 4)])
        #expect(
            try world.texts(
                "SELECT right(connection_id::text, 1) || ':' || row_version FROM transaction_connections ORDER BY 1")
                == ["1:2", "2:4", "3:1"])
    }
}
