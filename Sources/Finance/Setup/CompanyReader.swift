import Bus
import Contracts
import YAML

/// Reads one company of a set-up file, and checks that its rules fit each other.
struct CompanyReader {
    let company: String
    let node: YAMLNode
    var tables: ConfiguredTables

    /// What other rules may name.
    var salesTaxGroups: Set<String> = []
    var itemSalesTaxGroups: Set<String> = []
    var paymentTerms: Set<String> = []

    init(company: String, node: YAMLNode, tables: ConfiguredTables) {
        self.company = company
        self.node = node
        self.tables = tables
    }

    private static let keys = [
        "name", "accounting-currency", "accounting-currency-precision", "parameters", "exchange-rates",
        "fixed-rate-agreements", "fiscal-periods", "sales-tax-codes", "sales-tax-groups", "item-sales-tax-groups",
        "sales-tax-group-defaults", "line-properties", "project-categories", "accounting-profiles", "posting-accounts",
        "payment-terms", "customers", "number-sequences",
    ]

    mutating func read() throws(YAMLError) -> FinanceConfiguration.Company {
        guard (1...4).contains(company.count), company == company.lowercased() else {
            throw node.error("must be a company: one to four letters or digits, in lower case")
        }
        try node.onlyKeys(Self.keys)
        let precision = try node.optional("accounting-currency-precision")?.asInt(in: 0...4) ?? 2
        var result = FinanceConfiguration.Company(
            id: company, name: try node.string("name"),
            accountingCurrency: try node.required("accounting-currency").asCurrency(),
            accountingCurrencyPrecision: precision, place: node.place)
        try readSalesTax()
        try readParameters()
        try readRates(accountingCurrency: result.accountingCurrency)
        try readFiscalPeriods()
        try readLineProperties()
        try readCategories()
        try readAccountingProfiles()
        try readPostingAccounts()
        try readCustomers()
        result.sequences = try readSequences()
        return result
    }

    private mutating func readParameters() throws(YAMLError) {
        let known = [
            "journal-period-unit", "journal-line-limit", "set-accounting-date-to-open-period", "exchange-rate-date",
            "sales-tax-group-method", "milestone-item-sales-tax-group",
        ]
        var parameters = ProjectParameters()
        if let section = try node.optionalMapping("parameters") {
            try section.onlyKeys(known)
            if let value = try section.optional("journal-period-unit") {
                parameters.journalPeriodUnit = try value.asLabel()
            }
            if let value = try section.optional("journal-line-limit") {
                parameters.journalLineLimit = try value.asInt(in: 1...1_000_000)
            }
            if let value = try section.optionalBool("set-accounting-date-to-open-period") {
                parameters.setsAccountingDateToOpenPeriod = value
            }
            if let value = try section.optional("exchange-rate-date") {
                parameters.exchangeRateDate = try value.asLabel()
            }
            if let value = try section.optional("sales-tax-group-method") {
                parameters.salesTaxGroupMethod = try value.asLabel()
            }
            if let value = try section.optional("milestone-item-sales-tax-group") {
                parameters.milestoneItemSalesTaxGroup = try value.asName(
                    in: itemSalesTaxGroups, of: "item-sales-tax-groups")
            }
        }
        tables.append(
            .projectParameters, company, parameters.journalPeriodUnit.rawValue, Int32(parameters.journalLineLimit),
            parameters.setsAccountingDateToOpenPeriod, parameters.exchangeRateDate.rawValue,
            parameters.salesTaxGroupMethod.rawValue, parameters.milestoneItemSalesTaxGroup)
    }

    /// The members of a section; none when it is not there.
    func members(_ section: String) throws(YAMLError) -> [(key: String, value: YAMLNode)] {
        try node.optionalMapping(section)?.entries ?? []
    }
}
