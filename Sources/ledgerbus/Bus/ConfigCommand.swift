import Operations
import Service
import Terminal

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check the configuration.",
        examples: ["ledgerbus config check"], subcommands: [Check.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show every value and where it came from, and what is wrong.",
            discussion:
                """
                Looks at the values as the processes do, and tries the databases and the brokers too, unless --offline is \
                given. A problem keeps a process from working or breaks a promise, and the exit code is 1; a warning is of \
                what works and is not safe.
                """,
            examples: ["ledgerbus config check", "ledgerbus config check --offline --config ledgerbus.yaml"])

        @Flag(help: "Only read the configuration; connect to nothing.") var offline = false
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let check = ConfigurationCheck(try configuration.reader(), isOffline: offline)
            if output.json {
                try JSONOutput.print(check)
            } else {
                var table = Table(columns: ["key", "value", "source"])
                for value in check.values { table.append(value.key, value.value, value.source) }
                table.print()
                for warning in check.warnings { StandardStream.error.print("Warning: \(warning)") }
                for problem in check.problems { StandardStream.error.print("Problem: \(problem)") }
            }
            if !check.problems.isEmpty { throw ExitCode.failure }
        }
    }
}
