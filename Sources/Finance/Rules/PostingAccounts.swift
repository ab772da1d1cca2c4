public import Contracts

/// What decides the account of a posting type, and the profile that is booked by.
public struct PostingPlace: Hashable, Sendable {
    public var project: String?
    public var contract: String?
    public var category: String?
    public var transactionClass: TransactionClass?

    public init(
        project: String? = nil, contract: String? = nil, category: String? = nil,
        transactionClass: TransactionClass? = nil
    ) {
        self.project = project
        self.contract = contract
        self.category = category
        self.transactionClass = transactionClass
    }
}

extension FinanceSetup {
    /// The rules that fit a place, the most specific one first (`domain.md` §9.19): project, contract, project group, and
    /// of accounts then category, class, company.
    func fromMostSpecific(_ place: PostingPlace) -> [(relation: SetupRelation, number: String)] {
        var rules: [(relation: SetupRelation, number: String)] = []
        func add(_ relation: SetupRelation, _ number: String?) {
            if let number { rules.append((relation, number)) }
        }
        add(.project, place.project)
        add(.contract, place.contract)
        add(.group, place.project.flatMap { projectGroups[$0] })
        add(.category, place.category)
        add(.transactionClass, place.transactionClass?.rawValue)
        add(.company, "")
        return rules
    }

    /// Where a posting type of a place stands in the ledger.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noPostingAccount``.
    func ledgerAccount(_ type: PostingType, at place: PostingPlace) throws(SetupGap) -> LedgerAccount {
        LedgerAccount(
            postingType: type, mainAccount: try postingAccount(type, at: place), projectNumber: place.project)
    }

    /// Where customers owe what is invoiced by a contract.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noPostingAccount``.
    func customerAccount(contract: String) throws(SetupGap) -> LedgerAccount {
        try ledgerAccount(.customerBalance, at: PostingPlace(contract: contract))
    }

    /// The main account of a posting type: that of the project, else of the contract, of the project's group, of the
    /// category, of the transaction class, of the company (`domain.md` §9.19).
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noPostingAccount``.
    public func postingAccount(_ type: PostingType, at place: PostingPlace) throws(SetupGap) -> String {
        let accounts = postingAccounts[type] ?? [:]
        for (relation, number) in fromMostSpecific(place) {
            if let account = accounts[relation]?[number] { return account }
        }
        throw SetupGap(
            .noPostingAccount,
            "company \(company) has no account for the posting type \(type.rawValue) (\(type.label)); "
                + "add one to posting-accounts")
    }
}
