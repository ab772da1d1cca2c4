import Database
public import Service
import Synchronization

/// Looks every second for sessions of the bus that wait for a lock: says who waits for whom, and ends a session of the bus
/// that holds locks for a client that does nothing, since it is frozen or its network is silent.
///
/// Its transaction is rolled back, and what is left of the client finds a lost connection and tries again. No timeout of
/// PostgreSQL's does that inside a `COPY` that the client feeds.
///
/// That it gets answers is also how a process knows that its database is there.
public final class LockWatch: Sendable {
    private let program: Program
    private let session: DatabaseSession
    private let ended = GracefulShutdown()
    private let logger: Logger
    private let state = Mutex(State())
    private static let interval = Duration.seconds(1)
    /// From when on a wait is worth a line in the log, and how often.
    private static let noticed = Duration.seconds(3)
    private static let noticedAgain = Duration.seconds(30)

    private struct State: Sendable {
        var lastAnswer = ContinuousClock.now
        var watched: [DatabaseSession] = []
        var thread: WorkerThread<Void>?
    }

    /// - parameter program: whose waits are logged.
    public init(_ program: Program, databaseURL: String, logger: Logger) {
        self.program = program
        self.logger = logger
        session = DatabaseSession(url: databaseURL, applicationName: "\(program.rawValue) watch", logger: logger)
    }

    /// Begins to look, on a thread of its own.
    public func start() {
        state.withLock { state in
            state.lastAnswer = .now
            state.thread = WorkerThread(name: "lock watch") { [weak self] in
                var looks = Looks()
                while let self, !self.ended.isRequested {
                    self.look(&looks)
                    self.ended.wait(upTo: Self.interval)
                }
            }
        }
    }

    /// Ends, within a second or two.
    public func stop() {
        ended.request()
        session.cut()
        _ = try? state.withLock { $0.thread }?.join(upTo: .seconds(2))
    }

    /// For how long the database has not answered.
    var silentFor: Duration { .now - state.withLock { $0.lastAnswer } }

    /// Watches a session, too: one that has waited for an answer for as long, while its server process has nothing to do,
    /// is cut, and made anew.
    func watch(_ sessions: [DatabaseSession]) { state.withLock { $0.watched = sessions } }

    /// Waits until the database answers.
    ///
    /// - returns: false when a shutdown is asked for before.
    func awaitAnswer(until shutdown: GracefulShutdown) -> Bool {
        let start = ContinuousClock.now
        while state.withLock({ $0.lastAnswer }) < start {
            // What it asked may be lost on its way, for ever.
            if silentFor > LockHolder.patience * 2 { session.cut() }
            if shutdown.wait(upTo: .milliseconds(500)) { return false }
        }
        return true
    }

    /// What was seen before.
    private struct Looks {
        var still: [Int32: (stillness: LockHolder.Stillness, since: ContinuousClock.Instant)] = [:]
        var noticed: [LockWait.Session: ContinuousClock.Instant] = [:]
        var isAway = false
    }

    private func look(_ looks: inout Looks) {
        do {
            let connection = try session.open()
            let waits = try LockWait.all(on: connection)
            let watched = state.withLock { $0.watched }.filter { $0.busyFor ?? .zero > Self.silence }
            let idle = try LockWait.idle(
                watched.compactMap(\.serverProcess), milliseconds: Self.silence.milliseconds, on: connection)
            state.withLock { $0.lastAnswer = .now }
            looks.isAway = false
            for session in watched where session.serverProcess.map(idle.contains) ?? false {
                logger.warning("a connection to the database is silent, and is made anew")
                session.cut()
            }
            tell(waits, &looks)
            try endFrozen(waits, &looks, on: connection)
        } catch {
            session.discard()
            // Those that have work to do say more.
            if !looks.isAway, !ended.isRequested { logger.debug("cannot look for locks: \(error)") }
            looks.isAway = true
        }
    }

    private static let silence = Duration.seconds(20)

    /// Says for whom this program waits.
    private func tell(_ waits: [LockWait], _ looks: inout Looks) {
        looks.noticed = looks.noticed.filter { entry in waits.contains { $0.waiting == entry.key } }
        for wait in waits
        where wait.waiting.applicationName.hasPrefix(program.rawValue)
            && .milliseconds(wait.waitingMilliseconds) >= Self.noticed
        {
            if let last = looks.noticed[wait.waiting], .now - last < Self.noticedAgain { continue }
            looks.noticed[wait.waiting] = .now
            logger.warning(
                "waiting for a lock",
                metadata: [
                    "session": "\(wait.waiting.applicationName)", "seconds": "\(wait.waitingMilliseconds / 1000)",
                    "holder": "\(wait.holder)",
                ])
        }
    }

    private func endFrozen(_ waits: [LockWait], _ looks: inout Looks, on connection: Connection) throws {
        let holders = Dictionary(waits.map { ($0.holder.session.process, $0.holder) }) { first, _ in first }
        looks.still = looks.still.filter { holders[$0.key]?.stillness == $0.value.stillness }
        for (process, holder) in holders where holder.isOurs {
            guard let stillness = holder.stillness else { continue }
            let since = looks.still[process]?.since ?? .now
            looks.still[process] = (stillness, since)
            guard holder.isFrozen(stillFor: .now - since) else { continue }
            do {
                guard try LockWait.end(holder.session, on: connection) else { continue }
                logger.warning(
                    "ended a session that held locks for a client that does nothing",
                    metadata: ["holder": "\(holder)"])
            } catch let error as DatabaseError where error.isInsufficientPrivilege {
                logger.error(
                    """
                    a client that does nothing holds locks for which others wait, and this role may not end its session; \
                    an administrator can: SELECT pg_terminate_backend(\(process))
                    """, metadata: ["holder": "\(holder)", "role": "\(holder.role)"])
            }
        }
    }
}

/// A ``LockWatch`` that looks as long as its process runs.
struct LockWatching: Service {
    let program: Program
    let databaseURL: String
    let shutdown: GracefulShutdown
    let logger: Logger

    func run() async throws {
        try await runOnThread(name: "locks") {
            let locks = LockWatch(program, databaseURL: databaseURL, logger: logger)
            locks.start()
            defer { locks.stop() }
            while !shutdown.wait(upTo: .seconds(60)) {}
        }
    }
}
