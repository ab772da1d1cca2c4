import Bus
import Database
import Service
import Terminal

struct DatabaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database", abstract: "Look after the databases' schemas.",
        examples: ["ledgerbus database migrate"], subcommands: [Migrate.self])

    struct Migrate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring the configured databases to the schema that this program knows.",
            discussion: """
                Safe to run while other processes start, and to run again. A database that is newer than this program is \
                refused.
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
                let applied = try Migrations.migrate(url: try reader.databaseURL(side: side), side.migrations)
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
