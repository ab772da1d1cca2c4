import Bus
import Contracts
import Database
import Dataverse
import Service
import Terminal

struct RetainersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retainers",
        abstract: "Set retainers up, see what is left of them, change what drafts deduct, refund.",
        discussion: """
            A retainer, or advance, is billed by ledgerbus dataverse draft from its day on. Once its invoice is confirmed, it \
            is deducted from every later draft of its contract and customer, the oldest first, up to what is chargeable \
            without tax. The class Retainer has no published code: name it as \
            choices.msdyn_transactionclassification.CODE: Retainer in the configuration file.
            """,
        examples: ["ledgerbus dataverse retainers list"], subcommands: [List.self, Add.self, Apply.self, Refund.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List retainers, and what invoices deduct of them.",
            examples: [
                "ledgerbus dataverse retainers list", "ledgerbus dataverse retainers list --contract ORD-01103 --json",
            ])

        @Option(help: "Only this contract's, by its number or id.") var contract: String?
        @Option(help: "At most so many.") var limit = RowLimit(1_000)
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let list = RetainerList(connection: try Side.dataverse.connect(configuration.reader()))
            let retainers = try list.retainers(contract: contract, limit: limit.rows)
            if output.json { return try JSONOutput.print(retainers) }
            guard !retainers.isEmpty else { return StandardStream.output.print("There is no retainer.") }
            var table = Table(
                columns: [
                    "contract", "retainer", "customer", "from", "status", "invoice", .number("amount"), .number("used"),
                    .number("applied"), .number("balance"), "currency", "deducted or refunded",
                ])
            for retainer in retainers {
                let applications = retainer.applications.map {
                    "\($0.amount.description.groupedDecimal) on \($0.invoice)"
                        + ($0.refundStatus.map { " (\($0.rawValue))" } ?? ($0.isConfirmed ? "" : " (draft)"))
                }
                table.append(
                    retainer.contract ?? "", retainer.name, retainer.customer ?? "", retainer.invoiceDate.description,
                    retainer.invoiceStatus.rawValue, retainer.invoice ?? "",
                    retainer.amount.description.groupedDecimal, retainer.used.description.groupedDecimal,
                    retainer.applied.description.groupedDecimal, retainer.balance.description.groupedDecimal,
                    retainer.currency?.rawValue ?? "", applications.joined(separator: ", "))
            }
            table.print()
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set retainers up.",
            discussion: """
                Takes rows such as {"contract": "ORD-1", "name": "Advance 1", "amount": "1000.00", "invoiceDate": \
                "2026-09-01"}, with contractLine, project and customer where the contract has several. One transaction; rows \
                that are refused cost themselves alone, and the exit code is 1.
                """,
            examples: ["ledgerbus dataverse retainers add --file retainers.json"])

        @OptionGroup var request: RequestOptions
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let run = OperatorRun(command: "dataverse retainers add", of: request.name)
            let (retainers, _, connection) = try configuration.retainers(run)
            let report = try retainers.add(request.requiredSources())
            try run.conclude(with: report.counts, on: connection)
            if output.json { try JSONOutput.print(report.output) } else { report.show("set up") }
            if report.hasRefusals { throw ExitCode.failure }
        }
    }

    struct Apply: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say how much of retainers drafts deduct.",
            discussion: """
                Takes rows such as {"invoice": "PI-000042", "retainer": "Advance 1", "amount": "300.00"}; 0 for nothing. It is \
                never more than is available, or than is chargeable without tax, and stays so when more is put on the draft. \
                {"invoice": "PI-000042"} applies all retainers again as they are by themselves.
                """,
            examples: ["ledgerbus dataverse retainers apply --file deductions.json"])

        @Option(help: "The day of what is deducted; today, by DATAVERSE_TIME_ZONE, when it is left out.")
        var date: CalendarDate?
        @OptionGroup var request: RequestOptions
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let run = OperatorRun(command: "dataverse retainers apply", of: request.name)
            let (retainers, zone, connection) = try configuration.retainers(run)
            let report = try retainers.apply(request.requiredSources(), on: date ?? zone.today)
            try run.conclude(with: report.counts, on: connection)
            if output.json { try JSONOutput.print(report.output) } else { report.show("changed") }
            if report.hasRefusals { throw ExitCode.failure }
        }
    }

    struct Refund: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refund what is left of retainers.",
            discussion: """
                Takes rows such as {"contract": "ORD-1", "retainer": "Advance 1", "amount": "300.00"}; all that is left \
                without an amount. The refund goes on the draft of its contract and customer, or on a new one, as Ready to \
                refund; confirming that makes it Refunded.
                """,
            examples: ["ledgerbus dataverse retainers refund --file refunds.json"])

        @Option(help: "The day of the refund; today, by DATAVERSE_TIME_ZONE, when it is left out.")
        var date: CalendarDate?
        @OptionGroup var request: RequestOptions
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let run = OperatorRun(command: "dataverse retainers refund", of: request.name)
            let (retainers, zone, connection) = try configuration.retainers(run)
            let report = try retainers.refund(request.requiredSources(), on: date ?? zone.today)
            try run.conclude(with: report.request.counts, on: connection)
            if output.json {
                try JSONOutput.print(DraftOutput(report))
            } else {
                report.request.show("to be refunded")
                for draft in report.drafts {
                    StandardStream.output.print(
                        """
                        \(draft.invoiceNumber) comes to \(draft.lineAmount.description.groupedDecimal) now; confirm it with \
                        ledgerbus dataverse confirm \(draft.invoiceNumber).
                        """)
                }
                for problem in report.problems { StandardStream.output.print("\(problem).") }
            }
            if report.hasFailures { throw ExitCode.failure }
        }
    }
}

extension ConfigurationOptions {
    fileprivate func retainers(_ run: OperatorRun) throws -> (Retainers, DayZone, Connection) {
        let reader = try reader()
        let settings = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader))
        let connection = try Side.dataverse.connect(reader, for: run)
        return (Retainers(connection: connection, configuration: settings), settings.zone, connection)
    }
}
