import Bus
import Contracts
import Database
import Finance
import Operations
import Service
import Terminal

struct ErrorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "errors",
        abstract: "Show what does not go on, by cause, with what to do; see, retry, edit and settle messages.",
        discussion: """
            Alone it shows all that is blocked, waiting or dead-lettered on both sides: how many, since when, an example, the \
            cure. What waits or is blocked goes on by itself when what it lacks is there; dead letters are tried again when an \
            operator asks for it. When a side is away, the other is shown, and the exit code is 1.
            """,
        examples: ["ledgerbus errors", "ledgerbus errors --json"],
        subcommands: [
            List.self, Show.self, Retry.self, Edit.self, Discard.self, OutOfSyncCommand.self, Log.self,
        ])

    @OptionGroup var output: ReportOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        let reader = try configuration.reader()
        var overview = ErrorOverview()
        for side in try Side.configured(reader) {
            overview.add(side, prefix: side.letter) { try side.connect(reader) }
        }
        if output.format == .json {
            try JSONOutput.print(overview)
        } else {
            var report = Report<ErrorGroup, Never>(
                columns: Self.columns, as: output.format,
                empty: overview.unavailable.isEmpty ? "Everything goes on." : "Nothing is known.")
            for group in overview.groups { try report.append(group) }
            try report.finish()
            for side in overview.unavailable {
                Notice.print("\(side.side) is not shown: \(side.reason)", asJSON: false)
            }
        }
        if overview.unavailable.isEmpty { try Self.sayOutOfSync(reader) }
        if !overview.unavailable.isEmpty { throw ExitCode.failure }
    }

    private static let columns: [ReportColumn<ErrorGroup, Never>] = [
        .text("side") { $0.side }, .text("what") { $0.kind.rawValue }, .text("cause") { $0.cause },
        .text("topic") { $0.topic }, .count("count") { $0.count },
        .text("oldest") { $0.oldestSeconds.map { Duration.seconds($0).readable } },
        .text("example") { $0.example }, .text("cure") { $0.cure },
    ]

    /// What was posted and is otherwise in Dataverse by now is no message, but an error all the same.
    fileprivate static func sayOutOfSync(_ reader: ConfigReader) throws {
        guard try Side.configured(reader).contains(.finance) else { return }
        let counts = try FinanceCounts.load(Side.finance.connect(reader))
        guard counts.outOfSync + counts.invoicesOutOfSync > 0 else { return }
        StandardStream.error.print(
            """
            \(counts.invoicesOutOfSync.grouped) posted invoices and \(counts.outOfSync.grouped) posted actuals are \
            otherwise in Dataverse by now; see ledgerbus errors out-of-sync.
            """)
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List dead letters, and messages that wait for something, one by one.",
            examples: [
                "ledgerbus errors list", "ledgerbus errors list --all --json --limit 100000",
                "ledgerbus errors list --cause not-json --topic actual-created",
            ])

        @OptionGroup var filter: ErrorFilterOptions
        @Option(help: "At most so many of each side, the newest.") var limit = RowLimit(1_000)
        @Flag(help: "Also those that have taken effect since, or were discarded.") var all = false
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let lists = try Side.configured(reader).map {
                try ErrorList(
                    $0.connect(reader), prefix: $0.letter, filter.filter($0, reader), all: all, limit: limit.rows)
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

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one message that did not take effect: its headers, its value, and what happened to it.",
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
                let cure: String?
            }
            let cure = FailureCode.cures[FailureCode(entry.code)]
            if output.json { return try JSONOutput.print(Both(error: entry, detail: detail, cure: cure)) }
            let out = StandardStream.output
            out.print(
                "\(entry.id)  \(entry.state)  \(entry.topic)/\(entry.partition) at offset \(entry.offset), for \(entry.consumer)"
            )
            out.print("received \(entry.receivedAt)\(detail.attempts.map { ", \($0) attempts" } ?? "")")
            out.print("reason   \(entry.reason) (\(entry.code))")
            if let cure { out.print("cure     \(cure)") }
            if let trace = detail.trace { out.print("trace    \(trace)") }
            if let person = detail.discardedBy {
                out.print("settled  by \(person): \(detail.discardReason ?? "")")
            }
            for event in detail.history {
                out.print(
                    "history  \(event.at) \(event.event.rawValue) by \(event.actor)\(event.reason.map { ": \($0)" } ?? "")"
                )
            }
            out.print("key      \(entry.key ?? "none")")
            for header in detail.headers { out.print("header   \(header.name): \(header.value)") }
            out.print("value    \(detail.payload ?? "none")")
            if let edited = detail.editedPayload { out.print("edited   \(edited)") }
        }
    }
}

/// Which messages that did not take effect are meant.
struct ErrorFilterOptions: ParsableArguments {
    @Option(help: "Only those of this cause, such as not-json, as errors shows it.") var cause: String?
    @Option(help: "Only those of this topic, without the environment's prefix.") var topic: String?
    @Option(help: "Only those received from this day on.") var from: CalendarDate?
    @Option(help: "Only those received up to this day.") var to: CalendarDate?
    @Option(help: "Only those whose value contains this text.") var contains: String?

    init() {}

    func validate() throws {
        if let from, let to, to < from { throw ValidationError("--from \(from) is after --to \(to).") }
        if contains?.isEmpty == true { throw ValidationError("--contains is empty.") }
    }

    var isEmpty: Bool { cause == nil && topic == nil && from == nil && to == nil && contains == nil }

    func filter(_ side: Side, _ reader: ConfigReader) throws -> DeadLetterFilter {
        DeadLetterFilter(
            DayRange(from: from, to: to, zone: try reader.dayZone(side: side)), cause: cause.map { FailureCode($0) },
            topic: topic, containing: contains)
    }
}

extension ErrorsCommand {
    struct Log: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Show what import, posting and consumers had to say: what was refused, and what went on by itself.",
            examples: [
                "ledgerbus errors log", "ledgerbus errors log --limit 20 --json",
                "ledgerbus errors log --from 2026-11-01 --to 2026-11-30 --csv",
            ])

        @OptionGroup var days: DayOptions
        @Option(help: "At most so many of each side, the newest.") var limit = RowLimit(100)
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: ReportOptions

        func run() throws {
            let reader = try configuration.reader()
            var report = Report<ExecutionLogList.Entry, Never>(
                columns: Self.columns, as: output.format, empty: "There is nothing in the log.")
            for side in try Side.configured(reader) {
                let days = DayRange(from: days.from, to: days.to, zone: try reader.dayZone(side: side))
                for entry in try ExecutionLogList(side, side.connect(reader), days, limit: limit.rows).entries {
                    try report.append(entry)
                }
            }
            try report.finish()
        }

        private static let columns: [ReportColumn<ExecutionLogList.Entry, Never>] = [
            .text("side") { $0.side }, .text("logged") { $0.loggedAt }, .text("activity") { $0.activity },
            .text("subject") { $0.subject }, .text("level") { $0.level }, .text("message") { $0.message },
        ]
    }
}
