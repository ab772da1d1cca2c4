public import Contracts

/// A project category: ProjCategory.
public struct ProjectCategory: Hashable, Sendable {
    public var id: String
    public var transactionClass: TransactionClass
    /// The item sales tax group of what is billed under it.
    public var itemSalesTaxGroup: String?

    public init(id: String, transactionClass: TransactionClass, itemSalesTaxGroup: String? = nil) {
        self.id = id
        self.transactionClass = transactionClass
        self.itemSalesTaxGroup = itemSalesTaxGroup
    }
}

extension FinanceSetup {
    /// The project category of a transaction category's name, or the default of the transaction class when there is
    /// no name (`domain.md` §6.10.6). Milestones and retainers share one default.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noProjectCategory``.
    public func category(
        _ name: String?, of transactionClass: TransactionClass
    ) throws(SetupGap) -> ProjectCategory {
        if let name {
            guard let category = categories[name] else {
                throw SetupGap(
                    .noProjectCategory,
                    "company \(company) has no project category \"\(name)\"; add it to project-categories")
            }
            return category
        }
        guard let category = defaultCategory(of: transactionClass) else {
            throw SetupGap(
                .noProjectCategory,
                "the actual has no category, and company \(company) no default project category for "
                    + "\(transactionClass.rawValue); add one to project-categories")
        }
        return category
    }

    func defaultCategory(of transactionClass: TransactionClass) -> ProjectCategory? {
        var id = defaultCategories[transactionClass]
        if id == nil, transactionClass == .retainer { id = defaultCategories[.milestone] }
        if id == nil, transactionClass == .milestone { id = defaultCategories[.retainer] }
        return id.flatMap { categories[$0] }
    }
}
