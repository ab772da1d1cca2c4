import Bus
import Foundation
import Service
import Terminal

extension PositionsCommand {
    struct Reset: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a consumer read topics again: from the beginning, an offset or a time.",
            discussion: """
                Messages that took effect before come again and change nothing: rows that are there stay, rows that are gone come \
                back. So finance-consumer rebuilds actuals_staging, transaction_connections, invoice_confirmations and \
                invoice_proposals, and dataverse-consumer accounting_details and posted_invoices; run ledgerbus finance recount or \
                dataverse recount after rows were lost. Journals, vouchers and customer invoices are not in the log: they come \
                back from a backup (handbook, Backup and restore).

                Consumers may run: one that does cannot commit with its old position, joins its group anew within half a minute, \
                and reads from the new one. A position never goes forward, as what lies between would never take effect; \
                positions skip steps over one message. Without an option that says where, it is the beginning.
                """,
            examples: [
                "ledgerbus positions reset --consumer finance-consumer --topic actual-created",
                "ledgerbus positions reset --consumer finance-consumer --to-datetime 2026-11-21T13:00:00Z --dry-run",
                "ledgerbus positions reset --consumer finance-consumer --by-duration 2h",
                "ledgerbus positions reset --consumer finance-consumer --topic actual-created --partition 3 --to-offset 1702",
                "ledgerbus positions reset --consumer dataverse-consumer --shift-by -500",
            ])

        @Option(help: "The consumer: finance-consumer, posting-consumer or dataverse-consumer.") var consumer: String
        @Option(help: "The topic, with the environment's prefix; all topics when it is left out.") var topic: String?
        @Option(help: "The partition; all partitions when it is left out.") var partition: Int?
        @Flag(help: "From the beginning, also of a topic that was made anew.") var toEarliest = false
        @Option(help: "From this offset.") var toOffset: Int64?
        @Option(help: "From the first message that was sent at this time or later.") var toDatetime: SentTime?
        @Option(help: "From the first message that was sent so long ago or later.") var byDuration: SentAgo?
        @Option(help: ArgumentHelp("So many messages back.", valueName: "-messages")) var shiftBy: Int64?
        @Option(help: "Why, for ledgerbus audit.") var reason: String?
        @Flag(help: "Say from where to where, and change nothing.") var dryRun = false
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let unknown = CommandFailure("\(consumer) has no such positions; see ledgerbus positions list.")
            guard let program = Program(rawValue: consumer), let side = Side(consumer: program) else { throw unknown }
            guard let partition = Int32(exactly: partition ?? 0) else { throw unknown }
            let moves: [PositionReset.Move]
            do {
                moves = try PositionReset.reset(
                    program, topic: topic, partition: self.partition == nil ? nil : partition, to: target(),
                    because: reason, isDry: dryRun, side.configuration(reader),
                    on: side.connect(
                        reader,
                        for: OperatorRun(
                            command: "positions reset", of: "\(consumer)\(topic.map { "/\($0)" } ?? "")",
                            because: reason,
                            isDry: dryRun)))
            } catch let refusal as ResetRefusal {
                throw CommandFailure("\(refusal). Nothing was changed.")
            }
            if output.json { return try JSONOutput.print(moves) }
            guard !moves.isEmpty else {
                throw CommandFailure(
                    "\(consumer) has no such positions, or is not beyond there; see ledgerbus positions list.")
            }
            var table = Table(columns: ["topic", .number("partition"), .number("from"), .number("to")])
            for move in moves { table.append(move.topic, "\(move.partition)", "\(move.from)", "\(move.to)") }
            table.print()
            StandardStream.output.print(
                dryRun
                    ? "Nothing was changed."
                    : "\(moves.count) positions reset; consumers that run follow within half a minute.")
        }

        private func target() throws -> ResetTarget {
            let targets: [ResetTarget] = [
                toEarliest ? .earliest : nil, toOffset.map { .offset($0) }, toDatetime.map { .time($0.milliseconds) },
                byDuration.map { .time($0.milliseconds) }, shiftBy.map { .back(-$0) },
            ].compactMap { $0 }
            guard targets.count < 2 else {
                throw CommandFailure(
                    "Say one of --to-earliest, --to-offset, --to-datetime, --by-duration and --shift-by.")
            }
            return targets.first ?? .earliest
        }
    }
}

/// When a message was sent.
struct SentTime: ExpressibleByArgument {
    /// Since 1970.
    let milliseconds: Int64

    init?(argument: String) {
        let formatter = ISO8601DateFormatter()
        for options in [
            ISO8601DateFormatter.Options.withInternetDateTime, [.withInternetDateTime, .withFractionalSeconds],
        ] {
            formatter.formatOptions = options
            guard let date = formatter.date(from: argument) else { continue }
            milliseconds = Int64((date.timeIntervalSince1970 * 1_000).rounded())
            return
        }
        return nil
    }

    static var expectation: String? { "a time with its zone, such as 2026-11-21T13:00:00Z" }
}

/// How long ago a message was sent.
struct SentAgo: ExpressibleByArgument {
    /// Since 1970.
    let milliseconds: Int64

    init?(argument: String) {
        guard let duration = Duration(configurationText: argument) else { return nil }
        milliseconds = Int64(((Date.now.timeIntervalSince1970 - duration / .seconds(1)) * 1_000).rounded())
    }

    static var expectation: String? { "a duration, such as 90m, 2h or 1d12h" }
}
