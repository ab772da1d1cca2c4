import Contracts
import Foundation
import Testbed
import Testing

@testable import Database
@testable import Dataverse
@testable import Finance

/// Retainers, confirmed here and posted in Finance, to the cent (`domain.md` §6.3, §6.7, §9.11).
@Suite struct RetainerTests {
    private let sides: TwoSides

    init() throws {
        sides = try TwoSides(
            setup: String(
                contentsOf: DraftExport.folder.appendingPathComponent("finance.yaml"), encoding: .utf8))
    }

    private let day = CalendarDate("2026-11-10") ?? .first

    private var retainers: Retainers {
        Retainers(connection: sides.dataverse, configuration: sides.configuration)
    }

    /// Loads drafts, each with a line of hours at 200.
    private func load(_ hours: [Decimal]) throws {
        var export = try DraftExport()
        for (index, hours) in hours.enumerated() {
            export.draft(index + 1, amount: hours * 200)
            export.line(10 * (index + 1), on: index + 1, approved: hours, billed: hours)
        }
        try export.load(into: sides)
    }

    /// The contract, the contract line and the project of the hours.
    private func place() throws -> (contract: String, line: String, project: String) {
        let row = try sides.dataverse.query(
            """
            SELECT k.contract_number, d.contract_line_id::text, p.project_number
            FROM invoice_line_details d JOIN invoices i USING (invoice_id)
            JOIN project_contracts k ON k.project_contract_id = i.project_contract_id
            JOIN projects p ON p.project_id = d.project_id WHERE i.invoice_number = 'T-1' LIMIT 1
            """
        ).single()
        return (try row.string(0), try row.string(1), try row.string(2))
    }

    private func add(_ name: String, _ amount: String, from date: String) throws {
        let place = try place()
        let report = try retainers.add([
            Rows(
                """
                {"contract": "\(place.contract)", "name": "\(name)", "amount": "\(amount)", "invoiceDate": "\(date)",
                 "contractLine": "\(place.line)", "project": "\(place.project)"}
                """)
        ])
        #expect(!report.hasRefusals, "\(report.rows)")
    }

    private func draft() throws {
        let report = try DraftInvoices(connection: sides.dataverse, configuration: sides.configuration).draftAll(
            on: day)
        #expect(!report.hasFailures, "\(report.problems)")
    }

    private func confirm(_ invoice: String) throws {
        _ = try ConfirmInvoice(connection: sides.dataverse, configuration: sides.configuration)
            .confirm(invoice, on: day)
    }

    /// What stands on account of retainers in Finance, and what is left of them in Dataverse.
    private func onAccount() throws -> (finance: Money, dataverse: Money) {
        let finance = try OnAccountBalance.list(sides.finance).reduce(Money.zero) { $0 + $1.accountingRetainers }
        let dataverse = try RetainerList(connection: sides.dataverse).retainers().reduce(Money.zero) {
            $0 + $1.available
        }
        return (finance, dataverse)
    }

