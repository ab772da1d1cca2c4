import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("Accounting date (domain.md §6.10.4)")
struct AccountingDateTests {
    @Test(
        "A day in an open period stays; one in a closed period moves to the first day of the next open one",
        arguments: [
            ("2026-04-01", "2026-04-01"), ("2026-12-31", "2026-12-31"), ("2026-03-31", "2026-04-01"),
            ("2026-01-15", "2026-04-01"), ("2025-06-30", "2026-04-01"),
        ])
    func moves(wanted: String, booked: String) throws {
        #expect(try sampleSetup().accountingDate(try day(wanted)) == day(booked))
    }

    @Test("A closed period between open ones moves to the next, not to the first")
    func movesForwardOnly() throws {
        let setup = sampleSetup { $0.fiscalPeriods[6].isOpen = false }
        #expect(try setup.accountingDate(day("2026-07-20")) == day("2026-08-01"))
    }

    @Test("With nothing open in or after the day, there is no date")
    func nothingOpen() throws {
        let gap = #expect(throws: SetupGap.self) { try sampleSetup().accountingDate(try day("2027-01-01")) }
        #expect(gap?.code == .noOpenPeriod)
        #expect(gap?.reason.contains("no open period in or after accounting date 2027-01-01") == true)
    }

    @Test("Without the parameter a closed period is refused")
    func notAllowed() throws {
        var parameters = ProjectParameters()
        parameters.setsAccountingDateToOpenPeriod = false
        let gap = #expect(throws: SetupGap.self) {
            try sampleSetup(parameters: parameters).accountingDate(try day("2026-02-10"))
        }
        #expect(gap?.reason.contains("no open fiscal period for accounting date 2026-02-10") == true)
    }

    @Test("An invoice's date is moved to an open period by so many days as set-up allows, and no further")
    func invoiceDate() throws {
        var parameters = ProjectParameters()
        parameters.mostDaysToOpenPeriod = 10
        let setup = try sampleSetup(parameters: parameters)
        #expect(try setup.invoiceDate(day("2026-03-22")) == day("2026-04-01"))
        #expect(try setup.invoiceDate(day("2026-04-15")) == day("2026-04-15"))
        let gap = try #require(throws: SetupGap.self) { try setup.invoiceDate(day("2026-03-21")) }
        #expect(gap.code == .noOpenPeriod)
        #expect(gap.reason.contains("more than 10 days later; open the period, post it with another --invoice-date"))
    }
}
