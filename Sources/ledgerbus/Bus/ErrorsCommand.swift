import Bus
import Database
import Finance
import Operations
import Service
import Terminal

struct ErrorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "errors", abstract: "See, retry and settle messages that did not take effect.",
        examples: ["ledgerbus errors list"],
        subcommands: [List.self, Show.self, Retry.self, Discard.self, OutOfSyncCommand.self, Log.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List dead letters, and messages that wait for something.",
            examples: ["ledgerbus errors list", "ledgerbus errors list --all --json --limit 100000"])

        @Option(help: "At most so many of each side, the newest.") var limit = RowLimit(1_000)
        @Flag(help: "Also those that have taken effect since, or were discarded.") var all = false
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let lists = try Side.configured(reader).map {
                try ErrorList($0.connect(reader), prefix: $0.letter, all: all, limit: limit.rows)
            }
            let entries = lists.flatMap(\.entries)
            try ErrorsCommand.sayOutOfSync(reader)
            let missing = lists.reduce(0) { $0 + $1.total } - entries.count
            if missing > 0 {
                StandardStream.error.print("\(missing.grouped) older ones are not listed; --limit lists more.")
            }
            if output.json { return try JSONOutput.print(entries) }
            guard !entries.isEmpty else { return StandardStream.output.print("There are no errors.") }
            var table = Table(columns: [
                "id", "state", "topic", .number("partition"), .number("offset"), "received", "reason",
            ])
            for entry in entries {
                table.append(
                    entry.id, entry.state, entry.topic, "\(entry.partition)", "\(entry.offset)", entry.receivedAt,
                    entry.reason)
            }
            table.print()
        }
    }

    /// What was posted and is otherwise in Dataverse by now is no message, but an error all the same.
    private static func sayOutOfSync(_ reader: ConfigReader) throws {
        guard try Side.configured(reader).contains(.finance) else { return }
        let counts = try FinanceCounts.load(Side.finance.connect(reader))
        guard counts.outOfSync + counts.invoicesOutOfSync > 0 else { return }
        StandardStream.error.print(
            """
            \(counts.invoicesOutOfSync.grouped) posted invoices and \(counts.outOfSync.grouped) posted actuals are \
            otherwise in Dataverse by now; see ledgerbus errors out-of-sync.
            """)
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one message that did not take effect, with its headers and value.",
            examples: ["ledgerbus errors show F12"])

        @Argument(help: "The message's id, as errors list shows it.") var id: ErrorID
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let connection = try id.side.connect(reader)
            guard let detail = try ErrorDetail.load(connection, number: id.number, kind: id.kind),
                let entry = try ErrorList.Entry.load(
                    connection, prefix: id.side.letter, number: id.number, kind: id.kind)
            else { throw CommandFailure("There is no message \(id); see ledgerbus errors list --all.") }
            struct Both: Encodable {
                let error: ErrorList.Entry
                let detail: ErrorDetail
            }
            if output.json { return try JSONOutput.print(Both(error: entry, detail: detail)) }
            let out = StandardStream.output
            out.print(
                "\(entry.id)  \(entry.state)  \(entry.topic)/\(entry.partition) at offset \(entry.offset), for \(entry.consumer)"
            )
            out.print("received \(entry.receivedAt)\(detail.attempts.map { ", \($0) attempts" } ?? "")")
            out.print("reason   \(entry.reason)")
            if let person = detail.discardedBy {
                out.print("settled  by \(person): \(detail.discardReason ?? "")")
            }
            out.print("key      \(entry.key ?? "none")")
            for header in detail.headers { out.print("header   \(header.name): \(header.value)") }
            out.print("value    \(detail.payload ?? "none")")
        }
    }
}

extension ErrorsCommand {
    struct Log: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what import and posting had to say: what was refused, and what is out of sync.",
            examples: ["ledgerbus errors log", "ledgerbus errors log --limit 20 --json"])

        @Option(help: "At most so many of each side, the newest.") var limit = RowLimit(100)
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let entries = try Side.configured(reader).flatMap {
                try ExecutionLogList($0, $0.connect(reader), limit: limit.rows).entries
            }
            if output.json { return try JSONOutput.print(entries) }
            guard !entries.isEmpty else { return StandardStream.output.print("There is nothing in the log.") }
            var table = Table(columns: ["side", "logged", "activity", "subject", "level", "message"])
            for entry in entries {
                table.append(entry.side, entry.loggedAt, entry.activity, entry.subject, entry.level, entry.message)
            }
            table.print()
        }
    }
}
