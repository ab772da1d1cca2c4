public import Contracts

/// The rates at which a document is posted (`domain.md` §9.6).
struct PostingRates: Hashable, Sendable {
    /// Accounting currency per 100 units of the transaction currency.
    var accounting: ExchangeRate
    /// Reporting currency per 100 units of the currency that it is computed from; nil when the company has none.
    var reporting: ExchangeRate?
}

extension FinanceSetup {
    /// The rates of a document, to the accounting and to the reporting currency, by one date.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noExchangeRate``.
    func postingRates(
        of type: TransactionType, currency: CurrencyCode, contract: String?, on date: CalendarDate
    ) throws(SetupGap) -> PostingRates {
        PostingRates(
            accounting: try exchangeRate(of: type, currency: currency, contract: contract, on: date),
            reporting: try reportingRate(currency: currency, on: date))
    }

    /// Reporting currency per 100 units of the currency that it is computed from, by the ledger's own rates: a contract's
    /// fixed rate agreement is about the accounting currency (`domain.md` §6.13, §7 invariant 4).
    ///
    /// - returns: nil when the company has no reporting currency.
    /// - throws: ``SetupGap`` with the code ``FailureCode/noExchangeRate``.
    func reportingRate(currency: CurrencyCode, on date: CalendarDate) throws(SetupGap) -> ExchangeRate? {
        guard let reporting = reportingCurrency else { return nil }
        let source = reporting.basis == .transaction ? currency : accountingCurrency
        if source == reporting.currency { return .parity }
        guard let dated = reportingRates[source]?.last(where: { $0.validFrom <= date }) else {
            throw SetupGap(
                .noExchangeRate,
                "no exchange rate from \(source) to the reporting currency \(reporting.currency) on \(date); add one to "
                    + "reporting-exchange-rates")
        }
        return dated.rate
    }

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
