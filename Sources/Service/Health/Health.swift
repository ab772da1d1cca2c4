import Synchronization

/// How a process is, from all of its parts: whether it does its work, and whether its loops turn.
///
/// It is not ready until ``started()``, while any part reports an obstacle, and once it is ``stopping()``.
public final class Health: Sendable {
    private struct State {
        var phase: Phase = .starting
        var obstacles: [String: String] = [:]
        var heartbeats: [Heartbeat] = []
    }

    private enum Phase { case starting, running, stopping }

    private let state = Mutex(State())
    private let now: @Sendable () -> ContinuousClock.Instant

    public init() {
        now = { .now }
    }

    /// - Parameter now: tells the time; for tests.
    public init(now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.now = now
    }

    /// What it needs at the start is there.
    public func started() {
        state.withLock { if $0.phase == .starting { $0.phase = .running } }
    }

    /// It ends its work.
    public func stopping() {
        state.withLock { $0.phase = .stopping }
    }

    /// Says what keeps a part from its work; nil when nothing does.
    public func report(_ part: String, _ obstacle: String?) {
        state.withLock { $0.obstacles[part] = obstacle }
    }

    /// Why the process is not ready, each with the part that says so; empty when it is.
    public var obstacles: [String] {
        state.withLock { state in
            var reasons: [String] = []
            switch state.phase {
            case .starting: if state.obstacles.isEmpty { reasons = ["it is starting"] }
            case .running: break
            case .stopping: reasons = ["it is stopping"]
            }
            return reasons + state.obstacles.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        }
    }

    public var isReady: Bool { obstacles.isEmpty }

    var isStopping: Bool { state.withLock { $0.phase == .stopping } }

    /// A loop that turns, whatever happens outside: if it does not for so long, only a new process helps.
    public func heartbeat(_ name: String, allowing silence: Duration = .seconds(60)) -> Heartbeat {
        let heartbeat = Heartbeat(name: name, allowing: silence, now: now)
        state.withLock { $0.heartbeats.append(heartbeat) }
        return heartbeat
    }

    /// The loops that do not turn, each with since when; empty when all do.
    public var standingStill: [String] {
        state.withLock { $0.heartbeats }.compactMap { heartbeat in
            let silence = heartbeat.silence
            guard silence > heartbeat.allowed else { return nil }
            return "\(heartbeat.name) has not turned for \(silence.readable)"
        }
    }

    public var isLive: Bool { standingStill.isEmpty }
}

/// A loop's sign that it turns.
public final class Heartbeat: Sendable {
    let name: String
    let allowed: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    /// When it beat last; nil while the loop does not run.
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    init(name: String, allowing silence: Duration, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.name = name
        self.allowed = silence
        self.now = now
    }

    /// The loop turns.
    public func beat() {
        let time = now()
        last.withLock { $0 = time }
    }

    /// The loop has ended, and is not missed.
    public func end() { last.withLock { $0 = nil } }

    /// For how long it has not beaten; nothing while its loop does not run.
    var silence: Duration { last.withLock { $0 }.map { now() - $0 } ?? .zero }
}
