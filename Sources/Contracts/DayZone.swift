import Foundation

/// The time zone whose days count on one side: it says which day an instant is on, and which day it is today
/// (`domain.md` §9.24).
public struct DayZone: Hashable, Sendable, CustomStringConvertible {
    /// The IANA name.
    public let name: String
    private let zone: TimeZone

    public static let utc = DayZone(name: "UTC", zone: .gmt)

    /// The zone of an IANA name, such as `Europe/Berlin`; nil when there is none of this name. An abbreviation or a bare
    /// offset is none: it knows no summer time.
    public init?(_ name: String) {
        if name == Self.utc.name {
            self = .utc
            return
        }
        guard let zone = TimeZone(identifier: name), TimeZone.abbreviationDictionary[name] == nil,
            name.contains("/") || zone.identifier == name && !name.hasPrefix("GMT")
        else { return nil }
        self.init(name: name, zone: zone)
    }

    private init(name: String, zone: TimeZone) {
        self.name = name
        self.zone = zone
    }

    /// What a name has to be.
    public static let expected = "an IANA time zone such as Europe/Berlin or UTC"

    /// The day on which an instant is.
    ///
    /// - parameter seconds: since 1970-01-01T00:00:00Z, without leap seconds.
    public func day(atSecondsSince1970 seconds: Int64) -> CalendarDate {
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        let local = seconds + Int64(offset)
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        return CalendarDate(day: Int32(clamping: day))
    }

    /// The present day.
    public var today: CalendarDate {
        day(atSecondsSince1970: Int64(Date().timeIntervalSince1970.rounded(.down)))
    }

    public var description: String { name }
}
