import Contracts
import Testbed
import Testing

@testable import Dataverse

/// What confirming a correction makes (`domain.md` §6.1 T10, T11, §6.2 F5, §6.5, §9.2, §9.12).
@Suite struct CorrectionRuleTests {
    private static let back = ["B 8 1600 ch ADJ posted"]

    static let rows = [
        ConfirmationRow(
            "full: time", .correction(), existing: back,
            new: ["B -8 -1600 ch UNADJ posted", "U 8 1600 ch open"],
            connections: ["Reversing B -8 – Original B 8", "Replacing U 8 – Original B 8"]
        ) { _ in },
        ConfirmationRow(
            "full: expense", .correction(2, price: 300, of: .expense), existing: ["B 2 600 ch ADJ posted"],
            new: ["B -2 -600 ch UNADJ posted", "U 2 600 ch open"]
        ) { _ in },
        ConfirmationRow(
            "full: material", .correction(2, price: 300, of: .material), existing: ["B 2 600 ch ADJ posted"],
            new: ["B -2 -600 ch UNADJ posted", "U 2 600 ch open"]
        ) { _ in },
        ConfirmationRow(
            "full: fee", .correction(1, price: 500, of: .fee), existing: ["B 1 500 ch ADJ posted"],
            new: ["B -1 -500 ch UNADJ posted", "U 1 500 ch open"]
        ) { _ in },
        ConfirmationRow(
            "T10, partial: time (E12)", .correction(), existing: back,
            new: [
                "B -8 -1600 ch UNADJ posted", "U 6 1200 ch posted", "U -6 -1200 ch UNADJ canceled skipped",
                "B 6 1200 ch posted", "U 2 400 ch open",
            ],
            connections: [
                "Reversing B -8 – Original B 8", "Replacing U 6 – Original B 8",
                "Billed Sales B 6 – Unbilled Sales U 6", "Reversing U -6 – Original U 6",
                "Replacing U 2 – Original B 8",
            ]
        ) { $0.detail.say(6) },
        ConfirmationRow(
            "T10, partial: expense", .correction(2, price: 300, of: .expense), existing: ["B 2 600 ch ADJ posted"],
            new: [
                "B -2 -600 ch UNADJ posted", "U 1 300 ch posted", "U -1 -300 ch UNADJ canceled skipped",
                "B 1 300 ch posted", "U 1 300 ch open",
            ]
        ) { $0.detail.say(1) },
        ConfirmationRow(
            "T10, partial: material", .correction(2, price: 300, of: .material), existing: ["B 2 600 ch ADJ posted"],
            new: [
                "B -2 -600 ch UNADJ posted", "U 1 300 ch posted", "U -1 -300 ch UNADJ canceled skipped",
                "B 1 300 ch posted", "U 1 300 ch open",
            ]
        ) { $0.detail.say(1) },
        ConfirmationRow(
            "T10 by price (§9.2): no row for a rest", .correction(), existing: back,
            new: [
                "B -8 -1600 ch UNADJ posted", "U 8 1200 ch posted", "U -8 -1200 ch UNADJ canceled skipped",
                "B 8 1200 ch posted",
            ]
        ) { $0.detail.say(8, price: 150) },
        ConfirmationRow(
            "T10 by quantity and price (§9.2): the rest at the old price", .correction(), existing: back,
            new: [
                "B -8 -1600 ch UNADJ posted", "U 6 900 ch posted", "U -6 -900 ch UNADJ canceled skipped",
                "B 6 900 ch posted", "U 2 400 ch open",
            ]
        ) { $0.detail.say(6, price: 150) },
        ConfirmationRow(
            "T11: correction raises the quantity", .correction(), existing: back,
            new: [
                "B -8 -1600 ch UNADJ posted", "U 10 2000 ch posted", "U -10 -2000 ch UNADJ canceled skipped",
                "B 10 2000 ch posted",
            ],
            connections: [
                "Reversing B -8 – Original B 8", "Replacing U 10 – Original B 8",
                "Billed Sales B 10 – Unbilled Sales U 10", "Reversing U -10 – Original U 10",
            ]
        ) { $0.detail.say(10) },
        ConfirmationRow(
            "T11 by price", .correction(), existing: back,
            new: [
                "B -8 -1600 ch UNADJ posted", "U 8 2000 ch posted", "U -8 -2000 ch UNADJ canceled skipped",
                "B 8 2000 ch posted",
            ]
        ) { $0.detail.say(8, price: 250) },
        ConfirmationRow(
            "corrected in nothing but its tax", .correction(), existing: back,
            new: [
                "B -8 -1600 ch UNADJ posted", "U 8 1600 ch posted", "U -8 -1600 ch UNADJ canceled skipped",
                "B 8 1600 ch posted",
            ]
        ) { $0.detail.say(8) },
        ConfirmationRow(
            "made non-chargeable by a correction", .correction(), existing: back,
            new: [
                "B -8 -1600 ch UNADJ posted", "U 8 1600 nc posted", "U -8 -1600 nc UNADJ canceled skipped",
                "B 8 1600 nc posted",
            ]
        ) {
            $0.detail.say(8)
            $0.detail.billingType = .nonChargeable
        },
        ConfirmationRow(
            "partial: fee, no row for the rest", .correction(2, price: 500, of: .fee),
            existing: ["B 2 1000 ch ADJ posted"],
            new: [
                "B -2 -1000 ch UNADJ posted", "U 1 500 ch posted", "U -1 -500 ch UNADJ canceled skipped",
                "B 1 500 ch posted",
            ]
        ) { $0.detail.say(1) },
        ConfirmationRow(
            "4192197, full: a negative original gets a replacing U", .correction(-8),
            existing: ["B -8 -1600 ch ADJ posted"],
            new: ["B 8 1600 ch UNADJ posted", "U -8 -1600 ch open"],
            connections: ["Reversing B 8 – Original B -8", "Replacing U -8 – Original B -8"]
        ) { _ in },
        ConfirmationRow(
            "4192197, partial: a negative original gets replacing Us", .correction(-8),
            existing: ["B -8 -1600 ch ADJ posted"],
            new: [
                "B 8 1600 ch UNADJ posted", "U -6 -1200 ch posted", "U 6 1200 ch UNADJ canceled skipped",
                "B -6 -1200 ch posted", "U -2 -400 ch open",
            ]
        ) { $0.detail.say(-6) },
        ConfirmationRow(
            "2358236: a line at no price, full", .correction(8, price: 0), existing: ["B 8 0 ch ADJ posted"],
            new: ["B -8 0 ch UNADJ posted", "U 8 0 ch open"]
        ) { _ in },
        ConfirmationRow(
            "2358236: a line at no price gets one", .correction(8, price: 0), existing: ["B 8 0 ch ADJ posted"],
            new: [
                "B -8 0 ch UNADJ posted", "U 8 1600 ch posted", "U -8 -1600 ch UNADJ canceled skipped",
                "B 8 1600 ch posted",
            ]
        ) { $0.detail.say(8, price: 200) },
    ]

