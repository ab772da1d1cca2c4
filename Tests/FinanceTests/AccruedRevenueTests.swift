import Bus
import Contracts
import Foundation
import Testbed
import Testing
import YAML

@testable import Database
@testable import Finance

@Suite("Reconcile accrued revenue (domain.md §6.14)")
struct AccruedRevenueTests {
    private let world: FinanceWorld
    private let reconciliation: AccruedRevenueReconciliation
    private let window: ClosedRange<CalendarDate>

    init() throws {
        world = try FinanceWorld(setup: FinanceWorld.postingSetup)
        reconciliation = AccruedRevenueReconciliation(company: "usmf", connection: world.connection)
        window = (try day("2026-03-01"))...(try day("2026-05-31"))
    }

    /// Posts an invoice of one unbilled sale of 5,000 dollars and one of 100.
    ///
    /// - returns: the unbilled sales, the large one first, and the billed sales.
    private func invoice(
        _ transactionClass: TransactionClass = .time, number: String = "P", date: String = "2026-04-01"
    ) throws -> (unbilled: [GUID], billed: [GUID]) {
        let unbilled = try world.journal(
            "J\(number)", [.unbilled("5000", transactionClass), .unbilled("100", transactionClass)])
        try world.post(.journal, "J\(number)")
        let billed = try world.proposal(
            number, date: date,
            zip(["5000", "100"], unbilled).map {
                ProposalLineSample(transactionClass: transactionClass, amount: $0, unbilled: $1)
            })
        #expect(try world.post(.proposal, number).status == "Posted")
        return (unbilled, billed)
    }

    /// Has the invoice take 500 less back of its larger sale, on both sides.
    private func damage(_ number: String = "P", unbilled: GUID) throws {
        try world.connection.executeScript(
            """
            UPDATE ledger_entries SET amount = amount - sign(amount) * 500,
                accounting_amount = accounting_amount - sign(accounting_amount) * 500
            WHERE voucher = (SELECT voucher FROM project_invoices WHERE proposal_number = '\(number)')
                AND posting_type IN ('wip-sales-value', 'accrued-revenue-sales-value');
            UPDATE project_invoice_lines SET accrual_reversed = accrual_reversed - 500
            WHERE unbilled_actual_id = '\(unbilled)';
            """)
    }

    /// Has the invoice's ledger take 500 less back of WIP alone.
    private func damageWIP(_ number: String = "P") throws {
        try world.connection.executeScript(
            """
            UPDATE ledger_entries SET amount = amount + 500, accounting_amount = accounting_amount + 500
            WHERE voucher = (SELECT voucher FROM project_invoices WHERE proposal_number = '\(number)')
                AND posting_type = 'wip-sales-value';
            """)
    }

