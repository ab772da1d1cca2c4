import Bus
import Foundation
import Glibc
import Service

/// Keeps the processes of the bus running, as a supervisor of a real machine does: who ends is started again.
final class Supervisor: @unchecked Sendable {
    // Safe to share: all of it is behind the lock.
    struct Member: Sendable {
        let name: String
        let program: Program
        /// What this start of it has besides the world's environment, and no later one.
        var once: [String: String] = [:]
        /// Where it is to end, one start after the other.
        var points: [CrashPoint] = []
        /// Where it did, in order, with the seconds of the run.
        var hits: [(point: CrashPoint, seconds: Double)] = []
        var child: Child?
        /// Where it serves HTTP.
        let port: Int
        var starts = 0
        var startAt = ContinuousClock.now
        /// Whether its end is our doing.
        var isKilled = false
        /// Whether it is to end, and not to be started again.
        var isStopping = false
        /// The code of its last end.
        var lastCode: Int32?
        /// Memory by seconds of the run, of the present start.
        var memory: [(seconds: Double, bytes: Int)] = []
    }

    private let lock = NSLock()
    private var members: [String: Member] = [:]
    private var isClosing = false
    private let binaries: String
    private let folder: String
    private let history: History
    private let environment: @Sendable () -> [String: String]
    private var watcher: WorkerThread<Void>?
    /// How many faults are there that let processes end by themselves.
    private var tolerating = 0
    private var memoryDue = ContinuousClock.now

    /// - parameter environment: what every process has when it is started.
    init(
        binaries: String, folder: String, history: History, environment: @escaping @Sendable () -> [String: String]
    ) {
        self.binaries = binaries
        self.folder = folder
        self.history = history
        self.environment = environment
        watcher = WorkerThread(name: "supervisor") { [weak self] in
            while let self, self.look() { usleep(50_000) }
        }
    }

    private func withLock<T>(_ body: () throws -> T) rethrows -> T {
        lock.lock()
        defer { lock.unlock() }
        return try body()
    }

    /// Has a program run from now on.
    ///
    /// - parameter points: where it ends, one start after the other.
    func start(_ program: Program, name: String? = nil, endingAt points: [CrashPoint] = []) {
        let name = name ?? program.rawValue
        withLock {
            guard let port = try? World.freePort() else { return history.contradict("no port for \(name) can be had") }
            var member = Member(name: name, program: program, port: port)
            member.points = points
            members[name] = member
        }
    }

    /// Asks a process to end, waits for it, and lets it go.
    func stop(_ name: String, timeout: Duration = .seconds(30)) {
        let child = withLock { () -> Child? in
            members[name]?.isStopping = true
            return members[name]?.child
        }
        child?.send(SIGCONT)
        child?.send(SIGTERM)
        let deadline = ContinuousClock.now + timeout
        while ContinuousClock.now < deadline, withLock({ members[name]?.child != nil }) { usleep(20_000) }
        withLock {
            if let child = members[name]?.child {
                history.contradict("\(name) did not end within \(timeout) of SIGTERM")
                child.send(SIGKILL)
                _ = child.end(within: .seconds(5))
            }
            members[name] = nil
        }
    }

    /// Ends all, without a word.
    func close() {
        let children = withLock { () -> [Child] in
            isClosing = true
            return members.values.compactMap(\.child)
        }
        try? watcher?.join()
        for child in children { child.send(SIGKILL) }
        for child in children { _ = child.end(within: .seconds(5)) }
    }

    /// Sends a signal to a process; SIGKILL is no end by itself.
    ///
    /// - returns: whether it ran.
    @discardableResult
    func signal(_ name: String, _ signal: Int32) -> Bool {
        withLock {
            guard let child = members[name]?.child else { return false }
            if signal == SIGKILL || signal == SIGTERM { members[name]?.isKilled = true }
            child.send(signal)
            return true
        }
    }

    /// Kills a process and starts it again with something in its environment.
    func restart(_ name: String, once: [String: String] = [:]) {
        withLock {
            members[name]?.once = once
            members[name]?.startAt = .now
            members[name]?.isKilled = true
            members[name]?.child?.send(SIGKILL)
        }
    }

    var names: [String] { withLock { members.keys.sorted() } }

    func names(of program: Program) -> [String] {
        withLock { members.values.filter { $0.program == program }.map(\.name).sorted() }
    }

    var present: [Member] { withLock { members.values.sorted { $0.name < $1.name } } }

    func member(_ name: String) -> Member? { withLock { members[name] } }

    /// Lets processes end by themselves, or no longer.
    func tolerate(_ tolerates: Bool) { withLock { tolerating += tolerates ? 1 : -1 } }

    /// What a process logged last.
    func lastWords(_ name: String) -> String {
        let log = (try? String(contentsOfFile: "\(folder)/\(name).log", encoding: .utf8)) ?? ""
        return log.split(separator: "\n").suffix(4).joined(separator: " | ")
    }

    /// Starts who is to run, and notes who has ended.
    ///
    /// - returns: false when all is to end.
    private func look() -> Bool {
        withLock {
            guard !isClosing else { return false }
            let looksAtMemory = ContinuousClock.now >= memoryDue
            if looksAtMemory { memoryDue = .now + .seconds(2) }
            for name in members.keys { look(at: name, looksAtMemory: looksAtMemory) }
            return true
        }
    }

    private func look(at name: String, looksAtMemory: Bool) {
        guard var member = members[name] else { return }
        defer { members[name] = member }
        if let child = member.child {
            guard let code = child.ended() else {
                if looksAtMemory, let bytes = child.memory { member.memory.append((history.seconds, bytes)) }
                return
            }
            note(member, code)
            if code == 137, !member.isKilled, let point = member.points.first {
                member.hits.append((point, history.seconds))
                member.points.removeFirst()
            }
            member.lastCode = code
            member.child = nil
            member.memory = []
            member.startAt = max(member.startAt, .now + (code == 0 || member.isKilled ? .zero : .milliseconds(500)))
        }
        guard !member.isStopping, ContinuousClock.now >= member.startAt else { return }
        member.isKilled = false
        if let point = member.points.first { member.once["LEDGERBUS_CRASH_AT"] = point.rawValue }
        do {
            member.child = try Child(
                "\(binaries)/\(member.program.rawValue)", [],
                environment: environment().merging(member.once) { $1 }.merging(["HTTP_LISTEN": "\(member.port)"]) {
                    $1
                },
                output: "\(folder)/\(name).log", errors: "\(folder)/\(name).log")
            member.starts += 1
            member.once = [:]
        } catch {
            history.contradict("\(error)")
        }
    }

    private func note(_ member: Member, _ code: Int32) {
        history.record(
            .exit, member.name, ["code": "\(code)", "memory": "\(member.memory.map(\.bytes).max() ?? 0)"])
        // Killed by us or by a crash point, or asked to end.
        guard !member.isKilled, code != 137, tolerating == 0, !(member.isStopping && code == 0) else { return }
        history.contradict("\(member.name) ended by itself with code \(code): \(lastWords(member.name))")
    }
}