    @Test("A correction makes the rows of its table", arguments: rows)
    func confirmed(_ row: ConfirmationRow) throws { try row.check() }

    @Test("F5, full: a milestone is taken back, and is ready again")
    func f5() throws {
        let rows = try Confirmation.rows(for: Self.creditOfMilestone, on: ConfirmationRow.day, ids: ConfirmationIds())
        #expect(rows.changed.map(\.adjustmentStatus) == [.adjusted])
        #expect(rows.changed.map(\.billingStatus) == [.customerInvoicePosted])
        #expect(rows.actuals.map(\.amount) == [Money(-1_000)])
        #expect(rows.actuals.map(\.adjustmentStatus) == [.unadjustable] && rows.actuals.map(\.skipSync) == [false])
        #expect(rows.connections.map(\.transaction1Role) == ["Reversing"])
        #expect(rows.openedMilestone == WebAPI.id(601) && rows.billedMilestone == nil)
        #expect(rows.chargeableAmount == Money(-1_000))
    }

    @Test("A milestone is never credited in part")
    func partOfMilestone() throws {
        var line = Self.creditOfMilestone
        line.detail.say(1, price: 400)
        #expect(refusal(line)?.contains("a milestone is credited as a whole: its amount is 1000.0000") == true)
    }

    @Test("A line of fixed price that was typed is taken back, and billed anew without an unbilled sale")
    func fixedPrice() throws {
        for (quantity, amounts, rest) in [(0, [-1_600], 0), (6, [-1_600, 1_200], 400), (10, [-1_600, 2_000], 0)] {
            var line = DraftLine.correction()
            line.billingMethod = .fixedPrice
            line.corrected?.unbilled = nil
            line.detail.say(quantity)
            let rows = try Confirmation.rows(for: line, on: ConfirmationRow.day, ids: ConfirmationIds())
            #expect(rows.actuals.map(\.amount) == amounts.map { Money($0) })
            #expect(rows.actuals.allSatisfy { $0.transactionType == .billedSales })
            #expect(rows.uncredited == Money(rest))
        }
    }

