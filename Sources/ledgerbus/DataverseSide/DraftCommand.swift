import Bus
import Contracts
import Database
import Dataverse
import Terminal

struct DraftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft", abstract: "Make draft invoices of what is ready, or add it to those that there are.",
        discussion: """
            Takes the unbilled sales and milestones that are ready: all, or of the contracts that --file names, \
            {"contract": "ORD-1"} with contractLine, customer and through where wanted. A draft that matches contract, \
            customer and currency is added to, the newest of several; else a new one is made, with a line for each \
            contract line. One transaction; rows that are refused cost themselves alone, and the exit code is 1.
            """,
        examples: ["ledgerbus dataverse draft --all", "ledgerbus dataverse draft --file contracts.json"])

    @Flag(help: "Everything that is ready.") var all = false
    @Option(
        help:
            "The day of drafting, after which nothing is invoiced; today, by DATAVERSE_TIME_ZONE, when it is left out.")
    var date: CalendarDate?
    @OptionGroup var request: RequestOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if all == (request.file != nil) { throw ValidationError("Give --all or --file.") }
    }

    func run() throws {
        let reader = try configuration.reader()
        let settings = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader))
        let run = OperatorRun(command: "dataverse draft", of: request.name)
        let connection = try Side.dataverse.connect(reader, for: run)
        let drafting = DraftInvoices(connection: connection, configuration: settings)
        let date = date ?? settings.zone.today
        let report = try request.sources().map { try drafting.draft($0, on: date) } ?? drafting.draftAll(on: date)
        try run.conclude(with: ["drafts": report.drafts.map(\.invoiceNumber)], on: connection)
        if output.json { try JSONOutput.print(DraftOutput(report)) } else { show(report) }
        if report.hasFailures { throw ExitCode.failure }
    }

    private func show(_ report: DraftReport) {
        if !all { report.request.show("drafted") }
        if report.drafts.isEmpty {
            StandardStream.output.print("Nothing was drafted.")
        } else {
            report.drafts.show()
        }
        for problem in report.problems { StandardStream.output.print("\(problem).") }
        report.request.showPublished()
    }
}

extension [DraftedInvoice] {
    /// Prints them as a table.
    func show() {
        var table = Table(
            columns: ["invoice", "", "contract", "customer", .number("lines"), .number("amount"), "currency"])
        for draft in self {
            table.append(
                draft.invoiceNumber, draft.isNew ? "new" : "added to", draft.contract ?? "", draft.customer ?? "",
                draft.lineDetails.grouped, draft.lineAmount.description.groupedDecimal, draft.currency?.rawValue ?? "")
        }
        table.print()
    }
}

/// A report of drafting as JSON.
struct DraftOutput: Encodable {
    let drafts: [DraftedInvoice]
    let problems: [String]
    let request: RequestOutput

    init(_ report: DraftReport) {
        (drafts, problems, request) = (report.drafts, report.problems, report.request.output)
    }
}
