import Bus
import Contracts
import Database
import Kafka
import Operations
import Service
import Terminal

struct TopicsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics", abstract: "Compare the declared topics with the cluster's, and make them so.",
        examples: ["ledgerbus topics diff"], subcommands: [Apply.self, Diff.self, List.self])

    struct Options: ParsableArguments {
        @Option(help: "Replication instead of the declared one, for a cluster of fewer brokers.")
        var replication: ReplicationFactor?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        init() {}

        func plan() throws -> (BusConfiguration, TopicPlan) {
            let configuration = try Side.dataverse.configuration(configuration.reader())
            return (configuration, try TopicPlan(configuration, replication: replication?.replicas))
        }
    }

    static func show(_ steps: [TopicPlan.Step], output: OutputOptions) throws {
        if output.json { return try JSONOutput.print(steps) }
        guard !steps.isEmpty else { return StandardStream.output.print("The topics are as declared.") }
        var table = Table(columns: ["topic", "step", "detail"])
        for step in steps { table.append(step.topic, step.kind.rawValue, step.detail) }
        table.print()
    }

    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how the cluster's topics differ from the declared ones.",
            discussion: "The exit code is 2 when they differ. Warns of a retention that is not for ever.",
            examples: ["KAFKA_BOOTSTRAP_SERVERS=localhost:9092 ledgerbus topics diff"])

        @OptionGroup var options: Options

        func run() throws {
            let (_, plan) = try options.plan()
            try show(plan.steps, output: options.output)
            if !plan.isEmpty { throw ExitCode.difference }
        }
    }

    struct Apply: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create missing topics, add partitions, set configuration.",
            discussion: "Nothing is ever deleted, and no partition taken away.",
            examples: ["ledgerbus topics apply", "ledgerbus topics apply --replication 1"])

        @OptionGroup var options: Options

        func run() throws {
            let (configuration, plan) = try options.plan()
            if !plan.isEmpty { try record(plan) }
            try plan.apply(configuration)
            try show(plan.steps, output: options.output)
            if plan.steps.contains(where: { $0.kind == .cannotApply }) { throw ExitCode.failure }
        }

        /// Keeps what is about to be done in the databases that there are: topics belong to no side.
        private func record(_ plan: TopicPlan) throws {
            let reader = try options.configuration.reader()
            let action = OperatorAction("topics apply", of: "topics", after: try JSONOutput.string(plan.steps))
            for side in try Side.allCases.filter(reader.hasDatabase) {
                do {
                    let connection = try side.connect(reader, for: OperatorRun(command: "topics apply", of: "topics"))
                    try connection.transaction { try OperatorActionStore.record(action, on: connection) }
                } catch {
                    Notice.print("Not in the audit of \(side.rawValue): \(error)", asJSON: options.output.json)
                }
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the declared topics with their messages.", examples: ["ledgerbus topics list"])

        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let list = try TopicList(Side.dataverse.configuration(configuration.reader()))
            if output.json { return try JSONOutput.print(list.topics) }
            var table = Table(columns: [
                "topic", .number("partitions"), .number("messages"), "key", "written by", "read by",
            ])
            for topic in list.topics {
                table.append(
                    topic.name, topic.partitions.map(String.init) ?? "missing",
                    topic.messages.map { Int($0).grouped } ?? "",
                    topic.key, topic.producers.joined(separator: ", "), topic.consumers.joined(separator: ", "))
            }
            table.print()
        }
    }
}
