import Bus
import Contracts
import Finance
import Terminal

struct SubledgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "subledger",
        abstract: "Show a project's posted transactions: cost, unbilled sales, and what was invoiced on-account.",
        discussion: """
            By accounting date. An unbilled sale that is invoiced names its invoice. Amounts are in the transaction \
            currency and in the accounting currency, at the rate at which they were posted.
            """,
        examples: [
            "ledgerbus finance subledger PRJ-00012",
            "ledgerbus finance subledger PRJ-00012 --company usmf --from 2026-11-01 --to 2026-11-30 --csv",
        ])

    @Argument(help: "The project's number.") var project: String
    @OptionGroup var report: ReportArguments

    func run() throws {
        let connection = try Side.finance.connect(report.configuration.reader())
        var lines = Report(
            columns: Self.columns, as: report.output.format, empty: "Nothing is posted of project \(project).")
        let totals = try ProjectSubledger.read(project: project, report.scope, on: connection) { try lines.append($0) }
        try lines.finish(totals: totals)
    }

    private static let columns: [ReportColumn<SubledgerTransaction, SubledgerTotal>] = [
        .text("company", { $0.company.rawValue }, total: { $0.company.rawValue }),
        .text("accounting", { $0.accountingDate.description }, total: { _ in "total" }),
        .text("date", { $0.transactionDate.description }), .text("type", { $0.kind }, total: { $0.kind }),
        .text("class", { $0.transactionClass.rawValue }), .text("category", { $0.categoryId }),
        .decimal("quantity", { $0.quantity?.description }, total: { $0.quantity.description }),
        .decimal("amount", { $0.amount.plain }, total: { $0.amount.plain }),
        .text("currency", { $0.currency.rawValue }, total: { $0.currency.rawValue }),
        .decimal("rate", { $0.exchangeRate.description }),
        .decimal("accounting amount", { $0.accountingAmount.plain }, total: { $0.accountingAmount.plain }),
        .text("in", { $0.accountingCurrency.rawValue }, total: { $0.accountingCurrency.rawValue }),
        .text("accrued", { $0.isAccrued ? "yes" : "no" }), .text("voucher", { $0.voucher }),
        .text("posted with", { $0.sourceNumber }), .text("invoice", { $0.customerInvoiceNumber }),
        .text("contract", { $0.contractNumber }), .text("actual", { $0.actualId.description }),
    ]
}
