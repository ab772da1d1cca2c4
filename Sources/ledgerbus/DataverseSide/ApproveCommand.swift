import Bus
import Contracts
import Database
import Dataverse
import Terminal

struct ApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve time, expense, material and fee entries, or take approvals back.",
        discussion: """
            Writes the costs, unbilled sales and what units settle with each other, and publishes them, in one transaction. \
            A row is {"id": ID, "class": "Time", "project": ID, "contractLine": ID, "documentDate": "2026-09-01", \
            "quantitySubmitted": "8", "costPrice": "100", "salesPrice": "200"}, and where wanted quantityBillable, currency, \
            costCurrency, billingType, customer, resource, category, resourcingUnit and more; with "event": "Approval \
            Canceled", "Recalled" or "Contract Confirmed" (with the new prices) it is about an entry that was approved. \
            Approving again changes nothing; a row that is refused costs itself alone, and the exit code is 1.
            """,
        examples: ["ledgerbus dataverse approve --file entries.json", "ledgerbus dataverse approve --file - --json"])

    @OptionGroup var request: RequestOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reader = try configuration.reader()
        let settings = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader))
        let progress = ProgressParts(isShown: !output.json)
        defer { progress.finish() }
        let sources = try request.requiredSources()
        let run = OperatorRun(command: "dataverse approve", of: request.name)
        let connection = try Side.dataverse.connect(reader, for: run)
        let report = try ApproveEntries(connection: connection, configuration: settings)
            .approve(sources) { progress.update($0, done: $1) }
        progress.finish()
        try run.conclude(with: report.counts, on: connection)
        try report.finish(output)
    }
}
