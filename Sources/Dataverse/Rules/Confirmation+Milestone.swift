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
        guard milestone.invoiceStatus != .customerInvoicePosted else {
            throw ConfirmationRefusal(problem: "its milestone \(milestone.milestoneId) has been invoiced")
        }
        let billed = detail.billedSale(
            actualId: ids.billedSale(of: detail.invoiceLineDetailId), accountingDate: accountingDate)
        return ConfirmedRows(actuals: [billed], connections: [], billedMilestone: milestone.milestoneId)
    }
}
