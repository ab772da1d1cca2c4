import Contracts

/// What decides whether a billed sale can be a line of its invoice, but for the sale that it stands on. An invoice has few
/// kinds of lines, however many lines.
struct BilledSaleKind: Hashable, Sendable {
    var transactionClass: TransactionClass
    var billingMethod: BillingMethod?
    /// The transaction category's name.
    var category: String?
    var billingType: BillingType?
    var header: InvoiceHeader
    /// Whether it takes another back, and does not say which.
    var isOrphan: Bool
}

extension FinanceSetup {
    /// Why a billed sale of this kind cannot be a line of its invoice (`domain.md` §6.4, §6.10.6, §6.10.7); nil when it
    /// can.
    func blockage(of kind: BilledSaleKind) -> Blockage? {
        if let blockage = Blockage.ofKind(.billedSales, kind.transactionClass, kind.billingMethod) {
            return blockage
        }
        do throws(SetupGap) {
            _ = try proposalCategory(kind.category, of: kind.transactionClass)
            _ = try lineProperty(for: kind.billingType)
            return nil
        } catch {
            return Blockage(error)
        }
    }

    /// The project category of a proposal line. On-account lines, milestones and retainers, can do without.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noProjectCategory``.
    func proposalCategory(_ name: String?, of transactionClass: TransactionClass) throws(SetupGap) -> ProjectCategory? {
        let isOnAccount = transactionClass == .milestone || transactionClass == .retainer
        if name == nil, isOnAccount { return defaultCategory(of: transactionClass) }
        return try category(name, of: transactionClass)
    }
}
