public import Contracts

/// A sales tax code, as it is on one day.
public struct SalesTaxCode: Hashable, Sendable {
    public var code: String
    public var name: String
    public var percentage: Percentage
    /// Whether amounts contain the tax.
    public var included: Bool
    /// The part of the tax that is not deductible, in percent (``ProjectParameters/NonDeductibleSalesTax``).
    public var nonDeductible: Percentage

    public init(
        code: String, name: String, percentage: Percentage, included: Bool, nonDeductible: Percentage = .zero
    ) {
        self.code = code
        self.name = name
        self.percentage = percentage
        self.included = included
        self.nonDeductible = nonDeductible
    }
}

/// A sales tax code with all its rates, each valid for a time as exchange rates are.
public struct DatedSalesTaxCode: Hashable, Sendable {
    public var code: String
    public var name: String
    /// Whether amounts contain the tax.
    public var included: Bool
    public var nonDeductible = Percentage.zero
    /// In the order of time, without overlaps.
    var rates: [DatedRate] = []

    struct DatedRate: Hashable, Sendable {
        var validFrom: CalendarDate
        /// The last day; nil when it is valid until further notice.
        var validTo: CalendarDate?
        var percentage: Percentage
    }

    /// The code on a day; nil when it has no rate then.
    func on(_ date: CalendarDate) -> SalesTaxCode? {
        guard let rate = rates.last(where: { $0.validFrom <= date }), rate.validTo.map({ date <= $0 }) ?? true else {
            return nil
        }
        return SalesTaxCode(
            code: code, name: name, percentage: rate.percentage, included: included, nonDeductible: nonDeductible)
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
    /// (`domain.md` §6.13). Retainers, their deductions and refunds have none unless the parameters name one (§9.11),
    /// whatever category they may have.
    ///
    /// That of material is its released product's, if the parameters say so; of material that is of no product its
    /// category's all the same.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noReleasedProduct``.
    public func itemSalesTaxGroup(
        of transactionClass: TransactionClass, category: ProjectCategory?, product: String? = nil
    ) throws(SetupGap) -> String? {
        switch transactionClass {
        case .material where parameters.materialItemSalesTaxGroupFrom == .item:
            guard let product else { return category?.itemSalesTaxGroup }
            guard let group = releasedProducts[product] else {
                throw SetupGap(
                    .noReleasedProduct,
                    "company \(company) has no released product \(product), which says the item sales tax group of material; "
                        + "add it to released-products")
            }
            return group
        case .milestone: return parameters.milestoneItemSalesTaxGroup
        case .retainer: return parameters.retainerItemSalesTaxGroup
        default: return category?.itemSalesTaxGroup
        }
    }

    /// The sales taxes of a line: those in both groups, in the order of their codes (`domain.md` §9.8), each with its
    /// rate on the date of the invoice.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noSalesTaxRate``: what has no rate is not untaxed.
    public func salesTaxCodes(
        group: String?, itemGroup: String?, on date: CalendarDate
    ) throws(SetupGap) -> [SalesTaxCode] {
        guard let group, let itemGroup, let codes = salesTaxGroups[group], let items = itemSalesTaxGroups[itemGroup]
        else { return [] }
        var valid: [SalesTaxCode] = []
        for name in codes where items.contains(name) {
            guard let code = salesTaxCodes[name] else { continue }
            guard let dated = code.on(date) else {
                throw SetupGap(
                    .noSalesTaxRate,
                    "sales tax code \(name) of company \(company) has no rate on \(date); add one to its rates in "
                        + "sales-tax-codes")
            }
            valid.append(dated)
        }
        return valid
    }
}
