import Bus
import Contracts
import Database
import Finance
import Terminal

struct OutOfSyncCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "out-of-sync",
        abstract: "List what Finance has posted and Dataverse has otherwise by now.",
        discussion: """
            What is posted stays posted: a person corrects the difference, by a correction of the invoice in Dataverse, and \
            an invoice leaves the list when the two agree again. What Finance ought to have posted and has not is another list: \
            ledgerbus dataverse out-of-sync.
            """,
        examples: ["ledgerbus errors out-of-sync", "ledgerbus errors out-of-sync --company usmf --json"])

    @Option(help: "Only this company's.") var company: Company?
    @Option(help: "At most so many of each.") var limit = RowLimit(1_000)
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let connection = try Side.finance.connect(configuration.reader())
        let invoices = try InvoiceOutOfSync.list(connection, company: company, limit: limit.rows)
        let actuals = try OutOfSync.list(connection, company: company, limit: limit.rows)
        if output.json { return try JSONOutput.print(Both(invoices: invoices, actuals: actuals)) }
        guard !(invoices.isEmpty && actuals.isEmpty) else {
            return StandardStream.output.print("What is posted is as Dataverse has it.")
        }
        var table = Table(columns: ["company", "proposal", "invoice", "reason"])
        for invoice in invoices {
            table.append(
                invoice.company.rawValue, invoice.proposalNumber, invoice.customerInvoiceNumber ?? "", invoice.reason)
        }
        if !invoices.isEmpty { table.print() }
        var rows = Table(columns: [
            "company", "actual", "changed", .number("amount posted"), .number("in Dataverse"),
        ])
        for actual in actuals {
            rows.append(
                actual.company.rawValue, actual.actualId.description, actual.changes,
                actual.amount.description.groupedDecimal, actual.newAmount.description.groupedDecimal)
        }
        if !actuals.isEmpty { rows.print() }
    }

    private struct Both: Encodable {
        let invoices: [InvoiceOutOfSync]
        let actuals: [OutOfSync]
    }
}
