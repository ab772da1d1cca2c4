import Contracts

/// A time, expense, material or fee entry as it was approved.
struct Entry: Hashable, Sendable {
    var entryId: GUID
    var transactionClass: TransactionClass
    var projectId: GUID
    /// Nil for internal and pre-sales projects.
    var contractLineId: GUID?
    var resourceId: GUID?
    var categoryId: GUID?
    /// The resource's role, and the unit in which quantities are counted: kept with the entry; no actual says them here.
    var roleId: GUID?
    var unitId: GUID?
    /// The day of the work; also the day from which on it can be invoiced (`domain.md` §6.6 speaks of the start date, which
    /// an entry of one day shares).
    var documentDate: CalendarDate
    var accountingDate: CalendarDate?
    var quantitySubmitted: Quantity
    var quantityBillable: Quantity
    /// What a unit costs the contracting unit.
    var costPrice: Money?
    var costCurrencyId: GUID?
    var salesPrice: Money?
    var salesCurrencyId: GUID?
    /// Of the billable quantity.
    var billingType = BillingType.chargeable
    var contractingUnitId: GUID?
    var resourcingUnitId: GUID?
    /// Whom it is billed to; nil is the customers of the contract line.
    var customerId: GUID?
    /// What a unit costs the resourcing unit, and for how much that sells it to the contracting unit; nil is
    /// ``costPrice``.
    var resourcingUnitCostPrice: Money?
    var interOrganizationalPrice: Money?
    var resourcingUnitCurrencyId: GUID?
    var notToExceedStatus: NotToExceedStatus?
    var description: String?
    var externalDescription: String?
}

/// An entry, and how far it has come.
struct StoredEntry: Hashable, Sendable {
    var entry: Entry
    /// How often its actuals were made: 1 at first; one more when it is approved again after a cancellation, and when its
    /// contract is confirmed.
    var revision = 1
    var status = EntryStatus.approved
}

/// Whether an entry's actuals stand.
enum EntryStatus: String, CaseIterable, Sendable {
    case approved = "Approved"
    /// Its approval was canceled, or it was recalled.
    case canceled = "Canceled"
}

/// A customer of a contract line, and the share that is billed to it (`domain.md` §6.6).
struct ContractLineCustomer: Hashable, Sendable {
    var contractLineId: GUID
    var customerId: GUID
    var percentage: Percentage
}

/// What approving an entry needs to know.
struct EntryFacts: Hashable, Sendable {
    var entry: Entry
    var project: Project?
    /// Of the contract line, or else of the project.
    var contract: ProjectContract?
    var contractLine: ContractLine?
    /// Of the contract line; those with the largest shares last.
    var customers: [ContractLineCustomer] = []
    var contractingUnitId: GUID?
    var contractingCompany: Company?
    var resourcingCompany: Company?
    /// The decimal places of currencies.
    var precisions: [GUID: Int] = [:]

    /// The unit that does the work.
    var resourcingUnitId: GUID? { entry.resourcingUnitId ?? contractingUnitId }

    /// Whether one unit works for another.
    var isBetweenUnits: Bool { resourcingUnitId != contractingUnitId }

    /// Whether one company works for another: only that is Finance's business (`domain.md` §6.9).
    var isIntercompany: Bool { isBetweenUnits && resourcingCompany != contractingCompany }
}
