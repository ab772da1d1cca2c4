import Bus
import Contracts
import YAML

/// Reads one company of a set-up file, and checks that its rules fit each other.
struct CompanyReader {
    let company: Company
    let node: YAMLNode
    var rows = SetupRows()

    /// What other rules may name.
    var salesTaxGroups: Set<String> = []
    var itemSalesTaxGroups: Set<String> = []
    var paymentTerms: Set<String> = []
    var projectGroups: Set<String> = []

    init(company: Company, node: YAMLNode) {
        self.company = company
        self.node = node
    }

    private static let sections = [
        LegalEntityRow.section, ProjectParametersRow.section, ExchangeRateRow.section,
        ReportingExchangeRateRow.section, FixedRateAgreementRow.section, FiscalPeriodRow.section,
        SalesTaxCodeRow.section, SalesTaxGroupRow.section, ItemSalesTaxGroupRow.section,
        SalesTaxGroupDefaultRow.section, LinePropertyRow.section, ProjectCategoryRow.section,
        ReleasedProductRow.section,
        ProjectGroupRow.section, AccountingProfileRow.section, PostingAccountRow.section, PaymentTermsRow.section,
        CustomerRow.section,
        IntercompanyRelationRow.section, NumberSequenceSetting.section,
    ]

    mutating func read() throws(YAMLError) -> FinanceConfiguration.Section {
        try node.onlyKeys(SetupStore.CompanyRow.keys + Self.sections)
        let row = try SetupStore.CompanyRow(company, node)
        try readLegalEntity(companyName: row.name)
        try readSalesTax()
        try readCategories()
        try readParameters()
        try readRates(accountingCurrency: row.accountingCurrency)
        try readReportingRates(row)
        try readFiscalPeriods()
        try readLineProperties()
        try readReleasedProducts()
        try readProjectGroups()
        try readAccountingProfiles()
        try readPostingAccounts()
        try readCustomers()
        try readIntercompanyRelations()
        return FinanceConfiguration.Section(row: row, sequences: try readSequences(), rows: rows, place: node.place)
    }

    /// The members of a section; none when it is not there.
    func members(_ section: String) throws(YAMLError) -> [(key: String, value: YAMLNode)] {
        try node.optionalMapping(section)?.entries ?? []
    }
}

extension CompanyReader {
    /// Two sequences of vouchers with one prefix would give out the same voucher.
    private func checkVoucherPrefixes(_ sequences: [NumberSequenceSetting]) throws(YAMLError) {
        let vouchers = sequences.filter { [.voucher, .accruedRevenueVoucher].contains($0.sequence) }
        guard vouchers.count > Set(vouchers.map(\.prefix)).count else { return }
        throw try node.required(NumberSequenceSetting.section).error(
            "gives \(NumberSequence.voucher.rawValue) and \(NumberSequence.accruedRevenueVoucher.rawValue) the same prefix: "
                + "their numbers would collide")
    }

    func readSequences() throws(YAMLError) -> [NumberSequenceSetting] {
        var sequences: [NumberSequenceSetting] = []
        for (name, value) in try members(NumberSequenceSetting.section) {
            guard let sequence = NumberSequence(rawValue: name) else {
                let known = NumberSequence.allCases.map(\.rawValue).joined(separator: ", ")
                throw value.error("is no number sequence; use one of \(known)")
            }
            try value.onlyKeys(["prefix", "next", "digits"])
            let format = NumberFormat(
                prefix: try value.string("prefix"), digits: try value.optional("digits")?.asInt(in: 1...18) ?? 6)
            let next = try value.optional("next")?.asInt(in: 1...999_999_999_999_999_999)
            guard format.text(next ?? 1).count <= NumberFormat.mostCharacters else {
                throw value.error(
                    "makes numbers of more than the \(NumberFormat.mostCharacters) characters that Finance holds")
            }
            sequences.append(
                NumberSequenceSetting(
                    company: company, sequence: sequence, prefix: format.prefix, next: next, digits: format.digits))
        }
        try checkVoucherPrefixes(sequences)
        return sequences
    }
}
