import Contracts
import Foundation
import Testbed
import Testing

@testable import Database
@testable import Dataverse
@testable import Finance

/// Invoices that were edited, typed and corrected, confirmed here and posted in Finance, to the cent (`domain.md` §7, §9.10).
@Suite struct RevisedInvoiceTests {
    private let sides: TwoSides

    init() throws {
        sides = try TwoSides(
            setup: String(
                contentsOf: DraftExport.folder.appendingPathComponent("finance.yaml"), encoding: .utf8))
    }

    private func load(_ make: (inout DraftExport) -> Void) throws {
        var export = try DraftExport()
        make(&export)
        try export.load(into: sides)
    }

    private func confirm(_ invoice: String) throws {
        _ = try ConfirmInvoice(connection: sides.dataverse, configuration: sides.configuration)
            .confirm(invoice, on: try #require(CalendarDate("2026-11-10")))
    }

    /// Revises an invoice, lets so many hours of each line remain, and confirms that.
    private func correct(_ invoice: String, to hours: Int?, as draft: String) throws {
        let report = try ReviseInvoices(connection: sides.dataverse, configuration: sides.configuration)
            .revise(RevisionRequest(invoice: invoice, transactions: nil, into: nil))
        #expect(report.drafts.map(\.invoiceNumber) == [draft], "\(report.request.rows)")
        if let hours {
            let id = try #require(report.drafts.first).invoiceId
            try sides.dataverse.execute(
                """
                UPDATE invoice_line_details SET quantity = $2, amount = $2 * price WHERE invoice_id = $1
                """, id, Quantity(hours))
            try DraftStore(connection: sides.dataverse).sumLineDetails(ofInvoices: "SELECT '\(id)'::uuid")
        }
        try confirm(draft)
    }

    /// Carries and posts all there is; every invariant holds.
    private func settle() throws {
        var random = SeededRandom()
        try sides.settleCleanly(using: &random)
    }

    @Test("E6: eight hours invoiced as they were approved")
    func e6() throws {
        try load {
            $0.draft(1, amount: 1_600)
            $0.line(10, on: 1)
        }
        try settle()
        #expect(try sides.balances() == ["wip-sales-value": "1600.00", "accrued-revenue-sales-value": "-1600.00"])
        try confirm("T-1")
        try settle()
        #expect(try sides.invoices() == ["T-1 1600.00 140.00"])
        #expect(
            try sides.balances()
                == ["customer-balance": "1740.00", "invoiced-revenue": "-1600.00", "sales-tax": "-140.00"])
    }

    @Test("E12: eight hours corrected to six: six are billed, two are open, and WIP is 400")
    func e12() throws {
        try load {
            $0.draft(1, amount: 1_600)
            $0.line(10, on: 1)
        }
        try confirm("T-1")
        try settle()
        try correct("T-1", to: 6, as: "PI-000001")
        try settle()
        #expect(try sides.invoices() == ["PI-000001 -400.00 -35.00", "T-1 1600.00 140.00"])
        #expect(
            try sides.balances() == [
                "customer-balance": "1305.00", "invoiced-revenue": "-1200.00", "sales-tax": "-105.00",
                "wip-sales-value": "400.00", "accrued-revenue-sales-value": "-400.00",
            ])
    }

    @Test(
        "Lowered, raised, priced anew and taken off while invoicing: the ledger has what is billed, and WIP nothing",
        arguments: [
            (6, 200, ["1200.00", "105.00", "1305.00"]), (10, 200, ["2000.00", "175.00", "2175.00"]),
            (8, 150, ["1200.00", "105.00", "1305.00"]), (6, 300, ["1800.00", "157.50", "1957.50"]),
            (0, 200, ["0.00", "0.00", "0.00"]),
        ])
    func edited(hours: Int, price: Int, comesTo: [String]) throws {
        try load {
            $0.draft(1, amount: Decimal(hours * price))
            $0.line(10, on: 1, billed: Decimal(hours), price: Decimal(price))
        }
        try confirm("T-1")
        try settle()
        #expect(try sides.invoices() == ["T-1 \(comesTo[0]) \(comesTo[1])"])
        let posted = [
            "customer-balance": comesTo[2], "invoiced-revenue": "-\(comesTo[0])", "sales-tax": "-\(comesTo[1])",
        ]
        #expect(try sides.balances() == (hours == 0 ? [:] : posted))
    }

    @Test("An edited invoice is corrected, and the correction too; what is credited in full is all open again")
    func correctedTwice() throws {
        try load {
            $0.draft(1, amount: 1_200)
            $0.line(10, on: 1, billed: 6)
        }
        try confirm("T-1")
        try correct("T-1", to: 7, as: "PI-000001")
        try correct("PI-000001", to: 0, as: "PI-000002")
        try settle()
        #expect(try sides.invoices() == ["PI-000001 200.00 17.50", "PI-000002 -1400.00 -122.50", "T-1 1200.00 105.00"])
        #expect(
            try sides.balances() == ["wip-sales-value": "1400.00", "accrued-revenue-sales-value": "-1400.00"])
    }

    @Test("E11: a milestone of 5,000 is invoiced and credited, and nothing stays in the ledger")
    func e11() throws {
        try load {
            $0.draft(1, amount: 5_000, ofMilestone: true)
            $0.milestone(10, on: 1)
        }
        try confirm("T-1")
        try settle()
        let posted = try sides.balances()
        #expect(posted["customer-balance"] == "5437.50" && posted["sales-tax"] == "-437.50", "\(posted)")
        try correct("T-1", to: nil, as: "PI-000001")
        try settle()
        #expect(try sides.invoices() == ["PI-000001 -5000.00 -437.50", "T-1 5000.00 437.50"])
        #expect(try sides.balances() == [:])
        #expect(try sides.dataverse.value(String.self, "SELECT invoice_status FROM milestones") == "Ready")
    }

    @Test("A correction that arrives before what it corrects is posted waits, and comes to the same")
    func early() throws {
        try load {
            $0.draft(1, amount: 3_200)
            $0.line(10, on: 1)
            $0.line(20, on: 1, approved: -8, billed: -8)
            $0.line(30, on: 1, approved: 16, billed: 16)
        }
        try confirm("T-1")
        try correct("T-1", to: 0, as: "PI-000001")
        try settle()
        #expect(try sides.invoices() == ["PI-000001 -3200.00 -280.00", "T-1 3200.00 280.00"])
        #expect(try sides.balances() == ["wip-sales-value": "3200.00", "accrued-revenue-sales-value": "-3200.00"])
    }
}
