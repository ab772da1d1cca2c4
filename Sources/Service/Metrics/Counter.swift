import Synchronization

/// A number that only grows. Any thread may add to it at any time; nobody waits.
public final class Counter: Sendable {
    private let total = Atomic<Int64>(0)

    public init() {}

    public var value: Int64 { total.load(ordering: .relaxed) }

    /// - Parameter amount: what is not positive adds nothing.
    public func increment(by amount: Int = 1) {
        guard amount > 0 else { return }
        total.wrappingAdd(Int64(amount), ordering: .relaxed)
    }
}
