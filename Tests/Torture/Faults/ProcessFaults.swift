import Bus
import Foundation
import Glibc
import Service
import Testbed

/// Some processes are killed without a word, up to three of them.
struct KillProcess: Fault {
    let name = "kill"
    let lasts = 0.0...0.5

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let names = world.processes.names.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
        for name in names { world.processes.signal(name, SIGKILL) }
        return Injection(what: "kill -9 of \(names.joined(separator: ", "))")
    }
}

/// A process is asked to end, and started again.
struct EndProcess: Fault {
    let name = "end"
    let lasts = 0.0...0.5

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let name = world.processes.names.randomElement(using: &random) ?? ""
        world.processes.signal(name, SIGTERM)
        return Injection(what: "SIGTERM to \(name)")
    }
}

/// A process ends at a named point, the first or a later time it comes to it.
struct Crash: Fault {
    let name = "crash"
    let lasts = 0.0...8.0

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let site = CrashTable.services[Int.random(in: 0..<CrashTable.services.count, using: &random)]
        let times = Int.random(in: 1...3, using: &random)
        world.processes.restart(
            site.program.rawValue, once: ["LEDGERBUS_CRASH_AT": "\(site.point.rawValue):\(times)"])
        return Injection(what: "\(site.program.rawValue) ends at \(site.point.rawValue), pass \(times)")
    }
}

/// A process is frozen past its session, another takes over, and it wakes up.
struct Zombie: Fault {
    let name = "zombie"
    let lasts = 7.0...14.0

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let program = Program.services[Int.random(in: 0..<Program.services.count, using: &random)]
        let frozen = program.rawValue
        world.processes.signal(frozen, SIGSTOP)
        let other = "\(frozen)-takes-over-\(UInt16.random(in: 0...UInt16.max, using: &random))"
        world.processes.start(program, name: other)
        return Injection(what: "SIGSTOP of \(frozen), and another \(program.rawValue)") {
            world.processes.signal(frozen, SIGCONT)
            // Both are there for a moment.
            usleep(1_500_000)
            world.processes.stop(other)
        }
    }
}

/// A process freezes at a named point, as within a transaction, a `COPY`, or between assignment and takeover, past its
/// session; another takes over, and it wakes up.
struct ZombieAtPoint: Fault {
    let name = "zombie-at-point"
    let lasts = 8.0...14.0

    private static let points: [CrashPoint] = [
        .partitionsAssigned, .positionsTaken, .positionsMoved, .rowsWritten, .arrivalsCopying, .batchCommitted,
        .leaseTaken, .chunkAcknowledged, .pendingDeleted, .postingClaimed, .entriesCopying, .postingWritten,
        .postingChunkWritten, .detailsWritten,
    ]

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let sites = CrashTable.services.filter { Self.points.contains($0.point) }
        let site = sites[Int.random(in: 0..<sites.count, using: &random)]
        let frozen = site.program.rawValue
        world.processes.restart(frozen, once: ["LEDGERBUS_STOP_AT": site.point.rawValue])
        let deadline = ContinuousClock.now + .seconds(25)
        var isFrozen = false
        while !isFrozen, ContinuousClock.now < deadline {
            usleep(100_000)
            isFrozen = world.processes.member(frozen)?.child?.isStopped ?? false
        }
        let other = "\(frozen)-takes-over-\(UInt16.random(in: 0...UInt16.max, using: &random))"
        world.processes.start(site.program, name: other)
        let cameToIt = isFrozen
        let what = isFrozen ? "is frozen at" : "did not come to"
        return Injection(what: "\(frozen) \(what) \(site.point.rawValue), and there is another") {
            world.processes.signal(frozen, SIGCONT)
            usleep(1_500_000)
            // One that comes to its point only now.
            world.processes.signal(frozen, SIGCONT)
            world.processes.stop(other)
            if !cameToIt { world.processes.restart(frozen) }
        }
    }
}

/// Members of a group come and go every second, some asked to, some killed.
struct RebalanceStorm: Fault {
    let name = "rebalance-storm"
    let lasts = 0.0...0.0

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let consumers: [Program] = [.financeConsumer, .postingConsumer, .dataverseConsumer]
        let program = consumers[Int.random(in: 0..<consumers.count, using: &random)]
        let rounds = Int.random(in: 4...10, using: &random)
        var guests: [String] = []
        for round in 0..<rounds {
            let guest = "\(program.rawValue)-guest-\(round)-\(UInt16.random(in: 0...UInt16.max, using: &random))"
            world.processes.start(program, name: guest)
            guests.append(guest)
            usleep(UInt32.random(in: 600_000...1_400_000, using: &random))
            guard guests.count > 2 else { continue }
            let leaving = guests.remove(at: Int.random(in: 0..<guests.count, using: &random))
            if Bool.random(using: &random) { world.processes.signal(leaving, SIGKILL) }
            world.processes.stop(leaving)
        }
        let left = guests
        return Injection(what: "\(rounds) members of \(program.rawValue) come and go") {
            for guest in left { world.processes.stop(guest) }
        }
    }
}

/// There are more processes of a program for a while.
struct ScaleUpAndDown: Fault {
    let name = "scale"
    let lasts = 5.0...12.0

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let program = Program.services[Int.random(in: 0..<Program.services.count, using: &random)]
        let guests = (0..<Int.random(in: 1...2, using: &random)).map {
            "\(program.rawValue)-more-\($0)-\(UInt16.random(in: 0...UInt16.max, using: &random))"
        }
        for guest in guests { world.processes.start(program, name: guest) }
        return Injection(what: "\(guests.count) more of \(program.rawValue)") {
            for guest in guests { world.processes.stop(guest) }
        }
    }
}
