import Contracts

extension ProjectParameters.PeriodUnit {
    /// The first day of the period of a transaction date, by which journals are kept apart; nil when all go into one
    /// (`domain.md` §6.10.2).
    func start(of transactionDate: CalendarDate) -> CalendarDate? {
        switch self {
        case .days: transactionDate
        case .months: transactionDate.firstOfMonth
        case .years: transactionDate.firstOfYear
        case .all: nil
        }
    }
}
