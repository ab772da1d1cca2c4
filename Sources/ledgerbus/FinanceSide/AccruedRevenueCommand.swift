import Bus
import Contracts
import Database
import Finance
import Foundation
import Service
import Terminal

struct AccruedRevenueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accrued-revenue",
        abstract: "Find WIP that invoices did not take back in full, and correct it.",
        discussion: """
            Detect looks at the invoices of a window, three months when nothing is said; propose makes a journal of what it \
            finds, which can be looked at, changed and deleted until it is posted. What is corrected is not detected again.
            """,
        examples: ["ledgerbus finance accrued-revenue detect"],
        subcommands: [Detect.self, Propose.self, List.self, Show.self, Change.self, Post.self, Delete.self])

    /// Whose invoices of which days.
    struct Window: ParsableArguments {
        @Option(help: "Only this company's.") var company: Company?
        @Option(help: "The first day of the invoices; three months before the last when it is left out.") var from:
            CalendarDate?
        @Option(help: "The last day of the invoices; today, by FINANCE_TIME_ZONE, when it is left out.") var to:
            CalendarDate?
        @Option(help: "Only this project's.") var project: String?

        init() {}

        func dates(today: CalendarDate) throws -> ClosedRange<CalendarDate> {
            let last = to ?? today
            let first = from ?? AccruedRevenueReconciliation.defaultWindow(today: last).lowerBound
            guard first <= last else { throw ValidationError("--from \(first) is after --to \(last).") }
            return first...last
        }
    }

    struct Detect: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List WIP that invoices did not take back in full, sale by sale.",
            examples: ["ledgerbus finance accrued-revenue detect --company usmf --from 2026-10-01 --to 2026-10-31"])

        @OptionGroup var window: Window
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: ReportOptions

        func run() throws {
            let reader = try configuration.reader()
            let connection = try Side.finance.connect(reader)
            let dates = try window.dates(today: reader.dayZone(side: .finance).today)
            var report = Report<AccruedRevenueImbalance, Never>(
                columns: Self.columns, as: output.format, empty: "What invoices took back is what was accrued.")
            for company in try AccruedRevenueReconciliation.companies(window.company, on: connection) {
                let reconciliation = AccruedRevenueReconciliation(company: company, connection: connection)
                for imbalance in try reconciliation.detect(in: dates, project: window.project) {
                    try report.append(imbalance)
                }
            }
            try report.finish()
        }

        private static let columns: [ReportColumn<AccruedRevenueImbalance, Never>] = [
            .text("company", { $0.company.rawValue }), .text("project", { $0.projectNumber }),
            .text("invoice", { $0.customerInvoiceNumber }), .text("date", { $0.invoiceDate.description }),
            .text("unbilled sale", { $0.actualId?.description }), .text("reversal", { $0.reversalId?.description }),
            .text("account", { $0.wipAccount }), .decimal("accrued", { $0.balance.accrued.wip.description }),
            .decimal("reversed", { $0.balance.reversed.wip.description }),
            .decimal("corrected", { $0.balance.corrected.wip.description }),
            .decimal("imbalance", { $0.imbalance.wip.description }),
            .decimal("accrued revenue", { $0.imbalance.accruedRevenue.description }),
            .text("correction", { $0.correction.rawValue }), .text("proposed in", { $0.proposedIn }),
        ]
    }

    struct Propose: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose a journal that corrects what is detected and not proposed yet.",
            examples: ["ledgerbus finance accrued-revenue propose --company usmf --voucher-date 2026-11-30"])

        @OptionGroup var window: Window
        @Option(help: "The date of its voucher; today, by FINANCE_TIME_ZONE, when it is left out.") var voucherDate:
            CalendarDate?
        @Option(help: "What it says of itself.") var description: String?
        @Option(help: "The main account that balances a correction of one side; that of set-up when it is left out.")
        var offsetAccount: String?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let run = OperatorRun(
                command: "finance accrued-revenue propose", of: window.company?.rawValue ?? "all companies")
            let connection = try Side.finance.connect(reader, for: run)
            let today = try reader.dayZone(side: .finance).today
            let dates = try window.dates(today: today)
            let journals = try AccruedRevenueReconciliation.companies(window.company, on: connection).compactMap {
                try AccruedRevenueReconciliation(company: $0, connection: connection).propose(
                    in: dates, project: window.project, voucherDate: voucherDate ?? today, description: description,
                    offsetAccount: offsetAccount, by: run.actor)
            }
            try run.conclude(with: ["journals": journals.map(\.number)], on: connection)
            try show(journals, output, none: "There is nothing to correct that is not proposed already.")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the journals that correct accrued revenue.",
            examples: ["ledgerbus finance accrued-revenue list --json"])

        @Option(help: "Only this company's.") var company: Company?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let connection = try Side.finance.connect(configuration.reader())
            try show(
                AccruedRevenueReconciliation.journals(of: company, on: connection), output,
                none: "There is no reconciliation journal.")
        }
    }
}

extension AccruedRevenueCommand {
    /// A journal by number, and company where several have it.
    struct Selection: ParsableArguments {
        @Argument(help: "The journal's number.") var number: String
        @Option(help: "The company, when several have this number.") var company: Company?
        @OptionGroup var configuration: ConfigurationOptions

