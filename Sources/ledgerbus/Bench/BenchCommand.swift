import Foundation
import Operations
import Service
import Terminal
import Text

struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure the speed and the memory of the bus on this machine.",
        discussion: """
            Each stage by itself, as a ratio to the plain rate of this machine in the same run: the relay to librdkafka \
            alone, staging to a plain COPY; import, posting and write-back in lines a second. And the whole way, for \
            invoices of the lengths that --lines names, with the memory of every process. Without options on the embedded broker and a private PostgreSQL in a folder \
            that is removed at the end. Databases that it is given have to be empty, and are emptied; topics that it makes \
            on a given Kafka have a prefix of their own, and are deleted.
            """,
        examples: [
            "ledgerbus bench", "ledgerbus bench --stages none --lines 1000,10000",
            "ledgerbus bench --kafka localhost:9092 --replication 1 --stages relay,staging --output bench.json",
        ])

    @Option(help: "The brokers to use; an embedded one when it is left out.") var kafka: String?
    @Option(help: "An empty database for the Dataverse side; a private cluster when it is left out.")
    var dataverseDatabase: String?
    @Option(help: "An empty database for the Finance side.") var financeDatabase: String?
    @Option(help: "Replicas of the topics, for a cluster with fewer brokers than are declared.") var replication:
        ReplicationFactor?
    @Option(help: "The stages to measure, with commas: relay,staging,import,posting,write-back; none for none.")
    var stages: String?
    @Option(help: "How many rows a stage is measured with.") var rows: Int?
    @Option(help: "The lines of the invoices that go the whole way: 1000,10000; 10000 when it is left out.") var lines:
        String?
    @Option(help: "Also write the figures as JSON to this file.") var output: String?
    @Option(help: "The folder to work in.") var directory: String?
    @Flag(help: "Leave databases, topics and files for a look.") var keep = false
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        if (dataverseDatabase == nil) != (financeDatabase == nil) {
            throw ValidationError("Give both --dataverse-database and --finance-database, or neither.")
        }
        if let rows, !(1...10_000_000).contains(rows) {
            throw ValidationError("--rows has to be from 1 to 10,000,000.")
        }
        _ = try chosenStages()
        let most = try chosenLines().max() ?? 0
        if kafka == nil, most > Bench.mostEmbeddedLines {
            throw ValidationError(
                "An embedded broker takes up to \(Bench.mostEmbeddedLines.grouped) lines; name a Kafka with --kafka for more."
            )
        }
    }

    func run() throws {
        let binaries = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
        var options = Bench.Options(
            directory: directory ?? BenchFolder.path, binaries: binaries)
        options.bootstrapServers = kafka
        if let dataverseDatabase, let financeDatabase { options.databaseURLs = (dataverseDatabase, financeDatabase) }
        options.replication = replication?.replicas
        options.stages = try chosenStages()
        options.rows = rows
        options.lines = try chosenLines()
        options.isKept = keep
        var logger = Logger(label: "bench")
        logger.logLevel = .warning
        let shutdown = GracefulShutdown()
        let trap = SignalTrap(requesting: shutdown)
        defer { trap.cancel() }
        let bench = Bench(options, logger: logger, shutdown: shutdown) { StandardStream.error.print("… \($0)") }
        let report: BenchReport
        do { report = try bench.run() } catch is CancellationError {
            throw Interruption("Interrupted; nothing is left running.")
        }
        if let output { try TextFile.write(JSONOutput.string(report), to: output) }
        if json { try JSONOutput.print(report) } else { BenchPrint(report: report).print() }
    }

    private func chosenStages() throws -> [Bench.Stage] {
        guard let stages else { return Bench.Stage.allCases }
        return try stages.split(separator: ",").filter { $0 != "none" }.map { name in
            guard let stage = Bench.Stage(rawValue: String(name)) else {
                let known = Bench.Stage.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("\(name) is no stage: use \(known), or none.")
            }
            return stage
        }
    }

    private func chosenLines() throws -> [Int] {
        try (lines ?? "10000").split(separator: ",").filter { $0 != "none" }.map { text in
            guard let count = Int(text), (1...10_000_000).contains(count) else {
                throw ValidationError("\(text) is no number of lines: write --lines 1000,10000, or none.")
            }
            return count
        }
    }
}

/// The figures for people.
private struct BenchPrint {
    let report: BenchReport

    func print() {
        let out = StandardStream.output
        let machine = report.machine
        out.print(
            """
            \(machine.cores) cores (\(machine.processor)), \(machine.memoryMegabytes.grouped) MB, \(machine.kafka), \
            librdkafka \(machine.librdkafka), PostgreSQL \(machine.postgreSQL), \(machine.build) build
            """)
        if !report.stages.isEmpty { printStages() }
        for whole in report.wholeWays { printWholeWay(whole) }
    }

    private func printWholeWay(_ whole: WholeWayFigure) {
        let out = StandardStream.output
        out.print()
        var steps = Table(columns: [
            Table.Column("\(whole.lines.grouped) lines"), .number("seconds"), .number("lines/s"),
        ])
        for step in whole.steps {
            steps.append(step.name, step.seconds.decimals(2), Int(step.linesPerSecond).grouped)
        }
        steps.append("the whole way", whole.seconds.decimals(2), Int(Double(whole.lines) / whole.seconds).grouped)
        steps.print()
        let ratio = whole.costToTenThousand.map { ", \($0.decimals(2)) of what it is for 10,000" } ?? ""
        let memory = whole.peakMemory.map { "\($0.process) \($0.megabytes.decimals(0))" }.joined(separator: ", ")
        out.print(
            """
            A line costs \(whole.microsecondsPerLine.decimals(1)) µs\(ratio).
            Invoice \(whole.customerInvoice) of \(whole.amount.groupedDecimal) is posted, \(whole.actualsUpdated.grouped) of \
            \(whole.lines.grouped) actuals are updated, and the ledger's \(whole.ledgerEntries.grouped) entries balance.
            Most memory, in MB: \(memory).
            """)
    }

    private func printStages() {
        var table = Table(
            columns: [
                "stage", .number("rows"), .number("seconds"), .number("rows/s"), "baseline", .number("rows/s"),
                .number("ratio"),
            ])
        for figure in report.stages {
            table.append(
                figure.stage, figure.rows.grouped, figure.seconds.decimals(2), Int(figure.perSecond).grouped,
                figure.baseline?.name ?? "", figure.baseline.map { Int($0.perSecond).grouped } ?? "",
                figure.ratio?.decimals(2) ?? "")
        }
        StandardStream.output.print()
        table.print()
    }
}

extension Double {
    fileprivate func decimals(_ count: Int) -> String { String(format: "%.\(count)f", self) }
}
