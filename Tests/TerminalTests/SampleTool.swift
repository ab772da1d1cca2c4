import Foundation
import Terminal

/// A small tool for the tests.
struct SampleTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Look after topics.", examples: ["sample topics list --json"],
        version: "1.2.3", subcommands: [Topics.self, Copy.self])

    struct Topics: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create and compare topics.", examples: ["sample topics list"],
            subcommands: [List.self, Apply.self])
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the topics.", discussion: "Those of the prefix alone.",
            examples: [
                "sample topics list --state running", "KAFKA_BOOTSTRAP_SERVERS=b:9092 sample topics list --json | jq .",
            ])

        enum State: String, CaseIterable, ExpressibleByArgument {
            case running
            case paused
        }

        @OptionGroup var output: OutputOptions
        @Option(name: .shortAndLong, help: "Only those in this state.") var state: State?
        @Option(help: "How many at most.") var limit = 100
        @Flag(help: "Show internal topics.") var `internal` = false
        @Flag(name: .custom(short: "q", long: "quiet"), help: "Say less.") var isQuiet = false
    }

    struct Apply: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create the topics.", examples: ["sample topics apply --bootstrap-servers b:9092 a.yaml"])

        @Option(help: "The brokers.") var bootstrapServers: String
        @Option(help: "A property, name=value.") var property: [String] = []
        @Argument(help: "The topic files.") var files: [URL]
    }

    struct Copy: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Copy.", examples: ["sample copy a b"])

        @Argument(help: "From where.") var source: String
        @Argument(help: "To where.") var target: String?
        @Option(help: "From which offset.") var offset = 0

        func validate() throws {
            guard source != target else { throw ValidationError("the source and the target are the same") }
        }
    }
}
