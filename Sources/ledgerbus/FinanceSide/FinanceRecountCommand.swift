import Bus
import Contracts
import Finance
import Terminal

struct FinanceRecountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recount",
        abstract: "Count anew how many billed sales of each invoice have arrived.",
        discussion: """
            By the rows that are staged. What differs is listed and corrected, and the next import looks at those invoices. \
            Consumers may run meanwhile.
            """,
        examples: ["ledgerbus finance recount --dry-run", "ledgerbus finance recount"])

    @Flag(help: "Only list what differs.") var dryRun = false
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let run = OperatorRun(command: "finance recount", of: "all invoices", isDry: dryRun)
        let connection = try Side.finance.connect(configuration.reader(), for: run)
        let differences = try ArrivalRecount.run(isDry: dryRun, on: connection)
        try run.conclude(with: ["corrected": differences.count], on: connection)
        if output.json { return try JSONOutput.print(differences) }
        guard !differences.isEmpty else { return StandardStream.output.print("All counts are right.") }
        var table = Table(columns: ["company", "invoice", .number("counted"), .number("arrived")])
        for difference in differences {
            table.append(
                difference.company.rawValue, "\(difference.invoiceId)", difference.counted.grouped,
                difference.arrived.grouped)
        }
        table.print()
        StandardStream.output.print(
            dryRun ? "Nothing was corrected." : "\(differences.count.grouped) counts corrected.")
    }
}
