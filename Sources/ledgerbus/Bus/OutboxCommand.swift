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
            var table = Table(columns: ["side", "topic", .number("pending"), .number("oldest"), "relay"])
            for report in reports {
                let outbox = report.outbox
                table.append(
                    report.side, "all", Int(outbox.pending).grouped,
                    outbox.oldestPendingSeconds.map { Duration.seconds($0).readable } ?? "",
                    outbox.relay ?? "none")
                for topic in outbox.topics {
                    table.append(report.side, topic.topic, Int(topic.pending).grouped, "", "")
                }
            }
            table.print()
            for report in reports {
                guard let failure = report.outbox.lastFailure else { continue }
                StandardStream.output.print(
                    "\(report.side): not delivered, seen \(report.outbox.lastFailureAt ?? ""): \(failure)")
            }
        }
    }

    struct Resend: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish everything again, for a cluster that lost it or replaces another.",
            discussion: """
                From now on the side's database belongs to the configured cluster and topic prefix; a relay of another cluster \
                stops. The messages have the ids that they had; consumers that know them change nothing. A consumer whose \
                topics were made anew needs ledgerbus positions reset as well. What retention has archived is put back first \
                with --from-archive, each message once and under its own number, so that all goes out in its order.
                """,
            examples: [
                "ledgerbus outbox resend --side dataverse",
                "ledgerbus outbox resend --side dataverse --from-archive archive/dataverse-outbox-000000000001.jsonl",
            ])

        @Option(help: "Whose outbox: dataverse or finance.") var side: Side
        @Option(help: "An archive of the outbox that is sent too; several times for several.") var fromArchive:
            [String] = []
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let run = OperatorRun(
                command: "outbox resend", of: side.rawValue, standing: AuditedRows.clusterBinding.standing([]))
            let connection = try side.connect(reader, for: run)
            let restored = try OutboxArchive.restore(fromArchive.map { ArchiveFile($0) }, of: side, on: connection)
            let count = try OutboxResend.resend(side.configuration(reader), on: connection) + restored
            if output.json { return try JSONOutput.print(["pending": count]) }
            StandardStream.output.print("\(count.grouped) messages will be sent again.")
        }
    }
}
