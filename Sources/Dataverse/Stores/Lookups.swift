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
    private var products = LookupTable<Product>()
    private var invoices = LookupTable<Invoice>()
    private var invoiceLines: [GUID: [InvoiceLine]] = [:]
    private let companies: CompanyDirectory

    /// - throws: `DatabaseError`.
    init(connection: Connection) throws {
        self.connection = connection
        companies = try CompanyStore(connection: connection).directory()
    }

    /// Reads what a chunk of actuals refers to.
    ///
    /// - parameter links: what they are connected to.
    /// - throws: `DatabaseError`.
    func read(for actuals: [Actual], links: [GUID: ActualLinks]) throws {
        bound()
        try readInvoices(of: actuals, links)
        let bases = links.values.flatMap(\.bases)
        for basis in bases {
            currencies.want(basis.currencyId)
            projects.want(basis.ownership.projectId)
            contracts.want(basis.ownership.projectContractId)
        }
        for actual in actuals {
            projects.want(actual.facts.projectId)
            contracts.want(actual.facts.projectContractId)
            contractLines.want(actual.facts.contractLineId)
            currencies.want(actual.facts.currencyId)
            categories.want(actual.facts.categoryId)
            resources.want(actual.facts.bookableResourceId)
            products.want(actual.facts.productId)
            accounts.want(actual.facts.customerId)
        }
        try projects.read(from: connection)
        for actual in actuals where actual.facts.projectContractId == nil {
            contracts.want(projects[actual.facts.projectId]?.projectContractId)
        }
        for basis in bases where basis.ownership.projectContractId == nil {
            contracts.want(projects[basis.ownership.projectId]?.projectContractId)
        }
        try contracts.read(from: connection)
        try contractLines.read(from: connection)
        for actual in actuals where actual.facts.customerId == nil { accounts.want(contract(of: actual)?.customerId) }
        for actual in actuals where actual.transactionType.isBetweenUnits {
            currencies.want(unitCurrencyId(of: actual))
        }
        try accounts.read(from: connection)
        try currencies.read(from: connection)
        try categories.read(from: connection)
        try resources.read(from: connection)
        try products.read(from: connection)
        try readInvoiceLines(of: actuals)
    }

    /// The currency of the unit that has an actual's contract.
    private func unitCurrencyId(of actual: Actual) -> GUID? {
        let unit =
            contract(of: actual)?.contractingUnitId ?? projects[actual.facts.projectId]?.contractingUnitId
            ?? actual.facts.contractingUnitId
        return unit.flatMap { companies.units[$0]?.currencyId }
    }

    /// What an actual of the chunk refers to.
    func facts(of actual: Actual, links: ActualLinks) -> ActualFacts {
        let project = projects[actual.facts.projectId]
        let contract = contract(of: actual)
        let company = ActualCompany(actual.ownership, project: project, contract: contract, in: companies)
        let invoice = actual.transactionType == .billedSales ? invoices[actual.invoiceId] : nil
        return ActualFacts(
            actual: actual, project: project, contract: contract,
            contractLine: contractLines[actual.facts.contractLineId],
            customer: accounts[actual.facts.customerId ?? contract?.customerId],
            currency: currencies[actual.facts.currencyId], category: categories[actual.facts.categoryId],
            resource: resources[actual.facts.bookableResourceId], product: products[actual.facts.productId],
            company: company,
            contractingUnitCurrency: company.isBetweenUnits ? currencies[unitCurrencyId(of: actual)] : nil,
            invoiceLines: actual.invoiceId.flatMap { invoiceLines[$0] } ?? [], links: links,
            belonging: belonging(
                of: actual.ownership, currencyId: actual.facts.currencyId, customerId: actual.facts.customerId),
            invoice: invoice.map { ActualFacts.InvoiceHeader(number: $0.invoiceNumber, belonging: belonging(of: $0)) },
            unbilledSale: links.unbilledSale?.basis.map(basis), original: links.original?.basis.map(basis))
    }

    /// What an invoice that was read for says of what its rows have to agree in.
    func belonging(of invoice: Invoice) -> Belonging {
        let contract = contracts[invoice.projectContractId]
        return Belonging(
            currency: Belonging.Reference(invoice.currencyId, currencies[invoice.currencyId]?.isoCode.rawValue),
            contract: invoice.projectContractId.map { Belonging.Reference($0, contract?.contractNumber) },
            customer: (invoice.customerId ?? contract?.customerId).map {
                Belonging.Reference($0, accounts[$0]?.accountNumber)
            },
            company: companies.company(of: contract)
                ?? companies.firstCompany(of: (invoiceLines[invoice.invoiceId] ?? []).map { projects[$0.projectId] }))
    }

    /// What the header of an invoice says of what its rows have to agree in.
    ///
    /// - throws: `DatabaseError`, also when it is not here.
    func header(of invoiceId: GUID) throws -> Belonging {
        invoices.want(invoiceId)
        try invoices.read(from: connection)
        guard let invoice = invoices[invoiceId] else {
            throw DatabaseError(message: "invoice \(invoiceId) is not here")
        }
        try readWhatTheyReferTo([invoice])
        return belonging(of: invoice)
    }

    /// Reads what line details refer to that has to agree with their headers.
    ///
    /// - throws: `DatabaseError`.
    func read(for details: [InvoiceLineDetail]) throws {
        bound()
        for detail in details {
            projects.want(detail.facts.projectId)
            contracts.want(detail.facts.projectContractId)
            currencies.want(detail.facts.currencyId)
            accounts.want(detail.facts.customerId)
        }
        try projects.read(from: connection)
        for detail in details where detail.facts.projectContractId == nil {
            contracts.want(projects[detail.facts.projectId]?.projectContractId)
        }
        try contracts.read(from: connection)
        try currencies.read(from: connection)
        try accounts.read(from: connection)
    }

    /// The decimal places of a currency that was read; nil when it is not here.
    func precision(of currencyId: GUID) -> Int? { currencies[currencyId].map { Int($0.precision) } }

    /// What a line detail that was read for says of what has to agree with its header.
    func belonging(of detail: InvoiceLineDetail) -> Belonging {
        let ownership = ActualOwnership(
            actualId: detail.invoiceLineDetailId, transactionType: .billedSales, invoiceId: detail.invoiceId,
            projectId: detail.facts.projectId, projectContractId: detail.facts.projectContractId,
            contractingUnitId: detail.facts.contractingUnitId, resourcingUnitId: detail.facts.resourcingUnitId)
        return belonging(of: ownership, currencyId: detail.facts.currencyId, customerId: detail.facts.customerId)
    }

    private func belonging(of actual: ActualOwnership, currencyId: GUID, customerId: GUID?) -> Belonging {
        let project = projects[actual.projectId]
        let contract = contracts[actual.projectContractId ?? project?.projectContractId]
        return Belonging(
            currency: Belonging.Reference(currencyId, currencies[currencyId]?.isoCode.rawValue),
            contract: contract.map { Belonging.Reference($0.projectContractId, $0.contractNumber) },
            customer: customerId.map { Belonging.Reference($0, accounts[$0]?.accountNumber) },
            company: ActualCompany(actual, project: project, contract: contract, in: companies).company)
    }

    private func basis(_ actual: BasisActual) -> ActualFacts.Basis {
        ActualFacts.Basis(
            actual: actual, belonging: belonging(of: actual.ownership, currencyId: actual.currencyId, customerId: nil),
            invoiceNumber: invoices[actual.ownership.invoiceId]?.invoiceNumber)
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
    func company(of actual: ActualOwnership) -> Company? { ownership(of: actual).company }

    /// Whose an actual is that was read for, and whether it is of two units of one company.
    func ownership(of actual: ActualOwnership) -> ActualCompany {
        let project = projects[actual.projectId]
        let contract = contracts[actual.projectContractId ?? project?.projectContractId]
        return ActualCompany(actual, project: project, contract: contract, in: companies)
    }

    /// Reads the headers of the invoices that billed sales, and what they stand on, are on.
    private func readInvoices(of actuals: [Actual], _ links: [GUID: ActualLinks]) throws {
        var onThem: Set<GUID> = []
        for actual in actuals where actual.transactionType == .billedSales {
            invoices.want(actual.invoiceId)
            if let id = actual.invoiceId { onThem.insert(id) }
            for basis in links[actual.actualId]?.bases ?? [] { invoices.want(basis.ownership.invoiceId) }
        }
        try invoices.read(from: connection)
        try readWhatTheyReferTo(onThem.compactMap { invoices[$0] })
    }

    /// Reads what a chunk of invoices refers to.
    ///
    /// - throws: `DatabaseError`.
    func read(for invoices: [Invoice]) throws {
        bound()
        try readWhatTheyReferTo(invoices)
    }

    private func readWhatTheyReferTo(_ invoices: [Invoice]) throws {
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
            currency: currencies[invoice.currencyId], company: belonging(of: invoice).company, progress: progress)
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
        products.bound()
        invoices.bound()
        if invoiceLines.count > 10_000 { invoiceLines.removeAll() }
    }
}