    @Test(
        "Invoiced, applied to two invoices, lowered, refunded: on-account ends at nothing, and taxes are as without it")
    func wholeWay() throws {
        var random = SeededRandom()
        try load([8, 16])
        try add("First", "2000", from: "2026-10-01")
        try add("Second", "1500.55", from: "2026-10-02")
        // The drafts are Dataverse's: the newest of them bills the retainers.
        try draft()
        #expect(try sides.balances() == [:])
        try confirm("T-2")
        try sides.settleCleanly(using: &random)
        #expect(try sides.invoices() == ["T-2 6700.55 280.00"])
        #expect(try sides.balances()["wip-invoiced-on-account"] == "-3500.55")
        #expect(try onAccount() == (Money("3500.55"), Money("3500.55")))

        // 1,400 of the first is deducted: it was lowered from 1,600.
        _ = try retainers.apply([Rows(#"{"invoice": "T-1"}"#)], on: day)
        let lowered = try retainers.apply(
            [Rows(#"{"invoice": "T-1", "retainer": "First", "amount": "1400.00"}"#)], on: day)
        #expect(lowered.count(.done) == 1)
        try confirm("T-1")
        try sides.settleCleanly(using: &random)
        #expect(
            try sides.invoices() == ["T-1 200.00 140.00", "T-2 6700.55 280.00"], "5054918: the tax is that of 1,600")
        #expect(try sides.balances()["wip-invoiced-on-account"] == "-2100.55")

        // What is left is refunded: 600 and 1,500.55.
        let contract = try place().contract
        let report = try retainers.refund(
            [
                Rows(
                    """
                    [{"contract": "\(contract)", "retainer": "First", "amount": "600"},
                     {"contract": "\(contract)", "retainer": "Second"}]
                    """)
            ], on: day)
        #expect(!report.hasFailures && report.drafts.map(\.lineAmount.description) == ["-2100.5500"])
        try confirm(try #require(report.drafts.first).invoiceNumber)
        try sides.settleCleanly(using: &random)
        #expect(
            try sides.balances() == [
                "customer-balance": "5220.00", "invoiced-revenue": "-4800.00", "sales-tax": "-420.00",
            ])
        #expect(try onAccount() == (Money.zero, Money.zero))
        // Every open balance has a voucher and no ledger entries; what takes one back has neither.
        #expect(
            try sides.finance.values(
                String.self,
                """
                SELECT amount::numeric(19, 2)::text FROM project_transactions t WHERE transaction_class = 'Retainer'
                    AND NOT EXISTS (SELECT FROM ledger_entries e WHERE e.voucher = t.voucher) ORDER BY t.amount
                """) == ["-2000.00", "-1500.55", "-600.00"])
    }

    @Test(
        "Whatever is set up, applied, changed, refunded and confirmed, in whatever order it arrives, both sides agree")
    func histories() throws {
        var random = SeededRandom()
        print("retainer histories: \(random)")
        let count = 12
        try load((0..<count).map { _ in Decimal(2 * Int.random(in: -8...40, using: &random) + 1) / 4 })
        let contract = try place().contract
        var drafts = (1...count).map { "T-\($0)" }
        var added = 0
        for step in 0..<60 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1:
                added += 1
                let cents = Int.random(in: 1...300_000, using: &random)
                try add("R\(added)", "\(Money(units: Int128(cents) * 100))", from: "2026-10-\(10 + added % 20)")
                if !drafts.isEmpty { try draft() }
            case 2, 3:
                guard let invoice = drafts.randomElement(using: &random) else { continue }
                _ = try retainers.apply([Rows(#"{"invoice": "\#(invoice)"}"#)], on: day)
            case 4 where added > 0:
                guard let invoice = drafts.randomElement(using: &random) else { continue }
                let amount = Int.random(in: 0...3_000, using: &random)
                let name = "R\(Int.random(in: 1...added, using: &random))"
                _ = try retainers.apply(
                    [Rows(#"{"invoice": "\#(invoice)", "retainer": "\#(name)", "amount": "\#(amount).5"}"#)], on: day)
            case 5 where added > 0:
                let name = "R\(Int.random(in: 1...added, using: &random))"
                let report = try retainers.refund(
                    [Rows(#"{"contract": "\#(contract)", "retainer": "\#(name)"}"#)], on: day)
                drafts += report.drafts.filter(\.isNew).map(\.invoiceNumber)
            case 6, 7:
                guard let index = drafts.indices.randomElement(using: &random) else { continue }
                do { try confirm(drafts[index]) } catch let error as ConfirmationError {
                    // What its lines were lowered to does not change here.
                    Issue.record("step \(step): \(error), \(random)")
                }
                drafts.remove(at: index)
            case 8: try sides.carrySome(using: &random)
            default: try sides.importAndPost(using: &random)
            }
            for retainer in try RetainerList(connection: sides.dataverse).retainers() {
                let sums = retainer.applications.reduce(into: (Money.zero, Money.zero)) {
                    if $1.isConfirmed { $0.0 += $1.amount } else { $0.1 += $1.amount }
                }
                #expect(
                    retainer.balance >= .zero && sums == (retainer.used, retainer.applied), "\(retainer), \(random)")
            }
        }
        for invoice in drafts { try confirm(invoice) }
        try sides.settleCleanly(using: &random)
        let middle = try onAccount()
        #expect(middle.finance == middle.dataverse, "\(random)")
        // All that is left is refunded.
        let left = try RetainerList(connection: sides.dataverse).retainers().filter { $0.available > .zero }
        if !left.isEmpty {
            let rows = left.map { #"{"contract": "\#(contract)", "retainer": "\#($0.name)"}"# }
            let report = try retainers.refund([Rows("[\(rows.joined(separator: ", "))]")], on: day)
            #expect(!report.hasFailures, "\(report.request.rows), \(random)")
            for draft in report.drafts { try confirm(draft.invoiceNumber) }
        }
        try sides.settleCleanly(using: &random)
        let end = try onAccount()
        let invoiced = try RetainerList(connection: sides.dataverse).retainers().filter {
            $0.invoiceStatus == .customerInvoicePosted
        }
        #expect(end.finance == .zero && end.dataverse == .zero, "\(random)")
        #expect(invoiced.allSatisfy { $0.balance == .zero && $0.used == $0.amount }, "\(random)")
        #expect(try sides.balances()["wip-invoiced-on-account"] == nil, "\(random)")
        #expect(try sides.dataverse.values(String.self, "SELECT waiting_for FROM actuals_waiting").isEmpty, "\(random)")
    }
}

/// A request that is in memory.
private struct Rows: PageSource {
    let text: String
    var name: String { "rows" }

    init(_ text: String) { self.text = text }

    func forEachDocument(_ body: (Data) throws -> Void) throws { try body(Data(text.utf8)) }
}
