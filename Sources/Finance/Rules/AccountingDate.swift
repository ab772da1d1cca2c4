public import Contracts

extension FinanceSetup {
    /// The day on which a transaction is booked (`domain.md` §6.10.4): the wanted one, or, when its period is closed
    /// and the parameter allows it, the first day of the next open period.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noOpenPeriod``.
    public func accountingDate(_ wanted: CalendarDate) throws(SetupGap) -> CalendarDate {
        // The first period that starts later, so that the one before it is the only one that may hold the day.
        var lower = 0
        var upper = fiscalPeriods.count
        while lower < upper {
            let middle = (lower + upper) / 2
            if fiscalPeriods[middle].startsOn <= wanted { lower = middle + 1 } else { upper = middle }
        }
        if lower > 0, fiscalPeriods[lower - 1].endsOn >= wanted, fiscalPeriods[lower - 1].isOpen { return wanted }
        guard parameters.setsAccountingDateToOpenPeriod else {
            throw SetupGap(
                .noOpenPeriod,
                "no open fiscal period for accounting date \(wanted); open the period, "
                    + "or set set-accounting-date-to-open-period")
        }
        guard let next = fiscalPeriods[lower...].first(where: \.isOpen) else {
            throw SetupGap(.noOpenPeriod, "no open period in or after accounting date \(wanted); open one")
        }
        return next.startsOn
    }
}
