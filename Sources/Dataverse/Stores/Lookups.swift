import Contracts
import Database

/// What actuals, connections and invoices refer to, read once for each chunk of them.
final class Lookups {
    private let connection: Connection
    private var projects = LookupTable<Project>()
    private var contracts = LookupTable<ProjectContract>()
    private var contractLines = LookupTable<ContractLine>()
    private var accounts = LookupTable<Account>()
    private var currencies = LookupTable<Currency>()
    private var categories = LookupTable<Category>()
    private var resources = LookupTable<BookableResource>()
    private var invoiceLines: [GUID: [InvoiceLine]] = [:]
    private let companies: CompanyDirectory

    /// - throws: `DatabaseError`.
    init(connection: Connection) throws {
        self.connection = connection
        companies = try CompanyStore(connection: connection).directory()
    }

    /// Reads what a chunk of actuals refers to.
    ///
    /// - throws: `DatabaseError`.
    func read(for actuals: [Actual]) throws {
        bound()
        for actual in actuals {
            projects.want(actual.facts.projectId)
            contracts.want(actual.facts.projectContractId)
            contractLines.want(actual.facts.contractLineId)
            currencies.want(actual.facts.currencyId)
            categories.want(actual.facts.categoryId)
            resources.want(actual.facts.bookableResourceId)
            accounts.want(actual.facts.customerId)
        }
        try projects.read(from: connection)
        for actual in actuals where actual.facts.projectContractId == nil {
            contracts.want(projects[actual.facts.projectId]?.projectContractId)
        }
        try contracts.read(from: connection)
        try contractLines.read(from: connection)
        for actual in actuals where actual.facts.customerId == nil { accounts.want(contract(of: actual)?.customerId) }
        try accounts.read(from: connection)
        try currencies.read(from: connection)
        try categories.read(from: connection)
        try resources.read(from: connection)
        try readInvoiceLines(of: actuals)
    }

    /// What an actual of the chunk refers to.
    func facts(of actual: Actual, links: ActualLinks) -> ActualFacts {
        let project = projects[actual.facts.projectId]
        let contract = contract(of: actual)
        return ActualFacts(
            actual: actual, project: project, contract: contract,
            contractLine: contractLines[actual.facts.contractLineId],
            customer: accounts[actual.facts.customerId ?? contract?.customerId],
            currency: currencies[actual.facts.currencyId], category: categories[actual.facts.categoryId],
            resource: resources[actual.facts.bookableResourceId],
            company: ActualCompany(actual.ownership, project: project, contract: contract, in: companies),
            invoiceLines: actual.invoiceId.flatMap { invoiceLines[$0] } ?? [], links: links)
    }

    /// Reads what says whose some actuals are.
    ///
    /// - throws: `DatabaseError`.
    func read(for actuals: [ActualOwnership]) throws {
        bound()
        for actual in actuals {
            projects.want(actual.projectId)
            contracts.want(actual.projectContractId)
        }
        try projects.read(from: connection)
        for actual in actuals where actual.projectContractId == nil {
            contracts.want(projects[actual.projectId]?.projectContractId)
        }
        try contracts.read(from: connection)
    }

    /// Whose an actual is that was read for.
    func company(of actual: ActualOwnership) -> Company? {
        let project = projects[actual.projectId]
        let contract = contracts[actual.projectContractId ?? project?.projectContractId]
        return ActualCompany(actual, project: project, contract: contract, in: companies).company
    }

    /// Reads what a chunk of invoices refers to.
    ///
    /// - throws: `DatabaseError`.
    func read(for invoices: [Invoice]) throws {
        bound()
        for invoice in invoices {
            contracts.want(invoice.projectContractId)
            accounts.want(invoice.customerId)
            currencies.want(invoice.currencyId)
        }
        try contracts.read(from: connection)
        for invoice in invoices where invoice.customerId == nil {
            accounts.want(contracts[invoice.projectContractId]?.customerId)
        }
        try accounts.read(from: connection)
        try currencies.read(from: connection)
        let ofProjects = invoices.filter { companies.company(of: contracts[$0.projectContractId]) == nil }
        try readInvoiceLines(ofInvoices: ofProjects.map(\.invoiceId))
        for invoice in ofProjects {
            for line in invoiceLines[invoice.invoiceId] ?? [] { projects.want(line.projectId) }
        }
        try projects.read(from: connection)
    }

    /// What an invoice of the chunk refers to.
    func facts(of invoice: Invoice, progress: InvoiceProgress) -> InvoiceFacts {
        let contract = contracts[invoice.projectContractId]
        return InvoiceFacts(
            invoice: invoice, contract: contract, customer: accounts[invoice.customerId ?? contract?.customerId],
            currency: currencies[invoice.currencyId],
            company: companies.company(of: contract)
                ?? companies.firstCompany(of: (invoiceLines[invoice.invoiceId] ?? []).map { projects[$0.projectId] }),
            progress: progress)
    }

    private func contract(of actual: Actual) -> ProjectContract? {
        contracts[actual.facts.projectContractId ?? projects[actual.facts.projectId]?.projectContractId]
    }

    /// The invoice lines of billed sales whose contract line has no billing method.
    private func readInvoiceLines(of actuals: [Actual]) throws {
        var invoices: Set<GUID> = []
        for actual in actuals where actual.transactionType == .billedSales {
            guard let invoice = actual.invoiceId, contractLines[actual.facts.contractLineId]?.billingMethod == nil
            else {
                continue
            }
            invoices.insert(invoice)
        }
        try readInvoiceLines(ofInvoices: Array(invoices))
    }

    private func readInvoiceLines(ofInvoices ids: [GUID]) throws {
        let missing = ids.filter { invoiceLines[$0] == nil }
        guard !missing.isEmpty else { return }
        for id in missing { invoiceLines[id] = [] }
        for line in try InvoiceStore(connection: connection).lines(ofInvoices: missing) {
            invoiceLines[line.invoiceId, default: []].append(line)
        }
    }

    private func bound() {
        projects.bound()
        contracts.bound()
        contractLines.bound()
        accounts.bound()
        categories.bound()
        resources.bound()
        if invoiceLines.count > 10_000 { invoiceLines.removeAll() }
    }
}
