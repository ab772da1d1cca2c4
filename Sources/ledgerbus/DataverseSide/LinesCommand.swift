import Bus
import Contracts
import Dataverse
import Terminal

struct LinesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lines", abstract: "List an invoice's line details, by whose ids drafts are edited and revised.",
        examples: ["ledgerbus dataverse lines PI-000001", "ledgerbus dataverse lines PI-000001 --json"])

    @Argument(help: "The invoice's number or id.") var invoice: String
    @Option(help: "At most so many.") var limit = RowLimit(1_000)
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let list = LineDetailList(connection: try Side.dataverse.connect(configuration.reader()))
        let details = try list.lineDetails(invoice: invoice, limit: limit.rows)
        if output.json { return try JSONOutput.print(details) }
        guard !details.isEmpty else { return StandardStream.output.print("There are no line details.") }
        var table = Table(
            columns: [
                "line detail", "contract line", "date", "class", "billing", .number("quantity"), .number("price"),
                .number("amount"), "", "description",
            ])
        for detail in details {
            table.append(
                detail.lineDetailId.description, detail.contractLine ?? "", detail.documentDate.description,
                detail.transactionClass.rawValue, detail.billingType?.rawValue ?? "",
                detail.quantity?.description.groupedDecimal ?? "", detail.price?.description.groupedDecimal ?? "",
                detail.amount.description.groupedDecimal, detail.isCorrection ? "correction" : "",
                detail.description ?? "")
        }
        table.print()
    }
}
