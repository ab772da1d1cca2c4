import Bus
import Contracts
import Dataverse
import Terminal

struct DataverseRecountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recount",
        abstract: "Count anew what has come of each invoice, from Dataverse and back from Finance.",
        discussion: """
            By the rows that are there: line details, billed sales and accounting details. What differs is listed and \
            corrected. Consumers may run meanwhile.
            """,
        examples: ["ledgerbus dataverse recount --dry-run", "ledgerbus dataverse recount"])

    @Flag(help: "Only list what differs.") var dryRun = false
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let run = OperatorRun(command: "dataverse recount", of: "all invoices", isDry: dryRun)
        let connection = try Side.dataverse.connect(configuration.reader(), for: run)
        let differences = try InvoiceRecount.run(isDry: dryRun, on: connection)
        try run.conclude(with: ["corrected": differences.count], on: connection)
        if output.json { return try JSONOutput.print(differences) }
        guard !differences.isEmpty else { return StandardStream.output.print("All counts are right.") }
        var table = Table(columns: ["invoice", "of", .number("counted"), .number("found")])
        for difference in differences {
            table.append(
                "\(difference.invoiceId)", difference.count.rawValue, difference.counted, difference.found)
        }
        table.print()
        StandardStream.output.print(
            dryRun ? "Nothing was corrected." : "\(differences.count.grouped) counts corrected.")
    }
}
