/// Hands elements from threads to threads, and makes the faster side wait.
///
/// For dedicated threads only: pushing to a full queue and popping from an empty one block the thread.
public final class BoundedQueue<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var head = 0
        var isClosed = false
        var failure: (any Error)?

        var count: Int { elements.count - head }

        mutating func removeFirst() -> Element {
            let element = elements[head]
            head += 1
            if head == elements.count || head >= 64 {
                elements.removeFirst(head)
                head = 0
            }
            return element
        }
    }

    /// How many elements fit.
    public let capacity: Int

    private let monitor = Monitor(State())

    public init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    /// How many elements are waiting.
    public var count: Int { monitor.withLock { $0.count } }

    /// Whether nothing will come any more: closed and empty, or failed.
    public var isFinished: Bool { monitor.withLock { $0.failure != nil || ($0.isClosed && $0.count == 0) } }

    /// Adds an element, waiting for room.
    ///
    /// - Parameter timeout: how long to wait at most; for ever when nil.
    /// - Returns: false when the time was up, and the element not added.
    /// - Throws: ``QueueClosed``, or the error of ``fail(_:)``.
    @discardableResult
    public func push(_ element: Element, timeout: Duration? = nil) throws -> Bool {
        let added: Bool? = try monitor.wait(upTo: timeout) { state in
            if let failure = state.failure { throw failure }
            guard !state.isClosed else { throw QueueClosed() }
            guard state.count < capacity else { return nil }
            state.elements.append(element)
            return true
        }
        return added ?? false
    }

    /// Takes the oldest element, waiting for one.
    ///
    /// - Parameter timeout: how long to wait at most; for ever when nil.
    /// - Returns: nil when the queue is closed and empty, or the time was up; ``isFinished`` tells which.
    /// - Throws: the error of ``fail(_:)``, at once.
    public func pop(timeout: Duration? = nil) throws -> Element? {
        let popped: Element?? = try monitor.wait(upTo: timeout) { state -> Element?? in
            if let failure = state.failure { throw failure }
            if state.count > 0 { return .some(state.removeFirst()) }
            return state.isClosed ? .some(nil) : nil
        }
        return popped ?? nil
    }

    /// Ends the queue: what is in it can still be taken, nothing more can be added. Wakes everybody.
    public func close() {
        monitor.withLock { $0.isClosed = true }
    }

    /// Ends the queue with an error that both sides get from now on; what was in it is dropped. The first error counts.
    public func fail(_ error: any Error) {
        monitor.withLock { state in
            guard state.failure == nil else { return }
            state.failure = error
            state.elements = []
            state.head = 0
        }
    }
}

/// The queue takes nothing any more.
public struct QueueClosed: Error, CustomStringConvertible, Sendable {
    public var description: String { "The queue is closed." }
}
