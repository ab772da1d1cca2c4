import Contracts

extension ChangeSet {
    /// Publishes what is complete by what the transaction changed.
    ///
    /// - parameter progress: is told how many messages have been written.
    /// - throws: `DatabaseError`; `ContractError` when a label's code is not configured.
    func publish(
        configuration: DataverseConfiguration, progress: @escaping (String, Int) -> Void = { _, _ in }
    ) throws -> PublishedCounts {
        try addInvoiceProgress()
        let companiesChanged = try CompanyStore(connection: connection).replaceConfigured(configuration.unitCompanies)
        let due = try DueRows(self, companiesChanged: companiesChanged, on: connection)
        let publication = try Publication(
            connection: connection, choices: configuration.choices, progress: progress)
        try publication.publish(due, choices: configuration.choices)
        return publication.published
    }
}
