import Bus
import Database
import Operations
import Service
import Terminal

struct ErrorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "errors", abstract: "See and retry messages that did not take effect.",
        examples: ["ledgerbus errors list"], subcommands: [List.self, Show.self, Retry.self, Log.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List dead letters, and messages that wait for something.",
            examples: ["ledgerbus errors list", "ledgerbus errors list --all --json"])

        @Flag(help: "Also those that have taken effect since.") var all = false
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let entries = try Side.configured(reader).flatMap {
                try ErrorList($0.connect(reader), prefix: $0.letter, all: all).entries
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
            abstract: "Show one message that did not take effect, with its headers and value.",
            examples: ["ledgerbus errors show F12"])

        @Argument(help: "The message's id, as errors list shows it.") var id: String
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let error = try ErrorID(id)
            let connection = try error.side.connect(reader)
            guard let detail = try ErrorDetail.load(connection, number: error.number, kind: error.kind),
                let entry = try ErrorList(connection, prefix: error.side.letter, all: true).entries.first(where: {
                    $0.id == id
                })
            else { throw ValidationError("There is no message \(id); see ledgerbus errors list.") }
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
            out.print("key      \(entry.key ?? "none")")
            for header in detail.headers { out.print("header   \(header.name): \(header.value)") }
            out.print("value    \(detail.payload ?? "none")")
        }
    }

    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have dead letters tried again.",
            discussion: """
                The consumer tries them within seconds. One that fails again is parked again with its new reason; one that \
                took effect is never tried twice. Messages that wait are tried again by themselves.
                """,
            examples: ["ledgerbus errors retry F12", "ledgerbus errors retry --all"])

        @Argument(help: "The dead letters' ids, as errors list shows them.") var ids: [String] = []
        @Flag(help: "All dead letters of the configured databases.") var all = false
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if ids.isEmpty != all { throw ValidationError("Name the dead letters to try again, or give --all.") }
        }

        func run() throws {
            let reader = try configuration.reader()
            var requested = 0
            if all {
                for side in try Side.configured(reader) {
                    requested += try DeadLetterRetry.request(nil, on: side.connect(reader))
                }
            }
            for id in ids {
                let error = try ErrorID(id)
                guard error.kind == .deadLetter else {
                    throw ValidationError("\(id) waits and is tried again by itself; see ledgerbus errors show \(id).")
                }
                guard try DeadLetterRetry.request(error.number, on: error.side.connect(reader)) == 1 else {
                    throw ValidationError(
                        "\(id) is not a parked dead letter, or its value was too large to be kept whole; see ledgerbus errors show \(id)."
                    )
                }
                requested += 1
            }
            if output.json { return try JSONOutput.print(["requested": requested]) }
            StandardStream.output.print("\(requested.grouped) to be tried again.")
        }
    }
}

extension ErrorsCommand {
    struct Log: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what import and posting had to say: what was refused, and what is out of sync.",
            examples: ["ledgerbus errors log", "ledgerbus errors log --limit 20 --json"])

        @Option(help: "At most so many of each side, the newest.") var limit = 100
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let entries = try Side.configured(reader).flatMap {
                try ExecutionLogList($0, $0.connect(reader), limit: limit).entries
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

/// `F12`: dead letter 12 of Finance; `DW3`: waiting message 3 of Dataverse.
struct ErrorID {
    let side: Side
    let kind: ErrorList.Kind
    let number: Int64

    init(_ text: String) throws {
        guard let side = Side.allCases.first(where: { text.hasPrefix($0.letter) }) else {
            throw ValidationError("\(text) is no message's id; ids look like F12 or DW3, see ledgerbus errors list.")
        }
        let rest = text.dropFirst()
        kind = rest.hasPrefix("W") ? .waiting : .deadLetter
        guard let number = Int64(kind == .waiting ? rest.dropFirst() : rest) else {
            throw ValidationError("\(text) is no message's id; ids look like F12 or DW3, see ledgerbus errors list.")
        }
        self.side = side
        self.number = number
    }
}
