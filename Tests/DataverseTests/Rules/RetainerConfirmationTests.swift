import Contracts
import Testbed
import Testing

@testable import Dataverse

/// What confirming a line of the class Retainer makes (`domain.md` §6.3, §6.7, §9.1, §9.11, §9.16).
@Suite struct RetainerConfirmationTests {
    private func rows(_ line: DraftLine) throws -> ConfirmedRows {
        try Confirmation.rows(for: line, on: ConfirmationRow.day, ids: ConfirmationIds())
    }

    private func connections(_ rows: ConfirmedRows) -> [String] {
        let known = Dictionary((rows.actuals + rows.changed).map { ($0.actualId, $0.name) }) { $1 }
        return rows.connections.map {
            "\($0.transaction1Role) \(known[$0.transaction1Id] ?? "?") – \($0.transaction2Role) "
                + "\(known[$0.transaction2Id] ?? "?")"
        }
    }

    @Test("Retainer invoiced: B(+amount) and U(−amount), kept open, dated as B is, seen by Finance")
    func invoiced() throws {
        let rows = try rows(.billingRetainer())
        #expect(rows.actuals.map(\.written) == ["B 1 1000 ch posted", "U -1 -1000 ch open"])
        #expect(rows.changed.isEmpty)
        #expect(connections(rows) == ["Billed Sales B 1 – Unbilled Sales U -1"])
        #expect(rows.actuals.allSatisfy { $0.accountingDate == ConfirmationRow.day && $0.invoiceId == WebAPI.id(100) })
        #expect(rows.actuals[1].price == Money(1_000) && rows.actuals[1].transactionClass == .retainer)
        #expect(
            rows.retainer
                == RetainerChange(
                    retainerId: WebAPI.id(901), lineDetailId: WebAPI.id(301), openBalanceId: rows.actuals[1].actualId))
    }

    @Test("Retainer fully applied: U(+) skipped, which reverses the open U; B(−) for the amount on this invoice")
    func fullyApplied() throws {
        let rows = try rows(.deducting(1_000, of: 1_000))
        #expect(rows.changed.map(\.written) == ["U -1 -1000 ch posted"])
        #expect(rows.actuals.map(\.written) == ["U 1 1000 ch UNADJ canceled skipped", "B -1 -1000 ch posted"])
        #expect(connections(rows) == ["Billed Sales B -1 – Unbilled Sales U -1", "Reversing U 1 – Original U -1"])
        #expect(rows.retainer?.used == Money(1_000) && rows.retainer?.openBalanceId == nil)
    }

    @Test(
        "Retainer partly applied: the same, and a new negative U for the rest, which keeps the accounting date (§9.15)")
    func partlyApplied() throws {
        let rows = try rows(.deducting(400, of: 1_000))
        #expect(rows.changed.map(\.written) == ["U -1 -1000 ch posted"])
        #expect(
            rows.actuals.map(\.written) == [
                "U 1 1000 ch UNADJ canceled skipped", "B -1 -400 ch posted", "U -1 -600 ch open",
            ])
        #expect(
            connections(rows).filter { $0.hasPrefix("Replacing") } == ["Replacing U -1 – Original U -1"])
        let rest = rows.actuals[2]
        #expect(rest.accountingDate == ConfirmationRow.approved && rest.price == Money(600))
        #expect(rest.invoiceId == WebAPI.id(100) && rest.rowVersion == 1)
        #expect(rows.retainer?.openBalanceId == rest.actualId)
        // All unbilled rows come to what is open (§7.1).
        let unbilled = (rows.actuals + rows.changed).filter { $0.transactionType == .unbilledSales }
        #expect(unbilled.reduce(Money.zero) { $0 + $1.amount } == Money(-600))
    }

    @Test("Retainer refunded: as applied, and said to be a refund")
    func refunded() throws {
        let rows = try rows(.deducting(1_000, of: 1_000, refund: true))
        #expect(rows.actuals.map(\.written) == ["U 1 1000 ch UNADJ canceled skipped", "B -1 -1000 ch posted"])
        #expect(rows.retainer?.isRefund == true)
    }

    @Test(
        "What is not as the retainer is refused, with both values",
        arguments: [
            Refusal("billed twice", "its retainer Advance has been invoiced", .billingRetainer()) {
                $0.changeRetainer { $0.invoiceStatus = .customerInvoicePosted }
            },
            Refusal(
                "another amount", "comes to 1.0000 for 1000.0000 here, and the line detail to 1.0000 for 900",
                .billingRetainer()
            ) {
                $0.detail.amount = Money(900)
            },
            Refusal("another amount deducted", "comes to -1.0000 for -400.0000 here", .deducting(400, of: 1_000)) {
                $0.detail.amount = Money(-500)
            },
            Refusal("not chargeable", "is chargeable, and the line detail is Complimentary", .billingRetainer()) {
                $0.detail.billingType = .complimentary
            },
            Refusal("not invoiced", "is not invoiced, or nothing is left of it", .deducting(400, of: 1_000)) {
                $0.changeRetainer { $0.invoiceStatus = .customerInvoiceCreated }
            },
            Refusal("no open balance", "is not invoiced, or nothing is left of it", .deducting(400, of: 1_000)) {
                $0.unbilled = nil
            },
            Refusal("more than is open", "1000.0000 is available, and 300.0000 is open", .deducting(400, of: 1_000)) {
                $0.unbilled?.amount = Money(-300)
            },
            Refusal("another open balance", "is open in unbilled sale", .deducting(400, of: 1_000)) {
                $0.changeRetainer { $0.openBalanceId = WebAPI.id(999) }
            },
            Refusal("a correction", "is not revised; refund what is left", .billingRetainer()) {
                $0.detail.isCorrection = true
            },
            Refusal("no retainer of this database", "retainers add", .billingRetainer()) { $0.retainer = nil },
            Refusal("another customer", "is of the customer", .billingRetainer()) {
                $0.changeRetainer { $0.customerId = WebAPI.id(44) }
            },
        ])
    func refused(row: Refusal) throws {
        let refusal = try #require(throws: ConfirmationRefusal.self) { try rows(row.line) }
        #expect(refusal.problem.contains(row.problem), "\(refusal.problem)")
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let problem: String
        let line: DraftLine

        init(_ title: String, _ problem: String, _ line: DraftLine, _ change: (inout DraftLine) -> Void) {
            testDescription = title
            self.problem = problem
            var line = line
            change(&line)
            self.line = line
        }
    }
}

