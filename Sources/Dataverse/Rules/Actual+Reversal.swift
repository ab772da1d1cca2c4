import Contracts

extension Actual {
    /// The row that takes this one back: quantity and amount negative,
    /// *Unadjustable*, *Canceled*; the accounting date stays (`domain.md` §6.1, §9.14, §9.15).
    ///
    /// - parameter skipSync: whether Finance must not see it: ``SkipSync``.
    func reversal(actualId: GUID, skipSync: Bool) -> Actual {
        var reversal = self
        reversal.actualId = actualId
        reversal.rowVersion = 1
        reversal.billingStatus = .canceled
        reversal.adjustmentStatus = .unadjustable
        reversal.skipSync = skipSync
        reversal.quantity = self.quantity.map { -$0 }
        reversal.amount = -self.amount
        return reversal
    }

    /// The unbilled sale once its invoice is confirmed (`domain.md` §6.1 T7): a newer version of the row.
    func billed(on invoiceId: GUID) -> Actual {
        var billed = self
        billed.rowVersion += 1
        billed.billingStatus = .customerInvoicePosted
        billed.invoiceId = invoiceId
        return billed
    }
}

extension InvoiceLineDetail {
    /// The billed sale that confirming makes of it: dated by the
    /// confirmation, *Customer Invoice Posted* (`domain.md` §9.14, §9.15).
    func billedSale(actualId: GUID, accountingDate: CalendarDate) -> Actual {
        Actual(
            actualId: actualId, transactionType: .billedSales, billingStatus: .customerInvoicePosted,
            skipSync: SkipSync.isSet(on: .billedSale), accountingDate: accountingDate, invoiceId: invoiceId,
            facts: facts)
    }
}
