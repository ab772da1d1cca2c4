import Bus
import Operations
import Service
import Terminal

struct PositionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "positions", abstract: "See how far each consumer is, step over a message, and reset a consumer.",
        examples: ["ledgerbus positions list"], subcommands: [List.self, Reset.self, Skip.self])

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
                    "updated", "stands still",
                ])
            for position in positions {
                table.append(
                    position.consumer, position.topic, "\(position.partition)", "\(position.next)",
                    position.end.map { "\($0)" } ?? "gone", position.lag.map { Int($0).grouped } ?? "",
                    position.updatedAt ?? "", position.heldReason ?? "")
            }
            table.print()
        }
    }

    struct Skip: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Step over a message at which a partition stands still: it becomes a dead letter.",
            discussion: """
                A partition stands still at a message of a schema that its consumer does not know yet; positions list and \
                the consumer's log say at which offset. A running consumer goes on within seconds, a stopped one when it \
                starts. The message stays among the errors, to be retried after an upgrade.
                """,
            examples: [
                "ledgerbus positions skip --consumer finance-consumer --topic actual-created --partition 3 --offset 1702"
            ])

        @Option(help: "The consumer: finance-consumer, posting-consumer or dataverse-consumer.") var consumer: String
        @Option(help: "The topic, with the environment's prefix.") var topic: String
        @Option(help: "The partition that stands still.") var partition: Int
        @Option(help: "The offset of the message at which it does.") var offset: Int
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            guard let program = Program(rawValue: consumer), let side = Side(consumer: program),
                let partition = Int32(exactly: partition),
                try PositionSkip.skip(
                    program, topic: topic, partition: partition, offset: Int64(offset),
                    on: side.connect(
                        reader,
                        for: OperatorRun(
                            command: "positions skip", of: "\(consumer)/\(topic)/\(partition)@\(offset)")))
            else {
                throw CommandFailure(
                    "\(consumer) does not stand still at offset \(offset) of \(topic)/\(partition); see ledgerbus positions list."
                )
            }
            if output.json { return try JSONOutput.print(["skipped": 1]) }
            StandardStream.output.print(
                "\(consumer) makes a dead letter of offset \(offset) of \(topic)/\(partition); see ledgerbus errors list."
            )
        }
    }
}
