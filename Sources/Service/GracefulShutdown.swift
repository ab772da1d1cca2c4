/// The wish that everything come to its end in good order. Loops ask it between two pieces of work.
///
/// A ``ServiceGroup`` makes one for its services, who find it in ``current``; threads of ``runOnThread(name:stackSize:_:)`` inherit it.
public final class GracefulShutdown: Sendable {
    private struct State {
        var isRequested = false
        var callbacks: [Int: @Sendable () -> Void] = [:]
        var nextID = 0
    }

    /// The shutdown of the group that runs this code; one that nobody requests outside of any group.
    public static var current: GracefulShutdown { inherited ?? never }

    @TaskLocal static var inherited: GracefulShutdown?
    private static let never = GracefulShutdown()

    private let monitor = Monitor(State())

    public init() {}

    public var isRequested: Bool { monitor.withLock { $0.isRequested } }

    /// Requests the shutdown: wakes who waits and calls the callbacks. Later calls change nothing.
    public func request() {
        let callbacks = monitor.withLock { state in
            state.isRequested = true
            defer { state.callbacks = [:] }
            return state.callbacks.sorted { $0.key < $1.key }.map(\.value)
        }
        for callback in callbacks { callback() }
    }

    /// Blocks this thread until the shutdown is requested, or the time is up.
    ///
    /// - Returns: whether the shutdown is requested.
    @discardableResult
    public func wait(upTo timeout: Duration) -> Bool {
        monitor.wait(upTo: timeout) { $0.isRequested ? true : nil } ?? false
    }

    /// Suspends this task until the shutdown is requested, or the task is cancelled.
    public func requested() async {
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        let id = register { continuation.finish() }
        for await _ in stream {}
        monitor.withLock { state in
            if let id { state.callbacks[id] = nil }
        }
    }

    /// Calls `callback` once, on the thread that requests the shutdown; at once if that has happened.
    public func onRequest(_ callback: @escaping @Sendable () -> Void) {
        _ = register(callback)
    }

    private func register(_ callback: @escaping @Sendable () -> Void) -> Int? {
        let id: Int? = monitor.withLock { state in
            guard !state.isRequested else { return nil }
            state.nextID += 1
            state.callbacks[state.nextID] = callback
            return state.nextID
        }
        if id == nil { callback() }
        return id
    }
}
