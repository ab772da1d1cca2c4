/// A `date`, as PostgreSQL counts it.
public struct Day: Hashable, Comparable, Sendable {
    /// 2000-01-01 is 0.
    public let daysSince2000: Int32

    public init(daysSince2000: Int32) {
        self.daysSince2000 = daysSince2000
    }

    public static func < (left: Day, right: Day) -> Bool {
        left.daysSince2000 < right.daysSince2000
    }
}
