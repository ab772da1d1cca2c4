public import Contracts
public import Database

extension FinanceConfiguration {
    /// The set-up that a database has, all of it at one moment.
    ///
    /// - parameter company: the only company; nil for all.
    /// - throws: `DatabaseError`.
    public init(storedIn connection: Connection, company: Company? = nil) throws {
        let sections = try connection.transaction(.repeatableRead) {
            let store = SetupStore(connection: connection)
            return try (company.map { [$0] } ?? store.companies()).compactMap(store.section)
        }
        self.init(sections: sections)
    }

    /// The companies that have a set-up here.
    public var companies: [Company] { sections.map(\.company) }
}
