import Bus
import Foundation
import Service
import Synchronization

/// Whether processes say that they are stuck while they are, and that they are not when they are not any more.
///
/// Every second it looks from outside how far each duty is, and asks its process whether it is ready. A duty stands still
/// while there is work, or nobody can tell whether there is, and none is done; its process has to be the only one of its
/// program, to run all that time, and not to be frozen. When that has lasted longer than readiness may take, the process must
/// have said so, with a reason. What lasts less long claims nothing.
final class Readiness: Sendable {
    /// What it has come to.
    struct Figures: Encodable, Sendable {
        /// How often a process was asked.
        var asked = 0
        /// How often it was not ready.
        var red = 0
        /// Duties that stood still for longer than readiness may take.
        var stuck = 0
        /// Those whose process was not ready meanwhile, and said why.
        var redWhileStuck = 0
        /// After how long, at most, in seconds.
        var longestToRed = 0.0
        /// Faults after which every process was ready.
        var greenAfter = 0
        /// After how long, once what had piled up was through, at most, in seconds.
        var longestToGreen = 0.0
        /// Duties that stood still for so long, by the faults that were there.
        var stuckByFault: [String: Int] = [:]
    }

    private struct Stand {
        let process: String
        let starts: Int
        var since: ContinuousClock.Instant
        var done: Int64?
        /// When the process said that it was not ready, and why.
        var red: (seconds: Double, reason: String)?
        var isJudged = false
    }

    private struct State {
        var figures = Figures()
        var faults: [String] = []
        var pages: [String: ReadyPage?] = [:]
    }

    private let world: World
    private let ending = GracefulShutdown()
    private let state = Mutex(State())

    /// How long processes may take to be ready once what had piled up is through.
    private static let patience = Duration.seconds(60)

    init(world: World) { self.world = world }

    var figures: Figures { state.withLock { $0.figures } }

    /// Says which faults are there.
    func during(_ faults: [String]) { state.withLock { $0.faults = faults } }

    /// Looks until ``stop(_:)``.
    func start() -> WorkerThread<Void> {
        WorkerThread(name: "readiness") { [self] in
            let watch = DutyWatch(world: world)
            var stands: [Duty: Stand] = [:]
            while !ending.wait(upTo: .seconds(1)) {
                let states = watch.look()
                let members = world.processes.present
                var pages: [String: ReadyPage] = [:]
                for member in members where member.child?.isStopped == false { pages[member.name] = ask(member) }
                for duty in Duty.allCases {
                    let own = members.filter { $0.program == duty.program }
                    stands[duty] = stand(
                        duty, states[duty] ?? Duty.State(), own.count == 1 ? own[0] : nil, pages, stands[duty])
                }
            }
        }
    }

    func stop(_ thread: WorkerThread<Void>) throws {
        ending.request()
        try thread.join()
    }

    /// Waits until every process has been ready.
    func awaitGreen() {
        let start = ContinuousClock.now
        var waiting = Set(world.processes.names)
        while !waiting.isEmpty, .now - start < Self.patience {
            for member in world.processes.present where waiting.contains(member.name) {
                if ask(member)?.isReady == true { waiting.remove(member.name) }
            }
            waiting.formIntersection(world.processes.names)
            usleep(100_000)
        }
        guard waiting.isEmpty else {
            let pages = state.withLock { $0.pages }
            let reasons = waiting.sorted().map { name in
                "\(name): \(pages[name].flatMap(\.self)?.reasons.joined(separator: "; ") ?? "no answer")"
            }
            return world.history.contradict(
                "not ready \(Self.patience) after all was through: \(reasons.joined(separator: " | "))")
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        state.withLock { state in
            state.figures.greenAfter += 1
            state.figures.longestToGreen = max(state.figures.longestToGreen, seconds)
        }
    }

    /// Asks a process, and keeps in the history what is new.
    private func ask(_ member: Supervisor.Member) -> ReadyPage? {
        let page = member.child == nil ? nil : ReadyPage(port: member.port)
        let isNew = state.withLock { state in
            state.figures.asked += 1
            if page?.isReady == false { state.figures.red += 1 }
            let before = state.pages.updateValue(page, forKey: member.name)
            return before.map { $0?.isReady != page?.isReady } ?? true
        }
        if isNew {
            world.history.record(
                .readiness, member.name,
                ["is": page.map { $0.isReady ? "ready" : $0.reasons.joined(separator: "; ") } ?? "no answer"])
        }
        return page
    }

    private func stand(
        _ duty: Duty, _ state: Duty.State, _ member: Supervisor.Member?, _ pages: [String: ReadyPage], _ before: Stand?
    ) -> Stand? {
        // Whoever is not there, or frozen, says nothing; who has nothing to do need not.
        guard let member, let child = member.child, !child.isStopped, state.waiting.map({ $0 > 0 }) ?? true else {
            return nil
        }
        var stand = Stand(process: member.name, starts: member.starts, since: .now, done: state.done)
        if let before, before.process == stand.process, before.starts == stand.starts,
            before.done == nil || state.done == nil || before.done == state.done
        {
            stand = before
            stand.done = before.done ?? state.done
        }
        let seconds = (ContinuousClock.now - stand.since) / .seconds(1)
        if stand.red == nil, let page = pages[member.name], !page.isReady, !page.reasons.isEmpty {
            stand.red = (seconds, page.reasons.joined(separator: "; "))
        }
        guard !stand.isJudged, .now - stand.since > duty.bound else { return stand }
        stand.isJudged = true
        judge(duty, member.name, stand)
        return stand
    }

    private func judge(_ duty: Duty, _ process: String, _ stand: Stand) {
        let faults = state.withLock { state in
            state.figures.stuck += 1
            for fault in state.faults { state.figures.stuckByFault[fault, default: 0] += 1 }
            if let red = stand.red {
                state.figures.redWhileStuck += 1
                state.figures.longestToRed = max(state.figures.longestToRed, red.seconds)
            }
            return state.faults.joined(separator: " ")
        }
        world.history.record(
            .observation, "\(duty) of \(process) stands still",
            [
                "faults": faults, "redAfter": stand.red.map { String(format: "%.1f", $0.seconds) } ?? "never",
                "reason": stand.red?.reason ?? "",
            ])
        guard stand.red == nil else { return }
        world.history.contradict(
            "\(process) was ready while it did nothing to \(duty) for \(duty.bound) (\(faults.isEmpty ? "no fault" : faults))"
        )
    }
}
