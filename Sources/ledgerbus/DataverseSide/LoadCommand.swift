import Bus
import Contracts
import Database
import Dataverse
import Service
import Terminal

struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Load pages of the Dataverse Web API, and publish what is complete.",
        discussion: """
            Takes files, folders with all their *.json, or - for standard input: pages of any of the sixteen tables, in \
            any order. A load is checked whole and merged in one transaction; loading twice changes nothing. Rows whose \
            lookup is not there yet are kept, and go on when it comes: see ledgerbus dataverse waiting.

            A row that cannot be read costs itself alone, and a page that is no page itself: the others are loaded, each \
            refusal is listed with file, row, field and cure, and the exit code is 1. Load the page again when it is right: \
            until then its table counts as unfinished, and invoices that may lack the row wait. A load in which two rows \
            contradict each other, or new rows lack a column that was not selected, is refused whole.

            The first load of a live company names its cut-over: the first day that is ours to post. Invoices that are paid, \
            posted, or dated before it are settled: neither they nor their rows are published. Unbilled sales that have a \
            voucher already are published as posted, so that invoices of later days can be made of them. What has no voucher \
            is ours to post. The cut-over is decided once; later loads follow it, with or without --cutover.
            """,
        examples: [
            "ledgerbus dataverse load export/",
            "ledgerbus dataverse load --ours drafts/invoices.json drafts/lines.json",
            "ledgerbus dataverse load -",
            "ledgerbus dataverse load export/ --cutover 2026-10-01 --dry-run",
        ])

    @Argument(help: "Files, folders, or - for standard input.") var files: [String]
    @Flag(help: "Mark the draft invoices in this load as ours: this database confirms them, not Dataverse.")
    var ours = false
    @Option(help: "The first load of a live company: the first day that is ours to post.") var cutover: CalendarDate?
    @Flag(help: "Only count: nothing is loaded.") var dryRun = false
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reader = try configuration.reader()
        let settings = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader))
        let run = OperatorRun(command: "dataverse load", of: files.joined(separator: " "), isDry: dryRun)
        let connection = try Side.dataverse.connect(reader, for: run)
        let pages = LoadPages(connection: connection, configuration: settings)
        let progress = ProgressParts(isShown: !output.json)
        defer { progress.finish() }
        let sources = try PageSources(files)
        let report = try pages.load(sources.sources, asOurs: ours, cutover: cutover, isDryRun: dryRun) {
            progress.update($0, done: $1)
        }
        progress.finish()
        try run.conclude(with: Report(report, passedOver: sources.passedOver, isDryRun: dryRun), on: connection)
        if output.json {
            try JSONOutput.print(Report(report, passedOver: sources.passedOver, isDryRun: dryRun))
            if report.refused.count > 0 { throw ExitCode.failure }
            return
        }
        var table = Table(
            columns: [
                "table", .number("new"), .number("changed"), .number("unchanged"), .number("deleted"),
                .number("skipped"), .number("overruled"),
            ])
        for row in report.tables {
            table.append(
                row.name, row.new.grouped, row.changed.grouped, row.unchanged.grouped, row.deleted.grouped,
                row.skipped.grouped, row.overruled.grouped)
        }
        table.print()
        for note in report.tables.flatMap(\.notes) { StandardStream.output.print("\(note.sentence).") }
        for file in sources.passedOver { StandardStream.output.print("\(file) is hidden, and was passed over.") }
        let published = report.published.filter { $0.value > 0 }.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value.grouped) \($0.key.rawValue)" }.joined(separator: ", ")
        StandardStream.output.print(
            published.isEmpty ? "Nothing new to publish." : "To be published: \(published).")
        if let cutover = report.cutover { print(cutover) }
        for table in report.unfinished { StandardStream.output.print("\(table.sentence).") }
        if report.markedAsOurs > 0 {
            StandardStream.output.print("\(report.markedAsOurs) draft invoices are ours to confirm.")
        }
        report.refused.print()
        if dryRun { StandardStream.output.print("Nothing was loaded.") }
        if report.refused.count > 0 { throw ExitCode.failure }
    }

    private func print(_ cutover: CutoverReport) {
        StandardStream.output.print("Cut-over \(cutover.date):")
        var invoices = Table(columns: ["invoices", .number("number"), .number("amount"), "currency"])
        for row in cutover.invoices {
            invoices.append(
                row.decision, row.invoices.grouped, row.amount.description.groupedDecimal, row.currency?.rawValue ?? "")
        }
        invoices.print()
        var actuals = Table(columns: ["actuals", "type", .number("number"), .number("amount"), "currency"])
        for row in cutover.actuals {
            actuals.append(
                row.decision, row.transactionType.rawValue, row.actuals.grouped, row.amount.description.groupedDecimal,
                row.currency?.rawValue ?? "")
        }
        actuals.print()
    }

    private struct Report: Encodable {
        let tables: [LoadReport.Table]
        let published: [String: Int]
        let markedAsOurs: Int
        let unfinished: [UnfinishedTable]
        let refused: Int
        let refusals: [CaptureError]
        let passedOver: [String]
        let cutover: CutoverReport?
        let isDryRun: Bool

        init(_ report: LoadReport, passedOver: [String], isDryRun: Bool) {
            self.passedOver = passedOver
            self.isDryRun = isDryRun
            cutover = report.cutover
            unfinished = report.unfinished
            (refused, refusals) = (report.refused.count, report.refused.first)
            tables = report.tables
            published = Dictionary(uniqueKeysWithValues: report.published.map { ($0.key.rawValue, $0.value) })
            markedAsOurs = report.markedAsOurs
        }
    }
}

extension RefusedRows {
    /// Lists what was left out, each on a line of standard error.
    fileprivate func print() {
        guard count > 0 else { return }
        for error in first.prefix(50) { StandardStream.error.print("\(error)") }
        let rest = count - min(50, first.count)
        if rest > 0 {
            StandardStream.error.print("… and \(rest.grouped) more; --json has the first \(first.count.grouped)")
        }
        StandardStream.output.print(
            "\(count == 1 ? "1 row or page was" : "\(count.grouped) rows or pages were") refused; load again what is corrected."
        )
    }
}
