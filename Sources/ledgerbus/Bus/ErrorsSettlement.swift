import Bus
import Database
import Foundation
import Service
import Terminal

/// Dead letters by their ids, by what is common to them, or all.
struct ErrorSelection: ParsableArguments {
    @Argument(help: "The dead letters' ids, as errors list shows them.") var ids: [ErrorID] = []
    @Flag(help: "All dead letters of the configured databases.") var all = false
    @OptionGroup var filter: ErrorFilterOptions

    init() {}

    func validate() throws {
        if [!ids.isEmpty, all, !filter.isEmpty].count(where: { $0 }) != 1 {
            throw ValidationError(
                "Name dead letters by their ids, or by --cause, --topic, --from, --to, --contains, or give --all.")
        }
    }

    /// As the audit tells it; at most so many ids that a person reads them.
    var subject: String {
        if all { return "all" }
        guard !ids.isEmpty else {
            return DeadLetterFilter(
                DayRange(from: filter.from, to: filter.to), cause: filter.cause.map { FailureCode($0) },
                topic: filter.topic, containing: filter.contains
            ).description
        }
        return ids.prefix(50).map(\.description).joined(separator: " ")
            + (ids.count > 50 ? " and \(ids.count - 50) more" : "")
    }

    /// Settles what is selected: of ids all or none, over both sides; else each side by itself.
    ///
    /// - returns: how many.
    /// - throws: `CommandFailure` with each id that cannot be settled so.
    func settle(
        _ reader: ConfigReader, _ run: OperatorRun, named: ([Int64], Connection) throws -> Void,
        filtered: (DeadLetterFilter, Connection) throws -> Int
    ) throws -> Int {
        guard ids.isEmpty else {
            try settleNamed(reader, run, named)
            return Set(ids).count
        }
        return try Side.configured(reader).reduce(0) { count, side in
            let connection = try side.connect(reader, for: run)
            return count + (try connection.transaction { try filtered(filter.filter(side, reader), connection) })
        }
    }

    private func settleNamed(
        _ reader: ConfigReader, _ run: OperatorRun, _ body: ([Int64], Connection) throws -> Void
    ) throws {
        let named = Set(ids)
        if let waiting = ids.first(where: { $0.kind == .waiting }) {
            throw CommandFailure(
                "\(waiting) is no dead letter: it waits, and is tried again by itself; see ledgerbus errors show \(waiting)."
            )
        }
        let parts = Side.allCases.map { side in
            (side: side, numbers: named.filter { $0.side == side }.map(\.number).sorted())
        }
        try settle(parts.filter { !$0.numbers.isEmpty }[...], reader, run, body)
    }

    /// One transaction in the other: when one side refuses, the other takes back.
    private func settle(
        _ parts: ArraySlice<(side: Side, numbers: [Int64])>, _ reader: ConfigReader, _ run: OperatorRun,
        _ body: ([Int64], Connection) throws -> Void
    ) throws {
        guard let part = parts.first else { return }
        let connection = try part.side.connect(reader, for: run)
        try connection.transaction {
            do { try body(part.numbers, connection) } catch let refusal as DeadLetterRefusal {
                throw CommandFailure(refusal.sentence(part.side))
            }
            try settle(parts.dropFirst(), reader, run, body)
        }
    }
}

extension DeadLetterRefusal {
    fileprivate func sentence(_ side: Side) -> String {
        let causes = causes.map { "\(side.letter)\($0.number): \($0.cause)" }
        return "\(causes.joined(separator: "; ")). Nothing was done; see ledgerbus errors list --all."
    }
}

extension ErrorsCommand {
    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have dead letters tried again.",
            discussion: """
                The consumer tries them within seconds. One that fails again is parked again with its new reason; one that \
                took effect is never tried twice. Of several ids, all are tried or, when one cannot be, none. --all and filters \
                pass over those that have no value, or not all of it. Messages that wait are tried again by themselves.
                """,
            examples: [
                "ledgerbus errors retry F12", "ledgerbus errors retry --all",
                "ledgerbus errors retry --cause refused-by-database --topic actual-created",
            ])

        @OptionGroup var selection: ErrorSelection
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let run = OperatorRun(command: "errors retry", of: selection.subject)
            let requested = try selection.settle(
                try configuration.reader(), run,
                named: { try DeadLetterSettlement.retry($0, by: run.actor, on: $1) },
                filtered: { try DeadLetterSettlement.retryAll($0, by: run.actor, on: $1) })
            if output.json { return try JSONOutput.print(["requested": requested]) }
            StandardStream.output.print("\(requested.grouped) to be tried again.")
        }
    }

    struct Discard: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Settle dead letters that need not take effect any more.",
            discussion: """
                For messages that never can, such as one without a value, or that another has replaced. They leave errors \
                list and the count of status, and stay in the database with who settled them, when and why: see errors list \
                --all. They take no effect either when their topic is read from its beginning. Of several ids, all are \
                settled or, when one cannot be, none.
                """,
            examples: [
                #"ledgerbus errors discard F12 F13 --reason "typed by hand in a test""#,
                #"ledgerbus errors discard --cause no-value --reason "sent by a script that is gone""#,
            ])

        @OptionGroup var selection: ErrorSelection
        @Option(help: "Why, for whoever asks later.") var reason: String
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason is empty: say why.") }
        }

        func run() throws {
            let run = OperatorRun(command: "errors discard", of: selection.subject, because: reason)
            let discarded = try selection.settle(
                try configuration.reader(), run,
                named: { try DeadLetterSettlement.discard($0, by: run.actor, because: reason, on: $1) },
                filtered: { try DeadLetterSettlement.discardAll($0, by: run.actor, because: reason, on: $1) })
            if output.json { return try JSONOutput.print(["discarded": discarded]) }
            StandardStream.output.print("\(discarded.grouped) discarded.")
        }
    }
}
