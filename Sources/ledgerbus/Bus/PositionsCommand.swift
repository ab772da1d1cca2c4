import Bus
import Operations
import Service
import Terminal

struct PositionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "positions", abstract: "See how far each consumer is, and reset one.",
        examples: ["ledgerbus positions list"], subcommands: [List.self, Reset.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List each consumer's next offsets and lag, by its own database.",
            examples: ["ledgerbus positions list", "ledgerbus positions list --json"])

        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let positions = try Side.configured(reader).flatMap {
                try PositionList($0.connect(reader), $0.configuration(reader)).positions
            }
            if output.json { return try JSONOutput.print(positions) }
            var table = Table(
                columns: [
                    "consumer", "topic", .number("partition"), .number("next"), .number("end"), .number("lag"),
                    "updated",
                ])
            for position in positions {
                table.append(
                    position.consumer, position.topic, "\(position.partition)", "\(position.next)",
                    position.end.map { "\($0)" } ?? "gone", position.lag.map { Int($0).grouped } ?? "",
                    position.updatedAt)
            }
            table.print()
        }
    }

    struct Reset: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a stopped consumer read a topic from its beginning again.",
            discussion: "Messages that took effect before come again and change nothing.",
            examples: ["ledgerbus positions reset --consumer finance-consumer --topic actual-created"])

        @Option(help: "The consumer: finance-consumer, posting-consumer or dataverse-consumer.") var consumer: String
        @Option(help: "The topic, with the environment's prefix; all topics when it is left out.") var topic: String?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            guard let program = Program(rawValue: consumer), let side = Side(consumer: program) else {
                throw CommandFailure("\(consumer) has no such positions; see ledgerbus positions list.")
            }
            let count = try PositionReset.reset(program, topic: topic, on: side.connect(reader))
            if output.json { return try JSONOutput.print(["reset": count]) }
            guard count > 0 else {
                throw CommandFailure("\(consumer) has no such positions; see ledgerbus positions list.")
            }
            StandardStream.output.print("\(count) positions reset.")
        }
    }
}
