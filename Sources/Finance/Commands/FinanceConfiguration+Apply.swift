import Bus
public import Database

extension FinanceConfiguration {
    /// What applying a set-up file did.
    public struct Applied: Hashable, Sendable {
        /// The companies that the file configures.
        public let companies: [String]
        /// How many rules they have.
        public let rules: Int
        /// Companies that the file no longer names: they keep their numbers and lost their rules.
        public let unnamed: [String]
    }

    /// Makes the database's set-up what the file says, in one transaction: what the file no longer names is removed.
    /// Number sequences stay, and never go back.
    ///
    /// - throws: `YAMLError` when the file would change the accounting currency of a company that has journal lines;
    ///   `DatabaseError`.
    public func apply(to connection: Connection) throws -> Applied {
        try connection.transaction {
            let store = SetupStore(connection: connection)
            try store.lock()
            for company in companies { try write(company, to: store) }
            let rules = try store.replaceAll(rows)
            let named = companies.map(\.id)
            return Applied(companies: named, rules: rules, unnamed: try store.companies(except: named))
        }
    }

    private func write(_ company: Company, to store: SetupStore) throws {
        let row = SetupStore.Company(
            id: company.id, name: company.name, accountingCurrency: company.accountingCurrency,
            accountingCurrencyPrecision: company.accountingCurrencyPrecision)
        if let currency = try store.currencyOfJournals(unlike: row) {
            throw company.place.error(
                "the accounting currency of company \(company.id) was \(currency) when its journals were "
                    + "made, and cannot change any more")
        }
        try store.write(row)
        let sequences = NumberSequenceStore(connection: store.connection)
        for sequence in company.sequences { try sequences.configure(sequence) }
    }
}
