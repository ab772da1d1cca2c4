import Synchronization

/// How many observations were at most so large, and their sum.
///
/// Observe what happens once a batch, not once a row; of rows, sum up a ``Tally`` first.
public final class Histogram: Sendable {
    /// Observations that are added at once.
    public struct Tally: Sendable {
        let bounds: [Double]
        /// One more than ``bounds``: the last is of those that are larger than all.
        fileprivate(set) var counts: [Int64]
        fileprivate(set) var sum = 0.0

        init(bounds: [Double]) {
            self.bounds = bounds
            counts = Array(repeating: 0, count: bounds.count + 1)
        }

        public var count: Int64 { counts.reduce(0, +) }

        /// - Parameter value: in the metric's unit; what is no number is left out.
        public mutating func record(_ value: Double, times: Int64 = 1) {
            guard value.isFinite else { return }
            counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += times
            sum += value * Double(times)
        }
    }

    private let state: Mutex<Tally>

    init(bounds: [Double]) {
        state = Mutex(Tally(bounds: bounds))
    }

    /// What was observed so far.
    public var tally: Tally { state.withLock { $0 } }

    /// An empty tally with this histogram's bounds.
    public func makeTally() -> Tally { Tally(bounds: state.withLock { $0.bounds }) }

    public func record(_ value: Double) {
        state.withLock { $0.record(value) }
    }

    /// In seconds.
    public func record(_ duration: Duration) {
        record(duration.inSeconds)
    }

    /// - Parameter tally: of ``makeTally()``.
    public func record(_ tally: Tally) {
        state.withLock { state in
            for (index, count) in tally.counts.enumerated() { state.counts[index] += count }
            state.sum += tally.sum
        }
    }
}

extension Duration {
    /// As a number of seconds, with what is less than one of them.
    public var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
