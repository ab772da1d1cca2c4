import Foundation
import Glibc
import Service
import Terminal
import Testbed

/// Runs the real processes under faults, and judges the whole history.
@main
struct Torture: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "torture",
        abstract: "Work the real processes under faults, and compare all that has come of it.",
        discussion: """
            Starts a PostgreSQL for each side, brokers and the four programs in a folder. People approve, draft, confirm, \
            correct, import and post meanwhile; faults come and go by the seed, several at once sometimes; after each, what \
            had piled up has to come through by itself. In the end everything comes to rest, and an oracle looks for what was \
            lost, duplicated, reordered within a key, made up, of a wrong amount, out of balance, half visible, or behind its \
            rows. The folder keeps the history, a line of JSON for each action, fault and observation, and the logs. Exits \
            with 1 when something contradicts.
            """,
        examples: [
            "torture --minutes 5", "torture --seed 4711 --broker kafka3 --fault kill", "torture --list",
        ])

    @Option(help: "Decides what happens when; a random one when it is left out.") var seed: Int?
    @Option(help: "How long faults are injected.") var minutes = 2
    @Option(help: "Instead of --minutes.") var seconds: Int?
    @Option(help: "The brokers: embedded, kafka (one) or kafka3 (three).") var broker = "embedded"
    @Option(help: "Only these faults, with commas between them.") var fault: String?
    @Option(help: "Post an invoice of so many lines meanwhile.") var lines = 0
    @Option(help: "How many entries are approved at once, at most.") var size = 40
    @Option(help: "Every fault lasts so many seconds at least.") var hold = 0
    @Option(help: "Keep everything in this folder; a new one when it is left out, kept when something contradicts.")
    var keep: String?
    @Flag(help: "End every process at every crash point instead, one after the other.") var crashPoints = false
    @Flag(help: "List the faults that there are.") var list = false
    @Flag(help: "Print a report for programs.") var json = false

    func validate() throws {
        if BrokerKind(rawValue: broker) == nil {
            throw ValidationError("--broker takes \(BrokerKind.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
    }

    func run() throws {
        if list {
            for fault in Faults.all { StandardStream.output.print("\(fault.name)") }
            return
        }
        signal(SIGPIPE, SIG_IGN)
        let seed = seed.map(UInt64.init) ?? UInt64.random(in: 0...UInt64(Int.max))
        let isKept = keep != nil
        let folder = keep ?? "\(Self.parent)/ledgerbus-torture.\(getpid())"
        let faults = try fault.map { try Faults.named($0.split(separator: ",").map(String.init)) } ?? Faults.all
        let world = try World(
            folder: folder, binaries: Self.binaries, kind: BrokerKind(rawValue: broker) ?? .embedded,
            hasDisks: !crashPoints && faults.contains { $0 is DiskFull })
        let trap = SignalTrap([.sigint, .sigterm]) { _ in
            world.close()
            Glibc.exit(ExitCode.interrupted.rawValue)
        }
        defer { trap.cancel() }
        let isQuiet = json
        if !isQuiet { StandardStream.output.print("seed \(seed), history in \(world.history.path)") }
        let progress: @Sendable (String) -> Void = { step in
            guard !isQuiet else { return }
            StandardStream.output.print("\(String(format: "%7.1f", world.history.seconds)) s  \(step)")
        }
        let contradictions: [String]
        if crashPoints {
            let report: CrashTable.Report
            do {
                defer { world.close() }
                report = try CrashTable(world: world, seed: seed).perform(progress: progress)
            }
            if json { try JSONOutput.print(report) } else { show(report) }
            contradictions = report.contradictions
        } else {
            contradictions = try tortured(world, seed, faults, progress).contradictions
        }
        if contradictions.isEmpty, !isKept { try? FileManager.default.removeItem(atPath: folder) }
        if !contradictions.isEmpty { throw ExitCode.failure }
    }

    private func tortured(
        _ world: World, _ seed: UInt64, _ faults: [any Fault], _ progress: @escaping @Sendable (String) -> Void
    ) throws -> Run.Report {
        let options = Run.Options(
            seed: seed, duration: .seconds(seconds ?? minutes * 60), faults: faults, size: size, lines: lines,
            hold: .seconds(hold))
        let report: Run.Report
        do {
            defer { world.close() }
            report = try Run(world: world, options: options).perform(progress: progress)
        }
        if json { try JSONOutput.print(report) } else { show(report) }
        return report
    }

    private func show(_ report: CrashTable.Report) {
        var table = Table(columns: ["point", "program", ""])
        for row in report.rows { table.append(row.point, row.program, row.isHit ? "ended there" : "NOT HIT") }
        table.print()
        show(report.contradictions)
    }

    private func show(_ contradictions: [String]) {
        for contradiction in contradictions { StandardStream.output.print("CONTRADICTION: \(contradiction)") }
        if contradictions.isEmpty { StandardStream.output.print("Nothing contradicts.") }
    }

    private func show(_ report: Run.Report) {
        let out = StandardStream.output
        var table = Table(columns: ["fault", .number("times"), .number("recovered in, median"), .number("at most")])
        for (name, figures) in report.faults.sorted(by: { $0.key < $1.key }) {
            table.append(
                name, "\(figures.count)", String(format: "%.1f s", figures.median),
                String(format: "%.1f s", figures.longest))
        }
        table.print()
        let readiness = report.readiness
        out.print(
            """
            \(readiness.stuck) times a process stood still for longer than readiness may take: \
            \(readiness.redWhileStuck) times it said so, within \(String(format: "%.1f", readiness.longestToRed)) s; \
            after \(readiness.greenAfter) faults all were ready, within \
            \(String(format: "%.1f", readiness.longestToGreen)) s.
            """)
        out.print("\(report.entries.grouped) entries approved, \(report.snapshots) snapshots, seed \(report.seed).")
        show(report.contradictions)
    }

    /// The folder of the built programs: this one's.
    private static let binaries = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().path

    private static var parent: String {
        ProcessInfo.processInfo.environment["TMPDIR"]
            ?? (FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp")
    }
}
