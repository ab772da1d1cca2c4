import Bus
import Database
import Foundation
import Service
import Terminal

extension ErrorsCommand {
    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have dead letters tried again.",
            discussion: """
                The consumer tries them within seconds. One that fails again is parked again with its new reason; one that \
                took effect is never tried twice. Of several, all are tried or, when one cannot be, none. --all passes over \
                those that have no value, or not all of it. Messages that wait are tried again by themselves.
                """,
            examples: ["ledgerbus errors retry F12", "ledgerbus errors retry --all"])

        @Argument(help: "The dead letters' ids, as errors list shows them.") var ids: [ErrorID] = []
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
                    requested += try DeadLetterSettlement.retryAll(
                        on: side.connect(reader, for: OperatorRun(command: "errors retry", of: "all")))
                }
            } else {
                requested = try settle(ids, reader, OperatorRun(command: "errors retry", of: ids.named)) {
                    try DeadLetterSettlement.retry($0, on: $1)
                }
            }
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
                --all. Of several, all are settled or, when one cannot be, none.
                """,
            examples: [#"ledgerbus errors discard F12 F13 --reason "typed by hand in a test""#])

        @Argument(help: "The dead letters' ids, as errors list shows them.") var ids: [ErrorID]
        @Option(help: "Why, for whoever asks later.") var reason: String
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason is empty: say why.") }
        }

        func run() throws {
            let run = OperatorRun(command: "errors discard", of: ids.named, because: reason)
            let discarded = try settle(ids, try configuration.reader(), run) {
                try DeadLetterSettlement.discard($0, by: run.actor, because: reason, on: $1)
            }
            if output.json { return try JSONOutput.print(["discarded": discarded]) }
            StandardStream.output.print("\(discarded.grouped) discarded.")
        }
    }
}

/// Settles dead letters of both sides: all, or none.
///
/// - returns: how many.
/// - throws: `CommandFailure` with each that cannot be settled so.
private func settle(
    _ ids: [ErrorID], _ reader: ConfigReader, _ run: OperatorRun, _ body: ([Int64], Connection) throws -> Void
) throws -> Int {
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
    return named.count
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
            let causes = refusal.causes.map { "\(part.side.letter)\($0.number): \($0.cause)" }
            throw CommandFailure(
                "\(causes.joined(separator: "; ")). Nothing was done; see ledgerbus errors list --all.")
        }
        try settle(parts.dropFirst(), reader, run, body)
    }
}

extension [ErrorID] {
    /// As an operator names them, at most so many that a person reads them.
    fileprivate var named: String {
        prefix(50).map(\.description).joined(separator: " ") + (count > 50 ? " and \(count - 50) more" : "")
    }
}
