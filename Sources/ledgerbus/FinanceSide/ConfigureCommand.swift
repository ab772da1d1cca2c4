import Bus
import Contracts
import Database
import Finance
import Service
import Terminal
import Text
import YAML

struct ConfigureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configure",
        abstract: "Apply a set-up file: companies, rates, periods, taxes, categories, accounts, sequences.",
        discussion: """
            The file is checked whole and applied in one transaction. Each company that it names has then exactly what \
            the file says: what is left out of such a company is removed, a whole section as well. Other companies are \
            left alone. Number sequences stay, and never go back.
            """,
        examples: [
            "ledgerbus finance configure finance.yaml --dry-run", "ledgerbus finance configure finance.yaml",
        ])

    @Argument(help: "The set-up file, in YAML.") var file: String
    @Flag(help: "Only show what would change, row by row.") var dryRun = false
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let setup = try FinanceConfiguration(parsing: try TextFile.bytes(file), file: file)
        let run = OperatorRun(command: "finance configure", of: file, isDry: dryRun)
        let connection = try Side.finance.connect(configuration.reader(), for: run)
        let applied = try setup.apply(to: connection, isDryRun: dryRun)
        try run.conclude(with: Kept(applied.changes), on: connection)
        output.json ? try JSONOutput.print(Report(applied, isDryRun: dryRun)) : print(applied)
    }

    /// What the audit keeps: how many rows changed, and the first of them, before and after.
    private struct Kept: Encodable {
        let count: Int
        let changes: [SetupChange]

        init(_ changes: [SetupChange]) { (count, self.changes) = (changes.count, Array(changes.prefix(1_000))) }
    }

    private struct Report: Encodable {
        let applied: Bool
        let companies: [Company]
        let rules: Int
        let changes: [SetupChange]
        let unfollowed: [UnfollowedSetting]
        let warnings: [String]
        let untouched: [Company]

        init(_ applied: FinanceConfiguration.Applied, isDryRun: Bool) {
            self.applied = !isDryRun
            companies = applied.companies
            rules = applied.rules
            changes = applied.changes
            unfollowed = applied.unfollowed
            warnings = applied.warnings
            untouched = applied.untouched
        }
    }

    private func print(_ applied: FinanceConfiguration.Applied) {
        let out = StandardStream.output
        if dryRun, !applied.changes.isEmpty {
            printRows(applied.changes)
            out.print()
        }
        for company in applied.companies {
            let changes = applied.changes.filter { $0.company == company }
            let counts = [SetupChange.Kind.added, .changed, .removed].compactMap { count(of: changes, $0) }
                .joined(separator: ", ")
            out.print("\(company): \(counts.isEmpty ? "nothing changes" : counts).")
        }
        for setting in applied.unfollowed {
            out.print("\(setting.company): \(setting.section) \(setting.row): \(setting.reason).")
        }
        for warning in applied.warnings { out.print("Warning: \(warning).") }
        if !applied.untouched.isEmpty {
            let untouched = applied.untouched.map(\.rawValue).joined(separator: ", ")
            out.print("Left alone, since the file does not name them: \(untouched).")
        }
        if dryRun { out.print("Nothing was applied; without --dry-run it is.") }
    }

    /// How many rows a change concerns, with their sections.
    private func count(of changes: [SetupChange], _ kind: SetupChange.Kind) -> String? {
        let rows = changes.filter { $0.kind == kind }
        guard !rows.isEmpty else { return nil }
        let sections = Dictionary(grouping: rows) { $0.section ?? "company" }.sorted { $0.key < $1.key }
            .map { "\($0.value.count.grouped) of \($0.key)" }
        return "\(rows.count.grouped) \(kind.rawValue) (\(sections.joined(separator: ", ")))"
    }

    private func printRows(_ changes: [SetupChange]) {
        var table = Table(columns: ["company", "change", "section", "row", "was", "is to be"])
        for change in changes {
            table.append(
                change.company.rawValue, change.kind.rawValue, change.section ?? "", change.row ?? "",
                text(change.before, unlike: change.after), text(change.after, unlike: change.before))
        }
        table.print()
    }

    /// What a row says, but for what it says on both sides.
    private func text(_ fields: [String: String], unlike others: [String: String]) -> String {
        fields.filter { others[$0.key] != $0.value }.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            .joined(separator: ", ")
    }
}

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write Finance's set-up as a set-up file.",
        discussion: """
            What is written is what "ledgerbus finance configure" takes; applied where it comes from, it changes \
            nothing. With --json the same as a JSON document.
            """,
        examples: ["ledgerbus finance export > finance.yaml"])

    @Option(help: "Only this company's.") var company: Company?
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let setup = try FinanceConfiguration(
            storedIn: Side.finance.connect(configuration.reader()), company: company)
        if let company, setup.companies.isEmpty {
            throw CommandFailure("There is no company \(company); \"ledgerbus finance export\" writes all there are.")
        }
        if output.json { return try JSONOutput.print(setup.document) }
        guard !setup.companies.isEmpty else {
            throw CommandFailure("No company is set up yet: \"ledgerbus finance configure\" takes a file of them.")
        }
        StandardStream.output.write(PrintedText(lines: setup.document.text()))
    }
}
