import Contracts

extension Confirmation {
    /// A milestone (`domain.md` §6.2 F4, §6.3): B(amount), no unbilled sale
    /// on either side; the milestone becomes *Customer invoice posted*.
    ///
    /// - throws: ``ConfirmationRefusal``.
    static func confirm(milestone line: DraftLine, _ confirmed: inout ConfirmedLine) throws(ConfirmationRefusal) {
        let detail = line.detail
        guard line.unbilled == nil else {
            throw ConfirmationRefusal(problem: "a milestone has no unbilled sale, and it is connected to one")
        }
        let milestone = try found(line)
        if let problem = milestone.problem ?? milestone.difference(detail) {
            throw ConfirmationRefusal(problem: "its milestone \(milestone.milestoneId) \(problem)")
        }
        confirmed.invoiceAlone()
        confirmed.rows.billedMilestone = milestone.milestoneId
    }

    /// A milestone's credit, which is always a full one (`domain.md` §6.2 F5, §6.5): B: *Adjusted*; B(−amount); the
    /// milestone is *Ready* again.
    ///
    /// - throws: ``ConfirmationRefusal``.
    static func credit(milestone line: DraftLine, _ confirmed: inout ConfirmedLine) throws(ConfirmationRefusal) {
        let corrected = try correctedSale(of: line)
        let change = LineChange(
            old: corrected.billed.facts, new: line.detail.facts, precision: line.currencyPrecision)
        if let problem = change.problem { throw ConfirmationRefusal(problem: problem) }
        guard change.isToNothing else {
            throw ConfirmationRefusal(
                problem: "a milestone is credited as a whole: its amount is \(corrected.billed.amount), and "
                    + "\(line.detail.amount) shall remain; set its quantity to 0, and bill another milestone")
        }
        confirmed.takeBack(corrected: corrected.billed)
        confirmed.rows.openedMilestone = try found(line).milestoneId
    }

    private static func found(_ line: DraftLine) throws(ConfirmationRefusal) -> Milestone {
        guard let milestone = line.milestone else {
            throw ConfirmationRefusal(
                problem: "its milestone is not to be found; load msdyn_contractlinescheduleofvalues, or name the "
                    + "column that holds it in dataverse.columns.milestone")
        }
        return milestone
    }
}

extension Milestone {
    /// Why it cannot be invoiced; nil when it can (`domain.md` §1.4, §6.6).
    fileprivate var problem: String? {
        switch invoiceStatus {
        case .ready, .customerInvoiceCreated: nil
        case .customerInvoicePosted: "has been invoiced"
        case .notReady: "is \(MilestoneInvoiceStatus.notReady.rawValue)"
        case nil: "has no invoice status; load msdyn_contractlinescheduleofvalues with msdyn_invoicestatus"
        }
    }

    /// What differs between the milestone and the line detail that bills it; nil when nothing does. A milestone is
    /// billed once, and as it is agreed.
    fileprivate func difference(_ detail: InvoiceLineDetail) -> String? {
        if let own = contractLineId, let others = detail.contractLineId, own != others {
            return "is of the contract line \(own), and the line detail of \(others)"
        }
        if let own = projectContractId, let others = detail.projectContractId, own != others {
            return "is of the project contract \(own), and the line detail of \(others)"
        }
        if let own = currencyId, own != detail.currencyId {
            return "is in the currency \(own), and the line detail in \(detail.currencyId)"
        }
        guard amount == detail.amount else {
            return "comes to \(amount?.description ?? "no amount"), and the line detail to \(detail.amount)"
        }
        if let quantity = detail.quantity, quantity != Quantity(1) {
            return "is billed once, and the quantity of the line detail is \(quantity)"
        }
        if let price = detail.price, price != detail.amount {
            return "comes to \(detail.amount), and the price of the line detail is \(price)"
        }
        guard detail.billingType == .chargeable else {
            return "is chargeable, and the line detail is \(detail.billingType?.rawValue ?? "of no billing type")"
        }
        return nil
    }
}
