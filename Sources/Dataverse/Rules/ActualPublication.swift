import Contracts

/// What becomes of a captured actual.
enum ActualPublication: Hashable, Sendable {
    /// Finance must not see it, or it is no business of Finance's (`domain.md` §6.8, §6.9).
    case withheld
    /// Another system has posted or invoiced it, and Finance need not know it.
    case settled
    case waiting(WaitingReason)
    case published(ActualCreated)

    /// - parameter isWithdrawn: whether Skip Sync was set after the actual may have been published: Finance is told so.
    init(_ facts: ActualFacts, isWithdrawn: Bool = false) {
        guard !facts.company.isWithinOneCompany else {
            self = .withheld
            return
        }
        guard facts.actual.skipSync else {
            self = Self.decided(facts)
            return
        }
        // What still waited for something was never published.
        guard isWithdrawn, case .published(var message) = facts.publication else {
            self = .withheld
            return
        }
        message.withdrawn = true
        self = .published(message)
    }

    private static func decided(_ facts: ActualFacts) -> ActualPublication {
        switch facts.cutover.map({ ActualAtCutover(facts.actual, $0) }) {
        case nil, .asAlways: return facts.publication
        case .settled: return .settled
        case .waiting(let reason): return .waiting(reason)
        case .opening(let voucher):
            guard case .published(var message) = facts.publication else { return facts.publication }
            message.openingVoucher = voucher
            return .published(message)
        }
    }
}

extension ActualFacts {
    /// Whether it is on an invoice's side of the books.
    private var isBilled: Bool { actual.transactionType == .billedSales }

    private var billingMethod: BillingMethod? {
        .of(actual, contractLine: contractLine, invoiceLines: isBilled ? invoiceLines : [])
    }

    /// The message, or the first thing that it lacks.
    fileprivate var publication: ActualPublication {
        guard let project else { return .waiting(WaitingReason(.project, actual.projectId)) }
        guard let projectNumber = project.projectNumber else {
            return .waiting(WaitingReason(.projectNumber, project.projectId))
        }
        if contract == nil, let contractId { return .waiting(WaitingReason(.projectContract, contractId)) }
        if contractLine == nil, let line = actual.contractLineId { return .waiting(WaitingReason(.contractLine, line)) }
        guard let currency else { return .waiting(WaitingReason(.currency, actual.currencyId)) }
        if customer == nil, let customerId { return .waiting(WaitingReason(.account, customerId)) }
        if category == nil, let id = actual.categoryId { return .waiting(WaitingReason(.category, id)) }
        if resource == nil, let id = actual.bookableResourceId { return .waiting(WaitingReason(.bookableResource, id)) }
        if product == nil, let id = actual.productId { return .waiting(WaitingReason(.product, id)) }
        guard let company = company.company else { return .waiting(WaitingReason(.company, unitThatSaysWhich)) }
        if self.company.isBetweenUnits, self.company.contracting == nil {
            return .waiting(WaitingReason(.company, contractingUnitId))
        }
        if isBilled, let reason = reasonOfBilledSale { return .waiting(reason) }
        if let reason = reasonOfReversal ?? contradiction { return .waiting(reason) }
        return .published(message(company, projectNumber, currency))
    }

    /// What a billed sale waits for besides: it says which invoice it is on, how it bills, and what it stands on
    /// (design §2).
    private var reasonOfBilledSale: WaitingReason? {
        guard let invoiceId = actual.invoiceId else { return WaitingReason(.invoice, actual.actualId) }
        guard let billingMethod else { return WaitingReason(.billingMethod, actual.contractLineId ?? invoiceId) }
        // Its invoice could never be posted. What is on no invoice costs itself alone, and Finance's import says so.
        if let problem = AllowedActual.problem(of: actual.transactionType, actual.transactionClass, billingMethod) {
            return WaitingReason(.notAllowed, actual.contractLineId ?? actual.actualId, problem)
        }
        let basis = BilledSaleBasis(
            billingMethod, actual.transactionClass,
            isCorrection: isReversal, namesUnbilledSale: links.unbilledSale != nil)
        guard basis == .unbilledSale else { return nil }
        guard let link = links.unbilledSale else { return WaitingReason(.unbilledSale, actual.actualId) }
        return unbilledSale == nil ? WaitingReason(.actual, link.actualId) : nil
    }

    /// A reversal of any type waits for its connection and for its original, whatever the order of arrival
    /// (`domain.md` §9.26): taken for an original, it would be booked by itself.
    private var reasonOfReversal: WaitingReason? {
        guard isReversal else { return nil }
        guard let link = links.original else { return WaitingReason(.original, actual.actualId) }
        return original == nil ? WaitingReason(.actual, link.actualId) : nil
    }

    /// The organizational unit whose company would say whose the actual is.
    private var unitThatSaysWhich: GUID? {
        company.isBetweenUnits ? actual.resourcingUnitId : contractingUnitId
    }

    /// The version of the newest row that the message is made from: a connection that comes later makes a newer
    /// message. Dataverse counts versions over all tables.
    private var rowVersion: Int {
        max(actual.rowVersion, links.unbilledSale?.rowVersion ?? 0, links.original?.rowVersion ?? 0)
    }

    private func message(_ company: Company, _ projectNumber: String, _ currency: Currency) -> ActualCreated {
        ActualCreated(
            actualId: actual.actualId, rowVersion: rowVersion, company: company, projectNumber: projectNumber,
            contractNumber: contract?.contractNumber, contractLine: contractLine?.name,
            customerAccount: customer?.accountNumber, transactionType: actual.transactionType,
            transactionClass: actual.transactionClass, billingType: actual.billingType,
            billingStatus: actual.billingStatus, adjustmentStatus: actual.adjustmentStatus,
            billingMethod: billingMethod, currency: currency.isoCode, currencyPrecision: Int(currency.precision),
            quantity: actual.quantity ?? Quantity(1), price: actual.price ?? actual.amount, amount: actual.amount,
            documentDate: actual.documentDate, accountingDate: actual.accountingDate ?? actual.documentDate,
            category: category?.name, productNumber: product?.number, resource: resource?.name,
            description: actual.description,
            externalDescription: actual.externalDescription, invoiceId: isBilled ? actual.invoiceId : nil,
            unbilledActualId: links.unbilledSale?.actualId, reversedActualId: links.original?.actualId,
            projectCompany: self.company.isBetweenUnits ? self.company.contracting : nil,
            contractingUnitCurrency: contractingUnitCurrency?.isoCode,
            discountAmount: actual.discountAmount, feeAmount: isBilled ? actual.feeAmount : nil,
            sourceActualId: actual.sourceActualId)
    }
}
