import Contracts
public import Database

extension Instant {
    /// RFC 3339 in UTC, such as `2026-11-30T08:15:00Z`.
    ///
    /// - parameter fraction: how many digits of the second's fraction it has, at most six; the rest is cut off.
    public func text(fraction: Int = 0) -> String {
        let perDay: Int64 = 86_400_000_000
        var rest = microsecondsSince2000 % perDay
        if rest < 0 { rest += perDay }
        let day = Int32(truncatingIfNeeded: (microsecondsSince2000 - rest) / perDay)
        let seconds = rest / 1_000_000
        func digits(_ value: Int64, _ count: Int) -> String { String(String(value + 10_000_000).suffix(count)) }
        let micros = fraction == 0 ? "" : "." + digits(rest % 1_000_000, 6).prefix(fraction)
        return "\(CalendarDate(day: day + 10_957))T\(digits(seconds / 3_600, 2)):\(digits(seconds / 60 % 60, 2)):"
            + "\(digits(seconds % 60, 2))\(micros)Z"
    }
}
