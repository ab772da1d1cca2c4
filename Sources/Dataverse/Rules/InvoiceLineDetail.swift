import Contracts

/// An invoice line detail of a draft, with what confirming it needs to know (`domain.md` §2.3).
struct InvoiceLineDetail: Hashable, Sendable {
    var invoiceLineDetailId: GUID
    var isCorrection = false
    /// Of the invoice line, or else the contract line.
    var billingMethod: BillingMethod?
    var transactionClass: TransactionClass
    var billingType: BillingType?
    var quantity: Quantity?
    var price: Money?
    var amount: Money
    var currencyId: GUID
    var documentDate: CalendarDate
    var invoiceId: GUID
    var projectContractId: GUID?
    var contractLineId: GUID?
    var projectId: GUID?
    var contractingUnitId: GUID?
    var resourcingUnitId: GUID?
    var customerId: GUID?
    var categoryId: GUID?
    var bookableResourceId: GUID?
    var description: String?
    var externalDescription: String?
    /// The unbilled sale that it bills.
    var unbilled: Actual?
    /// The milestone that it bills.
    var milestone: Milestone?

    /// A milestone and how far it is billed (`domain.md` §1.4).
    struct Milestone: Hashable, Sendable {
        var milestoneId: GUID
        var invoiceStatus: MilestoneInvoiceStatus?
    }

    /// The billed sale that confirming makes of it: dated by the
    /// confirmation, *Customer Invoice Posted* (`domain.md` §9.14, §9.15).
    func billedSale(actualId: GUID, accountingDate: CalendarDate) -> Actual {
        Actual(
            actualId: actualId, transactionType: .billedSales, transactionClass: transactionClass,
            billingType: billingType, billingStatus: .customerInvoicePosted, quantity: quantity, price: price,
            amount: amount, currencyId: currencyId, documentDate: documentDate, accountingDate: accountingDate,
            invoiceId: invoiceId, projectContractId: projectContractId, contractLineId: contractLineId,
            projectId: projectId, contractingUnitId: contractingUnitId, resourcingUnitId: resourcingUnitId,
            customerId: customerId, categoryId: categoryId, bookableResourceId: bookableResourceId,
            description: description, externalDescription: externalDescription)
    }
}
