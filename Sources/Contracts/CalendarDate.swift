/// A day of the (proleptic Gregorian) calendar, without time or time zone.
///
/// Document, accounting and invoice dates are days: they never move with a
/// user's time zone (`domain.md` §5.1, map version .16).
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let day: Int32

    public init(day: Int32) { self.day = day }

    /// The day of a year, month and day of month, or nil when there is none.
    public init?(year: Int, month: Int, dayOfMonth: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), dayOfMonth >= 1,
            dayOfMonth <= Self.daysInMonth(year: year, month: month)
        else { return nil }
        self.day = Self.day(year: year, month: month, dayOfMonth: dayOfMonth)
    }

    /// The first day of the calendar, 0001-01-01: from ever on.
    public static let first = CalendarDate(day: -719_162)

    /// Reads `YYYY-MM-DD`.
    public init?(parsing text: UnsafeRawBufferPointer) {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for index in range {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) else { return nil }
                value = value * 10 + Int(text[index] - UInt8(ascii: "0"))
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let dayOfMonth = number(8..<10) else { return nil }
        self.init(year: year, month: month, dayOfMonth: dayOfMonth)
    }

    /// Reads `YYYY-MM-DD`.
    public init?(_ text: String) {
        var copy = text
        guard let date = copy.withUTF8({ CalendarDate(parsing: UnsafeRawBufferPointer($0)) }) else { return nil }
        self = date
    }

    public var components: (year: Int, month: Int, dayOfMonth: Int) {
        let shifted = Int(day) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    public var description: String {
        let (year, month, dayOfMonth) = components
        func digits(_ value: Int, _ count: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(dayOfMonth, 2))"
    }

    public var firstOfMonth: CalendarDate { CalendarDate(day: day - Int32(components.dayOfMonth - 1)) }

    public var firstOfYear: CalendarDate {
        CalendarDate(day: Self.day(year: components.year, month: 1, dayOfMonth: 1))
    }

    public func adding(days: Int) -> CalendarDate { CalendarDate(day: day + Int32(days)) }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.day < right.day }

    private static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Howard Hinnant's civil-from-days arithmetic, the other way round.
    private static func day(year: Int, month: Int, dayOfMonth: Int) -> Int32 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayOfMonth - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }
}
