import Bus
import Contracts
import YAML

extension CompanyReader {
    mutating func readRates(accountingCurrency: String) throws(YAMLError) {
        for (currency, rates) in try members("exchange-rates") {
            guard currency.isCurrency, currency != accountingCurrency else {
                throw rates.error("must be a currency other than the accounting currency \(accountingCurrency)")
            }
            for (day, rate) in try rates.asMapping().entries {
                guard let validFrom = CalendarDate(day) else { throw rate.error("must be a date such as 2026-01-01") }
                tables.append(.exchangeRates, company, currency, validFrom, try rate.asRate())
            }
        }
        var known: Set<FinanceSetup.ContractCurrency> = []
        for agreement in try node.optionalSequence("fixed-rate-agreements") ?? [] {
            try agreement.onlyKeys(["contract", "currency", "rate", "reference"])
            let contract = try agreement.string("contract")
            let currency = try agreement.required("currency").asCurrency()
            guard currency != accountingCurrency else {
                throw agreement.error("is in the accounting currency, which is always at parity")
            }
            guard known.insert(.init(contract: contract, currency: currency)).inserted else {
                throw agreement.error("is the second one for \(currency) of contract \(contract)")
            }
            tables.append(
                .fixedRateAgreements, company, contract, currency, try agreement.required("rate").asRate(),
                try agreement.optionalString("reference"))
        }
    }

    mutating func readFiscalPeriods() throws(YAMLError) {
        var periods: [(starts: CalendarDate, ends: CalendarDate, node: YAMLNode)] = []
        for period in try node.optionalSequence("fiscal-periods") ?? [] {
            try period.onlyKeys(["from", "to", "status"])
            let starts = try period.required("from").asDate()
            let ends = try period.required("to").asDate()
            guard starts <= ends else { throw period.error("ends before it starts") }
            let status = try period.string("status")
            guard status == "open" || status == "closed" else {
                throw try period.required("status").error("must be open or closed")
            }
            periods.append((starts, ends, period))
            tables.append(.fiscalPeriods, company, starts, ends, status)
        }
        periods.sort { $0.starts < $1.starts }
        for (earlier, later) in zip(periods, periods.dropFirst()) where later.starts <= earlier.ends {
            throw later.node.error("overlaps the period from \(earlier.starts) to \(earlier.ends)")
        }
    }
}
