extension FinanceSetup {
    /// The main account of a posting type: that of the project, else of the contract, of the category, of the company
    /// (`domain.md` §9.19).
    ///
    /// - throws: ``SetupGap`` with the code ``SetupGap/Code/noPostingAccount``.
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
