import Contracts
import Database

/// What says whose an actual is.
struct ActualOwnership: Record, Hashable {
    var actualId: GUID
    var transactionType: TransactionType
    var invoiceId: GUID?
    var projectId: GUID?
    var projectContractId: GUID?
    var contractingUnitId: GUID?
    var resourcingUnitId: GUID?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ActualOwnership(
            actualId: try column("actual_id", row?.actualId),
            transactionType: try column("transaction_type", row?.transactionType),
            invoiceId: try column("invoice_id", row?.invoiceId), projectId: try column("project_id", row?.projectId),
            projectContractId: try column("project_contract_id", row?.projectContractId),
            contractingUnitId: try column("contracting_unit_id", row?.contractingUnitId),
            resourcingUnitId: try column("resourcing_unit_id", row?.resourcingUnitId))
    }
}

extension Actual {
    var ownership: ActualOwnership {
        ActualOwnership(
            actualId: actualId, transactionType: transactionType, invoiceId: invoiceId, projectId: facts.projectId,
            projectContractId: facts.projectContractId, contractingUnitId: facts.contractingUnitId,
            resourcingUnitId: facts.resourcingUnitId)
    }
}

/// The legal entity whose Finance takes an actual (`domain.md` §6.9).
struct ActualCompany: Hashable, Sendable {
    /// That of the contract, or of the project, or of the contracting unit.
    let contracting: Company?
    /// That of the resourcing unit, where it matters.
    let resourcing: Company?
    /// Whether units settle with each other: inter-organizational sales and resourcing unit cost.
    let isBetweenUnits: Bool

    init(_ actual: ActualOwnership, project: Project?, contract: ProjectContract?, in directory: CompanyDirectory) {
        contracting =
            directory.company(of: contract) ?? directory.company(of: project)
            ?? directory.company(ofUnit: actual.contractingUnitId)
        isBetweenUnits = actual.transactionType.isBetweenUnits
        resourcing = isBetweenUnits ? directory.company(ofUnit: actual.resourcingUnitId) : nil
    }

    /// Between units the lending company's, else the contracting company's; nil when nothing says which.
    var company: Company? { isBetweenUnits ? resourcing : contracting }

    /// Rows between units of one company are no business of Finance's.
    var isWithinOneCompany: Bool { isBetweenUnits && resourcing != nil && resourcing == contracting }
}

extension TransactionType {
    /// Whether units settle with each other by it.
    var isBetweenUnits: Bool {
        switch self {
        case .interOrganizationalSales, .resourcingUnitCost: true
        case .cost, .projectContract, .unbilledSales, .billedSales: false
        }
    }
}
