/// A UUID as two integers: cheap to compare, to hash and to carry by the million.
public struct UUIDBytes: Hashable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}
