import Bus
import Contracts
import Database
import Finance
import Service
import Terminal

struct InvoicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoices", abstract: "List the customers' invoices, and show one to print.",
        examples: ["ledgerbus finance invoices list"], subcommands: [List.self, Show.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the customers' invoices, newest first.", examples: ["ledgerbus finance invoices list"])

        @Option(help: "Only this company's.") var company: Company?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let invoices = try CustomerInvoices(Side.finance.connect(configuration.reader())).list(company: company)
            if output.json { return try JSONOutput.print(invoices) }
            var table = Table(
                columns: [
                    "company", "invoice", "proposal", "date", "due", "customer", .number("lines"), .number("amount"),
                    .number("tax"), .number("total"), "currency", "voucher",
                ])
            for invoice in invoices {
                let precision = invoice.currencyPrecision
                table.append(
                    invoice.company.rawValue, invoice.number, invoice.proposalNumber, invoice.invoiceDate.description,
                    invoice.dueDate.description, invoice.customerName, invoice.lineCount.grouped,
                    invoice.lineAmount.text(precision: precision).groupedDecimal,
                    invoice.salesTaxAmount.text(precision: precision).groupedDecimal,
                    invoice.invoiceAmount.text(precision: precision).groupedDecimal, invoice.currency.rawValue,
                    invoice.voucher)
            }
            table.print()
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one customer invoice, to print.",
            discussion:
                "An invoice of many lines is shown summed by project, class and category; --lines shows every line.",
            examples: [
                "ledgerbus finance invoices show CIV-000001", "ledgerbus finance invoices show CIV-000001 --lines",
            ])

        @Argument(help: "The customer's invoice number.") var number: String
        @Option(help: "The company, when several have this number.") var company: Company?
        @Flag(help: "Every line, however many.") var lines = false
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        /// An invoice of more lines than this is summed.
        private static let longest = 60

        func run() throws {
            let store = CustomerInvoices(try Side.finance.connect(configuration.reader()))
            let found = try store.find(number, company: company)
            guard let invoice = found.first else { throw CommandFailure("There is no customer invoice \(number).") }
            guard found.count == 1 else {
                throw CommandFailure(
                    "Several companies have an invoice \(number): give --company \(found.map(\.company.rawValue).joined(separator: " or "))."
                )
            }
            let showsLines = lines || invoice.lineCount <= Self.longest
            if output.json { return try showJSON(invoice, store, showsLines: showsLines) }
            try InvoicePrint(invoice: invoice, store: store, showsLines: showsLines).print()
        }

        private func showJSON(_ invoice: CustomerInvoice, _ store: CustomerInvoices, showsLines: Bool) throws {
            struct Document: Encodable {
                let invoice: CustomerInvoice
                let lines: [CustomerInvoiceLine]?
                let groups: [CustomerInvoiceLineGroup]
                let taxes: [CustomerInvoiceTax]
            }
            var all: [CustomerInvoiceLine] = []
            if showsLines { try store.forEachLine(of: invoice) { all.append($0) } }
            try JSONOutput.print(
                Document(
                    invoice: invoice, lines: showsLines ? all : nil, groups: try store.groups(of: invoice),
                    taxes: try store.taxes(of: invoice)))
        }
    }
}

/// A customer invoice as it is printed.
struct InvoicePrint {
    let invoice: CustomerInvoice
    let store: CustomerInvoices
    let showsLines: Bool

    private var out: StandardStream { .output }

    private func amount(_ money: Money) -> String { money.text(precision: invoice.currencyPrecision).groupedDecimal }

    func print() throws {
        out.print("INVOICE \(invoice.number)")
        out.print()
        out.print("\(invoice.customerName)")
        if let address = invoice.address { out.print(PrintedText(lines: address)) }
        out.print()
        out.print("Customer account  \(invoice.customerAccount)")
        out.print("Project contract  \(invoice.contractNumber)")
        out.print("Proforma          \(invoice.proposalNumber)")
        out.print("Invoice date      \(invoice.invoiceDate)")
        out.print("Due date          \(invoice.dueDate)")
        out.print("Voucher           \(invoice.voucher)")
        out.print()
        try showsLines ? printLines() : printGroups()
        out.print()
        var totals = Table(columns: [Table.Column(""), Table.Column(""), .number(invoice.currency.rawValue)])
        totals.append("Amount", "", amount(invoice.lineAmount))
        for tax in try store.taxes(of: invoice) {
            totals.append(
                "\(tax.name) \(tax.percentage.description.trimmedZeros) %", "of \(amount(tax.baseAmount))",
                amount(tax.taxAmount))
        }
        totals.append("Total", "", amount(invoice.invoiceAmount))
        totals.print()
    }

    private func printLines() throws {
        var table = Table(
            columns: [
                "date", "project", "category", "description", .number("quantity"), .number("price"), .number("amount"),
                .number("tax"),
            ])
        try store.forEachLine(of: invoice) { line in
            let note =
                line.isCredit
                ? " (credit)" : line.billingType == .chargeable ? "" : " (\(line.billingType?.rawValue ?? ""))"
            table.append(
                line.transactionDate.description, line.projectNumber, line.categoryId ?? line.transactionClass.rawValue,
                (line.description ?? line.resource ?? "") + note, line.quantity.description.trimmedZeros,
                amount(line.price), amount(line.amount), amount(line.salesTaxAmount))
        }
        table.print()
    }

    private func printGroups() throws {
        var table = Table(
            columns: [
                "project", "class", "category", .number("lines"), .number("quantity"), .number("amount"),
                .number("tax"),
            ])
        for group in try store.groups(of: invoice) {
            table.append(
                group.projectNumber, group.transactionClass.rawValue, group.categoryId ?? "", group.lineCount.grouped,
                group.quantity.description.trimmedZeros, amount(group.amount), amount(group.salesTaxAmount))
        }
        table.print()
    }
}

extension String {
    /// Without zeros that say nothing: `8`, `7.5`.
    fileprivate var trimmedZeros: String {
        guard contains(".") else { return self }
        var text = Substring(self)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return String(text)
    }
}
