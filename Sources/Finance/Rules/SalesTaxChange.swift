public import Contracts

/// The billing sales tax group and the item sales tax group of a line; nil where it has none, and then no sales tax.
public struct SalesTaxGroups: Hashable, Sendable, Encodable {
    public var salesTaxGroup: String?
    public var itemSalesTaxGroup: String?

    public init(salesTaxGroup: String?, itemSalesTaxGroup: String?) {
        self.salesTaxGroup = salesTaxGroup
        self.itemSalesTaxGroup = itemSalesTaxGroup
    }
}

/// What a person sets of the sales tax of a line that is not posted: its two groups, and nothing else
/// (`domain.md` §6.10.9, §6.13).
public struct SalesTaxChange: Hashable, Sendable {
    public enum Line: Hashable, Sendable, CustomStringConvertible {
        case number(Int)
        case actual(GUID)

        public var description: String {
            switch self {
            case .number(let number): "line \(number)"
            case .actual(let actualId): "actual \(actualId)"
            }
        }
    }

    /// What becomes of one of the groups.
    public enum Setting: Hashable, Sendable {
        case kept
        case none
        case group(String)

        fileprivate func apply(to group: String?) -> String? {
            switch self {
            case .kept: group
            case .none: nil
            case .group(let name): name
            }
        }
    }

    public var line: Line
    public var salesTaxGroup: Setting
    public var itemSalesTaxGroup: Setting
    /// Whether what was set before is forgotten: the line gets the groups of set-up with the next import.
    public var isReset: Bool

    public init(
        line: Line, salesTaxGroup: Setting = .kept, itemSalesTaxGroup: Setting = .kept, isReset: Bool = false
    ) {
        self.line = line
        self.salesTaxGroup = salesTaxGroup
        self.itemSalesTaxGroup = itemSalesTaxGroup
        self.isReset = isReset
    }

    func apply(to groups: SalesTaxGroups) -> SalesTaxGroups {
        SalesTaxGroups(
            salesTaxGroup: salesTaxGroup.apply(to: groups.salesTaxGroup),
            itemSalesTaxGroup: itemSalesTaxGroup.apply(to: groups.itemSalesTaxGroup))
    }
}

/// What decides whether the sales tax of a line can be set.
struct TaxableLine: Hashable, Sendable {
    var lineNumber: Int
    var actualId: GUID
    var transactionType: TransactionType
    var transactionClass: TransactionClass
    /// Whether it takes another line back.
    var isReversal: Bool
    var groups: SalesTaxGroups
}

extension TaxableLine {
    /// Why the sales tax of the line cannot be set; nil when it can.
    ///
    /// - parameter hasProposalLine: whether it is a line of a proposal.
    func refusal(hasProposalLine: Bool) -> String? {
        switch transactionType {
        case .cost: "is a cost, and costs have no sales tax"
        case .billedSales where isReversal:
            "takes a line of an earlier invoice back, with the sales tax that that was posted with (§9.26)"
        case .billedSales where transactionClass == .milestone && hasProposalLine:
            "is a milestone, whose sales tax is set before its proposal has lines: with \"ledgerbus finance proposals "
                + "set-milestone-tax\""
        default: nil
        }
    }
}

extension FinanceSetup {
    /// Which of a line's groups set-up does not know; nil when it knows both. A group without codes, which says that a line
    /// is not taxed, is known by the rules that name it.
    func unknownGroup(of groups: SalesTaxGroups) -> String? {
        if let group = groups.salesTaxGroup, salesTaxGroups[group] == nil,
            !salesTaxGroupDefaults.values.contains(where: { $0.values.contains(group) })
        {
            return "sales tax group \(group)"
        }
        if let group = groups.itemSalesTaxGroup, itemSalesTaxGroups[group] == nil,
            parameters.milestoneItemSalesTaxGroup != group, parameters.retainerItemSalesTaxGroup != group,
            !categories.values.contains(where: { $0.itemSalesTaxGroup == group }),
            !releasedProducts.values.contains(group)
        {
            return "item sales tax group \(group)"
        }
        return nil
    }
}
