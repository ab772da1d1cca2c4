import Foundation
import Synchronization

/// A closure that runs on a thread of its own.
final class OtherThread: Sendable {
    private let failure = Mutex<(any Error)?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () throws -> Void) {
        Thread.detachNewThread {
            do {
                try body()
            } catch {
                self.failure.withLock { $0 = error }
            }
            self.isDone.signal()
        }
    }

    /// Waits for its end, and throws what it threw.
    func join() throws {
        isDone.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
