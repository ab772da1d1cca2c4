import Bus
import Contracts
import Dataverse
import Terminal

struct ConfirmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Confirm draft invoices that are ours, as a project manager does.",
        discussion: """
            Writes the billed sales, reversals and connections, and publishes them with the invoice, in one transaction. \
            Confirming twice changes nothing. Lines may be edited, typed on the invoice, or corrections of an earlier one; a \
            line that cannot be confirmed refuses its invoice, with the reason. Of several invoices, each is a transaction of its \
            own: they are Scheduled, Processing, and then Complete or Failed with the reason; one that fails costs itself alone, \
            and the exit code is 1. What a run that was killed left, --resume, or the next run, goes on with.
            """,
        examples: [
            "ledgerbus dataverse confirm PI-2026-0009",
            "ledgerbus dataverse confirm PI-2026-0009 --date 2026-11-20", "ledgerbus dataverse confirm --all",
            "ledgerbus dataverse confirm PI-000001 PI-000002", "ledgerbus dataverse confirm --file invoices.json",
            "ledgerbus dataverse confirm --resume",
        ])

    @Argument(help: "The invoices' numbers or ids.") var invoices: [String] = []
    @Flag(help: "Every draft that is ours.") var all = false
    @Flag(help: "Only what an earlier run has left.") var resume = false
    @OptionGroup var request: RequestOptions
    @Option(help: "The day of confirmation; today, by DATAVERSE_TIME_ZONE, when it is left out.") var date:
        CalendarDate?
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if [!invoices.isEmpty, all, resume, request.file != nil].count(where: { $0 }) != 1 {
            throw ValidationError("Give invoices, --all, --file or --resume.")
        }
    }

    func run() throws {
        let reader = try configuration.reader()
        let settings = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader))
        let run = OperatorRun(
            command: "dataverse confirm",
            of: all ? "all drafts" : resume ? "what was left" : request.file ?? invoices.joined(separator: " "))
        let connection = try Side.dataverse.connect(reader, for: run)
        guard invoices.count == 1, let invoice = invoices.first else {
            let outcomes = try confirmMany(
                BulkConfirm(connection: connection, configuration: settings), on: date ?? settings.zone.today)
            let failed = outcomes.count { $0.status == .failed }
            try run.conclude(with: ["confirmed": outcomes.count - failed, "failed": failed], on: connection)
            if output.json { try JSONOutput.print(outcomes) } else { show(outcomes) }
            if failed > 0 { throw ExitCode.failure }
            return
        }
        let confirmation = ConfirmInvoice(connection: connection, configuration: settings)
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

    private func confirmMany(_ bulk: BulkConfirm, on date: CalendarDate) throws -> [BulkConfirmation] {
        var outcomes: [BulkConfirmation] = []
        let progress = ProgressLine("invoices", isShown: !output.json)
        func note(_ outcome: BulkConfirmation) {
            outcomes.append(outcome)
            progress.update(done: outcomes.count)
        }
        do {
            defer { progress.finish() }
            if resume {
                try bulk.resume(done: note)
            } else if all {
                try bulk.confirmAll(on: date, done: note)
            } else if let sources = try request.sources() {
                try bulk.confirm(sources, on: date, done: note)
            } else {
                try bulk.confirm(invoices, on: date, done: note)
            }
        }
        return outcomes
    }

    private func show(_ outcomes: [BulkConfirmation]) {
        guard !outcomes.isEmpty else { return StandardStream.output.print("There is nothing to confirm.") }
        let failed = outcomes.filter { $0.status == .failed }
        StandardStream.output.print(
            "\((outcomes.count - failed.count).grouped) of \(outcomes.count.grouped) confirmed.")
        let shown = outcomes.count <= 50 ? outcomes : failed
        guard !shown.isEmpty else { return }
        var table = Table(columns: ["invoice", "status", .number("lines"), .number("amount"), "problem"])
        for outcome in shown {
            table.append(
                outcome.invoice, outcome.status.rawValue, outcome.lines?.grouped ?? "",
                outcome.amount?.description.groupedDecimal ?? "", outcome.problem ?? "")
        }
        table.print()
    }
}