extension DraftLine {
    /// A retainer of 1,000 that is billed.
    fileprivate static func billingRetainer() -> DraftLine {
        var line = hours(1, price: 1_000, of: .retainer)
        line.unbilled = nil
        line.retainer = .invoiced(.sample)
        return line
    }

    /// What is deducted of a retainer of which so much is open.
    fileprivate static func deducting(_ amount: Int, of open: Int, refund: Bool = false) -> DraftLine {
        var line = hours(-1, price: amount, of: .retainer)
        line.unbilled?.billingStatus = .unbilledSalesCreated
        line.unbilled?.invoiceId = WebAPI.id(50)
        line.unbilled?.amount = Money(-open)
        line.unbilled?.price = Money(open)
        var retainer = Retainer.sample
        retainer.invoiceStatus = .customerInvoicePosted
        retainer.used = Money(1_000 - open)
        retainer.applied = Money(amount)
        retainer.openBalanceId = line.unbilled?.actualId
        line.retainer = .applied(
            retainer,
            RetainerApplication(
                invoiceLineDetailId: line.detail.invoiceLineDetailId, retainerId: retainer.retainerId,
                invoiceId: line.detail.invoiceId, amount: Money(amount), refundStatus: refund ? .readyToRefund : nil))
        return line
    }

    fileprivate mutating func changeRetainer(_ change: (inout Retainer) -> Void) {
        switch retainer {
        case .invoiced(var retainer):
            change(&retainer)
            self.retainer = .invoiced(retainer)
        case .applied(var retainer, let application):
            change(&retainer)
            self.retainer = .applied(retainer, application)
        case nil: break
        }
    }
}

extension Retainer {
    /// A retainer of 1,000 of the sample's contract.
    static let sample = Retainer(
        retainerId: WebAPI.id(901), name: "Advance", projectContractId: WebAPI.contract,
        contractLineId: WebAPI.timeAndMaterialLine, projectId: WebAPI.project, contractingUnitId: WebAPI.unit,
        customerId: WebAPI.account, currencyId: WebAPI.currency, amount: Money(1_000),
        invoiceDate: CalendarDate(day: 20_330), invoiceLineDetailId: WebAPI.id(301))
}
