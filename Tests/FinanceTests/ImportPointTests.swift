import Bus
import Contracts
import Database
import Testbed
import Testing

@testable import Finance

/// The points of `domain.md` §6.10 that ``ImportJournalTests`` and ``ImportProposalTests`` do not name.
@Suite("Import from staging, point by point (domain.md §6.10)")
struct ImportPointTests {
    private func lines(_ world: FinanceWorld, _ journal: String = "USPM-000001") throws -> [JournalLineSummary] {
        try JournalLineSummary.list(world.connection, company: "usmf", journal: journal)
    }

    @Test("Point 3: without a limit, 200 lines per header")
    func lineLimit() throws {
        let world = try FinanceWorld(("      journal-line-limit: 200\n", ""))
        try world.stage((1...401).map { actual($0, .cost) })
        try world.importAll()
        #expect(try JournalSummary.list(world.connection).map(\.lineCount) == [200, 200, 1])
    }

    @Test("Point 4: without the parameter a closed period blocks, and says how to go on")
    func noShift() throws {
        let world = try FinanceWorld(
            (
                "journal-period-unit: months",
                "journal-period-unit: months\n      set-accounting-date-to-open-period: false"
            ))
        let closed = try day("2026-08-27")
        try world.stage([actual(1, .cost) { $0.accountingDate = closed }])
        let blocked = try #require(try world.importAll().blocked.first)
        #expect(blocked.code == .noOpenPeriod && blocked.reason.contains("no open fiscal period for accounting date"))
    }

    /// Unbilled sale 1 and 3 belong to cost 2, unbilled sale 4 to none.
    private let connections = [(1, 2), (3, 2)].map { sale, cost in
        TransactionConnected(
            connectionId: id(sale, 7), rowVersion: 1, company: "usmf", transaction1Id: id(sale),
            transaction1Role: "Unbilled Sales", transaction1Type: "msdyn_actual", transaction2Id: id(cost),
            transaction2Role: "Cost", transaction2Type: "msdyn_actual")
    }

    @Test(
        "Point 5: each line has its own voucher; related vouchers link cost and unbilled, also when the connection comes late",
        arguments: [false, true])
    func relatedVouchers(isLate: Bool) throws {
        let world = try FinanceWorld()
        if !isLate { try world.connect(connections) }
        try world.stage([actual(1, .unbilledSales), actual(2, .cost)])
        try world.importAll()
        try world.postJournals()
        try world.stage([actual(3, .unbilledSales), actual(4, .unbilledSales)])
        try world.importAll()
        if isLate { try world.connect(connections) }
        let all = try lines(world) + lines(world, "USPM-000002")
        #expect(all.map(\.voucher) == (1...4).map { "V-0000000\($0)" })
        let related = Dictionary(uniqueKeysWithValues: all.map { ($0.actualId, $0.relatedVouchers) })
        #expect(related[id(1)] == ["V-00000002"] && related[id(3)] == ["V-00000002"])
        #expect(related[id(2)] == ["V-00000001", "V-00000003"] && related[id(4)] == [])
    }

    @Test(
        "Point 6: the category of the company if it exists; without one the default of the class; one that the company lacks is an error",
        arguments: [("Consulting", "Consulting", nil), (nil, "Consulting", nil), ("Travel", nil, "\"Travel\"")]
            as [(String?, String?, String?)])
    func category(named: String?, becomes: String?, says: String?) throws {
        let world = try FinanceWorld()
        try world.stage([actual(1, .unbilledSales) { $0.category = named }])
        let report = try world.importAll()
        #expect(try lines(world).first?.category == becomes)
        #expect(report.blocked.first?.code == (says == nil ? nil : .noProjectCategory))
        if let says { #expect(report.blocked.first?.reason.contains(says) == true) }
    }

    @Test(
        "Point 7: the line property is that of the billing type",
        arguments: [
            (nil, "None"), (.chargeable, "Charge"), (.nonChargeable, "NonCharge"), (.complimentary, "Free"),
            (.notAvailable, "Cost"),
        ] as [(BillingType?, String)])
    func lineProperty(billingType: BillingType?, property: String) throws {
        let world = try FinanceWorld(
            (
                "      Not Available: {id: Cost,",
                """
                      Complimentary: {id: Free, chargeable: false, accrue-revenue: false}
                      Not specified: {id: None, chargeable: false, accrue-revenue: false}
                      Not Available: {id: Cost,
                """
            ))
        try world.stage([actual(1, .unbilledSales) { $0.billingType = billingType }])
        try world.importAll()
        #expect(try lines(world).map(\.lineProperty) == [property])
    }

    @Test("Point 8: a missing rate makes no line and a message in the execution log; the others go on")
    func missingRate() throws {
        let world = try FinanceWorld()
        try world.stage(
            (1...3).map { actual($0, .unbilledSales) { $0.currency = "GBP" } } + [actual(4, .unbilledSales)])
        #expect(try world.importAll().journalLines == 1)
        #expect(try lines(world).map(\.actualId) == [id(4)])
        let said = try ExecutionLog(connection: world.connection).latest(10)
        #expect(said.map(\.subject) == ["usmf"] && said.map(\.activity) == ["import from staging"])
        #expect(said.first?.message.hasPrefix("3 rows made no journal line: no exchange rate from GBP to USD") == true)
        try world.importAll()
        #expect(try world.count("execution_log") == 1)
    }

    /// A time line and a fee on one invoice.
    private var withFee: (unbilled: [ActualCreated], billed: [ActualCreated]) {
        let fee = { (row: inout ActualCreated) in
            row.transactionClass = .fee
            row.category = "Fee"
        }
        return (
            [actual(1, .unbilledSales), actual(2, .unbilledSales, fee)],
            [actual(1_001, .billedSales), actual(1_002, .billedSales, fee)]
        )
    }

    @Test("Point 13: a fee that is not posted holds the whole proposal up")
    func missingFee() throws {
        let world = try FinanceWorld()
        let (unbilled, billed) = withFee
        try world.stage(billed + [unbilled[0]])
        try world.confirm([try confirmation(of: billed)])
        try world.importAll()
        try world.postJournals()
        #expect(try world.importAll().proposals.isEmpty)
        #expect(
            try ProposalSummary.list(world.connection).map(\.reason) == ["waiting for 1 unbilled sale to arrive"])
        try world.stage([unbilled[1]])
        try world.importAll()
        try world.postJournals()
        #expect(try world.importAll().proposals.map(\.lines) == [2])
    }

