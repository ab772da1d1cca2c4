import Contracts

extension Confirmation {
    /// A milestone (`domain.md` §6.2 F4, §6.3): B(amount), no unbilled sale
    /// on either side; the milestone becomes *Customer invoice posted*.
    ///
    /// - throws: ``ConfirmationRefusal``.
    static func milestone(
        _ line: DraftLine, on accountingDate: CalendarDate, ids: ConfirmationIds
    ) throws(ConfirmationRefusal) -> ConfirmedRows {
        let detail = line.detail
        guard line.unbilled == nil else {
            throw ConfirmationRefusal(problem: "a milestone has no unbilled sale, and it is connected to one")
        }
        guard let milestone = line.milestone else {
            throw ConfirmationRefusal(
                problem: "its milestone is not to be found; load msdyn_contractlinescheduleofvalues, or name the "
                    + "column that holds it in dataverse.columns.milestone")
        }
        if let problem = milestone.problem ?? milestone.difference(detail) {
            throw ConfirmationRefusal(problem: "its milestone \(milestone.milestoneId) \(problem)")
        }
        let billed = detail.billedSale(
            actualId: ids.billedSale(of: detail.invoiceLineDetailId), accountingDate: accountingDate)
        return ConfirmedRows(actuals: [billed], connections: [], billedMilestone: milestone.milestoneId)
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
