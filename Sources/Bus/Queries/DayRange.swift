public import Contracts
import Database

/// From which day to which, by whose calendar.
public struct DayRange: Hashable, Sendable {
    /// The first day; nil for the beginning.
    public var from: CalendarDate?
    /// The last day; nil for the end.
    public var to: CalendarDate?
    public var zone: DayZone

    public init(from: CalendarDate? = nil, to: CalendarDate? = nil, zone: DayZone = .utc) {
        self.from = from
        self.to = to
        self.zone = zone
    }

    /// Whether an instant is within, in SQL, by an index on it: `$1` to `$3` are the first and last day, and the name of the
    /// zone.
    static func contains(_ instant: String) -> String {
        """
        ($1::date IS NULL OR \(instant) >= $1::timestamp AT TIME ZONE $3::text)
        AND ($2::date IS NULL OR \(instant) < ($2::date + 1)::timestamp AT TIME ZONE $3::text)
        """
    }
}
