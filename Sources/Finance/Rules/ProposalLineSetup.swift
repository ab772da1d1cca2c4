import Bus
import Contracts

/// What decides what a proposal line needs of set-up. An invoice has few kinds of lines, however many lines.
struct BilledSaleKind: Hashable, Sendable {
    var transactionClass: TransactionClass
    /// The transaction category's name.
    var category: String?
    var billingType: BillingType?
}

extension FinanceSetup {
    /// What a billed sale of this kind lacks before it can be a proposal line (`domain.md` §6.10.6, §6.10.7); nil when
    /// nothing.
    func gap(for kind: BilledSaleKind) -> SetupGap? {
        do throws(SetupGap) {
            _ = try proposalCategory(kind.category, of: kind.transactionClass)
            _ = try lineProperty(for: kind.billingType)
            return nil
        } catch {
            return error
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
