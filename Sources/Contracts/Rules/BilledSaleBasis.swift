/// What a billed sale stands on, and has to find there before it is invoiced (`domain.md` §6.1 T7, §6.2 F4, §6.5,
/// §6.10.11, §9.13).
public enum BilledSaleBasis: Hashable, Sendable, CaseIterable {
    /// An unbilled sale, which is posted first.
    case unbilledSale
    /// The billed sale that it corrects, whose invoice is posted first.
    case correctedSale
    /// Nothing: a milestone, and a line of a fixed-price contract line, which have no unbilled sale.
    case nothing

    /// - parameter isCorrection: whether the sale takes back a billed sale of an earlier invoice.
    /// - parameter namesUnbilledSale: whether the sale says which unbilled sale it bills. A time-and-material sale has
    ///   to; a fixed-price one may, as a retainer does (§6.4).
    public init(
        _ billingMethod: BillingMethod, _ transactionClass: TransactionClass, isCorrection: Bool,
        namesUnbilledSale: Bool = false
    ) {
        self =
            switch (billingMethod, transactionClass) {
            case _ where isCorrection: .correctedSale
            case (_, .milestone): .nothing
            case (.timeAndMaterial, _): .unbilledSale
            case (.fixedPrice, _): namesUnbilledSale ? .unbilledSale : .nothing
            }
    }
}
