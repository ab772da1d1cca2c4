import Contracts
import Foundation
import Testing

/// Which day an instant is on, and what is no day at all (`domain.md` §9.24).
@Suite struct DayZoneTests {
    @Test(
        "Only a time zone of the IANA database is one",
        arguments: [
            ("UTC", true), ("Europe/Berlin", true), ("America/Argentina/Buenos_Aires", true), ("Asia/Kolkata", true),
            ("Etc/UTC", true), ("US/Pacific", true), ("", false), ("Berlin", false), ("Europe/Berlim", false),
            ("W. Europe Standard Time", false), ("CEST", false), ("PST", false), ("UTC+1", false), ("GMT+0100", false),
            (" Europe/Berlin", false), ("+01:00", false),
        ])
    func names(name: String, isKnown: Bool) {
        #expect((DayZone(name) != nil) == isKnown)
        if isKnown { #expect(DayZone(name)?.name == name) }
    }

    @Test(
        "An instant is on the day that its zone has at that moment, in summer time and in winter time",
        arguments: [
            ("2026-12-31T23:00:00Z", "Europe/Berlin", "2027-01-01"),
            ("2026-12-31T22:59:59Z", "Europe/Berlin", "2026-12-31"),
            ("2026-06-30T22:00:00Z", "Europe/Berlin", "2026-07-01"), ("2026-12-31T23:00:00Z", "UTC", "2026-12-31"),
            ("2027-01-01T04:59:00Z", "America/New_York", "2026-12-31"),
            ("2026-12-31T23:00Z", "Europe/Berlin", "2027-01-01"),
            ("2026-12-31T23:00:00.9999999Z", "Europe/Berlin", "2027-01-01"),
            ("2026-12-31T23:59:60Z", "UTC", "2026-12-31"),
            ("2027-01-01T00:30:00+01:00", "UTC", "2026-12-31"), ("2026-12-31T20:00:00-04:30", "UTC", "2027-01-01"),
            ("2026-12-31T20:00:00-0430", "UTC", "2027-01-01"), ("2027-01-01T00:30:00+01", "UTC", "2026-12-31"),
            // Without an offset it is in UTC, as Dataverse keeps it.
            ("2026-12-31T23:00:00", "Europe/Berlin", "2027-01-01"),
            ("2026-12-31 23:00:00", "Europe/Berlin", "2027-01-01"),
            ("2026-12-31T18:30:00z", "Asia/Kolkata", "2027-01-01"),
            ("1969-12-31T23:00:00Z", "Europe/Berlin", "1970-01-01"),
            ("1969-12-31T22:00:00Z", "Europe/Berlin", "1969-12-31"), ("2026-12-31", "America/New_York", "2026-12-31"),
        ])
    func days(text: String, zone: String, day: String) throws {
        let zone = try #require(DayZone(zone))
        #expect(try read(text, in: zone)?.description == day)
    }

    @Test(
        "What systems write for no date is none, as a day and as an instant, wherever their clocks stand",
        arguments: [
            "1900-01-01", "0001-01-01", "1900-01-01T00:00:00Z", "0001-01-01T00:00:00", "1900-01-01T00:00:00.000+02:00",
            "1899-12-31T23:00:00Z",
        ])
    func none(text: String) throws {
        #expect(try read(text, in: #require(DayZone("Europe/Berlin"))) == nil)
    }

    @Test(
        "What is neither a day nor an instant is refused, and never cut to its first ten characters",
        arguments: [
            "", "2026-13-01", "2026-02-30T00:00:00Z", "2026-12-31T", "2026-12-31T24:00:00Z", "2026-12-31T23:60:00Z",
            "2026-12-31T23", "2026-12-31T23:00:00.Z", "2026-12-31T23:00:00+", "2026-12-31T23:00:00+1",
            "2026-12-31T23:00:00Europe", "2026-12-31X23:00:00Z", "2026-12-31T23:00:00Z ", "31.12.2026",
            "/Date(1798758000000)/",
        ])
    func refused(text: String) {
        #expect(throws: CalendarDate.NotADay.self) { try read(text, in: .utc) }
    }

    @Test("Today is the zone's day")
    func today() throws {
        let (first, last) = try (#require(DayZone("Pacific/Pago_Pago")), #require(DayZone("Pacific/Kiritimati")))
        // 25 hours apart.
        #expect(first.today < last.today)
    }

    private func read(_ text: String, in zone: DayZone) throws -> CalendarDate? {
        try Array(text.utf8).withUnsafeBytes { try CalendarDate.reading($0, in: zone) }
    }
}
