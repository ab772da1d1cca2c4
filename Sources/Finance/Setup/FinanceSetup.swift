import Contracts

/// The whole set-up of one company, in one value.
///
/// Every lookup is a pure function in a file of its own: `FinanceSetup+AccountingDate`, `+ExchangeRate`, …
public struct FinanceSetup: Sendable {
    /// The legal entity.
    public let company: String
    public let accountingCurrency: String
    /// Decimal places of the accounting currency.
    public let accountingCurrencyPrecision: Int
    /// Rises with every change of any company's set-up: two values of one version are the same.
    public let version: Int
    public let parameters: ProjectParameters

    /// By currency, in the order of the days from which they are valid.
    var exchangeRates: [String: [DatedRate]] = [:]
    var fixedRates: [ContractCurrency: ExchangeRate] = [:]
    /// In the order of time, without overlaps.
    var fiscalPeriods: [FiscalPeriod] = []
    var salesTaxCodes: [String: SalesTaxCode] = [:]
    /// The codes of each group, in order.
    var salesTaxGroups: [String: [String]] = [:]
    var itemSalesTaxGroups: [String: Set<String>] = [:]
    var salesTaxGroupDefaults: [SetupRelation: [String: String]] = [:]
    /// By the label of the billing type; nil is Not specified.
    var lineProperties: [BillingType?: LineProperty] = [:]
    var categories: [String: ProjectCategory] = [:]
    var defaultCategories: [TransactionClass: String] = [:]
    var accountingProfiles: [SetupRelation: [String: AccountingProfile]] = [:]
    var postingAccounts: [PostingType: [SetupRelation: [String: String]]] = [:]
    var paymentTermDays: [String: Int] = [:]

    /// A company without any rules; they are added by whoever makes it.
    init(
        company: String, accountingCurrency: String, accountingCurrencyPrecision: Int, version: Int,
        parameters: ProjectParameters
    ) {
        self.company = company
        self.accountingCurrency = accountingCurrency
        self.accountingCurrencyPrecision = accountingCurrencyPrecision
        self.version = version
        self.parameters = parameters
    }

    /// A rate, and the day from which it is valid.
    struct DatedRate: Hashable, Sendable {
        var validFrom: CalendarDate
        var rate: ExchangeRate
    }

    struct ContractCurrency: Hashable, Sendable {
        var contract: String
        var currency: String
    }

    struct FiscalPeriod: Hashable, Sendable {
        var startsOn: CalendarDate
        var endsOn: CalendarDate
        var isOpen: Bool
    }
}

/// What a rule is for. Of several that fit, the most specific one holds (`domain.md` §9.19).
enum SetupRelation: String, Hashable, Sendable, CaseIterable {
    case project
    case contract
    case customer
    case category
    case company
}

/// Finance's project management parameters.
public struct ProjectParameters: Hashable, Sendable {
    /// *Period unit on Project Operations Integration journal* (`domain.md` §6.10.2).
    public enum PeriodUnit: String, Hashable, Sendable, CaseIterable {
        case days, months, years, all
    }

    /// Which date of a journal line finds its exchange rate (`domain.md` §9.5).
    public enum ExchangeRateDate: String, Hashable, Sendable, CaseIterable {
        case accounting, document
    }

    /// Where the billing sales tax group comes from (`domain.md` §6.13).
    public enum SalesTaxGroupMethod: String, Hashable, Sendable, CaseIterable {
        case project, contract, customer
        /// Project, then contract, then customer.
        case search
    }

    public var journalPeriodUnit = PeriodUnit.months
    /// *Limit the integration journal lines per header*.
    public var journalLineLimit = 200
    /// *Automatically set accounting date to open ledger period*.
    public var setsAccountingDateToOpenPeriod = true
    public var exchangeRateDate = ExchangeRateDate.accounting
    public var salesTaxGroupMethod = SalesTaxGroupMethod.search
    /// *Fixed price milestone item sales tax group*.
    public var milestoneItemSalesTaxGroup: String?

    public init() {}
}
