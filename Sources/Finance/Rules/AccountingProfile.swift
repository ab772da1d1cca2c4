public import Contracts
public import Database

/// How work and its invoices are booked: the columns of the table of `domain.md` §6.12.
public enum AccountingProfile: Hashable, Sendable, CaseIterable {
    case timeAndMaterialWithoutWIP
    case timeAndMaterialWithWIP
    case fixedPriceWithoutWIP
    case fixedPriceCompletedContract
    case fixedPricePercentage
}

/// The profiles of a project, a contract or a company: one for what is billed by time and material, one for fixed price.
public struct AccountingProfiles: Hashable, Sendable {
    /// Where a company's set-up sends on-account invoicing.
    public enum OnAccount: String, DatabaseLabel {
        /// To *WIP invoiced on-account*: completed contract, and percentage, which differ in estimates alone.
        case balance
        /// To *Invoiced revenue on-account*: no WIP.
        case profitAndLoss = "profit-and-loss"
    }

    public var timeAndMaterial: AccountingProfile
    public var fixedPrice: AccountingProfile

    public init(accruesRevenue: Bool, onAccount: OnAccount) {
        timeAndMaterial = accruesRevenue ? .timeAndMaterialWithWIP : .timeAndMaterialWithoutWIP
        fixedPrice = onAccount == .balance ? .fixedPriceCompletedContract : .fixedPriceWithoutWIP
    }

    public subscript(method: BillingMethod) -> AccountingProfile {
        switch method {
        case .timeAndMaterial: timeAndMaterial
        case .fixedPrice: fixedPrice
        }
    }
}

extension FinanceSetup {
    /// The profiles of the project, else of the contract, else of the company (`domain.md` §9.19).
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noAccountingProfile``.
    public func accountingProfiles(project: String, contract: String?) throws(SetupGap) -> AccountingProfiles {
        if let profiles = accountingProfiles[.project]?[project] { return profiles }
        if let contract, let profiles = accountingProfiles[.contract]?[contract] { return profiles }
        guard let profiles = accountingProfiles[.company]?[""] else {
            throw SetupGap(
                .noAccountingProfile,
                "company \(company) has no accounting profile for project \(project); add one to accounting-profiles")
        }
        return profiles
    }
}
