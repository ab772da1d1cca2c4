import Contracts

extension Confirmation {
    /// A time-and-material line, confirmed as it was approved (`domain.md` §6.1 T7, §6.3).
    ///
    /// | existing | new |
    /// |---|---|
    /// | U: billing status *Customer Invoice Posted*; C untouched | U(−q) *Unadjustable*, Skip Sync = Yes; B(q) |
    ///
    /// Finance does not reverse what is unbilled at invoicing, it marks it as
    /// invoiced: so it must not see the reversal (§6.8, §9.1).
    ///
    /// - throws: ``ConfirmationRefusal``.
    static func uneditedLine(
        _ detail: InvoiceLineDetail, _ unbilled: Actual, on accountingDate: CalendarDate, ids: ConfirmationIds
    ) throws(ConfirmationRefusal) -> ConfirmedRows {
        guard unbilled.transactionType == .unbilledSales, unbilled.adjustmentStatus == nil else {
            throw ConfirmationRefusal(
                problem: "the actual \(unbilled.actualId) that it bills is adjusted, or no unbilled sale")
        }
        guard unbilled.billingStatus != .customerInvoicePosted, unbilled.billingStatus != .canceled else {
            throw ConfirmationRefusal(problem: "its unbilled sale \(unbilled.actualId) has been invoiced or canceled")
        }
        if let other = unbilled.invoiceId, other != detail.invoiceId {
            throw ConfirmationRefusal(problem: "its unbilled sale \(unbilled.actualId) is on another invoice, \(other)")
        }
        if let edit = edit(detail, unbilled) { throw ConfirmationRefusal(problem: "not supported yet: \(edit)") }
        let billed = detail.billedSale(
            actualId: ids.billedSale(of: detail.invoiceLineDetailId), accountingDate: accountingDate)
        var reversal = unbilled.reversal(
            actualId: ids.unbilledReversal(of: detail.invoiceLineDetailId),
            skipSync: SkipSync.isSet(on: .reversalOfInvoicedUnbilledSale))
        reversal.invoiceId = detail.invoiceId
        func connection(_ kind: ConfirmedConnection, from first: Actual) -> TransactionConnection {
            TransactionConnection(
                kind, connectionId: ids.connection(kind, of: detail.invoiceLineDetailId), from: first, to: unbilled)
        }
        return ConfirmedRows(
            actuals: [reversal, billed],
            connections: [
                connection(.billedSalesToUnbilledSales, from: billed),
                connection(.reversingToOriginal, from: reversal),
            ],
            billedUnbilledSale: unbilled.billed(on: detail.invoiceId))
    }

    /// What differs between a line detail and its unbilled sale; nil when nothing does.
    private static func edit(_ detail: InvoiceLineDetail, _ unbilled: Actual) -> String? {
        func differs(_ what: String, _ old: (some CustomStringConvertible)?, _ new: (some CustomStringConvertible)?)
            -> String
        {
            "its \(what) was edited (\(old?.description ?? "none") → \(new?.description ?? "none"))"
        }
        if detail.quantity != unbilled.quantity { return differs("quantity", unbilled.quantity, detail.quantity) }
        if detail.price != unbilled.price { return differs("price", unbilled.price, detail.price) }
        if detail.amount != unbilled.amount { return differs("amount", unbilled.amount, detail.amount) }
        if detail.currencyId != unbilled.currencyId {
            return differs("currency", unbilled.currencyId, detail.currencyId)
        }
        if detail.billingType != unbilled.billingType {
            return differs("billing type", unbilled.billingType?.rawValue, detail.billingType?.rawValue)
        }
        if detail.transactionClass != unbilled.transactionClass {
            return differs("transaction class", unbilled.transactionClass.rawValue, detail.transactionClass.rawValue)
        }
        if let own = detail.projectContractId, let billed = unbilled.projectContractId, own != billed {
            return differs("project contract", billed, own)
        }
        return nil
    }
}
