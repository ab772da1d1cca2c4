import Bus
import Contracts
import Dataverse
import Finance
import Kafka
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
                "Tries the databases and the brokers too, unless --offline is given. The exit code is 1 when something is wrong.",
            examples: ["ledgerbus config check", "ledgerbus config check --offline --config ledgerbus.yaml"])

        @Flag(help: "Only read the configuration; connect to nothing.") var offline = false
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        struct Report: Encodable {
            struct Value: Encodable {
                let key: String
                let value: String
                let source: String
            }
            let values: [Value]
            let problems: [String]
        }

        func run() throws {
            let reader = try configuration.reader()
            var problems: [String] = []
            func note(_ body: () throws -> Void) {
                do { try body() } catch { problems.append("\(error)") }
            }
            note {
                let configuration = try Side.dataverse.configuration(reader)
                _ = try Side.finance.configuration(reader)
                problems += configuration.kafka.libraryProblems
                if !offline { _ = try Admin(configuration.kafka, clientID: "ledgerbus").clusterID() }
            }
            note { _ = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader)) }
            note { _ = try reader.int(forKey: "posting.workers", default: 2) }
            note { _ = try reader.string(forKey: "kafka.group.instance.id") }
            for side in Side.allCases {
                note {
                    guard try reader.hasDatabase(side: side), !offline else { return }
                    _ = try side.connect(reader)
                }
            }
            note { _ = try Side.configured(reader) }
            problems += reader.unknownKeys(besides: ["log.level", "log.format"]).map(\.description)
            let values = reader.values().map {
                Report.Value(key: $0.key, value: $0.displayedValue, source: "\($0.source)")
            }
            if output.json {
                try JSONOutput.print(Report(values: values, problems: problems))
            } else {
                var table = Table(columns: ["key", "value", "source"])
                for value in values { table.append(value.key, value.value, value.source) }
                table.print()
                for problem in problems { StandardStream.error.print("Problem: \(problem)") }
            }
            if !problems.isEmpty { throw ExitCode.failure }
        }
    }
}
