import Bus
import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("Reversals and credits (domain.md §9.5, §9.26)")
struct ReversalTests {
    private let world: FinanceWorld

    init() throws { world = try FinanceWorld() }

    /// 1,600 EUR of September; a euro is 108, and 110 from October.
    private let original = actual(1, .unbilledSales) { $0.currency = "EUR" }

    /// What takes it back in October, and does not say so itself.
    private func reversal(_ number: Int = 2, _ change: (inout ActualCreated) -> Void = { _ in }) throws -> ActualCreated
    {
        let october = try day("2026-10-05")
        return actual(number, .unbilledSales) {
            $0.currency = "EUR"
            $0.amount = -$0.amount
            $0.quantity = -$0.quantity
            $0.accountingDate = october
            $0.adjustmentStatus = .unadjustable
            change(&$0)
        }
    }

    private func connection(_ reversing: Int = 2, _ original: Int = 1) -> TransactionConnected {
        TransactionConnected(
            connectionId: id(reversing, 5), rowVersion: 1, company: "usmf", transaction1Id: id(reversing),
            transaction1Role: "Reversing", transaction1Type: "msdyn_actual", transaction2Id: id(original),
            transaction2Role: "Original", transaction2Type: "msdyn_actual")
    }

    private func blocked() throws -> [String] { try BlockedRows.list(world.connection).map(\.code.rawValue) }

    private func rates() throws -> [String] {
        try world.texts(
            "SELECT exchange_rate::int::text FROM integration_journal_lines WHERE actual_id IN ('\(id(1))', '\(id(2))')"
        )
    }

    @Test(
        "A reversal that comes before its connection waits for it, and takes the rate of its original; WIP nets to zero"
    )
    func lateConnection() throws {
        try world.stage([original])
        try world.importAll()
        try world.postJournals()
        try world.configure([
            ("{from: 2026-09-01, to: 2026-12-31, status: open}", "{from: 2026-10-01, to: 2026-12-31, status: open}")
        ])
        try world.stage([reversal()])
        #expect(try world.importAll().journalLines == 0)
        #expect(try blocked() == ["waits-for-connection"])
        try world.connect([connection()])
        #expect(try world.importAll().journalLines == 1)
        try world.postJournals()
        #expect(try rates() == ["108", "108"])
        #expect(try world.balance(.wipSalesValue) == "0.00" && blocked().isEmpty)
    }

    @Test(
        "A reversal waits for its connection and for its original in any order",
        arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
    func anyOrder(order: [Int]) throws {
        for (count, step) in order.enumerated() {
            switch step {
            case 0: try world.stage([original])
            case 1: try world.stage([reversal()])
            default: try world.connect([connection()])
            }
            try world.importAll()
            if count < 2 { #expect(try world.count("integration_journal_lines", "amount < 0") == 0) }
        }
        #expect(try rates() == ["108", "108"] && blocked().isEmpty)
        try world.postJournals()
        #expect(try world.balance(.wipSalesValue) == "0.00")
    }

    @Test("A draft line is made anew when its row learns late what it takes back")
    func draftLearns() throws {
        try world.stage([original, reversal { $0.adjustmentStatus = nil }])
        try world.importAll()
        #expect(try rates().sorted() == ["108", "110"])
        try world.connect([connection()])
        try world.importAll()
        #expect(try rates() == ["108", "108"])
    }

    @Test("A draft line that learned late what it takes back is made anew by posting, when no import came between")
    func draftLearnsAtPosting() throws {
        try world.stage([original, reversal { $0.adjustmentStatus = nil }])
        try world.importAll()
        try world.stage([
            reversal {
                $0.rowVersion = 2
                $0.reversedActualId = id(1)
            }
        ])
        try world.postJournals()
        #expect(try rates() == ["108", "108"])
        #expect(try world.balance(.wipSalesValue) == "0.00")
    }

    @Test("A posted line whose row learns late what it takes back is out of sync")
    func postedLearns() throws {
        try world.stage([original, reversal { $0.adjustmentStatus = nil }])
        try world.importAll()
        try world.postJournals()
        try world.connect([connection()])
        try world.importAll()
        #expect(try OutOfSync.list(world.connection).map(\.changes) == ["reversed_actual_id"])
        #expect(try FinanceCounts.load(world.connection).outOfSync == 1)
    }

    @Test("A reversal whose journal is posted before that of its original takes back what that accrues")
    func postedFirst() throws {
        let october = try #require(CalendarDate("2026-10-20"))
        try world.stage([
            original,
            reversal {
                $0.reversedActualId = id(1)
                $0.documentDate = october
            },
        ])
        try world.importAll()
        #expect(try world.count("integration_journals") == 2)
        #expect(try world.post(.journal, "USPM-000002").status == "Posted")
        try world.configure([("EUR: {2026-01-01: 108", "EUR: {2026-01-01: 190")])
        #expect(try world.post(.journal, "USPM-000001").status == "Posted")
        #expect(try rates() == ["108", "108"])
        #expect(try world.balance(.wipSalesValue) == "0.00" && blocked().isEmpty)
    }

    @Test("A reversal in the journal of its original takes back what that accrued, whatever its own billing type")
    func sameJournal() throws {
        try world.stage([
            original,
            reversal {
                $0.reversedActualId = id(1)
                $0.billingType = .nonChargeable
            },
        ])
        try world.importAll()
        #expect(try world.count("integration_journals") == 1)
        try world.postJournals()
        #expect(try world.balance(.wipSalesValue) == "0.00")
    }

    @Test("Of several rows that take the same one back the first is booked, and the others name it")
    func reversedTwice() throws {
        let rows = try (2...4).map { number in
            try reversal(number) {
                $0.rowVersion = number
                $0.reversedActualId = id(1)
            }
        }
        try world.stage([original] + rows.reversed())
        try world.importAll()
        #expect(
            try world.texts("SELECT actual_id::text FROM integration_journal_lines WHERE amount < 0")
                == ["\(id(2))"])
        #expect(try blocked() == ["reversed-twice"])
        try world.importAll()
        #expect(try world.texts("SELECT reason FROM blocked_actuals LIMIT 1")[0].contains("\(id(2)) in journal USPM-"))
        try world.stage([
            reversal {
                $0.rowVersion = 9
                $0.reversedActualId = id(1)
                $0.withdrawn = true
            }
        ])
        try world.importAll()
        #expect(
            try world.texts("SELECT actual_id::text FROM integration_journal_lines WHERE amount < 0")
                == ["\(id(3))"])
    }

