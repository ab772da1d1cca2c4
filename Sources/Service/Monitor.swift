import Foundation
// In a release build, the compiler finds the fields of timespec by this module alone.
import SwiftOverlayShims

/// A state with a lock, and threads that wait for it to change: a mutex and a condition variable in one.
///
/// For dedicated threads only: waiting blocks the thread.
public final class Monitor<State>: @unchecked Sendable {
    // Safe to share: `state` is only touched with `mutex` held, and the two C structures, which must not move,
    // are allocated once and live as long as the object.
    private var state: State
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    public init(_ state: sending State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
        condition = .allocate(capacity: 1)
        condition.initialize(to: pthread_cond_t())
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // A clock that is set must not prolong a wait.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Reads or changes the state, and wakes those who wait so that they look at it again.
    public func withLock<Result>(_ body: (inout State) throws -> sending Result) rethrows -> sending Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        return try body(&state)
    }

    /// Reads the state, or changes what nobody waits for, and wakes no one.
    public func peek<Result>(_ body: (inout State) throws -> sending Result) rethrows -> sending Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }

    /// Waits until `body` makes something of the state, trying again whenever the state has changed.
    ///
    /// - Parameters:
    ///   - timeout: how long to wait at most; for ever when nil.
    ///   - body: returns nil while there is nothing to be had.
    /// - Returns: what `body` made, or nil when the time is up.
    public func wait<Result>(
        upTo timeout: Duration? = nil, for body: (inout State) throws -> sending Result?
    ) rethrows -> sending Result? {
        var deadline = Self.deadline(after: timeout ?? .zero)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = try body(&state) {
                pthread_cond_broadcast(condition)
                return result
            }
            if timeout == nil {
                pthread_cond_wait(condition, mutex)
            } else if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT {
                return try body(&state)
            }
        }
    }

    private static func deadline(after timeout: Duration) -> timespec {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let (seconds, attoseconds) = timeout.components
        let nanoseconds = time.tv_nsec + Int(attoseconds / 1_000_000_000)
        // A century is for ever.
        time.tv_sec += Int(min(max(seconds, 0), 3_155_760_000)) + nanoseconds / 1_000_000_000
        time.tv_nsec = max(nanoseconds % 1_000_000_000, 0)
        return time
    }
}
