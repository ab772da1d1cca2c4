import Contracts

/// The line of an integration journal that an actual makes, but for its journal and voucher (`domain.md` §6.10).
struct JournalLineDraft: Hashable, Sendable {
    var actualId: GUID
    var transactionType: TransactionType
    var transactionClass: TransactionClass
    var projectNumber: String
    var contractNumber: String?
    var transactionDate: CalendarDate
    var accountingDate: CalendarDate
    var categoryId: String
    var linePropertyId: String
    var currency: CurrencyCode
    var quantity: Quantity
    var price: Money
    /// What is booked: the actual's amount, rounded once to its currency's precision (§9.28).
    var amount: Money
    /// Accounting currency per 100 units of the transaction currency.
    var exchangeRate: ExchangeRate
    var accountingAmount: Money
    /// Reporting currency per 100 units of the currency that it is computed from; nil when the company has none.
    var reportingRate: ExchangeRate?
    var reportingAmount: Money?
    /// Those of the sales side and of a lending company's lines; another cost line has none.
    var salesTaxGroup: String?
    var itemSalesTaxGroup: String?
    /// The discount that the amount does not have deducted: the invoice posts it (`LineDiscount`).
    var undeductedDiscount: Money?
    /// The actual that a fee is for.
    var sourceActualId: GUID?
    /// As whose customer the borrowing company stands for the project on a lending company's line (§6.9).
    var intercompanyCustomer: String?
    var reversedActualId: GUID?
    var description: String?
    var resource: String?
}

extension JournalLineDraft {
    /// The types of which an integration journal has lines (`domain.md` §6.9, §6.10.1, §6.10.11): billed sales become lines
    /// of a proposal.
    private static func checkType(_ type: TransactionType) throws(Blockage) {
        switch type {
        case .cost, .resourcingUnitCost, .unbilledSales, .interOrganizationalSales: return
        case .billedSales, .projectContract:
            throw Blockage(
                .noJournalLine,
                "an actual of the type \(type.rawValue) has no line in an integration journal; "
                    + "correct its transaction type in Dataverse")
        }
    }

    /// - parameter reversedRates: the rates of the line of the actual that this one reverses, if it has one: a reversal
    ///   takes the same (§9.5).
    /// - parameter deductsDiscountOfReversed: whether that line has its discount deducted; a reversal has the same.
    /// - parameter kind: of its journal: where no ledger entries are made, no date is moved to an open period.
    /// - throws: ``Blockage`` when the actual can't become a line yet.
    init(
        _ actual: ActualCreated, setup: FinanceSetup, reversedRates: PostingRates? = nil,
        deductsDiscountOfReversed: Bool? = nil, kind: JournalKind = .integration
    ) throws(Blockage) {
        if let blockage = Blockage.ofKind(actual.transactionType, actual.transactionClass, actual.billingMethod) {
            throw blockage
        }
        try Self.checkType(actual.transactionType)
        do throws(SetupGap) {
            let accountingDate =
                kind.hasLedgerEntries ? try setup.accountingDate(actual.accountingDate) : actual.accountingDate
            let property = try setup.lineProperty(for: actual.billingType)
            let category = try setup.category(actual.category, of: actual.transactionClass)
            let rates =
                if let reversedRates { reversedRates } else {
                    try setup.postingRates(
                        of: actual.transactionType, currency: actual.currency, contract: actual.contractNumber,
                        on: setup.exchangeRateDate(accounting: accountingDate, document: actual.documentDate))
                }
            let conversion = Conversion(
                of: actual.currency, precision: actual.currencyPrecision, at: rates, setup: setup)
            let discount = LineDiscount.undeducted(
                of: actual, deductsOfReversed: deductsDiscountOfReversed, setup: setup)
            let booked = try conversion.posted(actual.amount + (discount ?? .zero))
            self.init(
                actualId: actual.actualId, transactionType: actual.transactionType,
                transactionClass: actual.transactionClass, projectNumber: actual.projectNumber,
                contractNumber: actual.contractNumber, transactionDate: actual.documentDate,
                accountingDate: accountingDate, categoryId: category.id, linePropertyId: property.id,
                currency: actual.currency, quantity: actual.quantity, price: actual.price, amount: booked.amount,
                exchangeRate: rates.accounting, accountingAmount: booked.accounting,
                reportingRate: rates.reporting, reportingAmount: booked.reporting,
                reversedActualId: actual.reversedActualId, description: actual.description,
                resource: actual.resource)
            if discount != nil { undeductedDiscount = booked.amount - (try conversion.posted(actual.amount)).amount }
            if actual.transactionType == .unbilledSales { sourceActualId = actual.sourceActualId }
            if actual.transactionType.isOfLendingCompany {
                let customer = try setup.intercompanyCustomer(
                    of: actual.projectCompany, unitCurrency: actual.contractingUnitCurrency)
                intercompanyCustomer = customer
                salesTaxGroup = setup.salesTaxGroupDefaults[.customer]?[customer]
                itemSalesTaxGroup = try setup.itemSalesTaxGroup(
                    of: actual.transactionClass, category: category, product: actual.productNumber)
            }
            guard actual.transactionType == .unbilledSales else { return }
            salesTaxGroup = setup.billingSalesTaxGroup(
                project: actual.projectNumber, contract: actual.contractNumber, customer: actual.customerAccount)
            itemSalesTaxGroup = try setup.itemSalesTaxGroup(
                of: actual.transactionClass, category: category, product: actual.productNumber)
        } catch {
            throw Blockage(error)
        }
    }
}