        init() {}

        func find() throws -> AccruedRevenueReconciliation {
            try find(on: Side.finance.connect(configuration.reader()))
        }

        /// The journal, for a command that changes it.
        func find(for action: String) throws -> AccruedRevenueReconciliation {
            let run = OperatorRun(
                command: "finance accrued-revenue \(action)", of: number,
                standing: AuditedRows.accruedRevenueJournals.standing([number]))
            return try find(on: Side.finance.connect(configuration.reader(), for: run))
        }

        private func find(on connection: Connection) throws -> AccruedRevenueReconciliation {
            let known = try AccruedRevenueReconciliation.journals(of: company, on: connection).filter {
                $0.number == number
            }
            guard let first = known.first else { throw CommandFailure("There is no reconciliation journal \(number).") }
            guard known.count == 1 else {
                throw CommandFailure("Several companies have a reconciliation journal \(number): give --company.")
            }
            return AccruedRevenueReconciliation(company: first.company, connection: connection)
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the lines of a journal.", examples: ["ledgerbus finance accrued-revenue show USAR-000001"])

        @OptionGroup var selection: Selection
        @OptionGroup var output: ReportOptions

        func run() throws {
            var report = Report<AccruedRevenueJournalLine, Never>(
                columns: [
                    .count("line", { $0.lineNumber }), .text("invoice voucher", { $0.invoiceVoucher }),
                    .text("date", { $0.invoiceDate.description }), .text("project", { $0.projectNumber }),
                    .text("unbilled sale", { $0.actualId?.description }), .text("WIP account", { $0.wipAccount }),
                    .decimal("WIP", { $0.correction.wip.description }),
                    .text("accrued revenue account", { $0.accruedRevenueAccount }),
                    .decimal("accrued revenue", { $0.correction.accruedRevenue.description }),
                ], as: output.format)
            for line in try selection.find().lines(of: selection.number) { try report.append(line) }
            try report.finish()
        }
    }

    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change the date, the description or the offset account of a journal that is not posted.",
            examples: ["ledgerbus finance accrued-revenue change USAR-000001 --voucher-date 2026-11-30"])

        @OptionGroup var selection: Selection
        @Option(help: "The date of its voucher.") var voucherDate: CalendarDate?
        @Option(help: "What it says of itself.") var description: String?
        @Option(help: "The main account that balances a correction of one side.") var offsetAccount: String?
        @OptionGroup var output: OutputOptions

        func run() throws {
            let journal = try selection.find(for: "change").change(
                selection.number, voucherDate: voucherDate, description: description, offsetAccount: offsetAccount)
            try show([journal], output)
        }
    }

    struct Post: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Post a journal as one voucher. It cannot be undone.",
            examples: ["ledgerbus finance accrued-revenue post USAR-000001"])

        @OptionGroup var selection: Selection
        @OptionGroup var output: OutputOptions

        func run() throws {
            try show([selection.find(for: "post").post(selection.number, by: OperatorAction.currentActor)], output)
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a journal that is not posted; what it would have corrected is detected again.",
            examples: ["ledgerbus finance accrued-revenue delete USAR-000001"])

        @OptionGroup var selection: Selection
        @OptionGroup var output: OutputOptions

        func run() throws {
            try selection.find(for: "delete").delete(selection.number)
            if output.json { return try JSONOutput.print(["deleted": selection.number]) }
            StandardStream.output.print("\(selection.number) is deleted.")
        }
    }
}

/// A journal as a list shows it.
private struct JournalRow: Encodable {
    let company: Company
    let number: String
    let description: String
    let voucherDate: String
    let offsetAccount: String?
    let lineCount: Int
    let status: AccruedRevenueJournalStatus
    let proposedBy: String
    let proposedAt: String
    let voucher: String?
    let postedBy: String?
    let postedAt: String?

    init(_ journal: AccruedRevenueJournal) {
        company = journal.company
        number = journal.number
        description = journal.description
        voucherDate = journal.voucherDate.description
        offsetAccount = journal.offsetAccount
        lineCount = journal.lineCount
        status = journal.status
        proposedBy = journal.proposedBy
        proposedAt = journal.proposedAt.text()
        voucher = journal.voucher
        postedBy = journal.postedBy
        postedAt = journal.postedAt?.text()
    }
}

private func show(_ journals: [AccruedRevenueJournal], _ output: OutputOptions, none: PrintedText? = nil) throws {
    let rows = journals.map(JournalRow.init)
    if output.json { return try JSONOutput.print(rows) }
    if rows.isEmpty, let none { return StandardStream.output.print(none) }
    var table = Table(
        columns: ["company", "journal", "description", "date", "offset", .number("lines"), "status", "voucher", "by"])
    for row in rows {
        table.append(
            row.company.rawValue, row.number, row.description, row.voucherDate, row.offsetAccount ?? "",
            row.lineCount.grouped, row.status.rawValue, row.voucher ?? "", row.postedBy ?? row.proposedBy)
    }
    table.print()
}
