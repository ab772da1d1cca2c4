import Bus
public import Contracts
public import Database

extension FinanceConfiguration {
    /// What applying a set-up file did.
    public struct Applied: Hashable, Sendable {
        /// The companies that the file configures.
        public let companies: [Company]
        /// How many rules they have.
        public let rules: Int
        /// Companies that the file no longer names: they keep their numbers and lost their rules.
        public let unnamed: [Company]
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
            for section in companies { try write(section, to: store) }
            let rules = try store.replaceAll(rows)
            let named = companies.map(\.company)
            return Applied(companies: named, rules: rules, unnamed: try store.companies(except: named))
        }
    }

    private func write(_ section: Section, to store: SetupStore) throws {
        let row = SetupStore.CompanyRow(
            id: section.company, name: section.name, accountingCurrency: section.accountingCurrency,
            accountingCurrencyPrecision: section.accountingCurrencyPrecision)
        if let currency = try store.currencyOfJournals(unlike: row) {
            throw section.place.error(
                "the accounting currency of company \(section.company) was \(currency) when its journals were "
                    + "made, and cannot change any more")
        }
        try store.write(row)
        let sequences = NumberSequenceStore(connection: store.connection)
        for sequence in section.sequences { try sequences.configure(sequence) }
    }
}
