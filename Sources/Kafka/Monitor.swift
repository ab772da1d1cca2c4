import Foundation

/// State behind a lock, with a condition to wait for it to change. For dedicated threads, which may block.
final class Monitor<State>: @unchecked Sendable {
    // Safe to share: `state` is only touched with the condition's lock held.
    private var state: State
    private let condition = NSCondition()

    init(_ state: State) {
        self.state = state
    }

    /// Reads or changes the state and wakes no one.
    func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        condition.lock()
        defer { condition.unlock() }
        return try body(&state)
    }

    /// Changes the state and wakes all who wait.
    func update<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        return try body(&state)
    }

    /// Waits until `body` returns something, and returns it; nil when the time is over.
    func wait<Result>(_ timeout: Duration, _ body: (inout State) throws -> Result?) rethrows -> Result? {
        let deadline = Date(timeIntervalSinceNow: timeout / .seconds(1))
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result = try body(&state) { return result }
            if !condition.wait(until: deadline) { return try body(&state) }
        }
    }
}

extension Duration {
    /// Whole milliseconds for a C timeout, never negative (which would mean for ever), rounded up.
    var milliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let millisecond: Int64 = 1_000_000_000_000_000
        let whole = seconds.multipliedReportingOverflow(by: 1000)
        guard !whole.overflow, whole.partialValue < Int64(Int32.max) - 1001 else { return Int32.max }
        return Int32(whole.partialValue + (attoseconds + millisecond - 1) / millisecond)
    }
}
