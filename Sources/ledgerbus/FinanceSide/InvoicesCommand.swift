import Bus
import Contracts
import Database
import Finance
import Service
import Terminal
import Text

struct InvoicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoices", abstract: "List the customers' invoices, and show one to print.",
        examples: ["ledgerbus finance invoices list"], subcommands: [List.self, Show.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the customers' invoices, newest first.",
            discussion: "--from and --to are invoice dates.",
            examples: [
                "ledgerbus finance invoices list",
                "ledgerbus finance invoices list --from 2026-11-01 --to 2026-11-30 --csv",
            ])

        @OptionGroup var report: ReportArguments

        func run() throws {
            let invoices = CustomerInvoices(try Side.finance.connect(report.configuration.reader()))
            var lines = Report(columns: Self.columns, as: report.output.format)
            try invoices.read(report.scope) { try lines.append($0) }
            try lines.finish()
        }

        private static let columns: [ReportColumn<CustomerInvoice, Never>] = [
            .text("company") { $0.company.rawValue }, .text("invoice") { $0.number },
            .text("proposal") { $0.proposalNumber }, .text("date") { $0.invoiceDate.description },
            .text("due") { $0.dueDate.description }, .text("customer") { $0.customer.name },
            .count("lines") { $0.lineCount },
            .decimal("amount") { $0.lineAmount.text(precision: $0.currencyPrecision) },
            .decimal("tax") { $0.salesTaxAmount.text(precision: $0.currencyPrecision) },
            .decimal("total") { $0.invoiceAmount.text(precision: $0.currencyPrecision) },
            .text("currency") { $0.currency.rawValue }, .text("voucher") { $0.voucher },
            .text("out of sync") { $0.outOfSync },
        ]
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one customer invoice as it was posted, to print.",
            discussion: """
                As text, an invoice of many lines is shown summed by project, class and category; --lines shows every \
                line. --html writes a page with every line, for a browser or a printer.
                """,
            examples: [
                "ledgerbus finance invoices show CIV-000001", "ledgerbus finance invoices show CIV-000001 --lines",
                "ledgerbus finance invoices show CIV-000001 --html --output CIV-000001.html",
            ])

        @Argument(help: "The customer's invoice number.") var number: String
        @Option(help: "The company, when several have this number.") var company: Company?
        @Flag(help: "Every line, however many.") var lines = false
        @Flag(help: "As a page of HTML.") var html = false
        @Option(help: "The file to write to, in the place of standard output.") var output: String?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var format: OutputOptions

        /// An invoice of more lines than this is summed.
        private static let longest = 60

        func validate() throws {
            guard !(html && format.json) else { throw ValidationError("Choose --html or --json: it cannot be both.") }
            guard output == nil || !format.json else { throw ValidationError("--output takes text or HTML, not JSON.") }
        }

        func run() throws {
            let invoices = CustomerInvoices(try Side.finance.connect(configuration.reader()))
            let found = try invoices.find(number, company: company)
            guard let invoice = found.first else { throw CommandFailure("There is no customer invoice \(number).") }
            guard found.count == 1 else {
                let companies = found.map(\.company.rawValue).joined(separator: " or ")
                throw CommandFailure("Several companies have an invoice \(number): give --company \(companies).")
            }
            let sumsLines = !html && !lines && invoice.lineCount > Self.longest
            if format.json { return try printJSON(invoice, invoices, sumsLines: sumsLines) }
            let form = html ? InvoiceForm.html : .text
            guard let output else {
                return try invoices.print(invoice, as: form, sumsLines: sumsLines) {
                    StandardStream.output.write(PrintedText(lines: $0))
                }
            }
            let file = try TextFileWriter(output)
            try invoices.print(invoice, as: form, sumsLines: sumsLines) { try file.write($0) }
            try file.close()
        }

        private func printJSON(_ invoice: CustomerInvoice, _ invoices: CustomerInvoices, sumsLines: Bool) throws {
            struct Document: Encodable {
                let invoice: CustomerInvoice
                let suppliedFrom: CalendarDate?
                let suppliedTo: CalendarDate?
                /// Whether the lines are sums of several.
                let areLinesSummed: Bool
                let lines: [InvoiceDocumentLine]
                let totals: InvoiceTotals
            }
            var lines: [InvoiceDocumentLine] = []
            let totals = try invoices.read(invoice, sumsLines: sumsLines) { lines.append($0) }
            let supplied = try invoices.supplyPeriod(invoice)
            try JSONOutput.print(
                Document(
                    invoice: invoice, suppliedFrom: supplied?.from, suppliedTo: supplied?.to,
                    areLinesSummed: sumsLines, lines: lines, totals: totals))
        }
    }
}
