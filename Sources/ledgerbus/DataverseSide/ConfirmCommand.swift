import Bus
import Contracts
import Dataverse
import Terminal

struct ConfirmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Confirm a draft invoice that is ours, as a project manager does.",
        discussion: """
            Writes the billed sales, reversals and connections, and publishes them with the invoice, in one transaction. \
            Confirming twice changes nothing. Lines may be edited, typed on the invoice, or corrections of an earlier one;             a line that cannot be confirmed is named with its reason, and nothing is written.
            """,
        examples: [
            "ledgerbus dataverse confirm PI-2026-0009",
            "ledgerbus dataverse confirm PI-2026-0009 --date 2026-11-20",
        ])

    @Argument(help: "The invoice's number or id.") var invoice: String
    @Option(help: "The day of confirmation; today, by DATAVERSE_TIME_ZONE, when it is left out.") var date:
        CalendarDate?
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reader = try configuration.reader()
        let settings = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader))
        let confirmation = ConfirmInvoice(
            connection: try Side.dataverse.connect(reader), configuration: settings)
        let progress = ProgressParts(isShown: !output.json)
        defer { progress.finish() }
        let report = try confirmation.confirm(invoice, on: date ?? settings.zone.today) {
            progress.update($0, done: $1)
        }
        progress.finish()
        if output.json {
            struct Report: Encodable {
                let invoice: String
                let lines: Int
                let amount: Money
                let accountingDate: CalendarDate
                /// What partly credited fees leave, and nothing bills again.
                let uncredited: Money
                let wasConfirmedBefore: Bool
            }
            return try JSONOutput.print(
                Report(
                    invoice: report.invoiceNumber, lines: report.lineDetails, amount: report.lineAmount,
                    accountingDate: report.accountingDate, uncredited: report.uncredited,
                    wasConfirmedBefore: report.wasConfirmedBefore))
        }
        let again = report.wasConfirmedBefore ? " had been confirmed before; nothing was done" : " is confirmed"
        StandardStream.output.print(
            """
            \(report.invoiceNumber)\(again): \(report.lineDetails.grouped) lines, \
            \(report.lineAmount.description.groupedDecimal), accounting date \(report.accountingDate).
            """)
        if report.uncredited != .zero {
            StandardStream.output.print(
                """
                Partly credited fees, and lines of fixed price, leave \(report.uncredited.description.groupedDecimal) that \
                no row says any more: type it on an invoice if it is to be billed.
                """)
        }
    }
}