    @Test("A cost is taken back once, and by no more than it was")
    func cost() throws {
        func cost(_ number: Int, _ amount: Int, reversing: Int) -> ActualCreated {
            actual(number, .cost) {
                $0.amount = Money(amount)
                $0.reversedActualId = id(reversing)
            }
        }
        try world.stage([
            actual(1, .cost) { $0.amount = Money(200) }, cost(2, -500, reversing: 1), cost(3, -7, reversing: 3),
        ])
        #expect(try world.importAll().journalLines == 1)
        #expect(try blocked() == ["contradicts-original", "contradicts-original"])
        try world.stage(
            [
                cost(2, -200, reversing: 1)
            ].map { row in
                var row = row
                row.rowVersion = 2
                return row
            })
        #expect(try world.importAll().journalLines == 1)
    }
}

@Suite("Credits of billed sales (domain.md §9.26)")
struct CreditTests {
    private let world: FinanceWorld

    init() throws { world = try FinanceWorld() }

    private func milestone(_ number: Int, _ amount: Int, invoice: Int, reversing: Int? = nil) -> ActualCreated {
        actual(number, .billedSales) {
            $0.transactionClass = .milestone
            $0.billingMethod = .fixedPrice
            $0.unbilledActualId = nil
            $0.category = nil
            $0.amount = Money(amount)
            $0.invoiceId = id(invoice, 9)
            $0.reversedActualId = reversing.map { id($0) }
        }
    }

    private func invoice(_ invoice: Int, _ rows: [ActualCreated]) throws {
        try world.stage(rows)
        try world.confirm([try confirmation(of: rows, number: "PRO-\(invoice)", invoice: id(invoice, 9))])
    }

    private func reason(_ number: String) throws -> String? {
        try ProposalSummary.list(world.connection).first { $0.number == number }?.reason
    }

    @Test("A billed sale is credited once: the second credit is held, and names the invoice that credited it")
    func twice() throws {
        try invoice(1, [milestone(1, 5_000, invoice: 1)])
        try world.importAll()
        try world.postProposals()
        try invoice(2, [milestone(2, -5_000, invoice: 2, reversing: 1)])
        try world.importAll()
        try world.postProposals()
        try invoice(3, [milestone(3, -5_000, invoice: 3, reversing: 1)])
        try world.importAll()
        let reason = try #require(try reason("PRO-3"))
        #expect(reason.contains("\(id(1)) is taken back by actual \(id(2)) in customer invoice CIV-"))
        #expect(reason.contains("(proposal PRO-2)"))
        #expect(try BlockedRows.list(world.connection).map(\.code) == [.reversedTwice])
        #expect(try world.count("project_invoices") == 2)
    }

