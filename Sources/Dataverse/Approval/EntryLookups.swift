import Contracts
import Database

/// What entries refer to, read once for each chunk of them.
final class EntryLookups {
    private let connection: Connection
    private var projects = LookupTable<Project>()
    private var contracts = LookupTable<ProjectContract>()
    private var contractLines = LookupTable<ContractLine>()
    private var categories = LookupTable<Category>()
    private var resources = LookupTable<BookableResource>()
    private var accounts = LookupTable<Account>()
    private var customers: [GUID: [ContractLineCustomer]] = [:]
    private let companies: CompanyDirectory
    /// All currencies: they are few.
    private let currencies: [Currency]
    private let precisions: [GUID: Int]

    /// - throws: `DatabaseError`.
    init(connection: Connection) throws {
        self.connection = connection
        companies = try CompanyStore(connection: connection).directory()
        currencies = try CompanyStore(connection: connection).currencies()
        precisions = Dictionary(uniqueKeysWithValues: currencies.map { ($0.currencyId, Int($0.precision)) })
    }

    /// Reads what a chunk of entries refers to.
    ///
    /// - throws: `DatabaseError`.
    func read(for entries: [Entry]) throws {
        projects.bound()
        contracts.bound()
        contractLines.bound()
        categories.bound()
        resources.bound()
        accounts.bound()
        for entry in entries {
            projects.want(entry.projectId)
            contractLines.want(entry.contractLineId)
            categories.want(entry.categoryId)
            resources.want(entry.resourceId)
            accounts.want(entry.customerId)
        }
        try projects.read(from: connection)
        try contractLines.read(from: connection)
        try categories.read(from: connection)
        try resources.read(from: connection)
        try accounts.read(from: connection)
        for entry in entries { contracts.want(contractId(of: entry)) }
        try contracts.read(from: connection)
        customers = try ContractLineCustomerStore(connection: connection)
            .customers(ofLines: Array(Set(entries.compactMap(\.contractLineId))))
    }

    /// A currency by its code or id.
    ///
    /// - throws: ``RequestProblem``.
    func currency(_ name: String?) throws(RequestProblem) -> GUID? {
        guard let name else { return nil }
        guard let currency = currencies.first(where: { $0.isoCode.rawValue == name || $0.currencyId == GUID(name) })
        else {
            throw RequestProblem("there is no currency \(name); load transactioncurrencies")
        }
        return currency.currencyId
    }

    /// What approving an entry that was read for needs to know.
    func facts(of entry: Entry) -> EntryFacts {
        let project = projects[entry.projectId]
        let contract = contracts[contractId(of: entry)]
        let contractingUnit = entry.contractingUnitId ?? contract?.contractingUnitId ?? project?.contractingUnitId
        return EntryFacts(
            entry: entry, project: project, contract: contract, contractLine: contractLines[entry.contractLineId],
            customers: entry.contractLineId.flatMap { customers[$0] } ?? [], contractingUnitId: contractingUnit,
            contractingCompany: companies.company(of: contract) ?? companies.company(of: project)
                ?? companies.company(ofUnit: contractingUnit),
            resourcingCompany: companies.company(ofUnit: entry.resourcingUnitId ?? contractingUnit),
            precisions: precisions)
    }

    /// What an entry refers to and is not here; nil when all is.
    func problem(of entry: Entry) -> String? {
        func missing(_ what: String, _ id: GUID?, _ set: String, _ isHere: Bool) -> String? {
            id != nil && !isHere ? "there is no \(what) \(id?.description ?? ""); load \(set)" : nil
        }
        return missing("category", entry.categoryId, Category.entitySet, categories[entry.categoryId] != nil)
            ?? missing("resource", entry.resourceId, BookableResource.entitySet, resources[entry.resourceId] != nil)
            ?? missing("customer", entry.customerId, Account.entitySet, accounts[entry.customerId] != nil)
            ?? missing(
                "contract", contractId(of: entry), ProjectContract.entitySet, contracts[contractId(of: entry)] != nil)
    }

    private func contractId(of entry: Entry) -> GUID? {
        contractLines[entry.contractLineId]?.projectContractId ?? projects[entry.projectId]?.projectContractId
    }
}
