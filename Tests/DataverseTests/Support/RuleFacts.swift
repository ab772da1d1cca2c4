import Contracts
import Testbed

@testable import Dataverse

extension ActualFacts {
    /// A billed sale of eight hours that lacks nothing.
    static let billedSale: ActualFacts = {
        let facts = TransactionFacts(
            transactionClass: .time, billingType: .chargeable, quantity: Quantity(8), price: Money(200),
            amount: Money(1_600), currencyId: WebAPI.currency, documentDate: CalendarDate(day: 20_332),
            projectContractId: WebAPI.contract, contractLineId: WebAPI.timeAndMaterialLine,
            projectId: WebAPI.project, contractingUnitId: WebAPI.unit, resourcingUnitId: WebAPI.unit,
            customerId: WebAPI.account, categoryId: WebAPI.category, bookableResourceId: WebAPI.resource)
        let actual = Actual(
            actualId: WebAPI.id(203), rowVersion: 100, transactionType: .billedSales,
            billingStatus: .customerInvoicePosted, invoiceId: WebAPI.id(100), facts: facts)
        let project = Project(
            projectId: WebAPI.project, rowVersion: 1, projectNumber: "P-1", projectContractId: WebAPI.contract,
            contractingUnitId: WebAPI.unit)
        return ActualFacts(
            actual: actual, project: project, contract: .sample,
            contractLine: ContractLine(
                contractLineId: WebAPI.timeAndMaterialLine, rowVersion: 1, name: "Consulting",
                billingMethod: .timeAndMaterial),
            customer: .sample, currency: .sample,
            category: Category(categoryId: WebAPI.category, rowVersion: 1, name: "Consulting"),
            resource: BookableResource(bookableResourceId: WebAPI.resource, rowVersion: 1, name: "Aisha Rahman"),
            company: ActualCompany(actual.ownership, project: project, contract: .sample, in: .contoso),
            links: ActualLinks(unbilledSale: Link(actualId: WebAPI.id(201), rowVersion: 1)), belonging: .sample,
            invoice: InvoiceHeader(number: "INV-100", belonging: .sample), unbilledSale: .unbilledSale())
    }()
}

extension Belonging {
    static let sample = Belonging(
        currency: Reference(WebAPI.currency, "USD"), contract: Reference(WebAPI.contract, "ORD-1"),
        customer: Reference(WebAPI.account, "US-001"), company: "usmf")
}

extension ActualFacts.Basis {
    /// The unbilled sale of the sample's eight hours.
    static func unbilledSale(_ change: (inout BasisActual) -> Void = { _ in }) -> Self {
        var actual = BasisActual(
            ownership: ActualOwnership(
                actualId: WebAPI.id(201), transactionType: .unbilledSales, invoiceId: WebAPI.id(100)),
            quantity: Quantity(8), amount: Money(1_600), currencyId: WebAPI.currency)
        change(&actual)
        return ActualFacts.Basis(actual: actual, belonging: .sample)
    }

    /// A billed sale of the sample's eight hours on an earlier invoice, or another actual that can be taken back.
    static func original(_ type: TransactionType = .billedSales, _ change: (inout BasisActual) -> Void = { _ in })
        -> Self
    {
        unbilledSale {
            $0.ownership = ActualOwnership(actualId: WebAPI.id(7), transactionType: type)
            change(&$0)
        }
    }
}

extension InvoiceFacts {
    /// A confirmed invoice of one line that lacks nothing.
    static let confirmed = InvoiceFacts(
        invoice: Invoice(
            invoiceId: WebAPI.id(100), rowVersion: 1, invoiceNumber: "INV-100", projectContractId: WebAPI.contract,
            customerId: WebAPI.account, currencyId: WebAPI.currency, status: .confirmed, hasCorrections: false,
            lineAmount: Money(1_600)),
        contract: .sample, customer: .sample, currency: .sample, company: "usmf",
        progress: InvoiceProgress(lineDetails: 1, billedSales: 1, chargeableAmount: Money(1_600)))
}

extension ProjectContract {
    static let sample = ProjectContract(
        projectContractId: WebAPI.contract, rowVersion: 1, contractNumber: "ORD-1", customerId: WebAPI.account,
        contractingUnitId: WebAPI.unit)
}

extension Account {
    static let sample = Account(accountId: WebAPI.account, rowVersion: 1, accountNumber: "US-001")
}

extension Currency {
    static let sample = Currency(currencyId: WebAPI.currency, rowVersion: 1, isoCode: "USD", precision: 2)
}

extension CompanyDirectory {
    /// Contoso USA, and Germany (unit 21, company 22).
    static let contoso = CompanyDirectory(
        legalEntities: [WebAPI.company: "usmf", WebAPI.id(22): "demf"],
        units: [
            WebAPI.unit: OrganizationalUnit(
                organizationalUnitId: WebAPI.unit, rowVersion: 1, name: "Contoso USA", companyId: WebAPI.company),
            WebAPI.id(21): OrganizationalUnit(
                organizationalUnitId: WebAPI.id(21), rowVersion: 1, name: "Germany", companyId: WebAPI.id(22)),
        ])
}

extension ActualCompany {
    /// What nobody says whose it is.
    static func unknown(_ facts: ActualFacts) -> ActualCompany {
        ActualCompany(facts.actual.ownership, project: nil, contract: nil, in: CompanyDirectory())
    }
}
