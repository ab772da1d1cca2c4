import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// A preview of a posting says what posting then does, and writes nothing.
@Suite("Preview of a posting")
struct PostingPreviewTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    private init(_ world: FinanceWorld) { self.world = world }

    private struct Preview {
        var posting: PreviewedPosting
        var entries: [LedgerEntry] = []
    }

    private func preview(_ name: String, invoiceDate: String? = nil) throws -> Preview {
        var entries: [LedgerEntry] = []
        let posting = try PostingPreview(choices: world.choices, zone: .utc).run(
            world.number(name), invoiceDate: try invoiceDate.map(day), on: world.connection
        ) { entries.append($0) }
        return Preview(posting: posting, entries: entries)
    }

    /// An entry without the number of its voucher, which an invoice does not have yet.
    private func texts(_ entries: [LedgerEntry], withVouchers: Bool) -> [String] {
        entries.map {
            "\(withVouchers ? $0.voucher : "") \($0.entryNumber) \($0.accountingDate) \($0.postingType.rawValue) "
                + "\($0.mainAccount) \($0.projectNumber ?? "-") \($0.currency) \($0.amount) \($0.accountingAmount) "
                + ($0.reportingAmount?.description ?? "-")
        }
    }

    /// Everything that is in the database, but for what a session leaves in any case.
    private func everything() throws -> [String] {
        let tables = try world.texts(
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1")
        #expect(tables.count > 30)
        return try tables.flatMap { try world.texts("SELECT '\($0) ' || to_jsonb(t)::text FROM \($0) t ORDER BY 1") }
    }

    /// Lines of a journal of one kind each.
    static let journalLines: [(String, JournalLineSample)] = [
        ("cost of time", .cost("12.34")), ("cost of an expense", .cost("12.34", .expense)),
        ("cost of material", .cost("-3", .material)), ("time", .unbilled("100")),
        ("expense", .unbilled("100.01", .expense)), ("material", .unbilled("7", .material)),
        ("fee", .unbilled("50", .fee)), ("retainer", .unbilled("-1000", .retainer)),
        ("non-chargeable", .unbilled("9", billingType: .nonChargeable)),
        ("complimentary", .unbilled("9", billingType: .complimentary)),
        ("without WIP", .unbilled("9", project: "PLAIN")), ("foreign currency", .unbilled("33.33", currency: "EUR")),
        ("resourcing unit cost", JournalLineSample(type: .resourcingUnitCost, billingType: .notAvailable, amount: "5")),
        (
            "inter-organizational sales",
            JournalLineSample(type: .interOrganizationalSales, billingType: .chargeable, amount: "6")
        ),
    ]

    @Test("A journal's entries are those that posting books, one kind of line after another", arguments: journalLines)
    func journal(kind: (String, JournalLineSample)) throws {
        try world.journal("J", [kind.1])
        let before = try everything()
        let preview = try preview("J")
        #expect(try everything() == before, "\(kind.0)")
        #expect(preview.posting.outcome == .posted, "\(kind.0): \(preview.posting.reason ?? "")")
        #expect(preview.posting.lines == 1)
        #expect(preview.posting.numbersNotTaken.isEmpty)
        #expect(preview.posting.rates.map(\.lines) == [1])
        #expect(preview.posting.accountingFrom == (try day("2026-03-31")))

        #expect(try world.post(.journal, "J") == .init(status: "Posted"))
        var booked: [LedgerEntry] = []
        try VoucherLookup(world.connection).forEachEntry(of: try world.voucher("J-1")) { booked.append($0) }
        #expect(texts(preview.entries, withVouchers: true) == texts(booked, withVouchers: true), "\(kind.0)")
    }

    /// Lines of a proposal of one kind each.
    static let proposalLines: [(String, CurrencyCode, [ProposalLineSample])] = [
        ("time", "USD", [.init(amount: "100")]), ("taxed", "USD", [.init(amount: "100.01", tax: "BOTH")]),
        ("tax included", "USD", [.init(amount: "119", tax: "INCBOTH")]),
        ("non-chargeable", "USD", [.init(amount: "100"), .init(billingType: .nonChargeable, amount: "9")]),
        ("fee", "USD", [.init(transactionClass: .fee, amount: "12")]),
        ("milestone", "USD", [.init(transactionClass: .milestone, method: .fixedPrice, amount: "5000")]),
        ("typed on fixed price", "USD", [.typed("77")]), ("negative", "USD", [.init(amount: "-20")]),
        (
            "penny difference", "EUR",
            (1...7).map { _ in ProposalLineSample(amount: "33.33", tax: "ONE") }
        ),
        ("retainer", "USD", [.init(transactionClass: .retainer, amount: "1000")]),
    ]

    @Test("An invoice's entries, tax and dates are those that posting makes", arguments: proposalLines)
    func proposal(kind: (String, CurrencyCode, [ProposalLineSample])) throws {
        try world.proposal("P", currency: kind.1, kind.2)
        let before = try everything()
        let preview = try preview("P")
        #expect(try everything() == before, "\(kind.0)")
        try expectPosted("P", as: preview, kind.0)
    }

    private func expectPosted(_ number: String, as preview: Preview, _ kind: String) throws {
        #expect(preview.posting.outcome == .posted, "\(kind): \(preview.posting.reason ?? "")")
        #expect(preview.posting.numbersNotTaken == ["voucher", "customer-invoice"])
        #expect(preview.entries.allSatisfy { $0.voucher == "(not taken)" })
        #expect(try world.post(.proposal, number) == .init(status: "Posted", note: preview.posting.note), "\(kind)")
        let posted = try #require(try CustomerInvoices(world.connection).find(number).first)
        var booked: [LedgerEntry] = []
        try VoucherLookup(world.connection).forEachEntry(of: posted.voucher) { booked.append($0) }
        #expect(!booked.isEmpty)
        #expect(texts(preview.entries, withVouchers: false) == texts(booked, withVouchers: false), "\(kind)")
        let invoice = try #require(preview.posting.invoice)
        #expect(invoice.invoiceDate == posted.invoiceDate)
        #expect(invoice.dueDate == posted.dueDate)
        #expect(invoice.lineAmount == posted.lineAmount)
        #expect(invoice.salesTaxAmount == posted.salesTaxAmount)
        #expect(invoice.invoiceAmount == posted.invoiceAmount)
        #expect(invoice.accountingInvoiceAmount == posted.accountingInvoiceAmount)
        #expect(preview.posting.rates.map(\.exchangeRate) == [posted.exchangeRate])
        #expect(preview.posting.taxes.reduce(.zero) { $0 + $1.tax } == posted.salesTaxAmount)
        let after = try self.preview(number)
        #expect(after.posting.outcome == .postedBefore)
        #expect(after.entries.isEmpty)
    }

    @Test("A credit, and a deduction of a retainer, are previewed as they are posted")
    func credits() throws {
        let billed = try world.proposal("P1", [.init(amount: "100", tax: "ONE")])
        #expect(try world.post(.proposal, "P1").status == "Posted")
        try world.proposal("P2", [.init(amount: "-100", reversing: billed[0], tax: "ONE")])
        try expectPosted("P2", as: try preview("P2"), "credit")

        let open = try world.journal("R", [.unbilled("-1000", .retainer)])
        #expect(try world.post(.journal, "R").status == "Posted")
        try world.proposal("P3", [.init(transactionClass: .retainer, amount: "1000", unbilled: open[0])])
        #expect(try world.post(.proposal, "P3").status == "Posted")
        try world.proposal(
            "P4", [.init(amount: "700"), .init(transactionClass: .retainer, amount: "-400", unbilled: open[0])])
        try expectPosted("P4", as: try preview("P4"), "deduction")
    }

    @Test("A line with a discount and a fee is previewed as it is posted, and leaves nothing in progress")
    func discountAndFee() throws {
        let own = PostingPreviewTests(try FinanceWorld(setup: LineDiscountTests.separately))
        var hours = JournalLineSample.unbilled("1440")
        hours.discount = "160"
        let sale = try own.world.journal("J", [hours])
        #expect(try own.world.post(.journal, "J").status == "Posted")
        var fee = JournalLineSample.unbilled("50", .fee)
        fee.source = sale[0]
        let fees = try own.world.journal("F", [fee])
        #expect(try own.world.post(.journal, "F").status == "Posted")
        try own.world.proposal(
            "P", [ProposalLineSample(amount: "1490", discount: "160", fee: "50", unbilled: sale[0], tax: "ONE")])
        try own.expectPosted("P", as: try own.preview("P"), "discount and fee")

        var projects: [WorkInProgress] = []
        _ = try WorkInProgress.read(ReportScope(), all: true, on: own.world.connection) { projects.append($0) }
        #expect(projects.map(\.accrued) == [Money(1650)])
        #expect(projects.map(\.balance) == [.zero])
        #expect(projects.map(\.agrees) == [true])
        var invoiced: [GUID] = []
        _ = try ProjectSubledger.read(project: "WIP", ReportScope(), on: own.world.connection) {
            if $0.customerInvoiceNumber != nil { invoiced.append($0.actualId) }
        }
        #expect(Set(invoiced) == Set(sale + fees))
    }

    @Test("Entries in the reporting currency are previewed as they are posted, and its trial balance sums to zero")
    func reportingCurrency() throws {
        let own = PostingPreviewTests(try FinanceWorld(setup: ReportingCurrencyTests.setup()))
        try own.world.proposal(
            "P", currency: "EUR", (1...3).map { _ in ProposalLineSample(amount: "33.33", tax: "ONE") })
        let preview = try own.preview("P")
        #expect(preview.entries.allSatisfy { $0.reportingAmount != nil })
        try own.expectPosted("P", as: preview, "reporting currency")
        let balance = try TrialBalance(ReportScope(), per: .all, in: .reporting, on: own.world.connection)
        #expect(balance.totals.map(\.currency) == ["GBP"])
        #expect(balance.totals.map(\.isBalanced) == [true])
        let none = try TrialBalance(ReportScope(), per: .all, in: .reporting, on: world.connection)
        #expect(none.lines.isEmpty)
    }

    @Test("A reversal is previewed on the accounts of what it reverses")
    func reversal() throws {
        let original = try world.journal("J1", [.unbilled("100")])
        #expect(try world.post(.journal, "J1").status == "Posted")
        try world.journal("J2", [.unbilled("-100", reversing: original[0])])
        let preview = try preview("J2")
        #expect(try world.post(.journal, "J2").status == "Posted")
        #expect(
            preview.entries.map { "\($0.postingType.rawValue) \($0.amount)" } == [
                "wip-sales-value -100.0000", "accrued-revenue-sales-value 100.0000",
            ])
        #expect(preview.entries.map(\.voucher) == Array(repeating: try world.voucher("J2-1"), count: 2))
    }

    @Test("A date whose period is closed is moved, and the preview says from where")
    func movedDate() throws {
        try world.proposal("P", date: "2026-03-15", [.init(amount: "100")])
        try world.closeMarch()
        let preview = try preview("P")
        #expect(preview.posting.invoice?.invoiceDate == (try day("2026-04-01")))
        #expect(preview.posting.invoice?.movedFrom == (try day("2026-03-15")))
        try expectPosted("P", as: preview, "moved")
    }

    @Test("A date that is asked for is the invoice's, and its rate is that of the date")
    func askedDate() throws {
        try world.proposal("P", currency: "EUR", [.init(amount: "100")])
        let preview = try preview("P", invoiceDate: "2026-07-15")
        #expect(preview.posting.invoice?.invoiceDate == (try day("2026-07-15")))
        #expect(preview.posting.invoice?.movedFrom == nil)
        #expect(preview.posting.rates.map(\.exchangeRate.description) == ["120.0000000000"])
    }

    @Test("What posting would refuse is said with its reason: a whole proposal, and lines of a journal")
    func refused() throws {
        try world.proposal("P", customer: "US-HOLD", [.init(amount: "100")])
        let held = try preview("P")
        #expect(held.posting.outcome == .refused)
        #expect(held.posting.code == .customerOnHold)
        #expect(held.entries.isEmpty)
        #expect(try world.post(.proposal, "P").error == held.posting.reason)

        let actuals = try world.journal("J", [.unbilled("100"), .cost("10", .expense), .unbilled("50")])
        try world.connection.execute("DELETE FROM posting_accounts WHERE posting_type = $1", PostingType.expenseOffset)
        let before = try everything()
        let partly = try preview("J")
        #expect(try everything() == before)
        #expect(partly.posting.outcome == .postedInPart)
        #expect(partly.posting.lines == 2)
        #expect(partly.posting.refusedLines.map(\.actualId) == [actuals[1]])
        #expect(partly.posting.refusedLines.map(\.code) == [.noPostingAccount])
        #expect(partly.posting.numbersNotTaken == ["integration-journal"])
        #expect(partly.posting.note?.contains("now in journal (not taken)") == true, "\(partly.posting.note ?? "")")
        #expect(partly.entries.count == 4)
        #expect(try world.post(.journal, "J").status == "Posted")
        #expect(try world.count("ledger_entries", "accounting_date = '2026-03-31'") == 2 + partly.entries.count)
    }

    @Test("A number sequence that gives out nothing is a refusal, as it is at posting")
    func noNumbers() throws {
        try world.proposal("P", [.init(amount: "100")])
        try world.connection.execute("UPDATE number_sequences SET seen = next + 5 WHERE sequence = 'voucher'")
        let preview = try preview("P")
        #expect(preview.posting.code == .numberSequenceBehind)
        #expect(try world.post(.proposal, "P").error?.contains(preview.posting.reason ?? "–") == true)
    }

    @Test("A proposal that waits says for what; a number that is not there is an error")
    func waits() throws {
        try world.proposal("P", arrives: false, [.init(amount: "100")])
        #expect(try preview("P").posting.code == .notReady)
        #expect(throws: PostingRequestError.self) { try self.preview("NONE") }
    }
}