    @Test("Point 14: the import of one proposal does the same for it alone")
    func selective() throws {
        let world = try FinanceWorld()
        func sale(_ number: Int) -> ActualCreated {
            actual(1_000 + number, .billedSales) {
                $0.billingMethod = .fixedPrice
                $0.unbilledActualId = nil
                $0.invoiceId = id(number, 9)
            }
        }
        for number in 1...2 {
            try world.stage([sale(number)])
            try world.confirm([
                try confirmation(of: [sale(number)], number: "PRO-\(number)", invoice: id(number, 9))
            ])
        }
        let invoices = try ProposalSummary.invoices(ofProposal: "PRO-2", world.connection)
        #expect(invoices == [id(2, 9)])
        #expect(try world.importAll(invoice: invoices.first).proposals.map(\.number) == ["PRO-2"])
        #expect(try ProposalSummary.list(world.connection).map(\.status) == [.open, .ready])
        #expect(try world.importAll().proposals.map(\.number) == ["PRO-1"])
    }

    @Test("Point 16: lines are deleted all at once, never singly, and made anew by the set-up of then")
    func deletedLines() throws {
        let world = try FinanceWorld()
        let (unbilled, billed) = withFee
        try world.stage(unbilled + billed)
        try world.confirm([try confirmation(of: billed)])
        try world.importAll()
        try world.postJournals()
        try world.importAll()
        let change = ProposalChange("PRO-1", of: "usmf", on: world.connection)
        #expect(try change.deleteLines(requestedBy: "Ada") == 2)
        #expect(try world.count("invoice_proposal_lines") == 0)
        let proposal = try #require(try ProposalSummary.list(world.connection).first)
        #expect(proposal.status == .open && proposal.reason?.contains("deleted by Ada") == true)
        #expect(throws: ProposalChangeRefusal.self) { try change.deleteLines(requestedBy: "Ada") }
        try world.configure([("customers: {US-001: DOM}", "contracts: {C1: DOM}")])
        #expect(try world.importAll().proposals.map(\.lines) == [2])
        #expect(
            try world.texts("SELECT DISTINCT sales_tax_group FROM invoice_proposal_lines") == ["DOM"])
        #expect(ProposalRefusal.deleteLine.description.contains("delete-lines"))
        try world.postProposals()
        let refusal = #expect(throws: ProposalChangeRefusal.self) { try change.deleteLines(requestedBy: "Ada") }
        #expect(refusal?.reason.contains("is invoiced") == true)
    }

    @Test("603624: what comes after posting, and what set-up gets then, does not hold the lines of a correction up")
    func correctionAfterPosting() throws {
        let world = try FinanceWorld()
        let billed = actual(1_001, .billedSales)
        try world.stage([actual(1, .unbilledSales), billed])
        try world.confirm([try confirmation(of: [billed])])
        try world.importAll()
        try world.postJournals()
        try world.importAll()
        try world.postProposals()
        // Work of the same project that cannot be imported, and a change of set-up.
        try world.stage([actual(7, .unbilledSales) { $0.currency = "GBP" }, actual(8, .cost)])
        try world.configure([("EUR: {2026-01-01: 108", "EUR: {2026-01-01: 107")])
        let credit = actual(2_001, .billedSales) {
            $0.unbilledActualId = nil
            $0.reversedActualId = id(1_001)
            $0.amount = -$0.amount
            $0.quantity = Quantity(-8)
            $0.invoiceId = id(2, 9)
        }
        try world.stage([credit])
        try world.confirm([try confirmation(of: [credit], number: "PRO-2", invoice: id(2, 9))])
        #expect(try world.importAll().proposals.map(\.number) == ["PRO-2"])
        try world.postProposals()
        #expect(try world.count("project_invoices") == 2)
    }
}
