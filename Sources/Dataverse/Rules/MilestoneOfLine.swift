import Contracts

extension Milestone {
    /// The milestone that an invoice line detail bills: the one that it names, or else the only one of its contract
    /// line with its amount that is to be billed; nil when there is none, or several could be meant.
    ///
    /// Of a correction it is the only one with the amount of what it corrects that was billed.
    ///
    /// - parameters:
    ///   - corrected: the billed sale that it corrects.
    ///   - candidates: the milestone that the detail names, and those of its contract line.
    static func billed(
        by detail: InvoiceLineDetail, correcting corrected: Actual? = nil, of candidates: [Milestone]
    ) -> Milestone? {
        guard detail.transactionClass == .milestone else { return nil }
        if let named = detail.milestoneId { return candidates.first { $0.milestoneId == named } }
        let amount = corrected?.amount ?? detail.amount
        let possible = candidates.filter {
            $0.contractLineId != nil && $0.contractLineId == detail.contractLineId && $0.amount == amount
                && ($0.invoiceStatus == .customerInvoicePosted) == detail.isCorrection
        }
        return possible.count == 1 ? possible[0] : nil
    }
}
