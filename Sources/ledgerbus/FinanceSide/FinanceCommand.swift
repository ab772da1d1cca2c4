import Bus
import Contracts
import Database
import Finance
import Service
import Terminal
import Text

struct FinanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finance", abstract: "Set up Finance, import from staging, post, and see the results.",
        examples: ["ledgerbus finance import-from-staging"],
        subcommands: [
            Configure.self, ImportFromStagingCommand.self, JournalsCommand.self, ProposalsCommand.self,
            InvoicesCommand.self, PostCommand.self,
        ])

    struct Configure: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Apply a set-up file: companies, rates, periods, taxes, categories, accounts, sequences.",
            discussion: """
                The file is checked whole and applied in one transaction. What it no longer names is removed; number \
                sequences never go back.
                """,
            examples: ["ledgerbus finance configure finance.yaml"])

        @Argument(help: "The set-up file, in YAML.") var file: String
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let setup = try FinanceConfiguration(parsing: try TextFile.bytes(file), file: file)
            let applied = try setup.apply(to: try Side.finance.connect(configuration.reader()))
            if output.json {
                struct Report: Encodable {
                    let companies: [Company]
                    let rules: Int
                    let unnamed: [Company]
                }
                return try JSONOutput.print(
                    Report(companies: applied.companies, rules: applied.rules, unnamed: applied.unnamed))
            }
            StandardStream.output.print(
                "Applied \(applied.rules.grouped) rules to \(applied.companies.map(\.rawValue).joined(separator: ", "))."
            )
            if !applied.unnamed.isEmpty {
                StandardStream.output.print(
                    "Left alone, since the file does not name them: \(applied.unnamed.map(\.rawValue).joined(separator: ", "))."
                )
            }
        }
    }
}
