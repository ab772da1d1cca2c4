import Contracts

/// Builds the rows that confirming one line detail makes, with their connections and statuses.
///
/// Each function is one step of the tables of `domain.md` §6.1, §6.2 and §6.3; ``Confirmation`` puts them together.
struct ConfirmedLine {
    let detail: InvoiceLineDetail
    let accountingDate: CalendarDate
    let ids: ConfirmationIds
    var rows: ConfirmedRows

    init(_ detail: InvoiceLineDetail, on accountingDate: CalendarDate, ids: ConfirmationIds) {
        self.detail = detail
        self.accountingDate = accountingDate
        self.ids = ids
        rows = ConfirmedRows(lineDetailId: detail.invoiceLineDetailId)
    }

    /// U, which exists, is invoiced as it is: *Customer Invoice Posted*; U(−q); B(q).
    mutating func invoice(existing unbilled: Actual) {
        rows.changed.append(unbilled.billed(on: detail.invoiceId))
        settle(unbilled, .line, as: detail.facts)
    }

    /// U, which is new; U(−q); B(q).
    ///
    /// - parameters:
    ///   - share: what of the line detail it is about.
    ///   - original: what it replaces; nil when it was typed on the invoice.
    mutating func invoice(new unbilled: Actual, _ share: ConfirmationIds.Share = .line, replacing original: Actual?) {
        var unbilled = unbilled
        unbilled.actualId = ids.actual(.unbilledSale, share, of: detail.invoiceLineDetailId)
        unbilled.billingStatus = .customerInvoicePosted
        unbilled.invoiceId = detail.invoiceId
        append(new: unbilled, share, replacing: original)
        settle(unbilled, share, as: unbilled.facts)
    }

    /// U of what a correction takes off, which is left open: it can be billed again (T10, §6.5); or of what is left of a
    /// retainer, which stays on the invoice that leaves it (§6.3).
    ///
    /// - returns: its id.
    @discardableResult
    mutating func leaveOpen(_ unbilled: Actual, replacing original: Actual, on invoiceId: GUID? = nil) -> GUID {
        var unbilled = unbilled
        unbilled.actualId = ids.actual(.unbilledSale, .rest, of: detail.invoiceLineDetailId)
        unbilled.billingStatus = .unbilledSalesCreated
        unbilled.invoiceId = invoiceId
        append(new: unbilled, .rest, replacing: original)
        return unbilled.actualId
    }

    /// B, and U of what it opens: a retainer's balance, which is no reversal and is seen by Finance, and dated as B is
    /// (§6.3, §9.1, §9.16).
    ///
    /// - returns: the id of U.
    mutating func invoice(opening balance: TransactionFacts) -> GUID {
        let billed = billedSale(.line, detail.facts)
        let open = Actual(
            actualId: ids.actual(.unbilledSale, of: detail.invoiceLineDetailId), transactionType: .unbilledSales,
            billingStatus: .unbilledSalesCreated, skipSync: SkipSync.isSet(on: .openBalanceOfRetainer),
            accountingDate: accountingDate, invoiceId: detail.invoiceId, facts: balance)
        rows.actuals += [billed, open]
        connect(.billedSalesToUnbilledSales, billed, as: .billedSale, .line, to: open)
        return open.actualId
    }

    /// B without U: a milestone, and a line of fixed price (§9.13).
    mutating func invoiceAlone() { rows.actuals.append(billedSale(.line, detail.facts)) }

    /// U that was edited: it is *Adjusted*, and its first reversal is seen by Finance, which has posted it (§9.1).
    mutating func takeBack(edited unbilled: Actual) {
        rows.changed.append(unbilled.adjusted(on: detail.invoiceId))
        takeBack(unbilled, as: .reversalOfEditedUnbilledSale, accountingDate: unbilled.accountingDate, .canceled)
    }

    /// B that is corrected: it is *Adjusted*, and B(−q) is on the correcting invoice, with its accounting date (§9.14,
    /// §9.15).
    mutating func takeBack(corrected billed: Actual) {
        rows.changed.append(billed.adjusted())
        takeBack(billed, as: .reversalOfBilledSale, accountingDate: accountingDate, .customerInvoicePosted)
    }

    private mutating func takeBack(
        _ original: Actual, as part: SkipSync.Part, accountingDate: CalendarDate?, _ status: BillingStatus
    ) {
        var reversal = original.reversal(
            actualId: ids.actual(.originalReversal, of: detail.invoiceLineDetailId),
            skipSync: SkipSync.isSet(on: part) || original.skipSync)
        reversal.billingStatus = status
        reversal.accountingDate = accountingDate
        reversal.invoiceId = detail.invoiceId
        rows.actuals.append(reversal)
        connect(.reversingToOriginal, reversal, as: .originalReversal, .line, to: original)
    }

    private mutating func append(new unbilled: Actual, _ share: ConfirmationIds.Share, replacing original: Actual?) {
        var unbilled = unbilled
        unbilled.rowVersion = 1
        unbilled.adjustmentStatus = nil
        rows.actuals.append(unbilled)
        guard let original else { return }
        connect(.replacingToOriginal, unbilled, as: .unbilledSale, share, to: original)
    }

    /// U(−q), which Finance must not see, as it marks U as invoiced instead (§6.8, §9.1); and B(q).
    private mutating func settle(_ unbilled: Actual, _ share: ConfirmationIds.Share, as facts: TransactionFacts) {
        var reversal = unbilled.reversal(
            actualId: ids.actual(.unbilledReversal, share, of: detail.invoiceLineDetailId),
            skipSync: SkipSync.isSet(on: .reversalOfInvoicedUnbilledSale))
        reversal.invoiceId = detail.invoiceId
        let billed = billedSale(share, facts)
        rows.actuals.append(reversal)
        rows.actuals.append(billed)
        connect(.billedSalesToUnbilledSales, billed, as: .billedSale, share, to: unbilled)
        connect(.reversingToOriginal, reversal, as: .unbilledReversal, share, to: unbilled)
    }

    /// Dated by the confirmation, *Customer Invoice Posted* (§9.14, §9.15).
    private func billedSale(_ share: ConfirmationIds.Share, _ facts: TransactionFacts) -> Actual {
        Actual(
            actualId: ids.actual(.billedSale, share, of: detail.invoiceLineDetailId), transactionType: .billedSales,
            billingStatus: .customerInvoicePosted, skipSync: SkipSync.isSet(on: .billedSale),
            accountingDate: accountingDate, invoiceId: detail.invoiceId, facts: facts)
    }

    private mutating func connect(
        _ kind: ConfirmedConnection, _ first: Actual, as part: ConfirmationIds.Part, _ share: ConfirmationIds.Share,
        to second: Actual
    ) {
        rows.connections.append(
            TransactionConnection(
                kind, connectionId: ids.connection(kind, from: part, share, of: detail.invoiceLineDetailId),
                from: first, to: second))
    }
}
