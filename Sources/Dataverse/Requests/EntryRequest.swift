import Contracts

/// What happened to an entry.
enum EntryEvent: String, CaseIterable, Sendable {
    /// T2–T4, F1.
    case approved = "Approved"
    /// T5, F2. Before approval it changes nothing (T1).
    case approvalCanceled = "Approval Canceled"
    case recalled = "Recalled"
    /// T6, F3: the terms are evaluated anew. The row says what is new; what it does not say stays.
    case contractConfirmed = "Contract Confirmed"
}

/// A row of `dataverse approve`: an event of an entry, which is *Approved* when it does not say.
struct EntryRequest: RequestRow, Hashable {
    enum Field: String, CaseIterable {
        case id, event
        case transactionClass = "class"
        case project, contractLine, resource, category, role, unit, documentDate, accountingDate
        case quantitySubmitted, quantityBillable, costPrice, costCurrency, salesPrice, currency, billingType
        case contractingUnit, resourcingUnit, customer
        case resourcingUnitCostPrice, interOrganizationalPrice, resourcingUnitCurrency
        case notToExceedStatus, description, externalDescription
    }

    static var key: Field { .id }

    var entryId: GUID
    var event: EntryEvent
    var transactionClass: TransactionClass?
    var projectId: GUID?
    var contractLineId: GUID?
    var resourceId: GUID?
    var categoryId: GUID?
    var roleId: GUID?
    var unitId: GUID?
    var documentDate: CalendarDate?
    var accountingDate: CalendarDate?
    var terms: Terms

    /// What confirming the contract can change (T6).
    struct Terms: Hashable {
        var quantitySubmitted: Quantity?
        var quantityBillable: Quantity?
        var costPrice: Money?
        var costCurrency: String?
        var salesPrice: Money?
        var currency: String?
        var billingType: BillingType?
        var contractingUnitId: GUID?
        var resourcingUnitId: GUID?
        var customerId: GUID?
        var resourcingUnitCostPrice: Money?
        var interOrganizationalPrice: Money?
        var resourcingUnitCurrency: String?
        var notToExceedStatus: NotToExceedStatus?
        var description: String?
        var externalDescription: String?

        /// The currencies that it names.
        var currencies: [String] { [costCurrency, currency, resourcingUnitCurrency].compactMap(\.self) }
    }

    init(_ row: RequestFields<Field>) throws(RequestProblem) {
        entryId = try row.required(.id, row.id(.id))
        event = try row.label(.event) ?? .approved
        transactionClass = try row.label(.transactionClass)
        projectId = try row.id(.project)
        contractLineId = try row.id(.contractLine)
        resourceId = try row.id(.resource)
        categoryId = try row.id(.category)
        roleId = try row.id(.role)
        unitId = try row.id(.unit)
        documentDate = try row.date(.documentDate)
        accountingDate = try row.date(.accountingDate)
        terms = Terms(
            quantitySubmitted: try row.decimal(.quantitySubmitted),
            quantityBillable: try row.decimal(.quantityBillable),
            costPrice: try row.decimal(.costPrice), costCurrency: try row.text(.costCurrency, most: 36),
            salesPrice: try row.decimal(.salesPrice), currency: try row.text(.currency, most: 36),
            billingType: try row.label(.billingType), contractingUnitId: try row.id(.contractingUnit),
            resourcingUnitId: try row.id(.resourcingUnit), customerId: try row.id(.customer),
            resourcingUnitCostPrice: try row.decimal(.resourcingUnitCostPrice),
            interOrganizationalPrice: try row.decimal(.interOrganizationalPrice),
            resourcingUnitCurrency: try row.text(.resourcingUnitCurrency, most: 36),
            notToExceedStatus: try row.label(.notToExceedStatus), description: try row.text(.description, most: 200),
            externalDescription: try row.text(.externalDescription, most: 200))
        switch event {
        case .approved: break
        case .contractConfirmed, .approvalCanceled, .recalled:
            let fixed: [Field] = [
                .transactionClass, .project, .contractLine, .resource, .category, .role, .unit, .documentDate,
                .accountingDate,
                .quantitySubmitted,
            ]
            if let given = fixed.first(where: row.has) {
                throw RequestProblem("\(given.rawValue) stays as it was approved; leave it out of \(event.rawValue)")
            }
        }
    }

    /// The entry that it approves.
    ///
    /// - throws: ``RequestProblem``.
    func entry(_ currency: (String?) throws(RequestProblem) -> GUID?) throws(RequestProblem) -> Entry {
        func required<Value>(_ field: Field, _ value: Value?) throws(RequestProblem) -> Value {
            guard let value else { throw RequestProblem("\(field.rawValue) is missing") }
            return value
        }
        let submitted = try required(.quantitySubmitted, terms.quantitySubmitted)
        var entry = Entry(
            entryId: entryId, transactionClass: try required(.transactionClass, transactionClass),
            projectId: try required(.project, projectId), contractLineId: contractLineId, resourceId: resourceId,
            categoryId: categoryId, roleId: roleId, unitId: unitId,
            documentDate: try required(.documentDate, documentDate), accountingDate: accountingDate,
            quantitySubmitted: submitted, quantityBillable: submitted)
        try apply(to: &entry, currency)
        return entry
    }

    /// Changes an entry's terms to what the row says of them.
    ///
    /// - throws: ``RequestProblem``.
    func apply(to entry: inout Entry, _ currency: (String?) throws(RequestProblem) -> GUID?) throws(RequestProblem) {
        entry.quantityBillable = terms.quantityBillable ?? entry.quantityBillable
        entry.costPrice = terms.costPrice ?? entry.costPrice
        entry.costCurrencyId = try currency(terms.costCurrency) ?? entry.costCurrencyId
        entry.salesPrice = terms.salesPrice ?? entry.salesPrice
        entry.salesCurrencyId = try currency(terms.currency) ?? entry.salesCurrencyId
        entry.billingType = terms.billingType ?? entry.billingType
        entry.contractingUnitId = terms.contractingUnitId ?? entry.contractingUnitId
        entry.resourcingUnitId = terms.resourcingUnitId ?? entry.resourcingUnitId
        entry.customerId = terms.customerId ?? entry.customerId
        entry.resourcingUnitCostPrice = terms.resourcingUnitCostPrice ?? entry.resourcingUnitCostPrice
        entry.interOrganizationalPrice = terms.interOrganizationalPrice ?? entry.interOrganizationalPrice
        entry.resourcingUnitCurrencyId =
            try currency(terms.resourcingUnitCurrency) ?? entry.resourcingUnitCurrencyId
        entry.notToExceedStatus = terms.notToExceedStatus ?? entry.notToExceedStatus
        entry.description = terms.description ?? entry.description
        entry.externalDescription = terms.externalDescription ?? entry.externalDescription
    }
}
