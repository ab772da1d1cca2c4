import Bus
import Contracts
import Database
import YAML

/// Accounting currency per 100 units of the transaction currency, from a day on (`domain.md` §9.6).
struct ExchangeRateRow: SetupRow {
    static let table = "exchange_rates"
    static let section = "exchange-rates"

    var company: Company
    var currency: CurrencyCode
    var validFrom: CalendarDate
    var rate: ExchangeRate

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ExchangeRateRow(
            company: try column("data_area_id", row?.company),
            currency: try column("currency", row?.currency),
            validFrom: try column("valid_from", row?.validFrom),
            rate: try column("rate", row?.rate))
    }

    var entry: SetupEntry {
        .value([Self.section, currency.rawValue, validFrom.description], "rate", YAMLValue(rate))
    }
}

/// The rate that a contract has agreed on for its sales.
struct FixedRateAgreementRow: SetupRow {
    static let table = "fixed_rate_agreements"
    static let section = "fixed-rate-agreements"

    var company: Company
    var contractNumber: String
    var currency: CurrencyCode
    var rate: ExchangeRate
    var reference: String?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        FixedRateAgreementRow(
            company: try column("data_area_id", row?.company),
            contractNumber: try column("contract_number", row?.contractNumber),
            currency: try column("currency", row?.currency),
            rate: try column("rate", row?.rate),
            reference: try column("reference", row?.reference))
    }

    var entry: SetupEntry {
        .item(
            [Self.section], key: "\(contractNumber) \(currency)",
            [
                "contract": .text(contractNumber), "currency": YAMLValue(currency), "rate": YAMLValue(rate),
                "reference": .text(orNil: reference),
            ])
    }
}

extension CompanyReader {
    mutating func readRates(accountingCurrency: CurrencyCode) throws(YAMLError) {
        for (code, rates) in try members(ExchangeRateRow.section) {
            guard let currency = CurrencyCode(code), currency != accountingCurrency else {
                throw rates.error("must be a currency other than the accounting currency \(accountingCurrency)")
            }
            for (day, rate) in try rates.asMapping().entries {
                guard let validFrom = CalendarDate(day) else { throw rate.error("must be a date such as 2026-01-01") }
                rows.exchangeRates.append(
                    ExchangeRateRow(
                        company: company, currency: currency, validFrom: validFrom, rate: try rate.asRate()))
            }
        }
        var known: Set<FinanceSetup.ContractCurrency> = []
        for agreement in try node.optionalSequence(FixedRateAgreementRow.section) ?? [] {
            try agreement.onlyKeys(["contract", "currency", "rate", "reference"])
            let row = FixedRateAgreementRow(
                company: company, contractNumber: try agreement.string("contract"),
                currency: try agreement.required("currency").asCurrency(),
                rate: try agreement.required("rate").asRate(), reference: try agreement.optionalString("reference"))
            guard row.currency != accountingCurrency else {
                throw agreement.error("is in the accounting currency, which is always at parity")
            }
            guard known.insert(.init(contract: row.contractNumber, currency: row.currency)).inserted else {
                throw agreement.error("is the second one for \(row.currency) of contract \(row.contractNumber)")
            }
            rows.fixedRateAgreements.append(row)
        }
    }
}

extension FinanceSetup {
    mutating func takeRates(_ rows: SetupRows) {
        for row in rows.exchangeRates.sorted(by: { $0.validFrom < $1.validFrom }) {
            exchangeRates[row.currency, default: []].append(DatedRate(validFrom: row.validFrom, rate: row.rate))
        }
        for row in rows.fixedRateAgreements {
            fixedRates[ContractCurrency(contract: row.contractNumber, currency: row.currency)] = row.rate
        }
    }
}
