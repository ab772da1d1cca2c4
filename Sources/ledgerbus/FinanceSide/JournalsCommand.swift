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
        abstract: "List integration journals, show one, set sales tax groups of its lines, reset or delete it.",
        examples: ["ledgerbus finance journals list"],
        subcommands: [List.self, Show.self, Set.self, Reset.self, Delete.self])

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
            try Self.find(number, company: company, connection)
        }

        static func find(
            _ number: String, company: Company?, _ connection: Connection
        ) throws -> (company: Company, number: String) {
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
                    .number("line"), "voucher", "related", "type", "class", "project", "date", "accounting", "category",
                    "property",
                    .number("quantity"), .number("amount"), "currency", .number("rate"), .number("accounting amount"),
                    .number("reporting amount"), "sales tax groups", "status", "error",
                ])
            for line in lines {
                table.append(
                    "\(line.lineNumber)", line.voucher, line.relatedVouchers.joined(separator: " "),
                    line.transactionType.rawValue, line.transactionClass.rawValue,
                    line.projectNumber, line.transactionDate.description, line.accountingDate.description,
                    line.category,
                    line.lineProperty, line.quantity.description.groupedDecimal, line.amount.description.groupedDecimal,
                    line.currency.rawValue, line.exchangeRate.description,
                    line.accountingAmount.description.groupedDecimal,
                    line.reportingAmount?.description.groupedDecimal ?? "",
                    [line.salesTaxGroup, line.itemSalesTaxGroup].compactMap(\.self).joined(separator: " / "),
                    line.status.rawValue,
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
            let run = OperatorRun(command: "finance journals set", of: selection.number)
            let connection = try Side.finance.connect(selection.configuration.reader(), for: run)
            let journal = try selection.find(connection)
            let edited = try SalesTaxEditing(company: journal.company, user: run.actor, connection: connection)
                .setJournalLines(changes, of: journal.number)
            try run.conclude(with: SalesTaxOptions.Kept(edited), on: connection)
            try SalesTaxOptions.print(edited, json: selection.output.json)
        }
    }

    struct Reset: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reset journals in error, or whose posting is stuck, to draft: they can be posted again.",
            discussion: """
                A posting is stuck when nothing has been heard of its worker, for as many hours as the parameter \
                stuck-after-hours says. --force does not wait for them; a worker that is alive is never disturbed.
                """,
            examples: [
                "ledgerbus finance journals reset USPM-000001", "ledgerbus finance journals reset USPM-000001 --force",
                "ledgerbus finance journals reset --all",
            ])

        @Argument(help: "Numbers of journals.") var numbers: [String] = []
        @Flag(help: "Every journal in error.") var all = false
        @Option(help: "Only this company's.") var company: Company?
        @Flag(help: "Nothing is running: do not wait until the posting is stuck.") var force = false
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        private struct Outcome: Encodable {
            let company: Company
            let number: String
            let status: JournalHeaderStatus
        }

        func validate() throws {
            if numbers.isEmpty != all { throw ValidationError("Give numbers of journals, or --all.") }
        }

        func run() throws {
            let run = OperatorRun(
                command: "finance journals reset", of: all ? "all in error" : numbers.joined(separator: " "),
                standing: numbers.isEmpty ? nil : AuditedRows.journals.standing(numbers))
            let connection = try Side.finance.connect(configuration.reader(), for: run)
            var outcomes: [Outcome] = []
            for journal in try journals(connection) {
                try JournalReset.reset(
                    journal.number, of: journal.company, isForced: force, requestedBy: run.actor, on: connection)
                outcomes.append(Outcome(company: journal.company, number: journal.number, status: .draft))
            }
            if outcomes.count > 1 { try run.conclude(with: ["reset": outcomes.map(\.number)], on: connection) }
            if output.json { return try JSONOutput.print(outcomes) }
            guard !outcomes.isEmpty else { return StandardStream.output.print("No journal is in error.") }
            for outcome in outcomes { StandardStream.output.print("\(outcome.number) is in draft; post it again.") }
        }

        private func journals(_ connection: Connection) throws -> [(company: Company, number: String)] {
            if all {
                return try JournalSummary.list(connection, company: company, status: .error).map {
                    ($0.company, $0.number)
                }
            }
            return try numbers.map { try Selection.find($0, company: company, connection) }
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete an unposted journal; its actuals come back with the next import.",
            examples: ["ledgerbus finance journals delete USPM-000001"])

        @OptionGroup var selection: Selection

        func run() throws {
            let run = OperatorRun(
                command: "finance journals delete", of: selection.number,
                standing: AuditedRows.journals.standing([selection.number]))
            let connection = try Side.finance.connect(selection.configuration.reader(), for: run)
            let journal = try selection.find(connection)
            let lines = try JournalDeletion.delete(journal.number, of: journal.company, on: connection)
            if selection.output.json { return try JSONOutput.print(["deletedLines": lines]) }
            StandardStream.output.print(
                "\(journal.number) is deleted; its \(lines.grouped) actuals come back with the next import.")
        }
    }
}
