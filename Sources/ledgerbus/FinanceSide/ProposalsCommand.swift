import Bus
import Contracts
import Database
import Finance
import Foundation
import Service
import Terminal

struct ProposalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proposals",
        abstract: "List invoice proposals and what those without lines wait for; show, change and approve them.",
        examples: ["ledgerbus finance proposals list"],
        subcommands: [
            List.self, Show.self, ProposalSetCommand.self, SetTax.self, SetMilestoneTax.self,
            ProposalSubmitCommand.self, ProposalApproveCommand.self, ProposalRejectCommand.self,
            ProposalDeleteLinesCommand.self, DeleteLine.self, Create.self, Delete.self,
        ])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List invoice proposals, and what those without lines wait for.",
            discussion: "--from and --to are the dates that the invoices came with.",
            examples: [
                "ledgerbus finance proposals list --json",
                "ledgerbus finance proposals list --company usmf --from 2026-11-01 --csv",
            ])

        @OptionGroup var report: ReportArguments

        func run() throws {
            let connection = try Side.finance.connect(report.configuration.reader())
            var lines = Report(columns: Self.columns, as: report.output.format)
            try ProposalSummary.read(report.scope, on: connection) { try lines.append($0) }
            try lines.finish()
        }

        private static let columns: [ReportColumn<ProposalSummary, Never>] = [
            .text("company") { $0.company.rawValue }, .text("proposal") { $0.number },
            .text("date") { $0.accountingDate.description }, .text("contract") { $0.contractNumber },
            .text("customer") { $0.customerName ?? $0.customerAccount }, .decimal("amount") { $0.amount.plain },
            .text("currency") { $0.currency.rawValue },
            .text("arrived") { "\($0.arrived.grouped) of \($0.expected.grouped)" },
            .text("status") { $0.status.rawValue }, .text("approval") { $0.approval?.rawValue },
            .text("reason") { $0.reason },
        ]
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show on which date a proposal would be posted now, and at which rate.",
            examples: ["ledgerbus finance proposals show INV-01103 --invoice-date 2026-11-30"])

        @Argument(help: "The proposal's number.") var number: String
        @Option(help: "Only this company's.") var company: Company?
        @Option(help: "The date of the customer's invoice; the proposal's own when it is left out.") var invoiceDate:
            CalendarDate?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let previews = try ProposalPreview.list(
                Side.finance.connect(reader), number: number, company: company, requestedDate: invoiceDate,
                zone: try reader.dayZone(side: .finance))
            guard !previews.isEmpty else { throw CommandFailure("There is no proposal \(number).") }
            if output.json { return try JSONOutput.print(previews) }
            var table = Table(
                columns: [
                    "company", "proposal", .number("amount"), "currency", "status", "invoice date", "instead of", "due",
                    .number("rate"), .number("reporting rate"), "reason",
                ])
            for preview in previews {
                table.append(
                    preview.company.rawValue, preview.number, preview.amount.description.groupedDecimal,
                    preview.currency.rawValue, preview.status.rawValue, preview.invoiceDate?.description ?? "",
                    preview.movedFrom?.description ?? "", preview.dueDate?.description ?? "",
                    preview.exchangeRate?.description ?? "", preview.reportingRate?.description ?? "",
                    preview.reason ?? "")
            }
            table.print()
        }
    }

    struct SetTax: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set-tax", abstract: "Set the sales tax groups of lines of a proposal that is not posted.",
            discussion: """
                Posting computes the tax of the groups that a line has then. They stay when the lines are made anew. A credit
                keeps the tax that its original was posted with, and a milestone has its own command.
                """,
            examples: [
                "ledgerbus finance proposals set-tax INV-01103 --line 2 --sales-tax-group DOM",
                "ledgerbus finance proposals set-tax INV-01103 --file lines.json --json",
            ])

        @Argument(help: "The proposal's number.") var number: String
        @Option(help: "The company, when several have this number.") var company: Company?
        @OptionGroup var salesTax: SalesTaxOptions
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let changes = try salesTax.changes()
            let reader = try configuration.reader()
            let run = OperatorRun(command: "finance proposals set-tax", of: number)
            let connection = try Side.finance.connect(reader, for: run)
            let proposals = try ProposalPreview.list(
                connection, number: number, company: company, zone: try reader.dayZone(side: .finance))
            guard let proposal = proposals.first else { throw CommandFailure("There is no proposal \(number).") }
            guard proposals.count == 1 else {
                throw CommandFailure("Several companies have a proposal \(number): give --company.")
            }
            let edited = try SalesTaxEditing(company: proposal.company, user: run.actor, connection: connection)
                .setProposalLines(changes, of: number)
            try run.conclude(with: SalesTaxOptions.Kept(edited), on: connection)
            try SalesTaxOptions.print(edited, json: output.json)
        }
    }

    struct SetMilestoneTax: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set-milestone-tax",
            abstract: "Set the sales tax groups of milestones whose proposals have no lines yet.",
            examples: [
                "ledgerbus finance proposals set-milestone-tax --company usmf --actual "
                    + "1f2e3d4c-0000-4000-8000-000000000001 --item-sales-tax-group FULL",
                "ledgerbus finance proposals set-milestone-tax --company usmf --file milestones.json",
            ])

        @Option(help: "The company that invoices them.") var company: Company
        @OptionGroup var salesTax: SalesTaxOptions
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let changes = try salesTax.changes()
            let run = OperatorRun(command: "finance proposals set-milestone-tax", of: company.rawValue)
            let connection = try Side.finance.connect(configuration.reader(), for: run)
            let edited = try SalesTaxEditing(company: company, user: run.actor, connection: connection)
                .setMilestones(changes)
            try run.conclude(with: SalesTaxOptions.Kept(edited), on: connection)
            try SalesTaxOptions.print(edited, json: output.json)
        }
    }

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refused: a proposal is made by a confirmed invoice alone.",
            examples: ["ledgerbus finance proposals create PI-2026-0001"])

        @Argument(help: "The number it would have.") var number: String?
        @OptionGroup var output: OutputOptions

        func run() throws { throw ProposalRefusal.create }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refused: a proposal belongs to a confirmed invoice.",
            examples: ["ledgerbus finance proposals delete PI-2026-0001"])

        @Argument(help: "The proposal's number.") var number: String?
        @OptionGroup var output: OutputOptions

        func run() throws { throw ProposalRefusal.delete }
    }

    struct DeleteLine: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refused: lines are deleted all at once.",
            examples: ["ledgerbus finance proposals delete-line PI-2026-0001 3"])

        @Argument(help: "The proposal's number.") var number: String?
        @Argument(help: "The line's number.") var line: Int?
        @OptionGroup var output: OutputOptions

        func run() throws { throw ProposalRefusal.deleteLine }
    }
}
