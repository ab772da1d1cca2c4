import Bus
import Contracts
import Foundation
import Testbed
import Testing

@testable import Database
@testable import Finance

@Suite("Import of proposal lines (domain.md §6.10.11, §6.10.12)")
struct ImportProposalTests {
    private func world(_ lines: Int) throws -> (world: FinanceWorld, billed: [ActualCreated]) {
        let world = try FinanceWorld()
        return (world, (1..<(lines + 1)).map { actual(1_000 + $0, .billedSales) })
    }

    private func reason(_ world: FinanceWorld) throws -> String? {
        try ProposalSummary.list(world.connection).first?.reason
    }

    @Test(
        "Point 11: all or nothing: lines appear when all billed sales have come and their unbilled sales are posted, and not before"
    )
    func goesOn() throws {
        let (world, billed) = try world(3)
        try world.confirm([try confirmation(of: billed)])
        try world.stage(Array(billed.prefix(1)))
        #expect(try world.importAll().waiting.map(\.reason) == ["waiting for 2 of 3 billed sales"])
        try world.stage(Array(billed.dropFirst()))
        #expect(try world.importAll().waiting.map(\.reason) == ["waiting for 3 unbilled sales to arrive"])
        try world.stage((1...3).map { actual($0, .unbilledSales) })
        #expect(
            try world.importAll().waiting.map(\.reason)
                == ["waiting for 3 unbilled sales to be posted: journal USPM-000001"])
        #expect(try world.count("invoice_proposal_lines") == 0)
        try world.postJournals()
        let report = try world.importAll()
        #expect(report.proposals == [.init(company: "usmf", number: "PRO-1", lines: 3)])
        let proposal = try #require(try ProposalSummary.list(world.connection).first)
        #expect(proposal.status == .ready && proposal.arrived == 3 && proposal.expected == 3 && proposal.reason == nil)
        let line = try world.connection.query(
            "SELECT count(*), min(line_number), max(line_number), sum(amount), min(sales_tax_group), min(item_sales_tax_group) FROM invoice_proposal_lines"
        ).single()
        #expect(try [line.int(0), line.int(1), line.int(2)] == [3, 1, 3])
        #expect(try line[3, as: Money.self] == Money(4800))
        #expect(try line.string(4) == "DOM" && line.string(5) == "FULL")
    }

    @Test(
        "Point 12: mismatched billed sales: rows that are not those that were confirmed are told apart: by amount, by digest, by number"
    )
    func disagrees() throws {
        let (world, billed) = try world(2)
        try world.stage(billed)
        var other = billed
        other[0].amount += Money(10)
        try world.confirm([try confirmation(of: other)])
        #expect(
            try world.importAll().waiting.map(\.reason) == [
                "billed sales do not agree with the control totals: count 2 = 2, amount 3200.00 ≠ 3210.00"
            ])
        other[1].amount -= Money(10)
        try world.confirm([try confirmation(of: other, version: 2)])
        #expect(try world.importAll().waiting.first?.reason.contains("digests differ") == true)
        try world.confirm([try confirmation(of: Array(billed.prefix(1)), version: 3)])
        #expect(
            try world.importAll().waiting.first?.reason.hasPrefix("2 billed sales arrived, and 1 were confirmed")
                == true)
        try world.confirm([try confirmation(of: billed, version: 4)])
        #expect(try world.importAll().waiting.first?.reason == "waiting for 2 unbilled sales to arrive")
    }

    @Test("An amount that changes after the totals agreed is noticed")
    func changesAfterAgreement() throws {
        let (world, billed) = try world(2)
        try world.stage(billed)
        try world.confirm([try confirmation(of: billed)])
        try world.importAll()
        var changed = billed[0]
        changed.rowVersion = 2
        changed.amount += Money(1)
        try world.stage([changed])
        try world.stage((1...2).map { actual($0, .unbilledSales) })
        try world.importAll()
        try world.postJournals()
        try world.importAll()
        #expect(try world.count("invoice_proposal_lines") == 0)
        #expect(try reason(world)?.hasPrefix("billed sales do not agree with the control totals") == true)
    }

    @Test("Milestones and fixed-price lines are ready at once")
    func fixedPrice() throws {
        let world = try FinanceWorld()
        let billed = [
            actual(1_001, .billedSales) {
                $0.transactionClass = .milestone
                $0.billingMethod = .fixedPrice
                $0.unbilledActualId = nil
                $0.category = nil
            },
            actual(1_002, .billedSales) {
                $0.billingMethod = .fixedPrice
                $0.unbilledActualId = nil
            },
        ]
        try world.stage(billed)
        try world.confirm([try confirmation(of: billed)])
        #expect(try world.importAll().proposals.map(\.lines) == [2])
        #expect(
            try world.texts(
                "SELECT transaction_class || coalesce(category_id, '-') || item_sales_tax_group FROM invoice_proposal_lines ORDER BY 1"
            )
                == ["Milestone-FULL", "TimeConsultingFULL"])
    }

    @Test("A correction waits until the invoice of its original is posted")
    func correction() throws {
        let world = try FinanceWorld()
        let original = [
            actual(1_001, .billedSales) {
                $0.transactionClass = .milestone
                $0.unbilledActualId = nil
                $0.category = nil
            }
        ]
        let credit = [
            actual(2_001, .billedSales) {
                $0.transactionClass = .milestone
                $0.unbilledActualId = nil
                $0.category = nil
                $0.reversedActualId = id(1_001)
                $0.amount = -$0.amount
                $0.invoiceId = id(2, 9)
            }
        ]
        try world.stage(credit)
        try world.confirm([try confirmation(of: credit, number: "PRO-2", invoice: id(2, 9))])
        #expect(
            try world.importAll().waiting.map(\.reason) == [
                "waiting for the invoice of 1 corrected billed sale to arrive"
            ])
        try world.stage(original)
        try world.confirm([try confirmation(of: original)])
        try world.importAll()
        #expect(
            try world.importAll(invoice: id(2, 9)).waiting.map(\.reason)
                == ["waiting for the invoice of 1 corrected billed sale to be posted: proposal PRO-1"])
        try world.connection.execute("UPDATE invoice_proposals SET status = 'Invoiced' WHERE proposal_number = 'PRO-1'")
        #expect(try world.importAll(invoice: id(2, 9)).proposals.map(\.number) == ["PRO-2"])
    }

    @Test("619391: a fee of zero among the unbilled lines does not hold the invoice up")
    func zeroFee() throws {
        let world = try FinanceWorld()
        let fee = { (row: inout ActualCreated) in
            row.transactionClass = .fee
            row.category = "Fee"
            row.amount = .zero
            row.price = .zero
        }
        let billed = [actual(1_001, .billedSales), actual(1_002, .billedSales, fee)]
        try world.stage([actual(1, .unbilledSales), actual(2, .unbilledSales, fee)] + billed)
        try world.confirm([try confirmation(of: billed)])
        try world.importAll()
        try world.postJournals()
        #expect(try world.importAll().proposals.map(\.lines) == [2])
    }

    @Test("Billed sales that set-up lacks something for hold the whole proposal up, are named, and go on by themselves")
    func blocked() throws {
        let world = try FinanceWorld()
        let billed = (1...3).map { number in
            actual(1_000 + number, .billedSales) {
                $0.billingMethod = .fixedPrice
                $0.unbilledActualId = nil
                if number > 1 { $0.category = "Travel" }
            }
        }
        try world.stage(billed)
        try world.confirm([try confirmation(of: billed)])
        let report = try world.importAll()
        #expect(
            report.waiting.first?.reason.hasPrefix(
                "2 billed sales blocked: company usmf has no project category \"Travel\"") == true)
        #expect(report.blocked.map(\.rows) == [2] && report.blocked.map(\.code.rawValue) == ["no-project-category"])
        #expect(try world.count("invoice_proposal_lines") == 0)
        #expect(try world.importAll().waiting.isEmpty)
        try world.configure([("      Fee: {", "      Travel: {class: Expense}\n      Fee: {")])
        let later = try world.importAll()
        #expect(later.proposals.map(\.lines) == [3] && later.blocked.isEmpty)
    }

    @Test("Unbilled sales that are blocked are named by the invoice that waits for them")
    func blockedUnbilled() throws {
        let (world, billed) = try world(1)
        try world.stage(billed + [actual(1, .unbilledSales) { $0.category = "Travel" }])
        try world.confirm([try confirmation(of: billed)])
        #expect(
            try world.importAll().waiting.first?.reason.hasPrefix(
                "1 unbilled sale blocked: company usmf has no project category")
                == true)
    }

    @Test("Rows that arrive before their invoice is confirmed wait without a word")
    func early() throws {
        let (world, billed) = try world(1)
        try world.stage(billed)
        let report = try world.importAll()
        #expect(report.waiting.isEmpty && report.proposals.isEmpty)
    }

    private func fixedPrice(_ number: Int) -> ActualCreated {
        actual(1_000 + number, .billedSales) {
            $0.billingMethod = .fixedPrice
            $0.unbilledActualId = nil
        }
    }

    @Test(
        "A row too many for an invoice that has its lines takes them back, until the confirmation that names them all")
    func surplus() throws {
        let world = try FinanceWorld()
        let billed = (1...2).map(fixedPrice)
        try world.stage([billed[0]])
        try world.confirm([try confirmation(of: [billed[0]])])
        try world.importAll()
        try world.stage([billed[1]])
        #expect(try world.post(.proposal, "PRO-1").error?.contains("something about its invoice came") == true)
        #expect(try world.importAll().waiting.first?.reason.hasPrefix("2 billed sales arrived, and 1 were") == true)
        #expect(try world.count("invoice_proposal_lines") == 0)
        try world.confirm([try confirmation(of: billed, version: 2)])
        #expect(try world.importAll().proposals.map(\.lines) == [2])
        #expect(try ProposalSummary.list(world.connection).map(\.reason) == [nil])
    }

    @Test("A row too many for an invoice that is posted is an error of the invoice")
    func surplusAfterPosting() throws {
        let world = try FinanceWorld()
        let billed = (1...2).map(fixedPrice)
        try world.stage([billed[0]])
        try world.confirm([try confirmation(of: [billed[0]])])
        try world.importAll()
        try world.postProposals()
        try world.stage([billed[1]])
        try world.importAll()
        #expect(
            try ProposalSummary.list(world.connection).first?.reason?.hasPrefix(
                "out of sync: 2 billed sales arrived, and 1 were posted") == true)
        #expect(try FinanceCounts.load(world.connection).invoicesOutOfSync == 1)
    }

    @Test("An invoice of 5,000 lines gets all of them at once, in the order of their dates")
    func large() throws {
        let world = try FinanceWorld()
        let billed = (1...5_000).map { number in
            actual(1_000 + number, .billedSales) {
                $0.documentDate = $0.documentDate.adding(days: number % 7)
                $0.unbilledActualId = id(100_000 + number)
            }
        }
        try world.stage(billed)
        try world.stage((1...5_000).map { actual(100_000 + $0, .unbilledSales) })
        try world.confirm([try confirmation(of: billed)])
        #expect(
            try world.importAll().waiting.first?.reason
                == "waiting for 5000 unbilled sales to be posted: journals USPM-000001, USPM-000002, USPM-000003, "
                + "USPM-000004, USPM-000005 and 20 more")
        try world.postJournals()
        #expect(try world.importAll().proposals.map(\.lines) == [5_000])
        #expect(
            try world.texts(
                """
                SELECT count(*)::text FROM (
                    SELECT transaction_date < lag(transaction_date) OVER (ORDER BY line_number) AS back
                    FROM invoice_proposal_lines) lines WHERE back
                """) == ["0"])
    }

    @Test("Point 15, 567962: two imports at once make no line twice")
    func parallel() throws {
        let world = try FinanceWorld()
        var invoices: [InvoiceConfirmed] = []
        for invoice in 1...20 {
            let billed = (1...50).map { number in
                actual(10_000 * invoice + number, .billedSales) {
                    $0.billingMethod = .fixedPrice
                    $0.unbilledActualId = nil
                    $0.invoiceId = id(invoice, 9)
                }
            }
            try world.stage(billed)
            invoices.append(try confirmation(of: billed, number: "PRO-\(invoice)", invoice: id(invoice, 9)))
        }
        try world.confirm(invoices)
        for batch in 0..<10 { try world.stage((1...600).map { actual(1_000_000 + batch * 600 + $0, .cost) }) }
        let pool = world.pool
        let results = ParallelResults()
        DispatchQueue.concurrentPerform(iterations: 3) { _ in
            results.add(Result { try ImportFromStaging(pool: pool).run() })
        }
        let reports = try results.all.map { try $0.get() }
        #expect(reports.reduce(0) { $0 + $1.journalLines } == 6_000)
        #expect(reports.reduce(0) { $0 + $1.proposalLines } == 1_000)
        #expect(try world.count("integration_journal_lines") == 6_000)
        #expect(try world.count("invoice_proposal_lines") == 1_000)
        #expect(try world.texts("SELECT DISTINCT status FROM invoice_proposals") == ["Ready"])
    }

    @Test(
        "Whatever the order in which rows, versions and confirmations come, an invoice has all its lines once, or none")
    func anyOrder() throws {
        var generator = SeededRandom()
        let seed = generator.description
        print("\(seed)")
        let world = try FinanceWorld()
        let unbilled = (1...30).map { actual($0, .unbilledSales) }
        let billed = (1_001...1_030).map { number in actual(number, .billedSales) { $0.invoiceId = id(number % 3, 9) } }
        let stale = billed.map { row in
            var row = row
            row.rowVersion = 0
            row.amount += Money(5)
            return row
        }
        let invoices = try (0..<3).map { invoice in
            try confirmation(
                of: billed.filter { $0.invoiceId == id(invoice, 9) }, number: "PRO-\(invoice)", invoice: id(invoice, 9))
        }
        var rows = unbilled + billed + stale + billed
        rows.shuffle(using: &generator)
        var rest = rows[...]
        var confirmations = invoices[...]
        while !rest.isEmpty || !confirmations.isEmpty {
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                try world.importAll()
                try world.postJournals()
            case 1:
                if let next = confirmations.popFirst() { try world.confirm([next]) }
            default:
                let size = Int.random(in: 1...12, using: &generator)
                // Rows are processed only when complete, so that no stale row is imported before the newest has come.
                let batch = Array(rest.prefix(size))
                rest = rest.dropFirst(size)
                if !batch.isEmpty { try world.stage(batch, partition: Int32.random(in: 0..<3, using: &generator)) }
            }
            #expect(
                try world.texts(
                    """
                    SELECT proposal_number FROM invoice_proposals p WHERE (
                        SELECT count(*) FROM invoice_proposal_lines l WHERE l.proposal_number = p.proposal_number
                    ) NOT IN (0, total_count)
                    """
                ).isEmpty, "\(seed)")
        }
        try world.importAll()
        try world.postJournals()
        try world.importAll()
        #expect(try world.texts("SELECT DISTINCT status FROM invoice_proposals") == ["Ready"], "\(seed)")
        #expect(try world.count("invoice_proposal_lines") == 30, "\(seed)")
        #expect(
            try world.texts("SELECT sum(amount)::int::text FROM invoice_proposal_lines") == ["48000"], "\(seed)")
        #expect(try world.count("integration_journal_lines") == 30, "\(seed)")
    }
}

/// What threads come back with.
private final class ParallelResults: @unchecked Sendable {
    // Safe: guarded by the lock.
    private let lock = NSLock()
    private var results: [Result<ImportReport, any Error>] = []

    func add(_ result: Result<ImportReport, any Error>) { lock.withLock { results.append(result) } }
    var all: [Result<ImportReport, any Error>] { lock.withLock { results } }
}
