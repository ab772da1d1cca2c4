public import Contracts

extension FinanceSetup {
    /// The day on which a transaction is booked (`domain.md` §6.10.4): the wanted one, or, when its period is closed
    /// and the parameter allows it, the first day of the next open period.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noOpenPeriod``.
    public func accountingDate(_ wanted: CalendarDate) throws(SetupGap) -> CalendarDate {
        if isOpen(wanted) { return wanted }
        guard parameters.setsAccountingDateToOpenPeriod else {
            throw SetupGap(
                .noOpenPeriod,
                "no open fiscal period for accounting date \(wanted); open the period, "
                    + "or set set-accounting-date-to-open-period")
        }
        guard let next = fiscalPeriods[periodsStarted(by: wanted)...].first(where: \.isOpen) else {
            throw SetupGap(.noOpenPeriod, "no open period in or after accounting date \(wanted); open one")
        }
        return next.startsOn
    }

    /// Whether a day lies in an open period.
    func isOpen(_ date: CalendarDate) -> Bool {
        let started = periodsStarted(by: date)
        guard started > 0 else { return false }
        let period = fiscalPeriods[started - 1]
        return period.endsOn >= date && period.isOpen
    }

    /// How many periods have started on a day: the last of them is the only one that may hold it.
    private func periodsStarted(by date: CalendarDate) -> Int {
        var lower = 0
        var upper = fiscalPeriods.count
        while lower < upper {
            let middle = (lower + upper) / 2
            if fiscalPeriods[middle].startsOn <= date { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }

    /// The date of an invoice that is posted: the wanted one, or, when its period is closed, the first day of the next open
    /// period, if that is not further away than the parameters allow.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noOpenPeriod``.
    func invoiceDate(_ wanted: CalendarDate) throws(SetupGap) -> CalendarDate {
        let date = try accountingDate(wanted)
        guard date.day - wanted.day <= parameters.mostDaysToOpenPeriod else {
            throw SetupGap(
                .noOpenPeriod,
                "the invoice date \(wanted) is in a closed period, and the next open one starts on \(date), more than "
                    + "\(parameters.mostDaysToOpenPeriod) days later; open the period, post it with another "
                    + "--invoice-date, or raise most-days-to-open-period")
        }
        return date
    }
}
