import Bus
import Contracts
import Finance
import Terminal

struct PostedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "posted",
        abstract: "List what was posted, when, and who asked for it.",
        discussion: """
            In the order in which it was done. --from and --to are days of FINANCE_TIME_ZONE; instants are in UTC. What \
            posting had to say besides is in "ledgerbus errors log".
            """,
        examples: [
            "ledgerbus finance posted --from 2026-11-21", "ledgerbus finance posted --all --csv",
            "ledgerbus finance posted --company usmf --by maria --json",
        ])

    @Flag(help: "Also what posting refused.") var all = false
    @Option(help: "Only what this user or job asked for.") var by: String?
    @OptionGroup var report: ReportArguments

    func run() throws {
        let reader = try report.configuration.reader()
        var lines = Report(columns: Self.columns, as: report.output.format, empty: "Nothing was posted.")
        try CarriedOutPosting.read(
            report.scope, requestedBy: by, refusedAsWell: all, zone: reader.dayZone(side: .finance),
            on: Side.finance.connect(reader)
        ) { try lines.append($0) }
        try lines.finish()
    }

    private static let columns: [ReportColumn<CarriedOutPosting, Never>] = [
        .text("posted") { $0.finishedAt }, .text("company") { $0.company.rawValue },
        .text("kind") { $0.kind.rawValue }, .text("number") { $0.number }, .text("status") { $0.status.rawValue },
        .text("asked by") { $0.requestedBy }, .text("asked") { $0.requestedAt }, .count("lines") { $0.lines },
        .text("invoice") { $0.customerInvoiceNumber }, .text("voucher") { $0.voucher },
        .text("invoice date") { $0.invoiceDate?.description }, .decimal("total") { $0.invoiceAmount?.plain },
        .text("currency") { $0.currency?.rawValue }, .text("message") { $0.message },
    ]
}
