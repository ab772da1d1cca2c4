import Bus
import Database
import Service
import Terminal

struct RetentionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "Archive what is done with, by the policy of configuration.",
        examples: ["ledgerbus retention apply --dry-run"], subcommands: [Apply.self])

    struct Apply: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Archive what is older than the policy says, and take it out of the databases.",
            discussion: """
                RETENTION_OUTBOX, RETENTION_DEAD_LETTERS, RETENTION_DEDUPE and RETENTION_EXECUTION_LOG are durations or \
                forever, which is the default; RETENTION_ARCHIVE is the folder. What is not sent, not settled or still waits \
                never goes, nor what operators did. Rows go in batches, after they are in an archive on the disk with its \
                digest; interrupted at any moment, nothing is lost. Archives of an outbox are sent again with \
                ledgerbus outbox resend --from-archive.
                """,
            examples: ["ledgerbus retention apply --dry-run", "ledgerbus retention apply --every 86400"])

        @Flag(help: "Only count what is due.") var dryRun = false
        @Option(help: "Only this side's database.") var side: Side?
        @Option(help: "Again every so many seconds, until Ctrl-C.") var every: Int?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if let every, !(1...31_536_000).contains(every) {
                throw ValidationError("--every takes a number of seconds from 1 to 31,536,000, a year.")
            }
        }

        func run() throws {
            let reader = try configuration.reader()
            let policy = try RetentionPolicy(reader: reader)
            let shutdown = GracefulShutdown()
            let trap = SignalTrap(requesting: shutdown)
            defer { trap.cancel() }
            repeat {
                let outcomes = try (side.map { [$0] } ?? Side.configured(reader)).flatMap {
                    try apply(policy, to: $0, reader, shutdown)
                }
                try show(outcomes)
            } while every.map { !shutdown.wait(upTo: .seconds($0)) } ?? false
            if shutdown.isRequested, every == nil { throw Interruption("Interrupted; the next run goes on from here.") }
        }

        private func apply(
            _ policy: RetentionPolicy, to side: Side, _ reader: ConfigReader, _ shutdown: GracefulShutdown
        ) throws -> [Retention.Outcome] {
            let retention = Retention(side, policy)
            if dryRun { return try retention.due(on: side.connect(reader)) }
            let run = OperatorRun(command: "retention apply", of: side.rawValue)
            let connection = try side.connect(reader, for: run)
            let outcomes = try retention.apply(on: connection) { shutdown.isRequested }
            try run.conclude(with: outcomes, on: connection)
            return outcomes
        }

        private func show(_ outcomes: [Retention.Outcome]) throws {
            if output.json { return try JSONOutput.print(outcomes) }
            guard !outcomes.isEmpty else {
                return StandardStream.output.print("Everything is kept for ever: no RETENTION_… is set.")
            }
            var table = Table(columns: ["side", "what", .number(dryRun ? "due" : "archived"), .number("archives")])
            for outcome in outcomes {
                table.append(
                    outcome.side, outcome.what.rawValue, outcome.rows.grouped, outcome.archives.count.grouped)
            }
            table.print()
        }
    }
}
