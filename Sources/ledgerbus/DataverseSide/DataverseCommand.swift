import Bus
import Contracts
import Database
import Dataverse
import Service
import Terminal

struct DataverseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataverse",
        abstract: "Load what Dataverse has, draft and confirm invoices, see invoices and actuals.",
        examples: ["ledgerbus dataverse load export/"],
        subcommands: [
            LoadCommand.self, Unfinished.self, ApproveCommand.self, ReadyCommand.self, CustomersCommand.self,
            MilestonesCommand.self, DraftCommand.self, EditCommand.self, ConfirmCommand.self, ReviseCommand.self,
            LinesCommand.self,
            Invoices.self, Actuals.self,
            Waiting.self, RetainersCommand.self, OutOfSyncActualsCommand.self, ResyncCommand.self,
            DataverseRecountCommand.self, LostConfirmationsCommand.self,
        ])

    struct Invoices: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List project invoices, what Finance made of them, and what they wait for.",
            examples: ["ledgerbus dataverse invoices", "ledgerbus dataverse invoices PI-2026-0001 --json"])

        @Argument(help: "One invoice's number or id; all when it is left out.") var invoice: String?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let list = InvoiceList(connection: try Side.dataverse.connect(configuration.reader()))
            let invoices = try list.invoices(number: invoice)
            if let invoice, invoices.isEmpty { throw CommandFailure("There is no invoice \(invoice).") }
            if output.json { return try JSONOutput.print(invoices) }
            var table = Table(
                columns: [
                    "invoice", "status", .number("lines"), .number("amount"), "currency", "customer invoice",
                    .number("tax"), "actuals updated", "waiting",
                ])
            for invoice in invoices {
                let posted = invoice.posted
                table.append(
                    invoice.number, invoice.status, invoice.lineDetails.grouped,
                    invoice.lineAmount.description.groupedDecimal, invoice.currency?.rawValue ?? "",
                    posted?.customerInvoiceNumber ?? "", posted?.salesTaxAmount.description.groupedDecimal ?? "",
                    posted.map { "\($0.updatedActuals.grouped) of \($0.actuals.grouped)" } ?? "",
                    invoice.waitingReason ?? invoice.settlement ?? "")
            }
            table.print()
        }
    }

    struct Actuals: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List an invoice's actuals with their accounting detail.",
            examples: ["ledgerbus dataverse actuals PI-2026-0001"])

        @Argument(help: "The invoice's number.") var invoice: String
        @Option(help: "At most so many.") var limit = RowLimit(1_000)
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let list = ActualList(connection: try Side.dataverse.connect(configuration.reader()))
            let actuals = try list.actuals(invoice: invoice, limit: limit.rows)
            if output.json { return try JSONOutput.print(actuals) }
            var table = Table(
                columns: [
                    "date", "type", "class", "billing", .number("quantity"), .number("amount"), "currency", "voucher",
                    .number("accounting amount"), .number("tax"), "description",
                ])
            for actual in actuals {
                let accounting = actual.accounting
                table.append(
                    actual.documentDate.description, actual.transactionType.rawValue, actual.transactionClass.rawValue,
                    actual.billingType?.rawValue ?? "", actual.quantity?.description.groupedDecimal ?? "",
                    actual.amount.description.groupedDecimal, actual.currency?.rawValue ?? "",
                    accounting?.voucher ?? (actual.skipSync ? "not synced" : actual.waitingReason ?? ""),
                    accounting?.accountingAmount.description.groupedDecimal ?? "",
                    accounting?.salesTaxAmount.description.groupedDecimal ?? "", actual.description ?? "")
            }
            table.print()
        }
    }

    struct Waiting: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what is captured and not published yet, by what it waits for.",
            examples: ["ledgerbus dataverse waiting"])

        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let groups = try WaitingList(connection: Side.dataverse.connect(configuration.reader())).groups()
            if output.json { return try JSONOutput.print(groups) }
            guard !groups.isEmpty else { return StandardStream.output.print("Nothing waits.") }
            var table = Table(columns: ["what", .number("rows"), "reason"])
            for group in groups { table.append(group.kind, group.count.grouped, group.reason) }
            table.print()
        }
    }
}
