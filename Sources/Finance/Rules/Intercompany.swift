import Contracts

/// What a company that lends resources and the one that borrows them are to each other (`domain.md` §6.9).
struct IntercompanyRelation: Hashable, Sendable {
    /// The account of the borrowing company as a customer of the lending one.
    var customer: String
    /// The account of the lending company as a vendor of the borrowing one; people need it, posting does not.
    var vendor: String?
}

extension TransactionType {
    /// Whether its journal line is the lending company's (`domain.md` §6.9): it makes no project transaction, and the
    /// intercompany customer stands for the project.
    ///
    /// | actual | goes to | project transaction | dimensions and billing tax group from |
    /// |---|---|---|---|
    /// | cost | nowhere (Skip Sync) | | |
    /// | unbilled sales | the borrowing company | yes | the project, the contract's customer |
    /// | resourcing unit cost | the lending company | no | the intercompany customer |
    /// | inter-organizational sales | the lending company | no | the intercompany customer |
    var isOfLendingCompany: Bool { self == .resourcingUnitCost || self == .interOrganizationalSales }
}

extension FinanceSetup {
    /// The customer as which the company of a project is to this company, which lends to it.
    ///
    /// - parameters:
    ///   - projectCompany: the company that borrows; nil when the actual does not say.
    ///   - unitCurrency: that of the contracting unit, which has to be its company's accounting currency; nil when the
    ///     actual does not say.
    /// - throws: ``SetupGap`` with the code ``FailureCode/noIntercompanyRelation`` or
    ///   ``FailureCode/contractingUnitCurrency``.
    func intercompanyCustomer(
        of projectCompany: Company?, unitCurrency: CurrencyCode?
    ) throws(SetupGap) -> String {
        guard let projectCompany else {
            throw SetupGap(
                .noIntercompanyRelation,
                "the actual does not say which company borrows: name the legal entity of its contract or contracting unit in "
                    + "Dataverse, or in dataverse.companies")
        }
        guard projectCompany != company else {
            throw SetupGap(
                .noIntercompanyRelation,
                "company \(company) lends to itself: only rows between two companies are booked; correct the contracting or "
                    + "the resourcing unit in Dataverse")
        }
        guard let relation = intercompanyRelations[projectCompany] else {
            throw SetupGap(
                .noIntercompanyRelation,
                "the intercompany relation is missing between company \(company), which lends, and company "
                    + "\(projectCompany), which borrows; add \(projectCompany) with its customer to intercompany-relations of "
                    + company.rawValue)
        }
        if let unitCurrency, let currency = accountingCurrencies[projectCompany], currency != unitCurrency {
            throw SetupGap(
                .contractingUnitCurrency,
                "the currency of the contracting unit is \(unitCurrency), and the accounting currency of its company "
                    + "\(projectCompany) is \(currency): they have to be the same; correct the unit in Dataverse")
        }
        return relation.customer
    }
}
