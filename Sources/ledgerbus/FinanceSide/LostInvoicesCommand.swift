import Bus
import Contracts
import Database
import Finance
import Service
import Terminal

struct LostInvoicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lost-invoices",
        abstract:
            "List the invoices that were posted before the database was restored from a backup, and decide on them.",
        examples: ["ledgerbus finance lost-invoices list"], subcommands: [List.self, Repeat.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the invoices that the topic has and this database has not, or not so.",
            examples: ["ledgerbus finance lost-invoices list --json"])

        @Option(help: "Only this company's.") var company: Company?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        private struct Row: Encodable {
            let company: Company
            let proposal: String
            let customerInvoice: String
            let voucher: String
            let invoiceDate: String
            let currency: CurrencyCode
            let lineAmount: Money
            let salesTaxAmount: Money
            let state: LostInvoiceState
        }

        func run() throws {
            let lost = try LostInvoiceStore(Side.finance.connect(configuration.reader())).list(company: company)
            let rows = lost.map {
                Row(
                    company: $0.posted.company, proposal: $0.posted.proposalNumber,
                    customerInvoice: $0.posted.customerInvoiceNumber, voucher: $0.posted.voucher,
                    invoiceDate: $0.posted.invoiceDate.description, currency: $0.posted.currency,
                    lineAmount: $0.posted.lineAmount, salesTaxAmount: $0.posted.salesTaxAmount, state: $0.state)
            }
            if output.json { return try JSONOutput.print(rows) }
            var table = Table(
                columns: [
                    "company", "proposal", "customer invoice", "voucher", "date", .number("amount"), .number("tax"),
                    "currency", "state",
                ])
            for row in rows {
                table.append(
                    row.company.rawValue, row.proposal, row.customerInvoice, row.voucher, row.invoiceDate,
                    row.lineAmount.description.groupedDecimal, row.salesTaxAmount.description.groupedDecimal,
                    row.currency.rawValue, row.state.rawValue)
            }
            table.print()
        }
    }

    struct Repeat: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decide that lost invoices are posted again as they were: same number, voucher and date.",
            discussion: "Nothing is posted by it: ask for that with ledgerbus finance post.",
            examples: [
                "ledgerbus finance lost-invoices repeat INV-01103", "ledgerbus finance lost-invoices repeat --all",
            ])

        @Argument(help: "The proposals' numbers.") var proposals: [String] = []
        @Flag(help: "All that are lost.") var all = false
        @Option(help: "Only this company's.") var company: Company?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if proposals.isEmpty != all { throw ValidationError("Give the proposals' numbers, or --all.") }
        }

        func run() throws {
            let run = OperatorRun(
                command: "finance lost-invoices repeat", of: all ? "all" : proposals.joined(separator: " "))
            let connection = try Side.finance.connect(configuration.reader(), for: run)
            let store = LostInvoiceStore(connection)
            let decided = try store.decideToRepeat(all ? nil : proposals, company: company)
            if let unknown = proposals.first(where: { !decided.contains($0) }) {
                throw CommandFailure("Proposal \(unknown) is not lost; see ledgerbus finance lost-invoices list.")
            }
            if all { try run.conclude(with: ["proposals": decided], on: connection) }
            if output.json { return try JSONOutput.print(["proposals": decided]) }
            StandardStream.output.print(
                "\(decided.count.grouped) will be posted as before: ledgerbus finance post --proposals --wait")
        }
    }
}
