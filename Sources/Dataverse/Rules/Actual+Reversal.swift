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
        reversal.discountAmount = self.discountAmount.map { -$0 }
        reversal.feeAmount = self.feeAmount.map { -$0 }
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

    /// The unbilled sale once others took its place on an invoice (`domain.md` §6.1 T8, T9, §9.14): a newer version of
    /// the row.
    func adjusted(on invoiceId: GUID) -> Actual {
        var adjusted = adjusted()
        adjusted.billingStatus = .canceled
        adjusted.invoiceId = invoiceId
        return adjusted
    }

    /// The billed sale once it is corrected (`domain.md` §6.1 T10, T11, §6.2 F5): a newer version of the row.
    func adjusted() -> Actual {
        var adjusted = self
        adjusted.rowVersion += 1
        adjusted.adjustmentStatus = .adjusted
        return adjusted
    }
}
