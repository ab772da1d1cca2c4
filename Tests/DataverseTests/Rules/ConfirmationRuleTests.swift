import Contracts
import Testbed
import Testing

@testable import Dataverse

/// What confirming a line that was approved makes (`domain.md` §6.1 T7–T9, §6.3, §9.2, §9.3).
@Suite struct ConfirmationRuleTests {
    private static let first = ["U 8 1600 ch ADJ canceled"]

    static let rows = [
        ConfirmationRow(
            "T7: invoice confirmed, quantity untouched", existing: ["U 8 1600 ch posted"],
            new: ["U -8 -1600 ch UNADJ canceled skipped", "B 8 1600 ch posted"],
            connections: [
                "Billed Sales B 8 – Unbilled Sales U 8", "Reversing U -8 – Original U 8",
            ]
        ) { _ in },
        ConfirmationRow(
            "T8: invoice confirmed, quantity lowered", existing: first,
            new: [
                "U -8 -1600 ch UNADJ canceled", "U 6 1200 ch posted", "U -6 -1200 ch UNADJ canceled skipped",
                "B 6 1200 ch posted", "U 2 400 nc posted", "U -2 -400 nc UNADJ canceled skipped", "B 2 400 nc posted",
            ],
            connections: [
                "Reversing U -8 – Original U 8", "Replacing U 6 – Original U 8",
                "Billed Sales B 6 – Unbilled Sales U 6", "Reversing U -6 – Original U 6",
                "Replacing U 2 – Original U 8", "Billed Sales B 2 – Unbilled Sales U 2",
                "Reversing U -2 – Original U 2",
            ]
        ) { $0.detail.say(6) },
        ConfirmationRow(
            "T9: invoice confirmed, quantity raised", existing: first,
            new: [
                "U -8 -1600 ch UNADJ canceled", "U 10 2000 ch posted", "U -10 -2000 ch UNADJ canceled skipped",
                "B 10 2000 ch posted",
            ],
            connections: [
                "Reversing U -8 – Original U 8", "Replacing U 10 – Original U 8",
                "Billed Sales B 10 – Unbilled Sales U 10", "Reversing U -10 – Original U 10",
            ]
        ) { $0.detail.say(10) },
        ConfirmationRow(
            "§9.2: price changed, no row for a rest", existing: first,
            new: [
                "U -8 -1600 ch UNADJ canceled", "U 8 1200 ch posted", "U -8 -1200 ch UNADJ canceled skipped",
                "B 8 1200 ch posted",
            ]
        ) { $0.detail.say(8, price: 150) },
        ConfirmationRow(
            "§9.2: quantity lowered and price changed: the rest at the old price", existing: first,
            new: [
                "U -8 -1600 ch UNADJ canceled", "U 6 1800 ch posted", "U -6 -1800 ch UNADJ canceled skipped",
                "B 6 1800 ch posted", "U 2 400 nc posted", "U -2 -400 nc UNADJ canceled skipped", "B 2 400 nc posted",
            ]
        ) { $0.detail.say(6, price: 300) },
        ConfirmationRow(
            "§9.3: quantity 0, all of it non-chargeable", existing: first,
            new: [
                "U -8 -1600 ch UNADJ canceled", "U 8 1600 nc posted", "U -8 -1600 nc UNADJ canceled skipped",
                "B 8 1600 nc posted",
            ],
            connections: [
                "Reversing U -8 – Original U 8", "Replacing U 8 – Original U 8",
                "Billed Sales B 8 – Unbilled Sales U 8", "Reversing U -8 – Original U 8",
            ]
        ) { $0.detail.say(0) },
        ConfirmationRow(
            "2246671: made non-chargeable while invoicing", existing: first,
            new: [
                "U -8 -1600 ch UNADJ canceled", "U 8 1600 nc posted", "U -8 -1600 nc UNADJ canceled skipped",
                "B 8 1600 nc posted",
            ]
        ) { $0.detail.billingType = .nonChargeable },
        ConfirmationRow(
            "made complimentary while invoicing", existing: first,
            new: [
                "U -8 -1600 ch UNADJ canceled", "U 8 1600 co posted", "U -8 -1600 co UNADJ canceled skipped",
                "B 8 1600 co posted",
            ]
        ) { $0.detail.billingType = .complimentary },
        ConfirmationRow(
            "approved as non-chargeable, unedited", existing: ["U 8 1600 nc posted"],
            new: ["U -8 -1600 nc UNADJ canceled skipped", "B 8 1600 nc posted"]
        ) {
            $0.detail.billingType = .nonChargeable
            $0.unbilled?.billingType = .nonChargeable
        },
        ConfirmationRow(
            "T7 with a negative original: skipped by its role, not by its sign", .hours(-8),
            existing: ["U -8 -1600 ch posted"],
            new: ["U 8 1600 ch UNADJ canceled skipped", "B -8 -1600 ch posted"]
        ) { _ in },
        ConfirmationRow(
            "T8 with a negative original", .hours(-8), existing: ["U -8 -1600 ch ADJ canceled"],
            new: [
                "U 8 1600 ch UNADJ canceled", "U -6 -1200 ch posted", "U 6 1200 ch UNADJ canceled skipped",
                "B -6 -1200 ch posted", "U -2 -400 nc posted", "U 2 400 nc UNADJ canceled skipped",
                "B -2 -400 nc posted",
            ]
        ) { $0.detail.say(-6) },
        ConfirmationRow(
            "T9 with a negative original", .hours(-8), existing: ["U -8 -1600 ch ADJ canceled"],
            new: [
                "U 8 1600 ch UNADJ canceled", "U -10 -2000 ch posted", "U 10 2000 ch UNADJ canceled skipped",
                "B -10 -2000 ch posted",
            ]
        ) { $0.detail.say(-10) },
        ConfirmationRow(
            "fee", .hours(1, price: 500, of: .fee), existing: ["U 1 500 ch posted"],
            new: ["U -1 -500 ch UNADJ canceled skipped", "B 1 500 ch posted"]
        ) { _ in },
        ConfirmationRow(
            "619391: fee of no amount", .hours(1, price: 0, of: .fee), existing: ["U 1 0 ch posted"],
            new: ["U -1 0 ch UNADJ canceled skipped", "B 1 0 ch posted"]
        ) { _ in },
        ConfirmationRow(
            "hours at no price", .hours(8, price: 0), existing: ["U 8 0 ch posted"],
            new: ["U -8 0 ch UNADJ canceled skipped", "B 8 0 ch posted"]
        ) { _ in },
        ConfirmationRow(
            "expense, quantity lowered", .hours(2, price: 300, of: .expense), existing: ["U 2 600 ch ADJ canceled"],
            new: [
                "U -2 -600 ch UNADJ canceled", "U 1 300 ch posted", "U -1 -300 ch UNADJ canceled skipped",
                "B 1 300 ch posted", "U 1 300 nc posted", "U -1 -300 nc UNADJ canceled skipped", "B 1 300 nc posted",
            ]
        ) { $0.detail.say(1) },
        ConfirmationRow(
            "material, quantity raised", .hours(2, price: 300, of: .material), existing: ["U 2 600 ch ADJ canceled"],
            new: [
                "U -2 -600 ch UNADJ canceled", "U 3 900 ch posted", "U -3 -900 ch UNADJ canceled skipped",
                "B 3 900 ch posted",
            ]
        ) { $0.detail.say(3) },
    ]

