import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// Retainers, which are invoiced first and deducted from later invoices (`domain.md` §6.7, §9.11).
@Suite("A retainer is deducted after it was invoiced")
struct RetainerTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    private func retainer(_ amount: String, unbilled: GUID) -> ProposalLineSample {
        ProposalLineSample(transactionClass: .retainer, amount: amount, unbilled: unbilled)
    }

    /// Posts the open balances of retainers, which have vouchers and no ledger entries.
    private func balances(_ amounts: String...) throws -> [GUID] {
        let actuals = try world.journal("J", amounts.map { .unbilled($0, .retainer) })
        #expect(try world.post(.journal, "J") == .init(status: "Posted"))
        return actuals
    }

    private func onAccount() throws -> [String] {
        try world.texts(
            """
            SELECT proposal_number || ' ' || transaction_origin || ' ' || amount::numeric(19, 2)
            FROM on_account_transactions ORDER BY 1
            """)
    }

    @Test("A retainer of 1,000 is a prepayment, and 400 of it applied, then 600, are deductions")
    func applied() throws {
        let open = try balances("-1000", "-600")
        try world.proposal("P1", [retainer("1000", unbilled: open[0])])
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        try world.proposal("P2", [retainer("-400", unbilled: open[0]), ProposalLineSample(amount: "400")])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        try world.proposal("P3", [retainer("-600", unbilled: open[1]), ProposalLineSample(amount: "700")])
        #expect(try world.post(.proposal, "P3") == .init(status: "Posted"))
        #expect(try onAccount() == ["P1 Prepayment 1000.00", "P2 Deduction -400.00", "P3 Deduction -600.00"])
        #expect(try world.balance(.wipInvoicedOnAccount) == "0.00")
        #expect(try world.balance(.customerBalance) == "1100.00")
    }

    @Test("A deduction waits until the invoice of its retainer is posted, and goes on by itself")
    func waits() throws {
        let open = try balances("-1000")
        try world.proposal("P1", [retainer("1000", unbilled: open[0])])
        try world.proposal("P2", isReady: false, [retainer("-400", unbilled: open[0])])
        #expect(
            try world.text("SELECT waiting_for FROM invoice_proposals WHERE proposal_number = 'P2'")
                == "waiting for a retainer to be posted: proposal P1; it deducts retainers that are not invoiced: "
                + "400.0000 more than there are")
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        #expect(try world.importAll().proposals.map(\.number) == ["P2"])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
    }

    @Test("A deduction whose retainer has not come waits, and goes on when that is posted")
    func comesFirst() throws {
        let open = try balances("-1000")
        try world.proposal("P2", isReady: false, [retainer("-400", unbilled: open[0])])
        try world.proposal("P1", [retainer("1000", unbilled: open[0])])
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        #expect(try world.importAll().proposals.map(\.number) == ["P2"])
    }

    @Test("Of two invoices that deduct more than there is, the second is not posted")
    func tooMuch() throws {
        let open = try balances("-1000")
        try world.proposal("P1", [retainer("1000", unbilled: open[0])])
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        try world.proposal("P2", [retainer("-700", unbilled: open[0])])
        try world.proposal("P3", [retainer("-700", unbilled: open[0])])
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        let rows = try world.rowsPosted()
        let refused = try world.post(.proposal, "P3")
        #expect(refused.status == "Error")
        #expect(refused.error?.contains("400.0000 more than there are of contract C-1") == true)
        #expect(try world.rowsPosted() == rows)
    }

    @Test("A retainer of another contract covers nothing")
    func otherContract() throws {
        let open = try balances("-1000")
        try world.proposal("P1", [retainer("1000", unbilled: open[0])])
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        let contract = RetainerBalance(
            posted: try OnAccountTransactionStore(connection: world.connection).retainers(of: "C-2", company: "usmf"),
            own: Money(-1))
        #expect(!contract.isCovered)
    }
}
