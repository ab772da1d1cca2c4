import Contracts

extension Confirmation {
    /// A correction of a time, expense, material or fee of an earlier invoice (`domain.md` §6.1 T10, T11, §6.5).
    ///
    /// | credit | existing | new |
    /// |---|---|---|
    /// | full | B: *Adjusted* | B(−q0); U(q0) left open |
    /// | T10: partial | B: *Adjusted* | B(−q0); U ch(q1), U(−q1) skipped, B ch(q1); U ch(q0−q1) left open |
    /// | T11: raised, or another price (§9.2) | B: *Adjusted* | B(−q0); U ch(q1), U(−q1) skipped, B ch(q1) |
    /// | partial, of a fee (§9.12) | B: *Adjusted* | as T10, and no row for the rest: it is reported |
    /// | of a line of fixed price | B: *Adjusted* | B(−q0); B(q1); no unbilled sale on either side (§9.13) |
    ///
    /// The original unbilled sale and its reversal stay as they are. New ones keep its accounting date (§9.15), and what
    /// is left open keeps the billing type of the billed sale.
    ///
    /// - throws: ``ConfirmationRefusal``.
    static func confirm(correction line: DraftLine, _ confirmed: inout ConfirmedLine) throws(ConfirmationRefusal) {
        let corrected = try correctedSale(of: line)
        let change = LineChange(
            old: corrected.billed.facts, new: line.detail.facts, precision: line.currencyPrecision)
        if let problem = change.problem { throw ConfirmationRefusal(problem: problem) }
        confirmed.takeBack(corrected: corrected.billed)
        guard let unbilled = corrected.unbilled else {
            guard line.billingMethod != .timeAndMaterial else {
                throw ConfirmationRefusal(
                    problem:
                        "the unbilled sale of the billed sale \(corrected.billed.actualId) that it corrects is not "
                        + "here; load msdyn_actuals and msdyn_transactionconnections")
            }
            if !change.isToNothing { confirmed.invoiceAlone() }
            confirmed.rows.uncredited = change.takenOff
            return
        }
        if !change.isToNothing {
            confirmed.invoice(new: unbilled.saying(line.detail), replacing: corrected.billed)
        }
        guard line.detail.transactionClass != .fee || change.isToNothing else {
            confirmed.rows.uncredited = change.takenOff
            return
        }
        guard let facts = try change.rest() else { return }
        var rest = unbilled
        rest.facts = facts
        confirmed.leaveOpen(rest, replacing: corrected.billed)
    }

    /// The billed sale that a correction takes back, if it may be.
    ///
    /// - throws: ``ConfirmationRefusal``.
    static func correctedSale(of line: DraftLine) throws(ConfirmationRefusal) -> CorrectedSale {
        guard let corrected = line.corrected else {
            throw ConfirmationRefusal(
                problem: "it is a correction, and the billed sale that it corrects is not here; load msdyn_actuals and "
                    + "msdyn_transactionconnections")
        }
        let billed = corrected.billed
        if let other = corrected.otherBilled {
            throw ConfirmationRefusal(
                problem: "it is connected to two billed sales, \(billed.actualId) and \(other)")
        }
        guard billed.transactionType == .billedSales, billed.adjustmentStatus != .unadjustable else {
            throw ConfirmationRefusal(
                problem: "the actual \(billed.actualId) that it corrects is a reversal, or no billed sale")
        }
        guard billed.adjustmentStatus == nil, corrected.reversalId == nil else {
            let by = corrected.reversalId.map { " by \($0)" } ?? ""
            throw ConfirmationRefusal(
                problem: "the billed sale \(billed.actualId) that it corrects has been taken back\(by)")
        }
        return corrected
    }
}

extension LineChange {
    /// What the amount fell by; nothing when it did not.
    fileprivate var takenOff: Money {
        guard !isToNothing, new.amount.units.magnitude < old.amount.units.magnitude else { return .zero }
        return old.amount - new.amount
    }
}
