import Bus
import Foundation
import Service
import Terminal
import Testbed

/// Ends processes at every named point, one after the other, while people work.
///
/// A point that no process comes to is told as well: it would be a row of the table that nobody has tried.
struct CrashTable {
    /// A point, and who comes to it.
    struct Site: Sendable, Hashable {
        let point: CrashPoint
        let program: Program
    }

    /// What a process did at a site.
    struct Row: Encodable, Sendable {
        let point: String
        let program: String
        /// Whether it ended there.
        var isHit = false
    }

    /// What a run of the table came to.
    struct Report: Encodable, Sendable {
        let seed: UInt64
        let brokers: String
        var rows: [Row] = []
        var contradictions: [String] = []
        let history: String
    }

    let world: World
    let seed: UInt64

    /// How long no process may come to its point.
    private static let patience = Duration.seconds(90)

    func perform(progress: (String) -> Void) throws -> Report {
        let asked = Asked()
        let invoicing = Invoicing(world: world, asked: asked, size: 12, random: SeededRandom(seed: seed))
        let accounting = Accounting(world: world)
        try invoicing.begin()
        let queues = Self.queues
        for (name, sites) in queues {
            world.processes.start(sites[0].program, name: name, endingAt: sites.map(\.point))
        }
        let snapshots = Snapshots(world: world)
        let looking = snapshots.start()
        var report = Report(seed: seed, brokers: world.kind.rawValue, history: world.history.path)
        var lastHit = ContinuousClock.now
        var through: [String: Supervisor.Member] = [:]
        var left = queues.values.reduce(0) { $0 + $1.count }
        while left > 0, .now - lastHit < Self.patience {
            try invoicing.round()
            try accounting.round()
            makeWay(queues, &through)
            let now = queues.keys.reduce(0) { $0 + (world.processes.member($1)?.points.count ?? 0) }
            if now < left {
                lastHit = .now
                progress("\(now) ends of services are left")
            }
            left = now
        }
        for (name, member) in through { world.processes.start(member.program, name: name) }
        for (name, sites) in queues.sorted(by: { $0.key < $1.key }) {
            let hits = (through[name] ?? world.processes.member(name))?.hits ?? []
            for (index, site) in sites.enumerated() {
                let isHit = index < hits.count
                if !isHit { world.history.contradict("\(name) never came to \(site.point.rawValue)") }
                report.rows.append(Row(point: site.point.rawValue, program: name, isHit: isHit))
            }
            // What it was to end at is no longer in its way.
            if hits.count < sites.count {
                world.processes.stop(name)
                world.processes.start(sites[0].program, name: name)
            }
        }
        for point in Self.commands {
            progress("ledgerbus at \(point.rawValue)")
            report.rows.append(try endCommand(at: point, invoicing, accounting))
        }
        try accounting.settle()
        _ = try snapshots.stop(looking)
        try Oracle(world: world, asked: asked).judge()
        report.contradictions = world.history.contradictions
        return report
    }

    /// Stops who is through with its points while another of its program is not: it would keep from it what one has at a
    /// time, the lease of an outbox and most partitions.
    private func makeWay(_ queues: [String: [Site]], _ through: inout [String: Supervisor.Member]) {
        let running = queues.keys.compactMap(world.processes.member)
        for member in running where member.points.isEmpty {
            let isInTheWay = running.contains { $0.program == member.program && !$0.points.isEmpty }
            guard isInTheWay else { continue }
            through[member.name] = member
            world.processes.stop(member.name)
        }
    }

    /// Runs commands until one has ended at the point; what it was asked for is asked for again.
    private func endCommand(at point: CrashPoint, _ invoicing: Invoicing, _ accounting: Accounting) throws -> Row {
        let once = ["LEDGERBUS_CRASH_AT": point.rawValue]
        let before = world.commandsCrashed
        for attempt in 0..<8 where world.commandsCrashed == before {
            switch point {
            case .pagesMerged: try invoicing.load(attempt, once: once)
            case .entriesApproved: try invoicing.approve(5, of: nil, once: once)
            case .draftWritten:
                try invoicing.approve(5, of: nil)
                try invoicing.draftAndConfirm(draftOnce: once)
            case .confirmationBegun, .invoiceBilled, .invoiceConfirmed:
                try invoicing.approve(5, of: nil)
                try invoicing.draftAndConfirm(confirmOnce: once)
            case .revisionWritten: try invoicing.revise(once: once)
            default:
                try invoicing.approve(5, of: nil)
                try invoicing.draftAndConfirm()
                _ = try Backlog(world).awaitNone()
                try accounting.round(once: once)
                if point == .proposalLinesWritten {
                    usleep(500_000)
                    try accounting.round(once: once)
                }
            }
        }
        let isHit = world.commandsCrashed > before
        if !isHit { world.history.contradict("ledgerbus never came to \(point.rawValue)") }
        return Row(point: point.rawValue, program: Program.ledgerbus.rawValue, isHit: isHit)
    }
}

// The table. Every point has a row, or several.
extension CrashTable {
    /// Where services end, in the order of the points.
    static let services: [Site] = CrashPoint.allCases.flatMap { point in
        programs(at: point).map { Site(point: point, program: $0) }
    }

    /// What each process ends at, one point after the other. Two posting-consumers share theirs, which are the most.
    private static var queues: [String: [Site]] {
        var queues: [String: [Site]] = [:]
        for site in services {
            let name = site.program.rawValue
            let other = "\(name)-2"
            let isOther =
                site.program == .postingConsumer && queues[name, default: []].count > queues[other, default: []].count
            queues[isOther ? other : name, default: []].append(site)
        }
        return queues
    }

    /// Where the operator's tool ends.
    static let commands: [CrashPoint] = CrashPoint.allCases.filter { programs(at: $0).isEmpty }

    /// The services that come to a point; none when the operator's tool does.
    private static func programs(at point: CrashPoint) -> [Program] {
        switch point {
        case .partitionsAssigned, .positionsTaken, .positionsMoved, .rowsWritten, .batchCommitted, .positionsMirrored:
            [.financeConsumer, .postingConsumer, .dataverseConsumer]
        case .leaseTaken, .chunkProduced, .chunkAcknowledged, .pendingDeleted, .chunkSettled:
            [.dataverseProducer, .postingConsumer]
        case .arrivalsCopying: [.financeConsumer, .dataverseConsumer]
        case .detailsWritten: [.dataverseConsumer]
        case .postingClaimed, .voucherTaken, .entriesCopying, .postingChunkWritten, .postingWritten, .postingCommitted:
            [.postingConsumer]
        case .lineNumbersTaken, .journalLinesWritten, .proposalLinesWritten, .pagesMerged, .entriesApproved,
            .draftWritten,
            .confirmationBegun, .invoiceBilled, .invoiceConfirmed, .revisionWritten:
            []
        }
    }
}
