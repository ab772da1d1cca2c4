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
        /// From its end until what had piled up was through, in seconds, with those that ended at the same time.
        var recovery: Double?

        private enum CodingKeys: CodingKey { case point, program, isHit, recovery }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(point, forKey: .point)
            try container.encode(program, forKey: .program)
            try container.encode(isHit, forKey: .isHit)
            try container.encode(recovery.map { String(format: "%.1f", $0) }, forKey: .recovery)
        }
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

    /// How long a process may work until it comes to a point.
    private static let patience = Duration.seconds(60)

    func perform(progress: (String) -> Void) throws -> Report {
        let asked = Asked()
        let invoicing = Invoicing(world: world, asked: asked, size: 12, random: SeededRandom(seed: seed))
        let accounting = Accounting(world: world)
        try invoicing.begin()
        world.startProcesses()
        let snapshots = Snapshots(world: world)
        let looking = snapshots.start()
        var report = Report(seed: seed, brokers: world.kind.rawValue, history: world.history.path)
        // Each service has a queue of its own, so that four of them end at a time.
        var queues = Dictionary(grouping: Self.services, by: \.program).mapValues { Array($0.reversed()) }
        while !queues.values.allSatisfy(\.isEmpty) {
            var round: [Site] = []
            for program in queues.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
                if let site = queues[program]?.popLast() { round.append(site) }
            }
            progress(round.map { "\($0.program.rawValue) at \($0.point.rawValue)" }.joined(separator: ", "))
            report.rows += try end(round) {
                try invoicing.round()
                try accounting.round()
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

    /// Starts services so that they end at their points, and works until all have.
    private func end(_ sites: [Site], _ work: () throws -> Void) throws -> [Row] {
        for site in sites {
            world.processes.restart(
                site.program.rawValue, once: ["LEDGERBUS_CRASH_AT": site.point.rawValue])
            world.history.record(.fault, "crash", ["point": site.point.rawValue, "program": site.program.rawValue])
        }
        var starts: [Program: Int] = [:]
        var hit: Set<Site> = []
        let deadline = ContinuousClock.now + Self.patience
        while hit.count < sites.count, ContinuousClock.now < deadline {
            try work()
            for site in sites {
                guard let member = world.processes.member(site.program.rawValue) else { continue }
                if starts[site.program] == nil, member.once.isEmpty, member.child != nil {
                    starts[site.program] = member.starts
                }
                if member.lastCode == 137, !member.isKilled, let start = starts[site.program],
                    member.starts > start || member.child == nil
                {
                    hit.insert(site)
                }
            }
        }
        let seconds = try Backlog(world).awaitNone()
        return sites.map { site in
            if !hit.contains(site) {
                world.history.contradict("\(site.program.rawValue) never came to \(site.point.rawValue)")
            }
            return Row(
                point: site.point.rawValue, program: site.program.rawValue, isHit: hit.contains(site), recovery: seconds
            )
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
