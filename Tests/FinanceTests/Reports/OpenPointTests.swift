import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// What an accountant asks of what does not go on, of numbers, and of who posted what.
@Suite("Reports of what is blocked, of number gaps, and of what was posted")
struct OpenPointTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    private func blocked(_ scope: ReportScope = ReportScope(), project: String? = nil) throws -> [BlockedLine] {
        var lines: [BlockedLine] = []
        try BlockedLine.read(scope, project: project, zone: .utc, on: world.connection) { lines.append($0) }
        return lines
    }

    @Test("A staged row without a rate, a refused journal line and a proposal that waits are listed with their reasons")
    func blockedLines() throws {
        var pound = actual(1, .unbilledSales) { $0.currency = "GBP" }
        pound.category = "Work"
        try world.stage([pound])
        try world.importAll()
        let journal = try world.journal("J", [.unbilled("100"), .cost("10", .expense)])
        try world.connection.execute("DELETE FROM posting_accounts WHERE posting_type = $1", PostingType.expenseOffset)
        #expect(try world.post(.journal, "J").status == "Posted")
        try world.proposal("P", arrives: false, [.init(amount: "70", unbilled: journal[0])])
        try world.proposal("H", customer: "US-HOLD", [.init(amount: "5")])
        #expect(try world.post(.proposal, "H").status == "Error")

        let lines = try blocked()
        #expect(Set(lines.map(\.place)) == [.staging, .journal, .proposal])
        let staged = try #require(lines.first { $0.place == .staging })
        #expect(staged.actualId == pound.actualId && staged.code == .noExchangeRate && staged.projectNumber == "P1")
        #expect(staged.reason.contains("GBP") && staged.since != nil)
        let refused = try #require(lines.first { $0.place == .journal })
        #expect(refused.actualId == journal[1] && refused.code == .noPostingAccount && refused.since != nil)
        #expect(refused.journalNumber != world.number("J"))
        let proposals = lines.filter { $0.place == .proposal }
        #expect(Set(proposals.compactMap(\.proposalNumber)) == ["P", "H"])
        #expect(proposals.allSatisfy { !$0.reason.isEmpty && $0.since != nil })
        #expect(try blocked(project: "P1").map(\.actualId) == [pound.actualId])
        #expect(try blocked(ReportScope(company: "demf")).isEmpty)
        #expect(try blocked(ReportScope(to: try day("2020-01-01"))).isEmpty)
        #expect(try blocked(ReportScope(from: try day("2020-01-01"))).count == lines.count)
    }

    @Test("A billed sale that is blocked names the proposal that it holds up")
    func blockedBilledSale() throws {
        let sale = try world.journal("J", [.unbilled("100")])
        #expect(try world.post(.journal, "J").status == "Posted")
        try world.connection.execute("DELETE FROM line_properties WHERE billing_type = 'Chargeable'")
        try world.proposal("P", isReady: false, [.init(amount: "100", unbilled: sale[0])])
        let staged = try blocked().filter { $0.place == .staging }
        #expect(staged.map(\.proposalNumber) == ["P"])
    }

    private func gaps(_ scope: ReportScope = ReportScope()) throws -> [String] {
        try NumberGap.list(scope, zone: .utc, on: world.connection).map {
            "\($0.sequence) \($0.first) \($0.last) \($0.count) \($0.isExplained)"
        }
    }

    @Test("Numbers that no document has are listed with their reason, and without one when nothing explains them")
    func numberGaps() throws {
        try world.journal("A", [.cost("1"), .cost("2")])
        try world.journal("B", [.cost("3")])
        try world.journal("C", [.cost("4")])
        #expect(try gaps().isEmpty)
        _ = try JournalDeletion.delete(world.number("B"), of: "usmf", on: world.connection)
        #expect(
            try gaps() == [
                "integration-journal USPM-000002 USPM-000002 1 true", "voucher PSV-000003 PSV-000003 1 true",
            ])
        #expect(try gaps(ReportScope(to: try day("2020-01-01"))).isEmpty)
        #expect(try gaps(ReportScope(company: "demf")).isEmpty)

        try world.connection.execute("DELETE FROM number_sequence_gaps")
        try world.connection.execute("UPDATE number_sequences SET next = next + 2 WHERE sequence = 'voucher'")
        #expect(
            try gaps() == [
                "integration-journal USPM-000002 USPM-000002 1 false", "voucher PSV-000003 PSV-000003 1 false",
                "voucher PSV-000005 PSV-000006 2 false",
            ])
    }

    private func posted(_ scope: ReportScope = ReportScope(), by: String? = nil, all: Bool = false) throws -> [String] {
        var rows: [String] = []
        try CarriedOutPosting.read(
            scope, requestedBy: by, refusedAsWell: all, zone: .utc, on: world.connection
        ) { rows.append("\($0.number) \($0.status.rawValue) \($0.requestedBy) \($0.customerInvoiceNumber ?? "-")") }
        return rows
    }

    @Test("What was posted is listed with who asked for it; what was refused on demand")
    func carriedOut() throws {
        try world.journal("J", [.cost("1")])
        #expect(try world.post(.journal, "J").status == "Posted")
        try world.proposal("P", [.typed("10")])
        #expect(try world.post(.proposal, "P").status == "Posted")
        try world.proposal("H", customer: "US-HOLD", [.typed("5")])
        #expect(try world.post(.proposal, "H").status == "Error")
        let done = ["\(world.number("J")) Posted tests -", "P Posted tests CIV-000001"]
        #expect(try posted() == done)
        #expect(try posted(all: true) == done + ["H Error tests -"])
        #expect(try posted(by: "maria").isEmpty)
        #expect(try posted(by: "tests") == done)
        #expect(try posted(ReportScope(company: "demf")).isEmpty)
        #expect(try posted(ReportScope(to: try day("2020-01-01"))).isEmpty)
    }

    @Test("Lists of journals, proposals and invoices are those of their days")
    func lists() throws {
        try world.proposal("P1", date: "2026-04-01", [.typed("10")])
        try world.proposal("P2", date: "2026-05-01", [.typed("10")])
        #expect(try world.post(.proposal, "P1").status == "Posted")
        #expect(try world.post(.proposal, "P2").status == "Posted")
        try world.journal("J", [.cost("1")])
        let may = ReportScope(from: try day("2026-05-01"), to: try day("2026-05-31"))
        var numbers: [String] = []
        try ProposalSummary.read(may, on: world.connection) { numbers.append($0.number) }
        try CustomerInvoices(world.connection).read(may) { numbers.append($0.proposalNumber) }
        #expect(numbers == ["P2", "P2"])
        var journals: [String] = []
        try JournalSummary.read(ReportScope(to: try day("2026-01-31")), on: world.connection) {
            journals.append($0.number)
        }
        #expect(journals == [world.number("J")])
        try JournalSummary.read(may, on: world.connection) { journals.append($0.number) }
        #expect(journals.count == 1)
    }
}
