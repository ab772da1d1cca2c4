import Contracts

/// What approving an entry writes (`domain.md` §6.1 T1–T6, §6.2 F1–F3, §6.9).
enum Approval {
    /// The rows of an approval.
    ///
    /// | arrangement | rows |
    /// |---|---|
    /// | time and material | C, U: ``timeAndMaterial(_:_:)`` |
    /// | fixed price (F1), internal and pre-sales projects | C, never U |
    /// | one unit for another | besides, resourcing unit cost and inter-organizational sales: ``betweenUnits(_:_:)`` |
    ///
    /// - throws: ``ApprovalRefusal`` when the entry cannot be approved.
    static func rows(for facts: EntryFacts, ids: ApprovalIds) throws(ApprovalRefusal) -> ApprovedRows {
        let arrangement = try facts.arrangement()
        try facts.validate(arrangement)
        var rows = ApprovedRows()
        if facts.entry.transactionClass != .fee, facts.entry.quantitySubmitted != .zero {
            rows.actuals.append(try cost(facts, ids))
        }
        if arrangement == .timeAndMaterial { try timeAndMaterial(facts, ids, &rows) }
        if facts.isBetweenUnits { rows.actuals += try betweenUnits(facts, ids) }
        return rows
    }

    /// C: the submitted quantity at cost. Of an intercompany entry Finance makes the cost itself when the vendor invoice
    /// is posted, and must not see it (§6.8).
    private static func cost(_ facts: EntryFacts, _ ids: ApprovalIds) throws(ApprovalRefusal) -> Actual {
        let entry = facts.entry
        guard let price = entry.costPrice else { throw ApprovalRefusal("costPrice is missing") }
        guard let currency = entry.costCurrencyId ?? entry.salesCurrencyId ?? facts.contract?.currencyId else {
            throw ApprovalRefusal("costCurrency is missing")
        }
        let part: SkipSync.Part = facts.isIntercompany ? .intercompanyCost : .approvedCost
        return try facts.actual(
            .cost, id: ids.actual(.cost), billing: .notAvailable, entry.quantitySubmitted, price, currency,
            skipSync: SkipSync.isSet(on: part))
    }
}

/// How what is done on a project is sold.
enum BillingArrangement: Hashable, Sendable {
    case timeAndMaterial
    case fixedPrice
    /// An internal or a pre-sales project: there is no contract.
    case none
}

/// What approving an entry writes.
struct ApprovedRows: Hashable, Sendable {
    var actuals: [Actual] = []
    var connections: [TransactionConnection] = []
    /// The actuals that become *Adjusted*, as they are then.
    var adjusted: [Actual] = []
    /// The ids of those that stand for the entry, without what takes others back.
    var made: [GUID] = []
}

/// Why an entry cannot be approved, canceled or evaluated anew, and what to do.
struct ApprovalRefusal: Error, Hashable, Sendable {
    let problem: String

    init(_ problem: String) { self.problem = problem }
}

/// The ids of the rows of one revision of an entry. They follow from it, so that approving again makes the same rows.
struct ApprovalIds {
    /// The part that an actual plays.
    enum Part: String {
        case cost = "cost"
        case unbilledSale = "unbilled-sale"
        case nonChargeableRest = "non-chargeable-rest"
        case resourcingUnitCost = "resourcing-unit-cost"
        case interOrganizationalSale = "inter-organizational-sale"
    }

    let hash: SHA256
    let entryId: GUID
    let revision: Int

    func actual(_ part: Part, customer: GUID? = nil) -> GUID {
        hash.digest("\(entryId)/\(revision)/\(part.rawValue)\(customer.map { "/\($0)" } ?? "")").guid
    }

    static func reversal(of actual: GUID, _ hash: SHA256) -> GUID { hash.digest("\(actual)/reversal").guid }

    static func connection(from first: GUID, to second: GUID, _ hash: SHA256) -> GUID {
        hash.digest("\(first)/connection/\(second)").guid
    }
}

extension EntryFacts {
    /// How the entry's work is sold.
    ///
    /// - throws: ``ApprovalRefusal`` when nothing says it.
    func arrangement() throws(ApprovalRefusal) -> BillingArrangement {
        guard entry.contractLineId != nil else {
            guard contract == nil else {
                throw ApprovalRefusal(
                    "contractLine is missing, and its project has the contract "
                        + "\(contract?.contractNumber ?? ""); name the contract line that it is sold on")
            }
            return .none
        }
        guard let contractLine else {
            throw ApprovalRefusal(
                "there is no contract line \(entry.contractLineId?.description ?? ""); load salesorderdetails")
        }
        switch contractLine.billingMethod {
        case .timeAndMaterial: return .timeAndMaterial
        case .fixedPrice: return .fixedPrice
        case nil:
            throw ApprovalRefusal(
                "its contract line \(contractLine.contractLineId) has no billing method; load salesorderdetails with "
                    + "msdyn_billingmethod")
        }
    }

    /// A new actual of the entry.
    ///
    /// - throws: ``ApprovalRefusal`` when the amount cannot be computed.
    func actual(
        _ type: TransactionType, id: GUID, billing: BillingType, _ quantity: Quantity, _ price: Money,
        _ currencyId: GUID, amount: Money? = nil, customer: GUID? = nil, skipSync: Bool = false
    ) throws(ApprovalRefusal) -> Actual {
        let amount = if let amount { amount } else { try self.amount(quantity, price, currencyId) }
        return Actual(
            actualId: id, transactionType: type,
            billingStatus: type == .unbilledSales ? .unbilledSalesCreated : nil, skipSync: skipSync,
            accountingDate: entry.accountingDate ?? entry.documentDate,
            notToExceedStatus: type == .unbilledSales ? entry.notToExceedStatus : nil,
            facts: TransactionFacts(
                transactionClass: entry.transactionClass, billingType: billing, quantity: quantity, price: price,
                amount: amount, currencyId: currencyId,
                documentDate: entry.documentDate, projectContractId: contract?.projectContractId,
                contractLineId: entry.contractLineId, projectId: entry.projectId,
                contractingUnitId: contractingUnitId, resourcingUnitId: resourcingUnitId, customerId: customer,
                categoryId: entry.categoryId, bookableResourceId: entry.resourceId, description: entry.description,
                externalDescription: entry.externalDescription))
    }

    /// Quantity × price, rounded to the currency (`domain.md` §9.4).
    ///
    /// - throws: ``ApprovalRefusal``.
    func amount(_ quantity: Quantity, _ price: Money, _ currencyId: GUID) throws(ApprovalRefusal) -> Money {
        guard let precision = precisions[currencyId] else {
            throw ApprovalRefusal("there is no currency \(currencyId); load transactioncurrencies")
        }
        do { return try Money(quantity, at: price, precision: precision) } catch {
            throw ApprovalRefusal("\(quantity) at \(price) is more than an amount can be")
        }
    }
}
