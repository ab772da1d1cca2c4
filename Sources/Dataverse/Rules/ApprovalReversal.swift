import Contracts

extension Approval {
    /// Takes the actuals of an entry back: when its approval is canceled or it is recalled (T5, F2), and before it is
    /// evaluated anew when its contract is confirmed (T6, F3; `domain.md` §6.1, §6.2).
    ///
    /// | existing | new |
    /// |---|---|
    /// | C, U: *Adjusted* | C(−q), U(−q): *Unadjustable* |
    ///
    /// The reversals go to Finance, unless what they take back did not (§9.1). So it is with resourcing unit cost and
    /// inter-organizational sales.
    ///
    /// - parameter actuals: those that approving made last.
    /// - throws: ``ApprovalRefusal`` when one is on an invoice, or was taken back otherwise.
    static func reversal(of actuals: [Actual], _ hash: SHA256) throws(ApprovalRefusal) -> ApprovedRows {
        var rows = ApprovedRows()
        for actual in actuals {
            if let problem = actual.problemOfTakingBack { throw ApprovalRefusal(problem) }
            var adjusted = actual.adjusted()
            if actual.transactionType == .unbilledSales { adjusted.billingStatus = .canceled }
            rows.adjusted.append(adjusted)
            var reversal = actual.reversal(
                actualId: ApprovalIds.reversal(of: actual.actualId, hash), skipSync: actual.skipSync)
            if actual.transactionType != .unbilledSales { reversal.billingStatus = nil }
            rows.actuals.append(reversal)
            rows.connections.append(
                TransactionConnection(
                    .reversingToOriginal,
                    connectionId: ApprovalIds.connection(from: reversal.actualId, to: actual.actualId, hash),
                    from: reversal, to: actual))
        }
        return rows
    }
}

extension Actual {
    /// Why it cannot be taken back by its entry; nil when it can.
    fileprivate var problemOfTakingBack: String? {
        if adjustmentStatus != nil {
            return "its actual \(actualId) is \(adjustmentStatus?.rawValue ?? ""): it was edited or corrected on an "
                + "invoice; revise that (ledgerbus dataverse revise)"
        }
        switch billingStatus {
        case .customerInvoiceCreated:
            return
                "its unbilled sale \(actualId) is on the draft \(invoiceId?.description ?? ""); take it off there first "
                + "(ledgerbus dataverse edit)"
        case .customerInvoicePosted:
            return "its unbilled sale \(actualId) has been invoiced; revise the invoice (ledgerbus dataverse revise)"
        case .unbilledSalesCreated, .readyToInvoice, .canceled, .workOrderClosedPosted, nil: return nil
        }
    }
}
