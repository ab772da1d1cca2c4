import Contracts
import Foundation
import Testing

struct CalendarDateTests {
    @Test("Every day from 1900 to 2100 comes back from its text, one after the other")
    func everyDay() throws {
        var date = try #require(CalendarDate("1900-01-01"))
        let last = try #require(CalendarDate("2100-12-31"))
        var days = 0
        while date <= last {
            let (year, month, dayOfMonth) = date.components
            if CalendarDate(year: year, month: month, dayOfMonth: dayOfMonth) != date
                || CalendarDate(date.description) != date
            {
                Issue.record("\(date) does not come back")
            }
            date = date.adding(days: 1)
            days += 1
        }
        // 201 years, of which 1904, 1908, … 2096 are leap years; 1900 and 2100 are not.
        #expect(days == 201 * 365 + 49)
    }

    @Test("Days are counted from 1970, as Foundation counts them")
    func agreesWithFoundation() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for day in stride(from: Int32(-25_000), to: 48_000, by: 97) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            let expected = calendar.dateComponents([.year, .month, .day], from: date)
            let components = CalendarDate(day: day).components
            #expect(components.year == expected.year)
            #expect(components.month == expected.month)
            #expect(components.dayOfMonth == expected.day)
        }
        #expect(CalendarDate("1970-01-01")?.day == 0)
        #expect(CalendarDate("2000-01-01")?.day == 10_957)
    }

    @Test(
        "A day that is in no calendar is refused",
        arguments: [
            "2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00",
            "0000-01-01", "2026-1-01", "2026-01-1", "26-01-01", "2026/01/01", "2026-01-01T00:00:00Z", "", "2026-01-0a",
            "-026-01-01", "２０26-01",
        ])
    func refused(_ text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test("Leap days are days", arguments: ["2000-02-29", "2024-02-29", "1904-02-29", "2096-02-29"])
    func leapDays(_ text: String) {
        #expect(CalendarDate(text)?.adding(days: 1).description.hasSuffix("-03-01") == true)
    }

    @Test("A day gives the first of its month and of its year, from the first year to the last")
    func firsts() throws {
        let date = try #require(CalendarDate("2024-11-21"))
        #expect(date.firstOfMonth.description == "2024-11-01")
        #expect(date.firstOfYear.description == "2024-01-01")
        #expect(CalendarDate("0001-01-01")?.description == "0001-01-01")
        #expect(CalendarDate("9999-12-31")?.description == "9999-12-31")
    }
}
