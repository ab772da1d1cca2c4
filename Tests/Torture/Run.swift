import Bus
import Foundation
import Service
import Testbed

/// A run: people work, faults come and go by a seed, everything comes to rest, and the oracle judges.
struct Run {
    struct Options: Sendable {
        var seed: UInt64
        var duration: Duration
        var faults: [any Fault]
        /// How many entries are approved at once, at most.
        var size = 40
        /// Of the large invoice that posts meanwhile; 0 is none.
        var lines = 0
        /// Every fault lasts so long at least.
        var hold = Duration.zero
    }

    /// What a run came to.
    struct Report: Encodable {
        struct Figures: Encodable {
            var count = 0
            /// From the end of the fault until what had piled up was through, in seconds.
            var recoveries: [Double] = []
            var longest: Double { recoveries.max() ?? 0 }
            var median: Double { recoveries.isEmpty ? 0 : recoveries.sorted()[recoveries.count / 2] }

            private enum CodingKeys: CodingKey { case count, median, longest }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(count, forKey: .count)
                try container.encode("\(String(format: "%.1f", median)) s", forKey: .median)
                try container.encode("\(String(format: "%.1f", longest)) s", forKey: .longest)
            }
        }

        let seed: UInt64
        let brokers: String
        var entries = 0
        var snapshots = 0
        var faults: [String: Figures] = [:]
        var readiness = Readiness.Figures()
        var contradictions: [String] = []
        let history: String
    }

    let world: World
    let options: Options

    func perform(progress: @escaping @Sendable (String) -> Void) throws -> Report {
        let asked = Asked()
        let invoicing = Invoicing(
            world: world, asked: asked, size: options.size, random: SeededRandom(seed: options.seed &+ 1))
        progress("setting up")
        try invoicing.begin()
        world.startProcesses()
        let snapshots = Snapshots(world: world)
        let looking = snapshots.start()
        let readiness = Readiness(world: world)
        let asking = readiness.start()
        let ending = GracefulShutdown()
        let people = UncheckedPeople(invoicing: invoicing)
        let (world, lines) = (world, options.lines)
        let working = WorkerThread(name: "invoicing") {
            if lines > 0 { try people.invoicing.large(lines) }
            while !ending.wait(upTo: .milliseconds(200)) { try people.invoicing.round() }
        }
        let posting = WorkerThread(name: "accounting") {
            let accounting = Accounting(world: world)
            while !ending.wait(upTo: .milliseconds(500)) { try accounting.round() }
        }
        var report = Report(seed: options.seed, brokers: world.kind.rawValue, history: world.history.path)
        try injectFaults(into: &report, readiness, progress)
        progress("coming to rest")
        ending.request()
        try working.join()
        try posting.join()
        try Accounting(world: world).settle()
        try readiness.stop(asking)
        report.readiness = readiness.figures
        report.snapshots = try snapshots.stop(looking)
        progress("judging")
        try Oracle(world: world, asked: asked).judge()
        report.entries = asked.entries.count
        report.contradictions = world.history.contradictions
        return report
    }

    private func injectFaults(
        into report: inout Report, _ readiness: Readiness, _ progress: (String) -> Void
    ) throws {
        var random = SeededRandom(seed: options.seed)
        let possible = options.faults.filter { $0.isPossible(in: world) }
        let deadline = ContinuousClock.now + options.duration
        while ContinuousClock.now < deadline, !possible.isEmpty {
            Thread.sleep(forTimeInterval: Double.random(in: 0.5...4, using: &random))
            // Several at once sometimes.
            let count = [1, 1, 1, 1, 2, 2, 3][Int.random(in: 0..<7, using: &random)]
            var chosen = Array(possible.shuffled(using: &random).prefix(count))
            if let alone = chosen.first(where: \.isAlone) { chosen = [alone] }
            readiness.during(chosen.map(\.name))
            var injected: [Injection] = []
            for fault in chosen {
                do {
                    let injection = try fault.inject(into: world, using: &random)
                    if injection.letsProcessesEnd { world.processes.tolerate(true) }
                    injected.append(injection)
                    world.history.record(.fault, fault.name, ["did": injection.what])
                    progress("\(fault.name): \(injection.what)")
                    report.faults[fault.name, default: Report.Figures()].count += 1
                } catch  where !injected.isEmpty {
                    // What is there already may be in its way.
                    world.history.record(.observation, "\(fault.name) could not be injected: \(error)")
                } catch {
                    world.history.contradict("\(fault.name) could not be injected: \(error)")
                }
            }
            let longest = chosen.map { Double.random(in: $0.lasts, using: &random) }.max() ?? 0
            Thread.sleep(forTimeInterval: max(longest, options.hold / .seconds(1)))
            for injection in injected.reversed() {
                do { try injection.heal() } catch {
                    world.history.contradict("\(injection.what) does not heal: \(error)")
                }
                world.history.record(.heal, injection.what)
            }
            let seconds = try Backlog(world).awaitNone()
            for injection in injected where injection.letsProcessesEnd { world.processes.tolerate(false) }
            guard let seconds else { break }
            readiness.during([])
            readiness.awaitGreen()
            for fault in chosen { report.faults[fault.name]?.recoveries.append(seconds) }
            world.history.record(
                .recovery, chosen.map(\.name).joined(separator: " "), ["seconds": String(format: "%.3f", seconds)])
        }
    }
}

/// People who work on a thread of their own.
private struct UncheckedPeople: @unchecked Sendable {
    // Safe: one thread alone has them work.
    let invoicing: Invoicing
}