    private func propose(offset: String? = nil) throws -> AccruedRevenueJournal {
        try #require(
            try reconciliation.propose(
                in: window, voucherDate: try day("2026-05-31"), offsetAccount: offset, by: "ana"))
    }

    private func ledger(_ journal: AccruedRevenueJournal) throws -> [String] {
        try world.texts(
            """
            SELECT concat_ws(' ', posting_type, main_account, project_number, accounting_amount::numeric(19, 2),
                accounting_date) FROM ledger_entries WHERE voucher = '\(journal.voucher ?? "")' ORDER BY entry_number
            """)
    }

    @Test("What was fully reversed is not detected, and there is nothing to propose")
    func balanced() throws {
        _ = try invoice()
        #expect(try reconciliation.detect(in: window).isEmpty)
        #expect(try reconciliation.propose(in: window, voucherDate: try day("2026-05-31"), by: "ana") == nil)
        #expect(try AccruedRevenueReconciliation.journals(on: world.connection).isEmpty)
    }

    @Test("Symmetric: accrued 5,000 and reversed 4,500 is found, corrected on both sides, and vanishes")
    func symmetric() throws {
        let sales = try invoice()
        try damage(unbilled: sales.unbilled[0])
        let found = try reconciliation.detect(in: window)
        #expect(found.map(\.actualId) == [sales.unbilled[0]])
        #expect(found.map(\.imbalance.wip) == [Money(500)] && found.map(\.imbalance.accruedRevenue) == [Money(-500)])
        #expect(found[0].balance.accrued.wip == Money(5000) && found[0].balance.reversed.wip == Money(-4500))
        #expect(found[0].correction == .symmetric && found[0].proposedIn == nil)

        let proposed = try propose()
        #expect(proposed.number == "ARJ-000001" && proposed.lineCount == 1 && proposed.status == .proposed)
        #expect(try reconciliation.detect(in: window).map(\.proposedIn) == ["ARJ-000001"])
        #expect(try world.balance(.wipSalesValue) == "500.00")
        let posted = try reconciliation.post(proposed.number, by: "ben")
        #expect(posted.status == .posted && posted.voucher == "ARV-000001" && posted.postedBy == "ben")
        #expect(
            try ledger(posted) == [
                "accrued-revenue-sales-value A-accrued-revenue-sales-value WIP 500.00 2026-05-31",
                "wip-sales-value A-wip-sales-value WIP -500.00 2026-05-31",
            ])
        #expect(try reconciliation.detect(in: window).isEmpty)
        #expect(try world.balance(.wipSalesValue) == "0.00")
        #expect(try world.balance(.accruedRevenueSalesValue) == "0.00")
        #expect(try world.count("execution_log", "message LIKE '%ARV-000001 by ben%'") == 1)
    }

    @Test(
        "Asymmetric: WIP is corrected, and an account balances it, that of set-up or one that is given",
        arguments: [nil, "B-given"] as [String?])
    func asymmetric(offset: String?) throws {
        _ = try invoice()
        try damageWIP()
        let found = try reconciliation.detect(in: window)
        #expect(found.map(\.actualId) == [nil], "no sale explains it")
        #expect(found.map(\.correction) == [.asymmetric])
        #expect(found.map(\.imbalance) == [AccrualSides(wip: Money(500))])
        let posted = try reconciliation.post(propose(offset: offset).number, by: "ben")
        #expect(
            try ledger(posted) == [
                "accrued-revenue-correction \(offset ?? "A-correction") WIP 500.00 2026-05-31",
                "wip-sales-value A-wip-sales-value WIP -500.00 2026-05-31",
            ])
        #expect(try reconciliation.detect(in: window).isEmpty)
        #expect(try world.balance(.wipSalesValue) == "0.00")
    }

    @Test("Without any account to balance it an asymmetric correction is refused with the cure, and goes on with it")
    func noOffset() throws {
        _ = try invoice()
        try damageWIP()
        try world.connection.execute("DELETE FROM posting_accounts WHERE posting_type = 'accrued-revenue-correction'")
        let journal = try propose()
        let refusal = #expect(throws: PostingRefusal.self) { try reconciliation.post(journal.number, by: "ben") }
        #expect(refusal?.reason.contains("change ARJ-000001 --offset-account") == true)
        #expect(try world.count("ledger_entries", "voucher LIKE 'ARV%'") == 0)
        _ = try reconciliation.change(journal.number, offsetAccount: "C")
        #expect(try reconciliation.post(journal.number, by: "ben").status == .posted)
    }

    @Test(
        "The reversal of time and expenses stands under the billed sale, that of fees and material under the sale itself",
        arguments: [TransactionClass.time, .expense, .fee, .material])
    func reversalId(transactionClass: TransactionClass) throws {
        let sales = try invoice(transactionClass)
        try damage(unbilled: sales.unbilled[0])
        let found = try #require(try reconciliation.detect(in: window).first)
        let isUnderSale = transactionClass == .fee || transactionClass == .material
        #expect(found.reversalId == (isUnderSale ? sales.unbilled[0] : sales.billed[0]))
        #expect(found.transactionClass == transactionClass)
    }

    @Test("What a sale does not explain is the invoice's, and both are corrected together")
    func mixed() throws {
        let sales = try invoice()
        try damage(unbilled: sales.unbilled[0])
        try damageWIP()
        let found = try reconciliation.detect(in: window)
        #expect(found.map(\.actualId) == [sales.unbilled[0], nil])
        #expect(found.map(\.correction) == [.symmetric, .asymmetric])
        #expect(found.map(\.imbalance.wip) == [Money(500), Money(500)])
        _ = try reconciliation.post(propose().number, by: "ben")
        #expect(try reconciliation.detect(in: window).isEmpty)
        #expect(try world.balance(.wipSalesValue) == "0.00")
        #expect(try world.balance(.accruedRevenueSalesValue) == "0.00")
    }

    @Test("A subledger that differs where the ledger is right is nothing to correct")
    func subledgerAlone() throws {
        let sales = try invoice()
        try world.connection.executeScript(
            "UPDATE project_invoice_lines SET accrual_reversed = 1 WHERE unbilled_actual_id = '\(sales.unbilled[0])'")
        #expect(try reconciliation.detect(in: window).isEmpty)
    }

    @Test("Invoices outside of the window, and other projects, are not looked at")
    func outside() throws {
        let sales = try invoice(date: "2026-06-01")
        try damage(unbilled: sales.unbilled[0])
        #expect(try reconciliation.detect(in: window).isEmpty)
        let later = (try day("2026-06-01"))...(try day("2026-06-01"))
        #expect(try reconciliation.detect(in: later).count == 1)
        #expect(try reconciliation.detect(in: later, project: "WIP").count == 1)
        #expect(try reconciliation.detect(in: later, project: "PLAIN").isEmpty)
    }

    @Test("Proposing again proposes nothing twice; a deleted journal's rows are proposed again, under another number")
    func proposedOnce() throws {
        let sales = try invoice()
        try damage(unbilled: sales.unbilled[0])
        let first = try propose()
        #expect(try reconciliation.propose(in: window, voucherDate: try day("2026-05-31"), by: "ana") == nil)
        try reconciliation.delete(first.number)
        #expect(try propose().number == "ARJ-000002")
        #expect(
            try world.texts("SELECT reason FROM number_sequence_gaps WHERE sequence = 'accrued-revenue-journal'")
                == ["journal ARJ-000001 was deleted"])
    }

    @Test("Posting again changes nothing")
    func postedOnce() throws {
        let sales = try invoice()
        try damage(unbilled: sales.unbilled[0])
        let journal = try propose()
        let posted = try reconciliation.post(journal.number, by: "ben")
        #expect(try reconciliation.post(journal.number, by: "carla") == posted)
        #expect(try world.count("ledger_entries", "voucher LIKE 'ARV%'") == 2)
    }

    @Test("A voucher date in a closed period is refused with the cure; after posting date and description stay")
    func dates() throws {
        let sales = try invoice()
        try damage(unbilled: sales.unbilled[0])
        let journal = try propose()
        _ = try reconciliation.change(journal.number, voucherDate: try day("2025-12-31"), description: "Old")
        let refusal = #expect(throws: PostingRefusal.self) { try reconciliation.post(journal.number, by: "ben") }
        #expect(refusal?.code == .noOpenPeriod && refusal?.reason.contains("--voucher-date") == true)
        _ = try reconciliation.change(journal.number, voucherDate: try day("2026-12-31"), description: "May")
        let posted = try reconciliation.post(journal.number, by: "ben")
        #expect(posted.voucherDate == (try day("2026-12-31")) && posted.description == "May")
        let frozen = #expect(throws: PostingRefusal.self) {
            try reconciliation.change(journal.number, description: "June")
        }
        #expect(frozen?.reason.contains("cannot be changed") == true)
        #expect(throws: PostingRefusal.self) { try reconciliation.delete(journal.number) }
        for change in [
            "UPDATE accrued_revenue_journals SET voucher_date = '2026-01-01'", "DELETE FROM accrued_revenue_journals",
        ] {
            #expect(throws: DatabaseError.self) { try world.connection.execute(change) }
        }
    }

    @Test("What changed since it was proposed is not posted, and says so")
    func changedSince() throws {
        let sales = try invoice()
        try damage(unbilled: sales.unbilled[0])
        let journal = try propose()
        try damage(unbilled: sales.unbilled[0])
        let refusal = #expect(throws: PostingRefusal.self) { try reconciliation.post(journal.number, by: "ben") }
        #expect(refusal?.reason.contains("1000.0000 now") == true, "\(refusal?.reason ?? "")")
        #expect(try world.count("ledger_entries", "voucher LIKE 'ARV%'") == 0)
    }

    @Test("Several who propose and post at once make one journal and one voucher")
    func concurrent() async throws {
        let sales = try invoice()
        try damage(unbilled: sales.unbilled[0])
        let pool = world.pool
        let window = window
        let date = try day("2026-05-31")
        let journals = try await withThrowingTaskGroup(of: AccruedRevenueJournal?.self) { group in
            for user in 1...4 {
                group.addTask {
                    try pool.withConnection {
                        let own = AccruedRevenueReconciliation(company: "usmf", connection: $0)
                        guard let journal = try own.propose(in: window, voucherDate: date, by: "user \(user)") else {
                            return nil
                        }
                        return try own.post(journal.number, by: "user \(user)")
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        #expect(journals.count == 1 && journals[0].status == .posted)
        #expect(try world.balance(.wipSalesValue) == "0.00")
    }

    @Test("Number sequences that are missing, and two of vouchers with one prefix, are said")
    func sequences() throws {
        let sales = try invoice()
        try damage(unbilled: sales.unbilled[0])
        try world.connection.execute("DELETE FROM number_sequences WHERE sequence = 'accrued-revenue-journal'")
        let error = #expect(throws: NumberSequenceError.self) { try propose() }
        #expect(error.map { "\($0)" }?.contains("accrued-revenue-journal") == true)
        let file = FinanceWorld.postingSetup.replacing("prefix: ARV-", with: "prefix: PSV-")
        let refused = #expect(throws: YAMLError.self) {
            try FinanceConfiguration(parsing: Array(file.utf8), file: "finance.yaml")
        }
        #expect(refused.map { "\($0)" }?.contains("would collide") == true)
    }
}
