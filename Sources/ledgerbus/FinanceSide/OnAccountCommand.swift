import Bus
import Contracts
import Finance
import Terminal

struct OnAccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "on-account",
        abstract: "Show what was invoiced on-account by contract: retainers with what is left of them, and milestones.",
        examples: [
            "ledgerbus finance on-account", "ledgerbus finance on-account --contract CON-00007 --to 2026-11-30",
            "ledgerbus finance on-account --company usmf --csv",
        ])

    @Option(help: "Only this contract's.") var contract: String?
    @OptionGroup var report: StandingArguments

    private struct Total: Encodable {
        let company: Company
        let accountingCurrency: CurrencyCode
        var accountingMilestones = Money.zero
        var accountingRetainers = Money.zero
        var accountingBalance = Money.zero
    }

    func run() throws {
        let balances = try OnAccountBalance.list(
            Side.finance.connect(report.configuration.reader()), company: report.company, contract: contract,
            on: report.to)
        var lines = Report(columns: Self.columns, as: report.output.format, empty: "Nothing is invoiced on-account.")
        var totals: [Company: Total] = [:]
        for balance in balances {
            var total =
                totals[balance.company]
                ?? Total(company: balance.company, accountingCurrency: balance.accountingCurrency)
            total.accountingMilestones += balance.accountingMilestones
            total.accountingRetainers += balance.accountingRetainers
            total.accountingBalance += balance.accountingBalance
            totals[balance.company] = total
            try lines.append(balance)
        }
        try lines.finish(totals: totals.values.sorted { $0.company < $1.company })
    }

    private static let columns: [ReportColumn<OnAccountBalance, Total>] = [
        .text("company", { $0.company.rawValue }, total: { $0.company.rawValue }),
        .text("contract", { $0.contractNumber }, total: { _ in "total" }), .text("currency", { $0.currency.rawValue }),
        .decimal("milestones", { $0.milestones.plain }), .decimal("retainers", { $0.prepayments.plain }),
        .decimal("deducted", { $0.deductions.plain }), .decimal("left of retainers", { $0.retainers.plain }),
        .decimal("on account", { $0.balance.plain }),
        .text("accounting", { $0.accountingCurrency.rawValue }, total: { $0.accountingCurrency.rawValue }),
        .decimal(
            "accounting milestones", { $0.accountingMilestones.plain }, total: { $0.accountingMilestones.plain }),
        .decimal("accounting retainers", { $0.accountingRetainers.plain }, total: { $0.accountingRetainers.plain }),
        .decimal("accounting on account", { $0.accountingBalance.plain }, total: { $0.accountingBalance.plain }),
    ]
}
