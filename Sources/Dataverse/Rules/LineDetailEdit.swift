import Contracts

/// What a project manager changes of a line detail before its invoice is confirmed (`domain.md` §6.3).
///
/// Confirming makes the rows of it: a quantity that fell or rose (T8, T9), another price (§9.2), a line that is not
/// charged (2246671).
struct LineDetailEdit: Hashable, Sendable {
    var quantity: Quantity?
    var price: Money?
    var billingType: BillingType?
    var description: String?
    var externalDescription: String?

    /// The line detail as it is then; nil when that says the same.
    ///
    /// - parameter precision: the decimal places of its currency.
    /// - throws: ``RequestProblem`` when it cannot be changed so.
    func applied(to edited: EditedLineDetail) throws(RequestProblem) -> InvoiceLineDetail? {
        try edited.refuseUneditable()
        var detail = edited.detail
        let changesAmount = quantity ?? detail.quantity != detail.quantity || price ?? detail.price != detail.price
        if changesAmount || billingType ?? detail.billingType != detail.billingType {
            try refuseAmounts(of: detail)
        }
        detail.quantity = quantity ?? detail.quantity
        detail.price = price ?? detail.price
        detail.billingType = billingType ?? detail.billingType
        detail.facts.description = description ?? detail.facts.description
        detail.facts.externalDescription = externalDescription ?? detail.facts.externalDescription
        if changesAmount {
            guard let price = detail.price else { throw RequestProblem("it has no price; give one") }
            do {
                detail.amount = try Money(detail.quantity ?? Quantity(1), at: price, precision: edited.precision)
            } catch {
                throw RequestProblem("its amount would be too large")
            }
            if detail.isCorrection, let previous = detail.previousAmount {
                detail.invoiceAmount = detail.amount - previous
            }
        }
        guard detail != edited.detail else { return nil }
        detail.rowVersion += 1
        return detail
    }

    private func refuseAmounts(of detail: InvoiceLineDetail) throws(RequestProblem) {
        switch detail.transactionClass {
        case .milestone:
            throw RequestProblem(
                "a milestone is billed, and credited, as it is agreed; change the milestone (ledgerbus dataverse milestones), "
                    + "or take it off")
        case .retainer: throw RequestProblem("a retainer's line is not edited here")
        case .time, .expense, .material, .fee, .commission, .additional, .tax: break
        }
        if let quantity, let old = detail.quantity, quantity.units.signum() * old.units.signum() < 0 {
            throw RequestProblem("quantity is \(quantity), and was \(old): it must keep its sign")
        }
    }
}

/// A line detail, with what editing it needs to know.
struct EditedLineDetail: Hashable, Sendable {
    var detail: InvoiceLineDetail
    var header: DraftInvoice
    /// The decimal places of its currency.
    var precision: Int
    /// The unbilled sale that it bills.
    var unbilledSale: GUID?

    /// - throws: ``RequestProblem`` unless its invoice is a draft, or in review, and ours (`domain.md` §6.3).
    fileprivate func refuseUneditable() throws(RequestProblem) {
        if let refusal = header.refusalOfEditing { throw RequestProblem(refusal) }
    }

    /// Refuses to take it off its draft.
    ///
    /// - throws: ``RequestProblem``; a milestone that is being revised stays (4504727).
    func refuseRemoval() throws(RequestProblem) {
        try refuseUneditable()
        if detail.isCorrection, detail.transactionClass == .milestone {
            throw RequestProblem("it credits a milestone, and stays as long as its invoice does")
        }
        if detail.transactionClass == .retainer { throw RequestProblem("a retainer's line is not edited here") }
    }
}

extension DraftInvoice {
    /// Why its lines cannot be edited; nil when they can.
    var refusalOfEditing: String? {
        guard let refusal else { return nil }
        return "its invoice \(invoiceNumber) cannot be edited: \(refusal)"
    }
}

/// A line detail that is typed on the invoice: nothing stands behind it until it is confirmed (`domain.md` §6.3, §9.13).
struct TypedLineDetail: Hashable, Sendable {
    var lineDetailId: GUID
    var transactionClass: TransactionClass
    var contractLineId: GUID
    var quantity: Quantity
    var price: Money
    var billingType = BillingType.chargeable
    var documentDate: CalendarDate
    var categoryId: GUID?
    var resourceId: GUID?
    var description: String?
    var externalDescription: String?

    /// The line detail.
    ///
    /// - parameters:
    ///   - line: its contract line.
    ///   - invoiceLine: of its contract line on the invoice.
    /// - throws: ``RequestProblem``.
    func lineDetail(
        on header: TypedLineHeader, line: ContractLine?, invoiceLine: GUID?
    ) throws(RequestProblem) -> InvoiceLineDetail {
        if let refusal = header.draft.refusalOfEditing { throw RequestProblem(refusal) }
        switch transactionClass {
        case .time, .expense, .material, .fee: break
        case .milestone:
            throw RequestProblem("class is Milestone; make it ready (ledgerbus dataverse milestones), and draft it")
        case .retainer, .commission, .additional, .tax:
            throw RequestProblem("class is \(transactionClass.rawValue); Time, Expense, Material and Fee can be typed")
        }
        guard let line else {
            throw RequestProblem("there is no contract line \(contractLineId); load salesorderdetails")
        }
        if let own = line.projectContractId, let others = header.projectContractId, own != others {
            throw RequestProblem("its contract line is of the contract \(own), and its invoice of \(others)")
        }
        guard let projectId = line.projectId else { throw RequestProblem("its contract line has no project") }
        let amount: Money
        do { amount = try Money(quantity, at: price, precision: header.precision) } catch {
            throw RequestProblem("\(quantity) at \(price) is more than an amount can be")
        }
        return InvoiceLineDetail(
            invoiceLineDetailId: lineDetailId, invoiceId: header.draft.invoiceId, invoiceLineId: invoiceLine,
            facts: TransactionFacts(
                transactionClass: transactionClass, billingType: billingType, quantity: quantity, price: price,
                amount: amount, currencyId: header.currencyId, documentDate: documentDate,
                projectContractId: header.projectContractId, contractLineId: contractLineId, projectId: projectId,
                customerId: header.customerId, categoryId: categoryId, bookableResourceId: resourceId,
                description: description, externalDescription: externalDescription))
    }
}

/// The invoice on which a line detail is typed.
struct TypedLineHeader: Hashable, Sendable {
    var draft: DraftInvoice
    var projectContractId: GUID?
    var customerId: GUID?
    var currencyId: GUID
    /// The decimal places of its currency.
    var precision: Int
}
