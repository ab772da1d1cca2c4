import Bus
import Contracts
import YAML

/// Reads one company of a set-up file, and checks that its rules fit each other.
struct CompanyReader {
    let company: Company
    let node: YAMLNode
    var rows: SetupRows

    /// What other rules may name.
    var salesTaxGroups: Set<String> = []
    var itemSalesTaxGroups: Set<String> = []
    var paymentTerms: Set<String> = []

    init(company: Company, node: YAMLNode, rows: SetupRows) {
        self.company = company
        self.node = node
        self.rows = rows
    }

    private static let keys = [
        "name", "accounting-currency", "accounting-currency-precision", "parameters", "exchange-rates",
        "fixed-rate-agreements", "fiscal-periods", "sales-tax-codes", "sales-tax-groups", "item-sales-tax-groups",
        "sales-tax-group-defaults", "line-properties", "project-categories", "accounting-profiles", "posting-accounts",
        "payment-terms", "customers", "number-sequences",
    ]

    mutating func read() throws(YAMLError) -> FinanceConfiguration.Section {
        try node.onlyKeys(Self.keys)
        let precision = try node.optional("accounting-currency-precision")?.asInt(in: 0...4) ?? 2
        var result = FinanceConfiguration.Section(
            company: company, name: try node.string("name"),
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

    /// The members of a section; none when it is not there.
    func members(_ section: String) throws(YAMLError) -> [(key: String, value: YAMLNode)] {
        try node.optionalMapping(section)?.entries ?? []
    }
}

extension CompanyReader {
    func readSequences() throws(YAMLError) -> [NumberSequenceStore.Row] {
        var sequences: [NumberSequenceStore.Row] = []
        for (name, value) in try members("number-sequences") {
            guard let sequence = NumberSequence(rawValue: name) else {
                let known = NumberSequence.allCases.map(\.rawValue).joined(separator: ", ")
                throw value.error("is no number sequence; use one of \(known)")
            }
            try value.onlyKeys(["prefix", "next", "digits"])
            let digits = try value.optional("digits")?.asInt(in: 1...18) ?? 6
            let prefix = try value.string("prefix")
            guard prefix.count + digits <= NumberFormat.mostCharacters else {
                throw value.error(
                    "makes numbers of more than the \(NumberFormat.mostCharacters) characters that Finance holds")
            }
            sequences.append(
                NumberSequenceStore.Row(
                    company: company, sequence: sequence, prefix: prefix,
                    next: try value.optional("next")?.asInt(in: 1...Int.max) ?? 1, digits: digits))
        }
        return sequences
    }
}
