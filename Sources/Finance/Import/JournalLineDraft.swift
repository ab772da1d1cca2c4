import Contracts

/// The line of an integration journal that an actual makes, but for its number and voucher (`domain.md` §6.10).
struct JournalLineDraft: Hashable, Sendable {
    var actual: StagedActual
    var accountingDate: CalendarDate
    var categoryId: String
    var linePropertyId: String
    /// Accounting currency per 100 units of the transaction currency.
    var exchangeRate: ExchangeRate
    var accountingAmount: Money
    /// Those of the sales side; a cost line has none.
    var salesTaxGroup: String?
    var itemSalesTaxGroup: String?

    /// - parameter reversedRate: the rate of the line of the actual that this one reverses, if it has one: a reversal
    ///   takes the same (§9.5).
    /// - throws: ``Blockage`` when the actual can't become a line yet.
    init(
        _ actual: StagedActual, setup: FinanceSetup, reversedRate: ExchangeRate?
    ) throws(Blockage) {
        let isSales: Bool
        switch actual.transactionType {
        case .cost, .resourcingUnitCost: isSales = false
        case .unbilledSales, .interOrganizationalSales: isSales = true
        case .billedSales, .projectContract:
            throw Blockage(
                code: "no-journal-line",
                reason:
                    "an actual of the type \(actual.transactionType.rawValue) has no line in an integration journal; "
                    + "correct its transaction type in Dataverse")
        }
        self.actual = actual
        do {
            accountingDate = try setup.accountingDate(actual.accountingDate)
            linePropertyId = try setup.lineProperty(for: actual.billingType).id
            let category = try setup.category(actual.category, of: actual.transactionClass)
            categoryId = category.id
            if let reversedRate {
                exchangeRate = reversedRate
            } else {
                exchangeRate = try setup.exchangeRate(
                    of: actual.transactionType, currency: actual.currency, contract: actual.contractNumber,
                    on: setup.exchangeRateDate(accounting: accountingDate, document: actual.documentDate))
            }
            if isSales {
                salesTaxGroup = setup.billingSalesTaxGroup(
                    project: actual.projectNumber, contract: actual.contractNumber, customer: actual.customerAccount)
                itemSalesTaxGroup = setup.itemSalesTaxGroup(of: actual.transactionClass, category: category)
            }
        } catch {
            throw Blockage(error)
        }
        accountingAmount = actual.amount.converted(at: exchangeRate, precision: setup.accountingCurrencyPrecision)
    }
}
