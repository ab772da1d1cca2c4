import Bus
import Contracts
import Database
import Operations
import Service
import Terminal

struct WhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Say why an invoice is not posted, over both sides, and what to do.",
        discussion: """
            Customer, date, age, and everything that stands in the way, the first thing first: in Dataverse, on the bus, in \
            Finance. ledgerbus dataverse out-of-sync and ledgerbus finance proposals list are the lists of all.
            """,
        examples: ["ledgerbus why INV-01103", "ledgerbus why INV-01103 --json"])

    @Argument(help: "The proforma's number, or the invoice's id.") var invoice: String
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reader = try configuration.reader()
        let explanations = try InvoiceExplanation.list(
            invoice, dataverse: Side.dataverse.connect(reader), finance: Side.finance.connect(reader))
        guard !explanations.isEmpty else {
            throw CommandFailure("There is no invoice \(invoice); ledgerbus dataverse invoices lists them.")
        }
        if output.json { return try JSONOutput.print(explanations) }
        for explanation in explanations { show(explanation) }
    }

    private func show(_ explanation: InvoiceExplanation) {
        let out = StandardStream.output
        out.print(
            """
            \(explanation.number)\(explanation.company.map { " of \($0)" } ?? ""), \
            \(explanation.customerName ?? explanation.customerAccount ?? "no customer"), \
            \(explanation.amount.description.groupedDecimal) \(explanation.currency?.rawValue ?? "")\
            \(explanation.date.map { ", dated \($0)" } ?? "")\
            \(explanation.ageInDays.map { ", published \($0) days ago" } ?? ""): \(explanation.state)
            """)
        if let number = explanation.customerInvoice { out.print("It is customer invoice \(number).") }
        guard !explanation.obstacles.isEmpty else { return out.print("Nothing stands in its way.") }
        var table = Table(columns: ["where", .number("lines"), "since", "what is in the way"])
        for obstacle in explanation.obstacles {
            table.append(
                obstacle.place.rawValue, obstacle.lines.map(\.grouped) ?? "", obstacle.since ?? "", obstacle.reason)
        }
        table.print()
        for (place, obstacle) in explanation.obstacles.enumerated() { out.print("\(place + 1). \(obstacle.cure)") }
    }
}
