import Bus
import Contracts
import Database
import Dataverse
import Service
import Terminal

struct LostConfirmationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lost-invoices",
        abstract:
            "List the invoices that were confirmed before the database was restored from a backup, and decide on them.",
        discussion: """
            dataverse-consumer reads back what was published, and finds them. Their numbers are not given out again, and \
            nothing more of their contracts is drafted, until the export that has them is loaded, or a person decides.
            """,
        examples: ["ledgerbus dataverse lost-invoices list"], subcommands: [List.self, Repeat.self, GiveUp.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the invoices that the topic has and this database has not, or not so.",
            examples: ["ledgerbus dataverse lost-invoices list --json"])

        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        private struct Row: Encodable {
            let company: Company
            let invoice: String
            let contract: String
            let customer: String
            let accountingDate: String
            let currency: CurrencyCode
            let lineAmount: Money
            let billedSales: Int
            let state: LostConfirmationState
        }

        func run() throws {
            let lost = try LostConfirmationStore(Side.dataverse.connect(configuration.reader())).list()
            let rows = lost.map {
                Row(
                    company: $0.company, invoice: $0.invoiceNumber, contract: $0.contractNumber,
                    customer: $0.customerAccount, accountingDate: $0.accountingDate.description, currency: $0.currency,
                    lineAmount: $0.lineAmount, billedSales: $0.billedSales, state: $0.state)
            }
            if output.json { return try JSONOutput.print(rows) }
            guard !rows.isEmpty else { return StandardStream.output.print("No invoice is lost.") }
            var table = Table(
                columns: [
                    "company", "invoice", "contract", "customer", "date", .number("billed sales"), .number("amount"),
                    "currency", "state",
                ])
            for row in rows {
                table.append(
                    row.company.rawValue, row.invoice, row.contract, row.customer, row.accountingDate,
                    row.billedSales.grouped, row.lineAmount.description.groupedDecimal, row.currency.rawValue,
                    row.state.rawValue)
            }
            table.print()
        }
    }

    struct Repeat: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decide that lost invoices are drafted and confirmed again as they were, under their numbers.",
            discussion: """
                Nothing is drafted by it: ask for that with ledgerbus dataverse draft. A draft that would be confirmed \
                otherwise than it was is refused, with what it was.
                """,
            examples: [
                "ledgerbus dataverse lost-invoices repeat PI-000007", "ledgerbus dataverse lost-invoices repeat --all",
            ])

        @Argument(help: "The invoices' numbers.") var invoices: [String] = []
        @Flag(help: "All that are lost, and were drafted here.") var all = false
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if invoices.isEmpty != all { throw ValidationError("Give the invoices' numbers, or --all.") }
        }

        func run() throws {
            let run = OperatorRun(
                command: "dataverse lost-invoices repeat", of: all ? "all" : invoices.joined(separator: " "),
                standing: AuditedRows.lostConfirmations.standing(invoices))
            let connection = try Side.dataverse.connect(configuration.reader(), for: run)
            let decided = try DecideOnLostInvoices(connection: connection).repeat(all ? nil : invoices)
            if output.json { return try JSONOutput.print(["invoices": decided]) }
            StandardStream.output.print(
                "\(decided.count.grouped) can be drafted and confirmed as before: ledgerbus dataverse draft --all")
        }
    }

    struct GiveUp: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "give-up",
            abstract: "Decide that lost invoices are not repeated: what they billed is drafted under other numbers.",
            discussion: """
                Finance still has them: cancel them there first, or what they billed is billed twice. Their numbers are not \
                given out again.
                """,
            examples: ["ledgerbus dataverse lost-invoices give-up PI-000007 --reason 'cancelled in Finance'"])

        @Argument(help: "The invoices' numbers.") var invoices: [String]
        @Option(help: "Why, for the audit.") var reason: String
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let run = OperatorRun(
                command: "dataverse lost-invoices give-up", of: invoices.joined(separator: " "), because: reason,
                standing: AuditedRows.lostConfirmations.standing(invoices))
            let connection = try Side.dataverse.connect(configuration.reader(), for: run)
            let decided = try DecideOnLostInvoices(connection: connection).giveUp(invoices)
            if output.json { return try JSONOutput.print(["invoices": decided]) }
            StandardStream.output.print("\(decided.count.grouped) given up.")
        }
    }
}
