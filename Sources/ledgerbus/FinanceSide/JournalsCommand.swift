import Bus
import Contracts
import Database
import Finance
import Foundation
import Service
import Terminal

struct JournalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journals",
        abstract: "List integration journals, show one, set sales tax groups of its lines, or delete an unposted one.",
        examples: ["ledgerbus finance journals list"], subcommands: [List.self, Show.self, Set.self, Delete.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List integration journals.",
            discussion: """
                --from and --to are the first days of journals' periods; a journal in which all periods go is always listed.
                """,
            examples: ["ledgerbus finance journals list", "ledgerbus finance journals list --from 2026-11-01 --csv"])

        @OptionGroup var report: ReportArguments

        func run() throws {
            let connection = try Side.finance.connect(report.configuration.reader())
            var lines = Report(columns: Self.columns, as: report.output.format)
            try JournalSummary.read(report.scope, on: connection) { try lines.append($0) }
            try lines.finish()
        }

        private static let columns: [ReportColumn<JournalSummary, Never>] = [
            .text("company") { $0.company.rawValue }, .text("journal") { $0.number },
            .text("original") { $0.originalJournalNumber }, .text("description") { $0.journalDescription },
            .text("period") { $0.periodStart?.description ?? "all" }, .count("lines") { $0.lineCount },
            .text("amounts") { journal in
                journal.amounts.sorted { $0.key < $1.key }.map { "\($0.value.plain) \($0.key)" }.joined(separator: ", ")
            },
            .text("status") { $0.status.rawValue }, .text("error") { $0.error },
        ]
    }

    /// A journal by number, and company where several have it.
    struct Selection: ParsableArguments {
        @Argument(help: "The journal's number.") var number: String
        @Option(help: "The company, when several have this number.") var company: Company?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        init() {}

        func find(_ connection: Connection) throws -> (company: Company, number: String) {
            let companies = try JournalSummary.companies(withJournal: number, company: company, connection)
            guard let first = companies.first else { throw CommandFailure("There is no journal \(number).") }
            guard companies.count == 1 else {
                throw CommandFailure("Several companies have a journal \(number): give --company.")
            }
            return (first, number)
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a journal's lines.", examples: ["ledgerbus finance journals show USPM-000001"])

        @OptionGroup var selection: Selection

        func run() throws {
            let connection = try Side.finance.connect(selection.configuration.reader())
            let journal = try selection.find(connection)
            let lines = try JournalLineSummary.list(connection, company: journal.company, journal: journal.number)
            if selection.output.json { return try JSONOutput.print(lines) }
            var table = Table(
                columns: [
                    .number("line"), "voucher", "type", "class", "project", "date", "accounting", "category",
                    "property",
                    .number("quantity"), .number("amount"), "currency", .number("rate"), .number("accounting amount"),
                    "error",
                ])
            for line in lines {
                table.append(
                    "\(line.lineNumber)", line.voucher, line.transactionType.rawValue, line.transactionClass.rawValue,
                    line.projectNumber, line.transactionDate.description, line.accountingDate.description,
                    line.category,
                    line.lineProperty, line.quantity.description.groupedDecimal, line.amount.description.groupedDecimal,
                    line.currency.rawValue, line.exchangeRate.description,
                    line.accountingAmount.description.groupedDecimal,
                    line.error ?? "")
            }
            table.print()
        }
    }

    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set the sales tax groups of lines that are not posted; nothing else of a line can be set.",
            discussion: """
                The tax is computed of the groups when the invoice of the sale is posted. They stay when the line is made
                anew, and are forgotten when its journal is deleted.
                """,
            examples: [
                "ledgerbus finance journals set USPM-000001 --line 3 --item-sales-tax-group FULL",
                "ledgerbus finance journals set USPM-000001 --file lines.json",
            ])

        @OptionGroup var selection: Selection
        @OptionGroup var salesTax: SalesTaxOptions

        func run() throws {
            let changes = try salesTax.changes()
            let connection = try Side.finance.connect(selection.configuration.reader())
            let journal = try selection.find(connection)
            let edited = try SalesTaxEditing(company: journal.company, user: NSUserName(), connection: connection)
                .setJournalLines(changes, of: journal.number)
            try SalesTaxOptions.print(edited, json: selection.output.json)
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete an unposted journal; its actuals come back with the next import.",
            examples: ["ledgerbus finance journals delete USPM-000001"])

        @OptionGroup var selection: Selection

        func run() throws {
            let connection = try Side.finance.connect(selection.configuration.reader())
            let journal = try selection.find(connection)
            let lines = try JournalDeletion.delete(journal.number, of: journal.company, on: connection)
            if selection.output.json { return try JSONOutput.print(["deletedLines": lines]) }
            StandardStream.output.print(
                "\(journal.number) is deleted; its \(lines.grouped) actuals come back with the next import.")
        }
    }
}
