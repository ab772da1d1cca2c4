import Database
public import YAML

/// A set-up file: companies with all their rules, as `ledgerbus finance configure` takes it.
///
/// Everything is checked when it is read, so that what is applied is whole.
public struct FinanceConfiguration: Sendable {
    /// The companies, in the file's order.
    public private(set) var companies: [Company] = []
    /// The rows of each table, in the order in which they can be written.
    var tables = ConfiguredTables()

    /// A company of the file.
    public struct Company: Hashable, Sendable {
        public let id: String
        let name: String
        let accountingCurrency: String
        let accountingCurrencyPrecision: Int
        let place: Place
        var sequences: [Sequence] = []
    }

    /// A number sequence, as it is to be at least.
    struct Sequence: Hashable, Sendable {
        let sequence: NumberSequence
        let prefix: String
        let next: Int
        let digits: Int
        let place: Place
    }

    /// Where something stands in the file.
    struct Place: Hashable, Sendable {
        let file: String
        let line: Int

        func error(_ message: String) -> YAMLError { YAMLError(file: file, line: line, message: message) }
    }

    /// Reads a set-up file's bytes, which errors call `file`.
    ///
    /// - throws: `YAMLError` with file and line, at the first thing that is wrong.
    public init(parsing bytes: [UInt8], file: String) throws(YAMLError) {
        let root = try YAML.parse(bytes, file: file)
        try root.onlyKeys(["companies"])
        for (id, node) in try root.mapping("companies").entries {
            var reader = CompanyReader(company: id, node: node, tables: tables)
            companies.append(try reader.read())
            tables = reader.tables
        }
        guard !companies.isEmpty else { throw root.error("names no company") }
    }
}

extension YAMLNode {
    var place: FinanceConfiguration.Place { FinanceConfiguration.Place(file: file, line: line) }
}

/// The rows of every set-up table but companies and number sequences.
struct ConfiguredTables: Sendable {
    enum Table: String, CaseIterable, Sendable {
        // In the order in which they refer to each other.
        case projectParameters = "project_parameters"
        case exchangeRates = "exchange_rates"
        case fixedRateAgreements = "fixed_rate_agreements"
        case fiscalPeriods = "fiscal_periods"
        case salesTaxCodes = "sales_tax_codes"
        case salesTaxGroups = "sales_tax_groups"
        case itemSalesTaxGroups = "item_sales_tax_groups"
        case salesTaxGroupDefaults = "sales_tax_group_defaults"
        case lineProperties = "line_properties"
        case projectCategories = "project_categories"
        case accountingProfiles = "accounting_profiles"
        case postingAccounts = "posting_accounts"
        case paymentTerms = "payment_terms"
        case customers

        /// The columns, in the order in which rows are written.
        var columns: [String] {
            switch self {
            case .projectParameters:
                [
                    "data_area_id", "journal_period_unit", "journal_line_limit", "set_accounting_date_to_open_period",
                    "exchange_rate_date", "sales_tax_group_method", "milestone_item_sales_tax_group",
                ]
            case .exchangeRates: ["data_area_id", "currency", "valid_from", "rate"]
            case .fixedRateAgreements: ["data_area_id", "contract_number", "currency", "rate", "reference"]
            case .fiscalPeriods: ["data_area_id", "starts_on", "ends_on", "status"]
            case .salesTaxCodes: ["data_area_id", "sales_tax_code", "name", "percentage", "included"]
            case .salesTaxGroups: ["data_area_id", "sales_tax_group", "sales_tax_code"]
            case .itemSalesTaxGroups: ["data_area_id", "item_sales_tax_group", "sales_tax_code"]
            case .salesTaxGroupDefaults: ["data_area_id", "relation", "number", "sales_tax_group"]
            case .lineProperties:
                ["data_area_id", "billing_type", "line_property_id", "name", "chargeable", "accrue_revenue"]
            case .projectCategories:
                ["data_area_id", "category_id", "transaction_class", "item_sales_tax_group", "is_default"]
            case .accountingProfiles: ["data_area_id", "relation", "number", "accrue_revenue", "on_account"]
            case .postingAccounts: ["data_area_id", "posting_type", "relation", "number", "main_account"]
            case .paymentTerms: ["data_area_id", "payment_terms", "days"]
            case .customers: ["data_area_id", "customer_account", "name", "payment_terms", "on_hold"]
            }
        }
    }

    private var rows: [Table: CopyRows] = [:]

    /// The rows of a table; none when the file names none.
    subscript(table: Table) -> CopyRows { rows[table] ?? CopyRows() }

    /// Adds a row of a company; the values are those of the table's further columns.
    mutating func append(_ table: Table, _ company: String, _ values: (any DatabaseValue)?...) {
        rows[table, default: CopyRows()].beginRow(columns: table.columns.count)
        rows[table]?.append(company)
        for value in values { rows[table]?.append(any: value) }
    }
}

extension CopyRows {
    fileprivate mutating func append(any value: (any DatabaseValue)?) {
        func open<Value: DatabaseValue>(_ value: Value) { append(value: value) }
        if let value { open(value) } else { null() }
    }
}
