import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("Journal periods (domain.md §6.10.2)")
struct JournalPeriodTests {
    @Test(
        "A period starts on the day, the month or the year of the transaction date, or is one for all",
        arguments: [
            (ProjectParameters.PeriodUnit.days, "2026-09-17" as String?), (.months, "2026-09-01"),
            (.years, "2026-01-01"),
            (.all, nil),
        ])
    func period(unit: ProjectParameters.PeriodUnit, start: String?) throws {
        #expect(unit.start(of: try day("2026-09-17"))?.description == start)
    }
}