    @Test("A line that was approved makes the rows of its table", arguments: rows)
    func confirmed(_ row: ConfirmationRow) throws { try row.check() }

    @Test("A line typed on a time-and-material line: U, its reversal, and B; U has its document date")
    func typed() throws {
        var line = DraftLine.hours()
        line.unbilled = nil
        let rows = try Confirmation.rows(for: line, on: ConfirmationRow.day, ids: ConfirmationIds())
        #expect(rows.changed.isEmpty)
        #expect(rows.actuals.map(\.transactionType) == [.unbilledSales, .unbilledSales, .billedSales])
        #expect(rows.actuals.map(\.amount) == [Money(1_600), Money(-1_600), Money(1_600)])
        #expect(rows.actuals.map(\.skipSync) == [false, true, false])
        #expect(rows.actuals.map(\.billingStatus) == [.customerInvoicePosted, .canceled, .customerInvoicePosted])
        #expect(rows.actuals.map(\.adjustmentStatus) == [nil, .unadjustable, nil])
        let dated = line.detail.documentDate
        #expect(rows.actuals.map(\.accountingDate) == [dated, dated, ConfirmationRow.day])
        #expect(
            rows.connections.map { "\($0.transaction1Role)–\($0.transaction2Role)" }
                == ["Billed Sales–Unbilled Sales", "Reversing–Original"])
        #expect(Set(rows.connections.map(\.transaction2Id)) == [rows.actuals[0].actualId])
        #expect(rows.chargeableAmount == Money(1_600))
    }

    @Test(
        "A line typed on a fixed-price line: B only, whatever its class",
        arguments: [TransactionClass.time, .expense, .material, .fee])
    func typedOnFixedPrice(_ transactionClass: TransactionClass) throws {
        var line = DraftLine.hours(of: transactionClass)
        line.unbilled = nil
        line.billingMethod = .fixedPrice
        let rows = try Confirmation.rows(for: line, on: ConfirmationRow.day, ids: ConfirmationIds())
        #expect(rows.actuals.map(\.transactionType) == [.billedSales] && rows.connections.isEmpty)
        #expect(rows.changed.isEmpty && rows.chargeableAmount == Money(1_600))
    }

    @Test("2066169: the accounting date of the negative unbilled row is that of the row that it takes back")
    func accountingDateOfReversal() throws {
        for quantity in [8, 6] {
            var line = DraftLine.hours()
            line.detail.say(quantity)
            let rows = try Confirmation.rows(for: line, on: ConfirmationRow.day, ids: ConfirmationIds())
            let reversals = rows.actuals.filter { $0.adjustmentStatus == .unadjustable }
            #expect(reversals.allSatisfy { $0.accountingDate == ConfirmationRow.approved } && !reversals.isEmpty)
        }
    }

    @Test("What was taken off is rounded once, to the places of the currency")
    func rounded() throws {
        var line = DraftLine.hours()
        let third = Quantity(units: 3_333)
        line.unbilled?.facts.price = Money(units: 1_000_100)
        line.unbilled?.facts.quantity = Quantity(1)
        line.unbilled?.facts.amount = Money(units: 1_000_100)
        (line.detail.quantity, line.detail.price, line.detail.amount) = (
            third, Money(units: 1_000_100), Money(units: 333_333)
        )
        let rows = try Confirmation.rows(for: line, on: ConfirmationRow.day, ids: ConfirmationIds())
        let rest = try #require(rows.actuals.last)
        #expect(rest.quantity == Quantity(units: 6_667) && rest.amount.description == "66.6800")
    }

    private func refusal(_ change: (inout DraftLine) -> Void) -> String? {
        var changed = DraftLine.hours()
        change(&changed)
        do throws(ConfirmationRefusal) {
            _ = try Confirmation.rows(for: changed, on: ConfirmationRow.day, ids: try! ConfirmationIds())
            return nil
        } catch {
            return error.problem
        }
    }

    @Test("What cannot be confirmed is refused, and says why")
    func refused() {
        #expect(refusal { $0.detail.say(-2) }?.contains("changed its sign (8.0000 for 1600.0000") == true)
        #expect(refusal { $0.detail.transactionClass = .commission }?.contains("the class Commission") == true)
        #expect(refusal { $0.detail.transactionClass = .tax }?.contains("the class Tax") == true)
        #expect(refusal { $0.billingMethod = .fixedPrice }?.contains("Fixed Price has no unbilled sale") == true)
        #expect(refusal { $0.detail.transactionClass = .milestone }?.contains("it is connected to one") == true)
        #expect(refusal { $0.unbilled?.billingStatus = .customerInvoicePosted }?.contains("has been invoiced") == true)
        #expect(refusal { $0.unbilled?.adjustmentStatus = .adjusted }?.contains("is adjusted") == true)
        #expect(refusal { $0.unbilled?.invoiceId = WebAPI.id(77) }?.contains("is on another invoice") == true)
        #expect(refusal { $0.otherUnbilled = WebAPI.id(211) }?.contains("two unbilled sales") == true)
        #expect(refusal { $0.detail.transactionClass = .fee }?.contains("its transaction class was edited") == true)
        #expect(refusal { $0.detail.currencyId = WebAPI.id(33) }?.contains("its currency was edited") == true)
        #expect(
            refusal {
                $0.unbilled = nil
                $0.billingMethod = nil
            }?.contains("has a billing method") == true)
        #expect(
            refusal { $0.belonging.currency = Belonging.Reference(WebAPI.id(33), "EUR") }
                == "its currency is EUR, and that of the invoice's header is USD")
    }
}
