import Contracts
import Database

/// A row of a set-up table: one rule of a company.
protocol SetupRow: Record {
    static var table: String { get }
    /// The key of a set-up file under which the table's rows stand.
    static var section: String { get }
    var company: Company { get }
    /// The row as a set-up file says it.
    var entry: SetupEntry { get }
}

/// A company's rows of every set-up table but companies and number sequences, as a set-up file says them or the database
/// has them. A further table is a further property here, and visited in ``visit(_:)``.
struct SetupRows: Sendable {
    var legalEntity: [LegalEntityRow] = []
    var parameters: [ProjectParametersRow] = []
    var exchangeRates: [ExchangeRateRow] = []
    var reportingExchangeRates: [ReportingExchangeRateRow] = []
    var fixedRateAgreements: [FixedRateAgreementRow] = []
    var fiscalPeriods: [FiscalPeriodRow] = []
    var salesTaxCodes: [SalesTaxCodeRow] = []
    var salesTaxRates: [SalesTaxRateRow] = []
    var salesTaxGroups: [SalesTaxGroupRow] = []
    var itemSalesTaxGroups: [ItemSalesTaxGroupRow] = []
    var salesTaxGroupDefaults: [SalesTaxGroupDefaultRow] = []
    var lineProperties: [LinePropertyRow] = []
    var projectCategories: [ProjectCategoryRow] = []
    var releasedProducts: [ReleasedProductRow] = []
    var projectGroups: [ProjectGroupRow] = []
    var accountingProfiles: [AccountingProfileRow] = []
    var postingAccounts: [PostingAccountRow] = []
    var paymentTerms: [PaymentTermsRow] = []
    var customers: [CustomerRow] = []
    var intercompanyRelations: [IntercompanyRelationRow] = []

    /// Visits the rows of each table, in the order in which the tables refer to each other.
    mutating func visit(_ visitor: inout some SetupRowVisitor) throws {
        try visitor.visit(&legalEntity)
        try visitor.visit(&parameters)
        try visitor.visit(&exchangeRates)
        try visitor.visit(&reportingExchangeRates)
        try visitor.visit(&fixedRateAgreements)
        try visitor.visit(&fiscalPeriods)
        try visitor.visit(&salesTaxCodes)
        try visitor.visit(&salesTaxRates)
        try visitor.visit(&salesTaxGroups)
        try visitor.visit(&itemSalesTaxGroups)
        try visitor.visit(&salesTaxGroupDefaults)
        try visitor.visit(&lineProperties)
        try visitor.visit(&projectCategories)
        try visitor.visit(&releasedProducts)
        try visitor.visit(&projectGroups)
        try visitor.visit(&accountingProfiles)
        try visitor.visit(&postingAccounts)
        try visitor.visit(&paymentTerms)
        try visitor.visit(&customers)
        try visitor.visit(&intercompanyRelations)
    }
}

/// What is done with the rows of every set-up table.
protocol SetupRowVisitor {
    mutating func visit<Row: SetupRow>(_ rows: inout [Row]) throws
}

extension SetupRows {
    /// All rows as a set-up file says them, section by section, and in the order of their places.
    var entries: [SetupEntry] {
        var rows = self
        var collector = EntryCollector()
        // Only a visitor that reads or writes a database throws.
        try? rows.visit(&collector)
        return collector.entries
    }

    private struct EntryCollector: SetupRowVisitor {
        var entries: [SetupEntry] = []

        mutating func visit<Row: SetupRow>(_ rows: inout [Row]) {
            entries += rows.map(\.entry).sorted { $0.place.lexicographicallyPrecedes($1.place) }
        }
    }
}
