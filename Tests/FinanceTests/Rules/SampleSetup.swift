import Contracts
import Testbed
import Testing

@testable import Finance

/// A company in US dollars: the months of 2026, of which January to March are closed.
func sampleSetup(_ change: (inout FinanceSetup) throws -> Void = { _ in }, parameters: ProjectParameters = .init())
    rethrows
    -> FinanceSetup
{
    var setup = FinanceSetup(
        company: "usmf", accountingCurrency: "USD", accountingCurrencyPrecision: 2, version: 1, parameters: parameters)
    setup.fiscalPeriods = (1...12).compactMap { month in
        guard let start = CalendarDate(year: 2026, month: month, dayOfMonth: 1) else { return nil }
        let end = CalendarDate(year: 2026, month: month + 1, dayOfMonth: 1)?.adding(days: -1)
        return .init(
            startsOn: start, endsOn: end ?? start.adding(days: 30), isOpen: month > 3)
    }
    try change(&setup)
    return setup
}

func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }
