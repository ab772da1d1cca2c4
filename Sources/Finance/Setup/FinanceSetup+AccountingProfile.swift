/// How work and its invoices are booked (`domain.md` §6.12).
public struct AccountingProfile: Hashable, Sendable {
    /// Where on-account invoicing goes.
    public enum OnAccount: String, Hashable, Sendable, CaseIterable {
        /// To *WIP invoiced on-account*.
        case balance
        /// To *Invoiced revenue on-account*.
        case profitAndLoss = "profit-and-loss"
    }

    /// Time and material: with WIP, or without.
    public var accruesRevenue: Bool
    /// Fixed price.
    public var onAccount: OnAccount

    public init(accruesRevenue: Bool, onAccount: OnAccount) {
        self.accruesRevenue = accruesRevenue
        self.onAccount = onAccount
    }
}

extension FinanceSetup {
    /// The profile of the project, else of the contract, else of the company (`domain.md` §9.19).
    ///
    /// - throws: ``SetupGap`` with the code ``SetupGap/Code/noAccountingProfile``.
    public func accountingProfile(project: String, contract: String?) throws(SetupGap) -> AccountingProfile {
        if let profile = accountingProfiles[.project]?[project] { return profile }
        if let contract, let profile = accountingProfiles[.contract]?[contract] { return profile }
        guard let profile = accountingProfiles[.company]?[""] else {
            throw SetupGap(
                .noAccountingProfile,
                "company \(company) has no accounting profile for project \(project); add one to accounting-profiles")
        }
        return profile
    }
}
