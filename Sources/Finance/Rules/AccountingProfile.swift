public import Contracts
public import Database

/// How work and its invoices are booked: the columns of the table of `domain.md` §6.12, by their names.
public enum AccountingProfile: Hashable, Sendable, CaseIterable {
    /// *T&M no WIP*.
    case timeAndMaterialWithoutWIP
    /// *T&M with WIP*.
    case timeAndMaterialWithWIP
    /// *FP no WIP*.
    case fixedPriceWithoutWIP
    /// *FP completed contract*.
    case fixedPriceCompletedContract
    /// *FP percentage*.
    case fixedPricePercentage
}

/// The profiles that set-up gives for time and material.
public enum TimeAndMaterialProfile: String, DatabaseLabel {
    case withoutWIP = "no-wip"
    case withWIP = "with-wip"

    var profile: AccountingProfile {
        switch self {
        case .withoutWIP: .timeAndMaterialWithoutWIP
        case .withWIP: .timeAndMaterialWithWIP
        }
    }
}

/// The profiles that set-up gives for fixed price.
public enum FixedPriceProfile: String, DatabaseLabel {
    case withoutWIP = "no-wip"
    case completedContract = "completed-contract"
    case percentage

    var profile: AccountingProfile {
        switch self {
        case .withoutWIP: .fixedPriceWithoutWIP
        case .completedContract: .fixedPriceCompletedContract
        case .percentage: .fixedPricePercentage
        }
    }
}

/// The profiles of a project, a contract, a project group or a company: one for what is billed by time and material, one
/// for fixed price; nil where a less specific rule says which.
public struct AccountingProfiles: Hashable, Sendable {
    public var timeAndMaterial: AccountingProfile?
    public var fixedPrice: AccountingProfile?

    public init(timeAndMaterial: TimeAndMaterialProfile? = nil, fixedPrice: FixedPriceProfile? = nil) {
        self.timeAndMaterial = timeAndMaterial?.profile
        self.fixedPrice = fixedPrice?.profile
    }

    public subscript(method: BillingMethod) -> AccountingProfile? {
        switch method {
        case .timeAndMaterial: timeAndMaterial
        case .fixedPrice: fixedPrice
        }
    }
}

extension FinanceSetup {
    /// The profile of a billing method: that of the project, else of the contract, of the project's group, of the company
    /// (`domain.md` §9.19).
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noAccountingProfile``.
    public func accountingProfile(
        _ method: BillingMethod, project: String, contract: String?
    ) throws(SetupGap) -> AccountingProfile {
        for (relation, number) in fromMostSpecific(PostingPlace(project: project, contract: contract)) {
            if let profile = accountingProfiles[relation]?[number]?[method] { return profile }
        }
        throw SetupGap(
            .noAccountingProfile,
            "company \(company) has no accounting profile for \(method.rawValue) of project \(project); add one to "
                + "accounting-profiles")
    }
}
