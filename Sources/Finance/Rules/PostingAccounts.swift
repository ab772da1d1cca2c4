/// What decides the account of a posting type.
struct PostingPlace: Hashable {
    var project: String?
    var contract: String?
    var category: String?
}

extension FinanceSetup {
    /// Where a posting type of a place stands in the ledger.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noPostingAccount``.
    func ledgerAccount(_ type: PostingType, at place: PostingPlace) throws(SetupGap) -> LedgerAccount {
        LedgerAccount(
            postingType: type,
            mainAccount: try postingAccount(
                type, project: place.project, contract: place.contract, category: place.category),
            projectNumber: place.project)
    }

    /// Where customers owe what is invoiced by a contract.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noPostingAccount``.
    func customerAccount(contract: String) throws(SetupGap) -> LedgerAccount {
        try ledgerAccount(.customerBalance, at: PostingPlace(contract: contract))
    }

    /// The main account of a posting type: that of the project, else of the contract, of the category, of the company
    /// (`domain.md` §9.19).
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noPostingAccount``.
    public func postingAccount(
        _ type: PostingType, project: String?, contract: String?, category: String?
    ) throws(SetupGap) -> String {
        let accounts = postingAccounts[type] ?? [:]
        if let project, let account = accounts[.project]?[project] { return account }
        if let contract, let account = accounts[.contract]?[contract] { return account }
        if let category, let account = accounts[.category]?[category] { return account }
        guard let account = accounts[.company]?[""] else {
            throw SetupGap(
                .noPostingAccount,
                "company \(company) has no account for the posting type \(type.rawValue) (\(type.label)); "
                    + "add one to posting-accounts")
        }
        return account
    }
}
