import Foundation
import Synchronization

/// Tells the log and the supervisor how a process is, whenever that changes, and that it lives.
public final class HealthReporter: Sendable {
    private struct State {
        /// What was told last; nil before anything was.
        var obstacles: [String]?
        var hasStarted = false
        /// It was told how it is since it has started.
        var isKnown = false
        /// When the next sign of life is due; nil before the first.
        var nextSign: ContinuousClock.Instant?
    }

    private let health: Health
    private let notice: SupervisorNotice?
    private let logger: Logger
    private let ended = GracefulShutdown()
    private let state = Mutex(State())

    private static let interval = Duration.seconds(1)
    /// How much longer than it has now the supervisor lets a start take.
    private static let longerStart = Duration.seconds(60)
    private static let signs = Duration.seconds(15)

    /// - Parameter notice: how the supervisor is told; nil when there is none.
    public init(_ health: Health, notice: SupervisorNotice?, logger: Logger) {
        self.health = health
        self.notice = notice
        self.logger = logger
    }

    /// Begins, on a thread of its own.
    public func start() {
        _ = WorkerThread(name: "health reporter") { [self] in
            repeat { turn(at: .now) } while !ended.wait(upTo: Self.interval)
        }
    }

    /// What the process needs is there: it works from now on.
    public func started() {
        health.started()
        state.withLock { $0.hasStarted = true }
        notice?.ready()
        turn(at: .now)
    }

    /// The process ends its work.
    public func stopping() {
        health.stopping()
        notice?.stopping()
    }

    public func stop() { ended.request() }

    /// Tells what is new.
    func turn(at now: ContinuousClock.Instant) {
        let obstacles = health.obstacles
        let (before, hasStarted, isKnown, isDue) = state.withLock { state in
            let before = state.obstacles
            state.obstacles = obstacles
            let isDue = state.nextSign.map { now >= $0 } ?? true
            if isDue { state.nextSign = now + min(notice?.watchdogInterval ?? Self.signs, Self.signs) }
            defer { state.isKnown = state.hasStarted }
            return (before, state.hasStarted, state.isKnown, isDue)
        }
        if obstacles != before {
            notice?.status(obstacles.isEmpty ? "ready" : "not ready: \(obstacles.joined(separator: "; "))")
        }
        if isKnown, let before, before.isEmpty != obstacles.isEmpty, !health.isStopping {
            if obstacles.isEmpty {
                logger.notice("ready again")
            } else {
                logger.error("not ready", metadata: ["reasons": "\(obstacles.joined(separator: "; "))"])
            }
        }
        guard isDue, health.isLive else { return }
        if hasStarted { notice?.watchdog() } else { notice?.extendStart(by: Self.longerStart) }
    }
}
