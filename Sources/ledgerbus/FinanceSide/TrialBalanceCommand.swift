import Bus
import Contracts
import Finance
import Terminal

struct TrialBalanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trial-balance",
        abstract: "Show what stands on each account: opening balance, debit, credit and closing balance by period.",
        discussion: """
            By accounting date; debit balances are positive. What was booked before --from is \
            in the opening balance. Ends with code 2 if it does not balance, which would be a defect.
            """,
        examples: [
            "ledgerbus finance trial-balance --company usmf --from 2026-11-01 --to 2026-11-30",
            "ledgerbus finance trial-balance --per year --csv", "ledgerbus finance trial-balance --in reporting",
        ])

    @Option(help: "Into which periods the days are divided.") var per = ReportPeriod.month
    @Option(name: .customLong("in"), help: "In which of a company's currencies.") var currency = LedgerCurrency
        .accounting
    @OptionGroup var report: ReportArguments

    func run() throws {
        let balance = try TrialBalance(
            report.scope, per: per, in: currency, on: Side.finance.connect(report.configuration.reader()))
        var lines = Report(columns: Self.columns, as: report.output.format, empty: "Nothing is posted.")
        for line in balance.lines { try lines.append(line) }
        try lines.finish(totals: balance.totals)
        guard balance.totals.allSatisfy(\.isBalanced) else {
            Notice.print("It does not balance: report this as a defect.", asJSON: report.output.json)
            throw ExitCode.difference
        }
    }

    private static let columns: [ReportColumn<TrialBalance.Line, TrialBalance.Total>] = [
        .text("company", { $0.company.rawValue }, total: { $0.company.rawValue }),
        .text("period", { $0.period?.description }, total: { $0.period?.description }),
        .text("account", { $0.account }, total: { _ in "total" }), .text("stands for", { $0.postingTypes }),
        .decimal("opening", { $0.opening.plain }, total: { $0.opening.plain }),
        .decimal("debit", { $0.debit.plain }, total: { $0.debit.plain }),
        .decimal("credit", { $0.credit.plain }, total: { $0.credit.plain }),
        .decimal("closing", { $0.closing.plain }, total: { $0.closing.plain }),
        .text("currency", { $0.currency.rawValue }, total: { $0.currency.rawValue }),
    ]
}
