import Bus
import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

@Suite("Lines that contradict their invoice (design §4)")
struct HeaderTests {
    private let world: FinanceWorld

    init() throws { world = try FinanceWorld() }

    /// A milestone of 1,000, which stands on nothing.
    private func milestone(_ change: (inout ActualCreated) -> Void) -> ActualCreated {
        actual(1_001, .billedSales) {
            $0.transactionClass = .milestone
            $0.billingMethod = .fixedPrice
            $0.unbilledActualId = nil
            $0.category = nil
            $0.amount = Money(1_000)
            change(&$0)
        }
    }

    /// The totals are those of the row as it is, under the header of the company usmf.
    private func invoice(_ row: ActualCreated) throws {
        try world.stage([row])
        var confirmed = try confirmation(of: [row])
        confirmed.company = "usmf"
        try world.confirm([confirmed])
    }

    private func reason() throws -> String? { try ProposalSummary.list(world.connection).first?.reason }

    @Test(
        "A milestone of another currency, contract or customer is held with its invoice, naming both values",
        arguments: [
            "its currency is EUR, and that of the invoice USD", "its contract is C2, and that of the invoice C1",
            "its customer is US-002, and that of the invoice US-001",
        ])
    func held(named: String) throws {
        try invoice(
            milestone {
                if named.contains("currency") { $0.currency = "EUR" }
                if named.contains("contract") { $0.contractNumber = "C2" }
                if named.contains("customer") { $0.customerAccount = "US-002" }
            })
        #expect(try world.importAll().proposals.isEmpty)
        #expect(try reason()?.hasPrefix("1 billed sale blocked: it contradicts invoice PRO-1: \(named)") == true)
        #expect(try BlockedRows.list(world.connection).map(\.code) == [.contradictsInvoice])
    }

    @Test(
        "A billed sale of another company is held, and the invoice says so, whichever of them comes first",
        arguments: [true, false])
    func company(rowFirst: Bool) throws {
        let row = milestone { $0.company = "demf" }
        var confirmed = try confirmation(of: [row])
        confirmed.company = "usmf"
        if rowFirst { try world.stage([row]) } else { try world.confirm([confirmed]) }
        try world.importAll()
        if rowFirst { try world.confirm([confirmed]) } else { try world.stage([row]) }
        try world.importAll()
        try world.importAll()
        let reason = try #require(try reason())
        #expect(reason.contains("its company is demf, and that of the invoice usmf"))
        #expect(reason.contains("waiting for 1 of 1 billed sales"))
        #expect(try BlockedRows.list(world.connection).map(\.company) == ["demf"])
    }

    @Test("What contradicted goes on when it is corrected")
    func corrected() throws {
        try invoice(milestone { $0.currency = "EUR" })
        try world.importAll()
        let right = milestone { $0.rowVersion = 2 }
        try world.stage([right])
        try world.confirm([try confirmation(of: [right], version: 2)])
        #expect(try world.importAll().proposals.map(\.lines) == [1])
        #expect(try BlockedRows.list(world.connection).isEmpty)
    }

    @Test("Amounts of two currencies are never added: the totals of the invoice are those of its own")
    func totals() throws {
        let rows = [
            milestone { _ in },
            milestone {
                $0.actualId = id(1_002)
                $0.currency = "EUR"
            },
        ]
        try world.stage(rows)
        let sales = BilledSales(
            invoice: InvoiceCheckStore.Invoice(company: "usmf", invoiceId: id(1, 9)), connection: world.connection)
        #expect(try sales.totals(in: "USD").amount == Money(1_000) && sales.totals(in: "EUR").count == 1)
    }
}

@Suite("One bad row stops nobody")
struct BadRowTests {
    private let world: FinanceWorld

    init() throws { world = try FinanceWorld() }

    private var most: Money { (try? Money("999999999999999")) ?? .zero }

    @Test("An amount that is too large when it is converted blocks its row, and no other of any company")
    func tooLarge() throws {
        try world.stage([
            actual(1, .unbilledSales) {
                $0.currency = "EUR"
                $0.amount = most
            }, actual(2, .unbilledSales),
            actual(3, .unbilledSales) { $0.company = "demf" },
        ])
        #expect(try world.importAll().journalLines == 2)
        #expect(try BlockedRows.list(world.connection).map(\.code) == [.amountTooLarge])
        #expect(try world.post(.journal, "USPM-000001").status == "Posted")
        #expect(try world.texts("SELECT actual_id::text FROM project_transactions") == ["\(id(2))"])
    }

    @Test("An unbilled sale of class Tax is refused as what it is, and the good ones are posted")
    func tax() throws {
        try world.stage([
            actual(1, .cost), actual(2, .unbilledSales) { $0.transactionClass = .tax }, actual(3, .cost),
            actual(4, .unbilledSales),
        ])
        let report = try world.importAll()
        #expect(report.journalLines == 3 && report.blocked.map(\.code) == [.notAllowed])
        #expect(report.blocked.first?.reason.contains("the class Tax") == true)
        try world.postJournals()
        #expect(try world.count("project_transactions") == 3)
    }

    @Test("A billed sale of class Tax holds its own invoice alone")
    func billedTax() throws {
        for number in 1...2 {
            let row = actual(1_000 + number, .billedSales) {
                $0.billingMethod = .fixedPrice
                $0.unbilledActualId = nil
                $0.invoiceId = id(number, 9)
                if number == 1 { $0.transactionClass = .tax }
            }
            try world.stage([row])
            try world.confirm([try confirmation(of: [row], number: "PRO-\(number)", invoice: id(number, 9))])
        }
        let report = try world.importAll()
        #expect(report.proposals.map(\.number) == ["PRO-2"] && report.blocked.map(\.code) == [.notAllowed])
    }

    @Test("A company whose numbers are used up is named, and stops no other company and no invoice")
    func usedUp() throws {
        let billed = actual(1_001, .billedSales) {
            $0.billingMethod = .fixedPrice
            $0.unbilledActualId = nil
        }
        try world.stage([
            actual(1, .cost) { $0.company = "demf" }, actual(2, .cost), billed,
        ])
        try world.confirm([try confirmation(of: [billed])])
        try world.connection.execute(
            """
            UPDATE number_sequences SET next = 100000000000000000
            WHERE data_area_id = 'demf' AND sequence = 'voucher'
            """)
        let report = try world.importAll()
        #expect(report.journalLines == 1 && report.proposalLines == 1)
        #expect(report.failures.map(\.company) == ["demf"])
    }
}