    @Test("Of two credits of one billed sale that are both not posted, one is ready")
    func twiceOpen() throws {
        try invoice(1, [milestone(1, 5_000, invoice: 1)])
        try world.importAll()
        try world.postProposals()
        try invoice(2, [milestone(2, -5_000, invoice: 2, reversing: 1)])
        try invoice(3, [milestone(3, -5_000, invoice: 3, reversing: 1)])
        #expect(try world.importAll().proposals.map(\.number) == ["PRO-2"])
        #expect(try reason("PRO-3")?.contains("in proposal PRO-2") == true)
    }

    @Test("Two credits of one billed sale on one invoice hold it")
    func twiceOnOneInvoice() throws {
        try invoice(1, [milestone(1, 5_000, invoice: 1)])
        try world.importAll()
        try world.postProposals()
        try invoice(
            2, [milestone(2, -5_000, invoice: 2, reversing: 1), milestone(3, -5_000, invoice: 2, reversing: 1)])
        #expect(try world.importAll().proposals.isEmpty)
        #expect(try reason("PRO-2")?.contains("is taken back by actual \(id(2))") == true)
    }

    @Test("A credit of more than was billed is held")
    func tooMuch() throws {
        try invoice(1, [milestone(1, 200, invoice: 1)])
        try world.importAll()
        try world.postProposals()
        try invoice(2, [milestone(2, -500, invoice: 2, reversing: 1)])
        try world.importAll()
        #expect(try reason("PRO-2")?.contains("500.0000") == true)
        #expect(try BlockedRows.list(world.connection).map(\.code) == [.contradictsOriginal])
    }

    @Test("A billed sale that takes itself back is held")
    func itself() throws {
        try invoice(1, [milestone(1, 200, invoice: 1, reversing: 1)])
        try world.importAll()
        #expect(try reason("PRO-1")?.contains("it takes itself back") == true)
    }

    @Test("A credit whose header does not say that it has corrections is woken by the posting of what it waits for")
    func flagIsFalse() throws {
        try invoice(1, [milestone(1, 5_000, invoice: 1)])
        let credit = [milestone(2, -5_000, invoice: 2, reversing: 1)]
        try world.stage(credit)
        var confirmed = try confirmation(of: credit, number: "PRO-2", invoice: id(2, 9))
        confirmed.hasCorrections = false
        try world.confirm([confirmed])
        #expect(try world.importAll().proposals.map(\.number) == ["PRO-1"])
        try world.importAll()
        try world.postProposals()
        #expect(try world.importAll().proposals.map(\.number) == ["PRO-2"])
    }

    @Test("A credit that does not say what it takes back waits for the connection that does")
    func orphan() throws {
        try invoice(1, [milestone(1, 5_000, invoice: 1)])
        try world.importAll()
        try world.postProposals()
        var credit = milestone(2, -5_000, invoice: 2)
        credit.adjustmentStatus = .unadjustable
        try invoice(2, [credit])
        #expect(
            try world.importAll().waiting.first?.reason.hasPrefix("waiting for the connection of 1 correction") == true)
        try world.connect([
            TransactionConnected(
                connectionId: id(1, 5), rowVersion: 1, company: "usmf", transaction1Id: id(2),
                transaction1Role: "Reversing", transaction1Type: "msdyn_actual", transaction2Id: id(1),
                transaction2Role: "Original", transaction2Type: "msdyn_actual")
        ])
        #expect(try world.importAll().proposals.map(\.number) == ["PRO-2"])
        #expect(
            try world.texts(
                "SELECT reversed_actual_id::text FROM invoice_proposal_lines WHERE proposal_number = 'PRO-2'") == [
                    "\(id(1))"
                ])
    }

    @Test("A billed sale of 500 on an unbilled sale of 200 is held, and both are named")
    func moreThanUnbilled() throws {
        try world.stage([actual(1, .unbilledSales) { $0.amount = Money(200) }])
        try world.importAll()
        try world.postJournals()
        try invoice(1, [actual(1_001, .billedSales) { $0.amount = Money(500) }])
        try world.importAll()
        let reason = try #require(try reason("PRO-1"))
        #expect(reason.contains("\(id(1))") && reason.contains("500.0000") && reason.contains("200.0000"))
        #expect(try BlockedRows.list(world.connection).map(\.code) == [.contradictsUnbilledSale])
    }

    @Test("A billed sale that names a cost as its unbilled sale is held")
    func costAsUnbilled() throws {
        try world.stage([actual(1, .cost)])
        try world.importAll()
        try world.postJournals()
        try invoice(1, [actual(1_001, .billedSales)])
        try world.importAll()
        #expect(try reason("PRO-1")?.contains("is of the type Cost, and has to be Unbilled Sales") == true)
    }
}
