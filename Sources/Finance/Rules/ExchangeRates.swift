public import Contracts

extension FinanceSetup {
    /// Accounting currency per 100 units of the transaction currency (`domain.md` §6.10.8, §6.13, §9.5, §9.6).
    ///
    /// A contract's fixed rate agreement comes first, and concerns the sales side alone (§9.21: not
    /// inter-organizational sales); an amount in the accounting currency is at parity.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noExchangeRate``.
    public func exchangeRate(
        of type: TransactionType, currency: CurrencyCode, contract: String?, on date: CalendarDate
    ) throws(SetupGap) -> ExchangeRate {
        if currency == accountingCurrency { return .parity }
        if type == .unbilledSales || type == .billedSales, let contract, !fixedRates.isEmpty,
            let fixed = fixedRates[ContractCurrency(contract: contract, currency: currency)]
        {
            return fixed
        }
        guard let dated = exchangeRates[currency]?.last(where: { $0.validFrom <= date }) else {
            throw SetupGap(
                .noExchangeRate,
                "no exchange rate from \(currency) to \(accountingCurrency) on \(date); add one to exchange-rates")
        }
        return dated.rate
    }

    /// The day on which a journal line's exchange rate is looked up (`domain.md` §9.5).
    public func exchangeRateDate(accounting: CalendarDate, document: CalendarDate) -> CalendarDate {
        switch parameters.exchangeRateDate {
        case .accounting: accounting
        case .document: document
        }
    }
}
