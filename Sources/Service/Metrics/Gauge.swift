import Synchronization

/// A number that goes up and down. Any thread may record it at any time; nobody waits.
public final class Gauge: Sendable {
    private let bits = Atomic<UInt64>(0)

    init() {}

    public var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    public func record(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    public func record(_ value: some BinaryInteger) {
        record(Double(value))
    }
}
