// How days are written by the systems around the bus (`domain.md` §9.24).

extension CalendarDate {
    /// Whether the day stands for no date: 1900-01-01, as Finance writes it, and 0001-01-01.
    public var meansNone: Bool { self == Self.noneOfFinance || self == Self.noneOfDotNet }

    private static let noneOfFinance = CalendarDate(day: -25_567)
    private static let noneOfDotNet = CalendarDate(day: -719_162)

    /// Reads a day, `2026-12-31`, or an instant, `2026-12-31T23:00:00.5+01:00`, whose day is that of the zone. An instant
    /// without an offset is in UTC, as Dataverse keeps it.
    ///
    /// - returns: nil when the text says that there is no date.
    /// - throws: ``NotADay`` when it is neither.
    public static func reading(
        _ text: UnsafeRawBufferPointer, in zone: DayZone
    ) throws(NotADay) -> CalendarDate? {
        if let day = CalendarDate(parsing: text) { return day.meansNone ? nil : day }
        guard text.count > 10, let written = CalendarDate(parsing: .init(rebasing: text.prefix(10))),
            var time = TimeOfDay(parsing: .init(rebasing: text.dropFirst(10)))
        else { throw NotADay() }
        // A system that keeps local times may have moved its "none" by its offset.
        if written.meansNone { return nil }
        time.seconds += Int64(written.day) * 86_400
        let day = zone.day(atSecondsSince1970: time.seconds)
        return day.meansNone ? nil : day
    }

    /// Why a text is no day.
    public struct NotADay: Error {}
}

/// The time of an instant, less its offset.
private struct TimeOfDay {
    /// Since midnight in UTC of the day that is written; a fraction of a second changes no day.
    var seconds: Int64

    /// Reads `T23:00`, `T23:00:00`, `T23:00:00.123`, each with `Z`, an offset, or nothing.
    init?(parsing text: UnsafeRawBufferPointer) {
        var rest = text[...]
        func take(_ accepted: String) -> UInt8? {
            guard let first = rest.first, accepted.utf8.contains(first) else { return nil }
            return rest.removeFirst()
        }
        func number(below limit: Int64) -> Int64? {
            guard let tens = take("0123456789"), let ones = take("0123456789") else { return nil }
            let number = Int64(tens - 48) * 10 + Int64(ones - 48)
            return number < limit ? number : nil
        }
        guard take("Tt ") != nil, let hours = number(below: 24), take(":") != nil, let minutes = number(below: 60)
        else { return nil }
        seconds = hours * 3_600 + minutes * 60
        if take(":") != nil {
            // A leap second is still on its day.
            guard let second = number(below: 61) else { return nil }
            seconds += min(second, 59)
            if take(".,") != nil {
                guard take("0123456789") != nil else { return nil }
                while take("0123456789") != nil {}
            }
        }
        if let sign = take("+-") {
            guard let hours = number(below: 24) else { return nil }
            var minutes: Int64 = 0
            if !rest.isEmpty {
                _ = take(":")
                guard let given = number(below: 60) else { return nil }
                minutes = given
            }
            let offset = hours * 3_600 + minutes * 60
            seconds += sign == UInt8(ascii: "-") ? offset : -offset
        } else {
            _ = take("Zz")
        }
        guard rest.isEmpty else { return nil }
    }
}
