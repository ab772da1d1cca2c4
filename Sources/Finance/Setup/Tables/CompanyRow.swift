import Bus
import Contracts
import Database
import YAML

extension SetupStore {
    /// A company as set-up has it.
    struct CompanyRow: Record, Hashable {
        var id: Company
        var name: String
        var accountingCurrency: CurrencyCode
        var accountingCurrencyPrecision: Int
        /// Nil when the company has none.
        var reportingCurrency: ReportingCurrency?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            CompanyRow(
                id: try column("data_area_id", row?.id),
                name: try column("name", row?.name),
                accountingCurrency: try column("accounting_currency", row?.accountingCurrency),
                accountingCurrencyPrecision: try column(
                    "accounting_currency_precision", row?.accountingCurrencyPrecision, as: Int32.self),
                reportingCurrency: try column.optionalRecord(
                    "reporting_", presentIf: "currency", row?.reportingCurrency))
        }
    }
}

extension SetupStore.CompanyRow {
    static let keys =
        ["name", "accounting-currency", "accounting-currency-precision"] + ReportingCurrency.keys

    init(_ company: Company, _ node: YAMLNode) throws(YAMLError) {
        self.init(
            id: company, name: try node.string("name"),
            accountingCurrency: try node.required("accounting-currency").asCurrency(),
            accountingCurrencyPrecision: try node.optional("accounting-currency-precision")?.asInt(in: 0...4) ?? 2)
        reportingCurrency = try ReportingCurrency(node, accountingCurrency: accountingCurrency)
    }

    /// Whether amounts in the accounting or the reporting currency would mean something else.
    func changesAccounting(to new: Self) -> Bool {
        accountingCurrency != new.accountingCurrency || accountingCurrencyPrecision != new.accountingCurrencyPrecision
            || reportingCurrency != new.reportingCurrency
    }

    var entry: SetupEntry {
        .keys(
            [],
            [
                "name": .text(name), "accounting-currency": YAMLValue(accountingCurrency),
                "accounting-currency-precision": YAMLValue(accountingCurrencyPrecision),
                "reporting-currency": reportingCurrency.map { YAMLValue($0.currency) },
                "reporting-currency-precision": reportingCurrency.map { YAMLValue($0.precision) },
                "reporting-currency-from": reportingCurrency.map { YAMLValue($0.basis) },
            ])
    }
}
