public import Contracts

/// A sales tax code and its rate.
public struct SalesTaxCode: Hashable, Sendable {
    public var code: String
    public var name: String
    public var percentage: Percentage
    /// Whether amounts contain the tax.
    public var included: Bool

    public init(code: String, name: String, percentage: Percentage, included: Bool) {
        self.code = code
        self.name = name
        self.percentage = percentage
        self.included = included
    }
}

extension FinanceSetup {
    /// The billing sales tax group, by the method of the parameters (`domain.md` §6.13).
    public func billingSalesTaxGroup(project: String, contract: String?, customer: String?) -> String? {
        func group(_ relation: SetupRelation, _ number: String?) -> String? {
            number.flatMap { salesTaxGroupDefaults[relation]?[$0] }
        }
        return switch parameters.salesTaxGroupMethod {
        case .project: group(.project, project)
        case .contract: group(.contract, contract)
        case .customer: group(.customer, customer)
        case .search: group(.project, project) ?? group(.contract, contract) ?? group(.customer, customer)
        }
    }

    /// The billing item sales tax group: that of the project category; of a milestone, that of the parameters
    /// (`domain.md` §6.13). A retainer has one only if its category has (§9.11).
    public func itemSalesTaxGroup(of transactionClass: TransactionClass, category: ProjectCategory?) -> String? {
        transactionClass == .milestone ? parameters.milestoneItemSalesTaxGroup : category?.itemSalesTaxGroup
    }

    /// The sales taxes of a line: those in both groups, in the order of their codes (`domain.md` §9.8).
    public func salesTaxCodes(group: String?, itemGroup: String?) -> [SalesTaxCode] {
        guard let group, let itemGroup, let codes = salesTaxGroups[group], let items = itemSalesTaxGroups[itemGroup]
        else { return [] }
        return codes.filter(items.contains).compactMap { salesTaxCodes[$0] }
    }
}
