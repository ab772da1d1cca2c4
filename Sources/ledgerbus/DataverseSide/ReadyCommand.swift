import Bus
import Contracts
import Database
import Dataverse
import Terminal

struct ReadyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ready", abstract: "Make unbilled sales ready to be invoiced.",
        discussion: """
            All that lie in the past and can be invoiced; or what --file names: {"unbilledSale": ID}, with "ready": false to take \
            it back, or {"contract": "ORD-1", "through": "2026-09-30"}. Adjusted rows, those without a contract-line customer, \
            and those whose not-to-exceed status is Failed never become ready; they are counted by their reason.
            """,
        examples: ["ledgerbus dataverse ready --all", "ledgerbus dataverse ready --file sales.json"])

    @Flag(help: "All that can be.") var all = false
    @Option(help: "The day after which nothing is invoiced; today, by DATAVERSE_TIME_ZONE, when it is left out.")
    var date: CalendarDate?
    @OptionGroup var request: RequestOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if all == (request.file != nil) { throw ValidationError("Give --all or --file.") }
    }

    private struct Output: Encodable {
        let ready: Int
        let left: [String: Int]
        let request: RequestOutput
    }

    func run() throws {
        let reader = try configuration.reader()
        let settings = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader))
        let run = OperatorRun(command: "dataverse ready", of: request.name)
        let connection = try Side.dataverse.connect(reader, for: run)
        let marking = MarkReady(connection: connection, configuration: settings)
        let date = date ?? settings.zone.today
        let report = try request.sources().map { try marking.mark($0, on: date) } ?? marking.markAll(on: date)
        try run.conclude(with: ["ready": report.ready], on: connection)
        if output.json {
            try JSONOutput.print(Output(ready: report.ready, left: report.left, request: report.request.output))
        } else {
            StandardStream.output.print("\(report.ready.grouped) unbilled sales became ready.")
            if !all { report.request.show("done") }
            for (reason, count) in report.left.sorted(by: { $0.value > $1.value }) {
                StandardStream.output.print("\(count.grouped) stay as they are: \(reason).")
            }
            report.request.showPublished()
        }
        if report.request.hasRefusals { throw ExitCode.failure }
    }
}
