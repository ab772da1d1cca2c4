import Bus
import Contracts
import Finance
import Service
import Terminal

struct PreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Show what posting a journal or proposal would do: ledger entries, tax, dates, rates, refusals.",
        discussion: """
            Nothing is written, and no number is taken. It is posted as posting would, and rolled back: it takes as long, \
            and whoever posts it meanwhile waits. Ends with code 1 if not all of it would be posted.
            """,
        examples: [
            "ledgerbus finance preview INV-01103", "ledgerbus finance preview USPM-000007 --csv",
            "ledgerbus finance preview INV-01103 --company usmf --invoice-date 2026-11-30 --json",
        ])

    @Argument(help: "The number of the journal or proposal.") var number: String
    @Option(help: "The company, when several have this number.") var company: Company?
    @Option(help: "The date of the customer's invoice; the proposal's own when it is left out.") var invoiceDate:
        CalendarDate?
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: ReportOptions

    private struct Total: Encodable {
        let posting: PreviewedPosting
        var debit = Money.zero
        var credit = Money.zero
    }

    func run() throws {
        let reader = try configuration.reader()
        let preview = PostingPreview(
            choices: try ChoiceTables(reader: reader), zone: try reader.dayZone(side: .finance))
        var report = Report(columns: Self.columns, as: output.format, empty: "No ledger entries.")
        var (debit, credit) = (Money.zero, Money.zero)
        let posting = try preview.run(
            number, company: company, invoiceDate: invoiceDate,
            on: Side.finance.connect(
                reader, for: OperatorRun(command: "finance preview", of: number, isDry: true))
        ) { entry in
            debit += entry.accountingAmount.debit ?? .zero
            credit += entry.accountingAmount.credit ?? .zero
            try report.append(entry)
        }
        try report.finish(totals: [Total(posting: posting, debit: debit, credit: credit)])
        switch output.format {
        case .text: show(posting)
        case .csv: Notice.print("\(headline(posting))", asJSON: false)
        case .json: break
        }
        if !posting.isWell { throw ExitCode.failure }
    }

    private static var columns: [ReportColumn<LedgerEntry, Total>] {
        [.text("voucher", { $0.voucher })]
            + LedgerEntry.columns(
                debit: { _ in nil }, credit: { _ in nil }, accountingDebit: { $0.debit },
                accountingCredit: { $0.credit })
    }

    private func headline(_ posting: PreviewedPosting) -> String {
        let sentence = "\(posting.kind.rawValue) \(posting.number) of \(posting.company): \(posting.outcome.rawValue)"
        return posting.reason.map { "\(sentence): \($0)" } ?? "\(sentence)."
    }

    private func show(_ posting: PreviewedPosting) {
        let out = StandardStream.output
        out.print()
        out.print("\(headline(posting))")
        if let note = posting.note { out.print("note      \(note)") }
        if posting.lines > 0 { out.print("lines     \(posting.lines.grouped)") }
        if let from = posting.accountingFrom, let to = posting.accountingTo {
            out.print("accounted \(from == to ? "\(from)" : "\(from) to \(to)")")
        }
        for rate in posting.rates {
            out.print("rate      \(rate.exchangeRate) per 100 \(rate.currency), \(rate.lines.grouped) lines")
        }
        if let invoice = posting.invoice { show(invoice, in: posting) }
        if !posting.numbersNotTaken.isEmpty {
            out.print("not taken \(posting.numbersNotTaken.joined(separator: ", ")) number")
        }
        if !posting.taxes.isEmpty { showTaxes(posting) }
        if !posting.refusedLines.isEmpty { showRefused(posting.refusedLines) }
    }

    private func show(_ invoice: PreviewedPosting.Invoice, in posting: PreviewedPosting) {
        let out = StandardStream.output
        let moved = invoice.movedFrom.map { ", instead of \($0), whose period is closed" } ?? ""
        out.print("invoice   \(invoice.invoiceDate)\(moved); due \(invoice.dueDate)")
        out.print("customer  \(invoice.customerAccount), contract \(invoice.contractNumber)")
        out.print(
            """
            amount    \(invoice.lineAmount.plain.groupedDecimal) \(invoice.currency), tax \
            \(invoice.salesTaxAmount.plain.groupedDecimal), total \(invoice.invoiceAmount.plain.groupedDecimal); \
            \(invoice.accountingInvoiceAmount.plain.groupedDecimal) \(posting.accountingCurrency?.rawValue ?? "")
            """)
    }

    private func showTaxes(_ posting: PreviewedPosting) {
        StandardStream.output.print()
        var table = Table(columns: [
            "sales tax", "name", .number("percent"), .number("base"), .number("tax"), .number("accounting tax"), "",
        ])
        for tax in posting.taxes {
            table.append(
                tax.code, tax.name, tax.percentage.description, tax.base.plain.groupedDecimal,
                tax.tax.plain.groupedDecimal, tax.accountingTax.plain.groupedDecimal, tax.included ? "included" : "")
        }
        table.print()
    }

    private func showRefused(_ lines: [PreviewedPosting.RefusedLine]) {
        StandardStream.output.print()
        var table = Table(columns: [.number("line"), "voucher", "actual", "would be refused"])
        for line in lines {
            table.append(
                line.lineNumber.map { "\($0)" } ?? "", line.voucher ?? "", line.actualId?.description ?? "", line.reason
            )
        }
        table.print()
    }
}
