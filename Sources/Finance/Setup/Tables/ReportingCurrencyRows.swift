import Bus
import Contracts
import Database
import YAML

/// A company's reporting currency, in which every ledger entry has an amount besides that in the accounting currency
/// (`domain.md` §7 invariant 4, 519716).
struct ReportingCurrency: Hashable, Sendable {
    /// What amounts in the reporting currency are computed from. The sources do not say which; in Finance it is the
    /// transaction currency, which is the default.
    enum Basis: String, DatabaseLabel {
        case transaction
        /// The amount in the accounting currency, as ledgers that keep a secondary currency do.
        case accounting
    }

    var currency: CurrencyCode
    /// Decimal places of its amounts.
    var precision: Int
    var basis: Basis

    static let keys = ["reporting-currency", "reporting-currency-precision", "reporting-currency-from"]

    /// - parameter company: the company's section of a set-up file.
    /// - returns: nil when the company has none.
    init?(_ company: YAMLNode, accountingCurrency: CurrencyCode) throws(YAMLError) {
        guard let node = try company.optional(Self.keys[0]) else {
            for key in Self.keys.dropFirst() {
                guard let node = try company.optional(key) else { continue }
                throw node.error("needs a reporting-currency beside it")
            }
            return nil
        }
        currency = try node.asCurrency()
        guard currency != accountingCurrency else {
            throw node.error("is the accounting currency, in which every amount is kept anyway; leave it out")
        }
        precision = try company.optional(Self.keys[1])?.asInt(in: 0...4) ?? 2
        basis = try company.optional(Self.keys[2])?.asLabel() ?? .transaction
    }

    private init(currency: CurrencyCode, precision: Int, basis: Basis) {
        self.currency = currency
        self.precision = precision
        self.basis = basis
    }
}

extension ReportingCurrency: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ReportingCurrency(
            currency: try column("currency", row?.currency),
            precision: try column("currency_precision", row?.precision, as: Int32.self),
            basis: try column("currency_from", row?.basis))
    }
}

/// Reporting currency per 100 units of the currency that it is computed from, from a day on (`domain.md` §9.6).
struct ReportingExchangeRateRow: SetupRow {
    static let table = "reporting_exchange_rates"
    static let section = "reporting-exchange-rates"

    var company: Company
    var currency: CurrencyCode
    var validFrom: CalendarDate
    var rate: ExchangeRate

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ReportingExchangeRateRow(
            company: try column("data_area_id", row?.company),
            currency: try column("currency", row?.currency),
            validFrom: try column("valid_from", row?.validFrom),
            rate: try column("rate", row?.rate))
    }

    var entry: SetupEntry {
        .value([Self.section, currency.rawValue, validFrom.description], "rate", YAMLValue(rate))
    }
}

extension CompanyReader {
    mutating func readReportingRates(_ company: SetupStore.CompanyRow) throws(YAMLError) {
        for (code, rates) in try members(ReportingExchangeRateRow.section) {
            guard let reporting = company.reportingCurrency else {
                throw rates.error("needs a reporting-currency of the company")
            }
            guard let currency = CurrencyCode(code), currency != reporting.currency else {
                throw rates.error("must be a currency other than the reporting currency \(reporting.currency)")
            }
            guard reporting.basis == .transaction || currency == company.accountingCurrency else {
                throw rates.error(
                    "is not the accounting currency \(company.accountingCurrency), from which amounts in the reporting "
                        + "currency are computed")
            }
            for (day, rate) in try rates.asMapping().entries {
                guard let validFrom = CalendarDate(day) else { throw rate.error("must be a date such as 2026-01-01") }
                rows.reportingExchangeRates.append(
                    ReportingExchangeRateRow(
                        company: self.company, currency: currency, validFrom: validFrom, rate: try rate.asRate()))
            }
        }
    }
}

extension FinanceSetup {
    mutating func takeReportingRates(_ rows: SetupRows) {
        for row in rows.reportingExchangeRates.sorted(by: { $0.validFrom < $1.validFrom }) {
            reportingRates[row.currency, default: []].append(DatedRate(validFrom: row.validFrom, rate: row.rate))
        }
    }
}
