import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("Which journal a line goes into (domain.md §6.10.2, §6.10.3)")
struct JournalSharesTests {
    private func lines(_ dates: String...) throws -> [JournalLineDraft] {
        let setup = sampleSetup {
            $0.lineProperties = LinePropertyTests.setup.lineProperties
            $0.categories = LinePropertyTests.setup.categories
        }
        return try dates.enumerated().map { index, date in
            let transactionDate = try day(date)
            return try JournalLineDraft(
                actual(index, .unbilledSales) {
                    $0.documentDate = transactionDate
                    $0.accountingDate = transactionDate
                }, setup: setup)
        }
    }

    private func parameters(_ unit: ProjectParameters.PeriodUnit, limit: Int = 200) -> ProjectParameters {
        var parameters = ProjectParameters()
        parameters.journalPeriodUnit = unit
        parameters.journalLineLimit = limit
        return parameters
    }

    @Test(
        "Days, months, years: a journal each; all: one",
        arguments: [
            (ProjectParameters.PeriodUnit.days, ["2026-04-30", "2026-05-01", "2026-05-02"]),
            (.months, ["2026-04-01", "2026-05-01"]), (.years, ["2026-01-01"]), (.all, [""]),
        ])
    func periods(unit: ProjectParameters.PeriodUnit, starts: [String]) throws {
        let lines = try lines("2026-05-02", "2026-04-30", "2026-05-01")
        #expect(parameters(unit).periods(of: lines).map { $0.start?.description ?? "" } == starts)
    }

    @Test("A draft is filled up first, then new journals of as many lines as one may have")
    func limit() throws {
        let lines = try lines("2026-05-01", "2026-05-01", "2026-05-01", "2026-05-01", "2026-05-01")
        let draft = JournalShare.Draft(number: "J-1", lineCount: 2)
        let shares = parameters(.months, limit: 3).shares(of: lines, period: nil, draft: draft)
        #expect(shares.map(\.draft) == [draft, nil, nil])
        #expect(shares.map(\.lines.count) == [1, 3, 1])
        #expect(shares.flatMap(\.lines) == lines)
    }

    @Test("A draft that is full takes nothing; without one a new journal is made")
    func full() throws {
        let lines = try lines("2026-05-01")
        let full = JournalShare.Draft(number: "J-1", lineCount: 3)
        for draft in [full, nil] {
            let shares = parameters(.months, limit: 3).shares(of: lines, period: nil, draft: draft)
            #expect(shares.map(\.draft) == [nil] && shares.map(\.lines.count) == [1])
        }
    }
}
