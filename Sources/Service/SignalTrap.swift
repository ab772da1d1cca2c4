import Foundation
import Synchronization

/// A signal that Unix sends to a process.
public struct UnixSignal: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Please end (`kill`, `docker stop`, systemd).
    public static let sigterm = UnixSignal(rawValue: SIGTERM)
    /// Ctrl-C.
    public static let sigint = UnixSignal(rawValue: SIGINT)
    public static let sighup = UnixSignal(rawValue: SIGHUP)
    public static let sigusr1 = UnixSignal(rawValue: SIGUSR1)
    public static let sigusr2 = UnixSignal(rawValue: SIGUSR2)

    public var description: String {
        switch self {
        case .sigterm: "SIGTERM"
        case .sigint: "SIGINT"
        case .sighup: "SIGHUP"
        case .sigusr1: "SIGUSR1"
        case .sigusr2: "SIGUSR2"
        default: "signal \(rawValue)"
        }
    }
}

/// Calls a closure for each signal, on a thread of its own, instead of what the signal would do.
///
/// When the trap is cancelled or goes away, the signals do again what they did before.
public final class SignalTrap: Sendable {
    private let id: Int

    /// - Parameters:
    ///   - signals: which to catch.
    ///   - handler: called for each, one at a time; must not block long, or later signals wait.
    public init(_ signals: [UnixSignal], _ handler: @escaping @Sendable (UnixSignal) -> Void) {
        id = SignalDispatcher.shared.add(signals, handler)
    }

    /// A trap for commands: the first Ctrl-C or SIGTERM requests the shutdown, a second Ctrl-C leaves at once with code 130.
    public convenience init(requesting shutdown: GracefulShutdown, on signals: [UnixSignal] = [.sigterm, .sigint]) {
        self.init(signals) { signal in
            if signal == .sigint, shutdown.isRequested { _exit(130) }
            shutdown.request()
        }
    }

    deinit {
        cancel()
    }

    /// Ends the trap.
    public func cancel() {
        SignalDispatcher.shared.remove(id)
    }
}

/// The write end of the pipe through which signal handlers report; a handler may do little more than `write`.
private let signalPipe = Atomic<Int32>(-1)

/// Who wants which signals, and the thread that tells them.
private final class SignalDispatcher: Sendable {
    struct Listener {
        var id: Int
        var signals: Set<UnixSignal>
        var handler: @Sendable (UnixSignal) -> Void
    }

    struct State {
        var listeners: [Listener] = []
        var nextID = 0
        var previous: [UnixSignal: sigaction] = [:]
        var isStarted = false
    }

    static let shared = SignalDispatcher()

    private let state = Mutex(State())

    func add(_ signals: [UnixSignal], _ handler: @escaping @Sendable (UnixSignal) -> Void) -> Int {
        state.withLock { state in
            if !state.isStarted {
                state.isStarted = start()
            }
            state.nextID += 1
            state.listeners.append(Listener(id: state.nextID, signals: Set(signals), handler: handler))
            for signal in signals where state.previous[signal] == nil {
                var action = sigaction()
                action.__sigaction_handler.sa_handler = { number in
                    let saved = errno
                    var byte = UInt8(truncatingIfNeeded: number)
                    write(signalPipe.load(ordering: .relaxed), &byte, 1)
                    errno = saved
                }
                action.sa_flags = SA_RESTART
                var previous = sigaction()
                sigaction(signal.rawValue, &action, &previous)
                state.previous[signal] = previous
            }
            return state.nextID
        }
    }

    func remove(_ id: Int) {
        state.withLock { state in
            state.listeners.removeAll { $0.id == id }
            for (signal, previous) in state.previous
            where !state.listeners.contains(where: { $0.signals.contains(signal) }) {
                var previous = previous
                sigaction(signal.rawValue, &previous, nil)
                state.previous[signal] = nil
            }
        }
    }

    private func start() -> Bool {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return false }
        let readEnd = ends[0]
        // Children must not inherit them; a handler must never block.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        signalPipe.store(ends[1], ordering: .relaxed)
        let thread = Thread { [self] in
            // Whoever started this program may have blocked signals, which its children inherit. Here they arrive.
            var all = sigset_t()
            sigfillset(&all)
            pthread_sigmask(SIG_UNBLOCK, &all, nil)
            var byte: UInt8 = 0
            while true {
                let count = read(readEnd, &byte, 1)
                if count == 1 { deliver(UnixSignal(rawValue: Int32(byte))) }
                if count < 0, errno != EINTR { return }
            }
        }
        thread.name = "signals"
        thread.start()
        return true
    }

    private func deliver(_ signal: UnixSignal) {
        let handlers = state.withLock { $0.listeners.filter { $0.signals.contains(signal) }.map(\.handler) }
        for handler in handlers { handler(signal) }
    }
}
