import Contracts

extension Confirmation {
    /// A line detail that was typed on the invoice (`domain.md` §6.3, §9.13).
    ///
    /// | on | rows |
    /// |---|---|
    /// | a time-and-material line | U, dated by its document date (§9.15); U(−q) skipped; B |
    /// | a fixed-price line | B only |
    ///
    /// - throws: ``ConfirmationRefusal``.
    static func confirm(typed line: DraftLine, _ confirmed: inout ConfirmedLine) throws(ConfirmationRefusal) {
        switch line.billingMethod {
        case .fixedPrice: confirmed.invoiceAlone()
        case .timeAndMaterial:
            let detail = line.detail
            let unbilled = Actual(
                actualId: detail.invoiceLineDetailId, transactionType: .unbilledSales,
                accountingDate: detail.documentDate, facts: detail.facts)
            confirmed.invoice(new: unbilled, replacing: nil)
        case nil:
            throw ConfirmationRefusal(
                problem: "neither its invoice line nor its contract line has a billing method; load invoicedetails or "
                    + "salesorderdetails with msdyn_billingmethod")
        }
    }
}
