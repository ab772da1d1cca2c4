import Contracts

extension Confirmation {
    /// A time, expense, material or fee that was approved (`domain.md` §6.1, §6.3).
    ///
    /// | line on the draft | existing | new |
    /// |---|---|---|
    /// | T7: unedited | U: *Customer Invoice Posted* | U(−q) skipped; B(q) |
    /// | T8: quantity lowered | U: *Adjusted*, *Canceled* | U(−q0); U ch(q1), U nc(q0−q1); reversals of both, skipped; B ch(q1), B nc(q0−q1) |
    /// | T9: quantity raised | U: *Adjusted*, *Canceled* | U(−q0); U ch(q1); U(−q1) skipped; B ch(q1) |
    /// | price or billing type changed (§9.2, 2246671) | the same | as T8 or T9, with what the line says; what was taken off at the old price |
    /// | quantity 0 (§9.3) | the same | U(−q0); U nc(q0); its reversal, skipped; B nc(q0) |
    ///
    /// New unbilled sales replace the edited one by a *Replacing–Original* connection, as those of corrections do: an
    /// inference, as the sources name none (§9.16), and what evidence of completeness follows. The edit of a fee, of
    /// which they say nothing, is taken for that of any other class.
    ///
    /// - throws: ``ConfirmationRefusal``.
    static func confirm(
        _ line: DraftLine, billing unbilled: Actual, _ confirmed: inout ConfirmedLine
    ) throws(ConfirmationRefusal) {
        if let problem = unbilled.problem(on: line.detail.invoiceId) { throw ConfirmationRefusal(problem: problem) }
        guard line.billingMethod != .fixedPrice else {
            throw ConfirmationRefusal(
                problem: "a line of \(BillingMethod.fixedPrice.rawValue) has no unbilled sale, and it is connected to "
                    + "\(unbilled.actualId)")
        }
        let change = LineChange(
            old: unbilled.facts, new: line.detail.facts, precision: line.currencyPrecision)
        if let problem = change.problem { throw ConfirmationRefusal(problem: problem) }
        guard !change.isUnchanged else { return confirmed.invoice(existing: unbilled) }
        confirmed.takeBack(edited: unbilled)
        if !change.isToNothing {
            confirmed.invoice(new: unbilled.saying(line.detail), replacing: unbilled)
        }
        guard let facts = try change.rest() else { return }
        var rest = unbilled
        rest.facts = facts
        rest.billingType = .nonChargeable
        confirmed.invoice(new: rest, .rest, replacing: unbilled)
    }
}

extension Actual {
    /// Why an unbilled sale cannot be billed on an invoice; nil when it can (`domain.md` §6.6).
    fileprivate func problem(on invoiceId: GUID) -> String? {
        guard transactionType == .unbilledSales, adjustmentStatus == nil else {
            return "the actual \(actualId) that it bills is adjusted, or no unbilled sale"
        }
        guard billingStatus != .customerInvoicePosted, billingStatus != .canceled else {
            return "its unbilled sale \(actualId) has been invoiced or canceled"
        }
        guard let other = self.invoiceId, other != invoiceId else { return nil }
        return "its unbilled sale \(actualId) is on another invoice, \(other)"
    }

    /// The unbilled sale with what a line detail says: how much, at what price, and for whom to pay.
    func saying(_ detail: InvoiceLineDetail) -> Actual {
        var unbilled = self
        (unbilled.quantity, unbilled.price, unbilled.amount) = (detail.quantity, detail.price, detail.amount)
        unbilled.billingType = detail.billingType
        (unbilled.description, unbilled.externalDescription) = (detail.description, detail.externalDescription)
        return unbilled
    }
}
