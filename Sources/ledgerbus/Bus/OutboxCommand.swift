import Bus
import Operations
import Service
import Terminal

struct OutboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "See what is still to be published, and publish again.",
        examples: ["ledgerbus outbox list"], subcommands: [List.self, Resend.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what each outbox still has to send, and who relays it.",
            examples: ["ledgerbus outbox list"])

        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        struct SideReport: Encodable {
            let side: String
            let outbox: OutboxReport
        }

        func run() throws {
            let reader = try configuration.reader()
            let reports = try Side.configured(reader).map {
                SideReport(side: $0.rawValue, outbox: try OutboxReport($0.connect(reader)))
            }
            if output.json { return try JSONOutput.print(reports) }
            var table = Table(columns: ["side", "topic", .number("pending"), .number("oldest, s"), "relay"])
            for report in reports {
                let outbox = report.outbox
                table.append(
                    report.side, "all", Int(outbox.pending).grouped, outbox.oldestPendingSeconds.map { "\($0)" } ?? "",
                    outbox.relay ?? "none")
                for topic in outbox.topics {
                    table.append(report.side, topic.topic, Int(topic.pending).grouped, "", "")
                }
            }
            table.print()
        }
    }

    struct Resend: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish everything again, for a cluster that lost it or replaces another.",
            discussion: "The messages have the ids that they had; consumers that know them change nothing.",
            examples: ["ledgerbus outbox resend --side dataverse"])

        @Option(help: "Whose outbox: dataverse or finance.") var side: Side
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let count = try OutboxResend.resend(on: side.connect(configuration.reader()))
            if output.json { return try JSONOutput.print(["pending": count]) }
            StandardStream.output.print("\(count.grouped) messages will be sent again.")
        }
    }
}
