import Bus
import Contracts
import Finance
import Terminal

struct SalesTaxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sales-tax",
        abstract: "Show the sales tax of posted invoices by code and period: base and tax in both currencies.",
        discussion: """
            By invoice date. The base in the accounting currency is that of each invoice at its own rate. Ends with code 2 \
            if the ledger says otherwise of a company, which would be a defect.
            """,
        examples: [
            "ledgerbus finance sales-tax --company usmf --from 2026-10-01 --to 2026-12-31 --per quarter",
            "ledgerbus finance sales-tax --csv",
        ])

    @Option(help: "Into which periods the days are divided.") var per = ReportPeriod.month
    @OptionGroup var report: ReportArguments

    func run() throws {
        let tax = try SalesTaxByCode(
            report.scope, per: per, on: Side.finance.connect(report.configuration.reader()))
        var lines = Report(columns: Self.columns, as: report.output.format, empty: "No sales tax is posted.")
        for line in tax.lines { try lines.append(line) }
        try lines.finish(totals: tax.totals)
        guard tax.totals.allSatisfy(\.agrees) else {
            Notice.print("The ledger has another sales tax: report this as a defect.", asJSON: report.output.json)
            throw ExitCode.difference
        }
    }

    private static let columns: [ReportColumn<SalesTaxByCode.Line, SalesTaxByCode.Total>] = [
        .text("company", { $0.company.rawValue }, total: { $0.company.rawValue }),
        .text("period", { $0.period?.description }), .text("code", { $0.code }, total: { _ in "total" }),
        .text("name", { $0.name }, total: { $0.agrees ? nil : "the ledger has \($0.ledgerTax.plain)" }),
        .decimal("percent", { $0.percentage.description }),
        .text("included", { $0.included ? "yes" : "no" }), .count("invoices", { $0.invoices }),
        .text("currency", { $0.currency.rawValue }), .decimal("base", { $0.base.plain }),
        .decimal("tax", { $0.tax.plain }), .decimal("not deductible", { $0.nonDeductible.plain }),
        .text("accounting", { $0.accountingCurrency.rawValue }, total: { $0.accountingCurrency.rawValue }),
        .decimal("accounting base", { $0.accountingBase.plain }),
        .decimal("accounting tax", { $0.accountingTax.plain }, total: { $0.accountingTax.plain }),
        .decimal("reporting tax", { $0.reportingTax?.plain }),
    ]
}
