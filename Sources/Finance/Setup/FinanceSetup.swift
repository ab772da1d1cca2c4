public import Contracts
import Database

/// The whole set-up of one company, in one value.
///
/// Every lookup is a pure function in a file of `Rules`: `AccountingDate`, `ExchangeRates`, …
public struct FinanceSetup: Sendable {
    /// The legal entity.
    public let company: Company
    public let accountingCurrency: CurrencyCode
    /// Decimal places of the accounting currency.
    public let accountingCurrencyPrecision: Int
    /// Nil when the company has none.
    var reportingCurrency: ReportingCurrency?
    /// Rises with every change of any company's set-up: two values of one version are the same.
    public let version: Int
    public let parameters: ProjectParameters

    /// By currency, in the order of the days from which they are valid.
    var exchangeRates: [CurrencyCode: [DatedRate]] = [:]
    var reportingRates: [CurrencyCode: [DatedRate]] = [:]
    var fixedRates: [ContractCurrency: ExchangeRate] = [:]
    /// In the order of time, without overlaps.
    var fiscalPeriods: [FiscalPeriod] = []
    var salesTaxCodes: [String: DatedSalesTaxCode] = [:]
    /// The codes of each group, in order.
    var salesTaxGroups: [String: [String]] = [:]
    var itemSalesTaxGroups: [String: Set<String>] = [:]
    var salesTaxGroupDefaults: [SetupRelation: [String: String]] = [:]
    /// By the label of the billing type; nil is Not specified.
    var lineProperties: [BillingType?: LineProperty] = [:]
    var categories: [String: ProjectCategory] = [:]
    /// The item sales tax group of each released product.
    var releasedProducts: [String: String] = [:]
    var defaultCategories: [TransactionClass: String] = [:]
    /// The group of each project that is in one.
    var projectGroups: [String: String] = [:]
    var accountingProfiles: [SetupRelation: [String: AccountingProfiles]] = [:]
    var postingAccounts: [PostingType: [SetupRelation: [String: String]]] = [:]
    /// By the company that borrows of this one.
    var intercompanyRelations: [Company: IntercompanyRelation] = [:]
    /// Of every company that is configured.
    var accountingCurrencies: [Company: CurrencyCode] = [:]
    var paymentTermDays: [String: Int] = [:]

    /// A company without any rules; they are added by whoever makes it.
    init(
        company: Company, accountingCurrency: CurrencyCode, accountingCurrencyPrecision: Int, version: Int,
        parameters: ProjectParameters
    ) {
        self.company = company
        self.accountingCurrency = accountingCurrency
        self.accountingCurrencyPrecision = accountingCurrencyPrecision
        self.version = version
        self.parameters = parameters
    }

    /// The set-up that a company's rows say.
    init(company: SetupStore.CompanyRow, parameters: ProjectParameters, rows: SetupRows, version: Int) {
        self.init(
            company: company.id, accountingCurrency: company.accountingCurrency,
            accountingCurrencyPrecision: company.accountingCurrencyPrecision, version: version, parameters: parameters)
        reportingCurrency = company.reportingCurrency
        takeRates(rows)
        takeReportingRates(rows)
        takeFiscalPeriods(rows)
        takePaymentTerms(rows)
        takeSalesTax(rows)
        takeLineProperties(rows)
        takeCategories(rows)
        takeReleasedProducts(rows)
        takeProjectGroups(rows)
        takeAccountingProfiles(rows)
        takePostingAccounts(rows)
        takeIntercompanyRelations(rows)
    }

    /// A rate, and the day from which it is valid.
    struct DatedRate: Hashable, Sendable {
        var validFrom: CalendarDate
        var rate: ExchangeRate
    }

    struct ContractCurrency: Hashable, Sendable {
        var contract: String
        var currency: CurrencyCode
    }

    struct FiscalPeriod: Hashable, Sendable {
        var startsOn: CalendarDate
        var endsOn: CalendarDate
        var isOpen: Bool
    }
}

extension FinanceSetup {
    /// Reads a company's set-up, all of it at one moment.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/companyNotConfigured``; `DatabaseError`.
    static func load(_ connection: Connection, company: Company) throws -> FinanceSetup {
        try SetupStore(connection: connection).setup(of: company)
    }

    /// The version of all companies' set-up, which rises with every change.
    static func currentVersion(_ connection: Connection) throws -> Int {
        try SetupStore(connection: connection).version()
    }
}
