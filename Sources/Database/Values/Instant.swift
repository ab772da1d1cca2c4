public import Foundation

/// A `timestamptz`, as PostgreSQL counts it.
public struct Instant: Hashable, Comparable, Sendable {
    /// 2000-01-01T00:00:00Z is 0.
    public let microsecondsSince2000: Int64

    public init(microsecondsSince2000: Int64) {
        self.microsecondsSince2000 = microsecondsSince2000
    }

    /// The nearest microsecond.
    public init(_ date: Date) {
        let seconds = date.timeIntervalSince1970 - Self.epoch.timeIntervalSince1970
        microsecondsSince2000 = Int64((seconds * 1_000_000).rounded())
    }

    public var date: Date {
        Self.epoch.addingTimeInterval(Double(microsecondsSince2000) / 1_000_000)
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.microsecondsSince2000 < right.microsecondsSince2000
    }

    private static let epoch = Date(timeIntervalSince1970: 946_684_800)
}
