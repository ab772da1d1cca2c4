import Bus
import Database
import Service
import Terminal

struct DatabaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database", abstract: "Look after the databases: their schemas, and where they belong.",
        examples: ["ledgerbus database migrate"], subcommands: [Adopt.self, Migrate.self])

    struct Adopt: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a side's database belong to the configured cluster and topic prefix.",
            discussion: """
                The first process that runs on a database binds it to its Kafka cluster and topic prefix; a process with \
                another refuses to run, so that a test cannot join production. This changes it on purpose, for a cluster that \
                holds the same messages, or a copy of a database for another environment. Nothing is sent and no position \
                moves: where the cluster has lost messages, use ledgerbus outbox resend and ledgerbus positions reset.
                """,
            examples: ["ledgerbus database adopt --side finance"])

        @Option(help: "Whose database: dataverse or finance.") var side: Side
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let run = OperatorRun(
                command: "database adopt", of: side.rawValue, standing: AuditedRows.clusterBinding.standing([]))
            let adoption = try DatabaseAdoption(
                side.configuration(reader), on: side.connect(reader, for: run))
            if output.json { return try JSONOutput.print(adoption) }
            let prefix = adoption.prefix.isEmpty ? "no topic prefix" : "the topic prefix \(adoption.prefix)"
            let previous = adoption.previousCluster.map { "; it belonged to \($0)" } ?? ""
            StandardStream.output.print(
                "\(side.rawValue): belongs to the Kafka cluster \(adoption.cluster) with \(prefix)\(previous).")
        }
    }

    struct Migrate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring the configured databases to the schema that this program knows.",
            discussion: """
                Safe to run while the processes of the version before are at work, which run on and may be started again, and \
                to run twice. Then replace them one by one: a program that is newer than the schema is refused. A lock that \
                others hold is waited for by the second, so that nobody queues behind a migration, for two minutes at most. A \
                database that is newer is refused by those programs that may no longer run on it.
                """,
            examples: [
                "DATAVERSE_DATABASE_URL=postgres://localhost/dataverse ledgerbus database migrate",
                "ledgerbus database migrate --side finance",
            ])

        @Option(help: "Only this side's database.") var side: Side?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        struct Report: Encodable {
            let side: String
            let applied: [String]
        }

        func run() throws {
            let reader = try configuration.reader()
            let reports = try (side.map { [$0] } ?? Side.configured(reader)).map { side in
                let run = OperatorRun(
                    command: "database migrate", of: side.rawValue, standing: AuditedRows.migrations.standing([]))
                var isWaiting = false
                let applied = try SideDatabase.migrate(
                    side, url: try reader.databaseURL(side: side), side.migrations, run: run
                ) { error in
                    if !isWaiting {
                        StandardStream.error.print("\(side.rawValue): waiting for others: \(error.message)")
                    }
                    isWaiting = true
                }
                return Report(side: side.rawValue, applied: applied.map { "\($0.version): \($0.name)" })
            }
            if output.json { return try JSONOutput.print(reports) }
            for report in reports {
                let what = report.applied.isEmpty ? "up to date" : report.applied.joined(separator: "; ")
                StandardStream.output.print("\(report.side): \(what)")
            }
        }
    }
}
