import Bus
import Contracts
import Finance
import Terminal

struct WorkInProgressCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work-in-progress",
        abstract: "Show work in progress and accrued revenue by project, by the subledger and by the ledger.",
        discussion: """
            In the accounting currency: what posted sales accrued, what invoices took back, and what the ledger's accounts \
            come to, which must be the same. Ends with code 2 if they are not.
            """,
        examples: [
            "ledgerbus finance work-in-progress",
            "ledgerbus finance work-in-progress --company usmf --to 2026-11-30 --csv",
        ])

    @Flag(help: "Also projects of which nothing is left.") var all = false
    @OptionGroup var report: StandingArguments

    func run() throws {
        let connection = try Side.finance.connect(report.configuration.reader())
        var lines = Report(columns: Self.columns, as: report.output.format, empty: "Nothing is in progress.")
        var differences = 0
        let totals = try WorkInProgress.read(report.scope, all: all, on: connection) {
            if !$0.agrees { differences += 1 }
            try lines.append($0)
        }
        try lines.finish(totals: totals)
        guard differences == 0 else {
            Notice.print(
                "Of \(differences) projects the ledger says otherwise than the subledger.", asJSON: report.output.json)
            throw ExitCode.difference
        }
    }

    private static let columns: [ReportColumn<WorkInProgress, WorkInProgress.Total>] = [
        .text("company", { $0.company.rawValue }, total: { $0.company.rawValue }),
        .text("project", { $0.projectNumber ?? "lent to other companies" }, total: { _ in "total" }),
        .decimal("accrued", { $0.accrued.plain }, total: { $0.accrued.plain }),
        .decimal("invoiced", { $0.invoiced.plain }, total: { $0.invoiced.plain }),
        .decimal("balance", { $0.balance.plain }, total: { $0.balance.plain }),
        .decimal("WIP on the ledger", { $0.wipOnLedger.plain }, total: { $0.wipOnLedger.plain }),
        .decimal(
            "accrued revenue on the ledger", { $0.accruedRevenueOnLedger.plain },
            total: { $0.accruedRevenueOnLedger.plain }),
        .text("currency", { $0.accountingCurrency.rawValue }, total: { $0.accountingCurrency.rawValue }),
        .text("", { $0.agrees ? nil : "differs" }),
    ]
}
