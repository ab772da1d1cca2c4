import Bus
import Contracts
import Database
import Finance
import Service
import Terminal

struct SequencesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sequences", abstract: "List number sequences, and move those on that a restored backup set back.",
        examples: ["ledgerbus finance sequences list"], subcommands: [List.self, Gaps.self, Advance.self])

    fileprivate struct Row: Encodable {
        let company: Company
        let sequence: String
        let next: String
        let seen: String?
        let isBehind: Bool

        init(_ progress: NumberSequenceProgress) {
            company = progress.company
            sequence = progress.sequence.rawValue
            next = progress.nextText
            seen = progress.seenText
            isBehind = progress.isBehind
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List number sequences, with the numbers that the topics have and this database never gave out.",
            examples: ["ledgerbus finance sequences list --json"])

        @Option(help: "Only this company's.") var company: Company?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let rows = try NumberSequenceProgress.list(
                Side.finance.connect(configuration.reader()), company: company
            ).map(Row.init)
            if output.json { return try JSONOutput.print(rows) }
            var table = Table(columns: ["company", "sequence", "next", "seen", "state"])
            for row in rows {
                table.append(
                    row.company.rawValue, row.sequence, row.next, row.seen ?? "",
                    row.isBehind ? "behind: gives out nothing" : "")
            }
            table.print()
        }
    }

    struct Advance: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Move the sequences that are behind on to what follows the highest number seen.",
            discussion: """
                A number sequence is behind after its database was restored from a backup: the topics have numbers that \
                it would give out again. What lies between is recorded as a gap.
                """,
            examples: ["ledgerbus finance sequences advance"])

        @Option(help: "Only this company's.") var company: Company?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let run = OperatorRun(
                command: "finance sequences advance", of: company?.rawValue ?? "all companies",
                standing: AuditedRows.numberSequences.standing(company.map { [$0.rawValue] } ?? []))
            let connection = try Side.finance.connect(configuration.reader(), for: run)
            let before = try NumberSequenceProgress.advance(connection, company: company)
            if output.json { return try JSONOutput.print(before.map(Row.init)) }
            guard !before.isEmpty else { return StandardStream.output.print("No number sequence is behind.") }
            for sequence in before {
                let (company, name) = (sequence.company.rawValue, sequence.sequence.rawValue)
                let (first, last) = (sequence.nextText, sequence.seenText ?? "")
                StandardStream.output.print("\(company) \(name): \(first) to \(last) are left out.")
            }
        }
    }
}

extension SequencesCommand {
    struct Gaps: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the numbers that no document has, with the reason of each gap.",
            discussion: """
                Of journal numbers, vouchers and customer invoice numbers. --from and --to are days on which a gap was \
                recorded. What an import or a posting that is under way has taken is listed until it is done. Ends with \
                code 2 if there are numbers whose absence nothing explains.
                """,
            examples: [
                "ledgerbus finance sequences gaps",
                "ledgerbus finance sequences gaps --company usmf --from 2026-01-01 --to 2026-12-31 --csv",
            ])

        @OptionGroup var report: ReportArguments

        func run() throws {
            let reader = try report.configuration.reader()
            let gaps = try NumberGap.list(
                report.scope, zone: reader.dayZone(side: .finance), on: Side.finance.connect(reader))
            var lines = Report(columns: Self.columns, as: report.output.format, empty: "There are no gaps.")
            for gap in gaps { try lines.append(gap) }
            try lines.finish()
            guard gaps.allSatisfy(\.isExplained) else { throw ExitCode.difference }
        }

        private static let columns: [ReportColumn<NumberGap, Never>] = [
            .text("company") { $0.company.rawValue }, .text("sequence") { $0.sequence }, .text("first") { $0.first },
            .text("last") { $0.last }, .count("numbers") { $0.count }, .text("recorded") { $0.recordedAt },
            .text("reason") { $0.reason ?? "nothing says why: report this as a defect" },
        ]
    }
}