    @Test("What a partly credited fee leaves is reported; of other classes it is left open")
    func uncredited() throws {
        for (transactionClass, uncredited) in [(TransactionClass.fee, 500), (.material, 0)] {
            var line = DraftLine.correction(2, price: 500, of: transactionClass)
            line.detail.say(1)
            let rows = try Confirmation.rows(for: line, on: ConfirmationRow.day, ids: ConfirmationIds())
            #expect(rows.uncredited == Money(uncredited))
        }
        #expect(
            try Confirmation.rows(
                for: .correction(1, of: .fee), on: ConfirmationRow.day, ids: ConfirmationIds()
            ).uncredited == .zero)
    }

    @Test("What a correction adds to its invoice is its reversal and what remains")
    func adds() throws {
        for (quantity, adds) in [(0, -1_600), (6, -400), (10, 400)] {
            var line = DraftLine.correction()
            line.detail.say(quantity)
            let rows = try Confirmation.rows(for: line, on: ConfirmationRow.day, ids: ConfirmationIds())
            #expect(rows.chargeableAmount == Money(adds))
        }
    }

    @Test("New unbilled sales keep the accounting date of the corrected one; billed sales have the day of confirmation")
    func dates() throws {
        var line = DraftLine.correction()
        line.detail.say(6)
        let rows = try Confirmation.rows(for: line, on: ConfirmationRow.day, ids: ConfirmationIds())
        let dates = Dictionary(grouping: rows.actuals, by: \.transactionType).mapValues {
            Set($0.map(\.accountingDate))
        }
        #expect(dates == [.billedSales: [ConfirmationRow.day], .unbilledSales: [ConfirmationRow.approved]])
    }

    private static var creditOfMilestone: DraftLine {
        var line = DraftLine.correction(1, price: 1_000, of: .milestone)
        line.billingMethod = .fixedPrice
        line.corrected?.unbilled = nil
        line.milestone = DraftLine.ofMilestone.milestone
        line.milestone?.invoiceStatus = .customerInvoicePosted
        return line
    }

    private func refusal(_ line: DraftLine) -> String? {
        do throws(ConfirmationRefusal) {
            _ = try Confirmation.rows(for: line, on: ConfirmationRow.day, ids: try! ConfirmationIds())
            return nil
        } catch {
            return error.problem
        }
    }

    @Test("What cannot be corrected is refused, and says why")
    func refused() {
        func refusal(_ change: (inout DraftLine) -> Void) -> String? {
            var line = DraftLine.correction()
            change(&line)
            return self.refusal(line)
        }
        #expect(refusal { $0.corrected = nil }?.contains("the billed sale that it corrects is not here") == true)
        #expect(refusal { $0.corrected?.unbilled = nil }?.contains("is not here; load msdyn_actuals") == true)
        #expect(refusal { $0.corrected?.otherBilled = WebAPI.id(5) }?.contains("two billed sales") == true)
        #expect(refusal { $0.corrected?.billed.adjustmentStatus = .adjusted }?.contains("has been taken back") == true)
        #expect(
            refusal { $0.corrected?.reversalId = WebAPI.id(5) }?.contains("taken back by \(WebAPI.id(5))") == true)
        #expect(refusal { $0.corrected?.billed.adjustmentStatus = .unadjustable }?.contains("is a reversal") == true)
        #expect(refusal { $0.corrected?.billed.transactionType = .cost }?.contains("or no billed sale") == true)
        #expect(refusal { $0.detail.say(-2) }?.contains("changed its sign") == true)
    }
}
